"""A hand-over as `dossier.lock` remembers it: to whom, when, and what it held."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from dument.lock import Lock

HAND_OVERS = "remises"
_RANK = re.compile(r"\d{1,9}(?=-)", re.ASCII)
SENT, DRAFT = "envoyee", "projet"


@dataclass(frozen=True, slots=True)
class HandOver:
    """What one reader was given on a day.

    `archive` is the SHA-256 of the archive, or of the manifest of a folder; `letters` says of
    each, by stem, whether it had left; a payment is told by its day and its amount; `sums` are in
    euros.
    """

    reader: str
    on: date
    archive: str
    exhibits: tuple[int, ...]
    letters: Mapping[str, str]
    payments: tuple[str, ...]
    sums: Mapping[str, Decimal]

    @property
    def record(self) -> dict[str, Any]:
        """What the lock keeps of it."""
        return {
            "pour": self.reader,
            "le": self.on.isoformat(),
            "archive": self.archive,
            "pieces": list(self.exhibits),
            "lettres": dict(self.letters),
            "paiements": list(self.payments),
            "sommes": {name: f"{amount:f}" for name, amount in self.sums.items()},
        }


def last_hand_over(lock: Lock, reader: str, before: date) -> HandOver | None:
    """Return the latest hand-over to a reader before a day.

    What was handed over on the day itself changes nothing to what is made that day.
    """
    read = (_read(one) for _, one in sorted(lock.section(HAND_OVERS).items(), key=_rank))
    known = [one for one in read if one.reader == reader and one.on < before]
    return max(reversed(known), key=lambda one: one.on, default=None)


def with_hand_over(lock: Lock, made: HandOver) -> tuple[Lock, str]:
    """Return the lock with one hand-over more, and the name it has there.

    The same one, done again, is told once.
    """
    for name, record in lock.section(HAND_OVERS).items():
        if record == made.record:
            return lock, name
    rank = 1 + max((_rank(one)[0] for one in lock.section(HAND_OVERS).items()), default=0)
    name = f"{rank:03d}-{made.on.isoformat()}-{made.reader}"
    return lock.having(HAND_OVERS, name, made.record), name


def _rank(one: tuple[str, Any]) -> tuple[int, str]:
    rank = _RANK.match(one[0])
    return (int(rank[0]) if rank else 0, one[0])


def _read(record: Mapping[str, Any]) -> HandOver:
    return HandOver(
        reader=record["pour"],
        on=date.fromisoformat(record["le"]),
        archive=record["archive"],
        exhibits=tuple(record["pieces"]),
        letters=record["lettres"],
        payments=tuple(record["paiements"]),
        sums={name: Decimal(one) for name, one in record["sommes"].items()},
    )

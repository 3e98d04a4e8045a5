"""The numbers of exhibits that were communicated, kept in the lock: they never change meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from dument.case import Case
from dument.diagnostics import Diagnostic, warning
from dument.lock import Lock
from dument.schema import Places

EXHIBITS = "pieces"
_CITATION = re.compile(r"pièces?\s+n°", re.IGNORECASE)


def communicated_numbers(lock: Lock) -> dict[str, int]:
    """Return the number of each exhibit that a reader knows, by the exhibit's id."""
    return {id: record["numero"] for id, record in lock.section(EXHIBITS).items()}


def with_numbers(
    lock: Lock, numbers: Mapping[str, int], digests: Mapping[str, str], on: date
) -> Lock:
    """Return the lock with the numbers that a reader now knows, by id; known ones stay.

    `digests` gives the SHA-256 of the original of each exhibit that was read.
    """
    known = communicated_numbers(lock)
    for id, number in numbers.items():
        if id not in known:
            record = {"numero": number, "le": on.isoformat()}
            record |= {"sha256": digests[id]} if id in digests else {}
            lock = lock.having(EXHIBITS, id, record)
    return lock


def changed_exhibits(
    lock: Lock, case: Case, digests: Mapping[str, str], places: Places
) -> Iterator[Diagnostic]:
    """Report each exhibit that a reader knows and that is no longer there, or no longer the same.

    Diagnostics: piece/communiquee-absente, piece/communiquee-changee.
    """
    ranks = {one.id: rank for rank, one in enumerate(case.exhibits)}
    for id, record in lock.section(EXHIBITS).items():
        told = f"« {id} », communiquée le {date.fromisoformat(record['le']):%d/%m/%Y}"
        if id not in ranks:
            message = f"la pièce n° {record['numero']}, {told}, n’est plus dans la liste"
            hint = "remettez sa ligne ; pour la retirer, ajoutez-y « retiree_le »"
            yield warning("piece/communiquee-absente", message, places.root, hint)
        elif id in digests and record.get("sha256", digests[id]) != digests[id]:
            message = f"la pièce n° {record['numero']}, {told}, est un autre fichier"
            hint = "remettez l’ancien, retirez cette pièce, et ajoutez le nouveau sous un autre id"
            position = places.at("exhibits", ranks[id], "file")
            yield warning("piece/communiquee-changee", message, position, hint)


def cites_exhibits(text: str) -> bool:
    """Whether a letter names exhibits by their numbers, which its reader then knows."""
    return _CITATION.search(text) is not None

"""The numbers of exhibits that were communicated, kept in the lock: they never change meaning."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from dument.lock import Lock

EXHIBITS = "pieces"
_CITATION = re.compile(r"pièces?\s+n°", re.IGNORECASE)


def communicated_numbers(lock: Lock) -> dict[str, int]:
    """Return the number of each exhibit that a reader knows, by the exhibit's id."""
    return {id: record["numero"] for id, record in lock.section(EXHIBITS).items()}


def with_numbers(lock: Lock, numbers: Mapping[str, int], on: date) -> Lock:
    """Return the lock with the numbers that a reader now knows, by id; known ones stay."""
    known = communicated_numbers(lock)
    for id, number in numbers.items():
        if id not in known:
            lock = lock.having(EXHIBITS, id, {"numero": number, "le": on.isoformat()})
    return lock


def cites_exhibits(text: str) -> bool:
    """Whether a letter names exhibits by their numbers, which its reader then knows."""
    return _CITATION.search(text) is not None

"""`prescription`: the letter leaves before the claim it makes is barred."""

from __future__ import annotations

from collections.abc import Iterator

from dument.checks.inspection import Finding, Inspection
from dument.checks.limitations import barred
from dument.law import Mention
from dument.letters import Letter

TYPE = "prescription"
BEARS_ON_LETTERS = True


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield each invoice of the letter that is barred, or soon will be, on its day."""
    if letter is not None:
        yield from barred(mention, inspection, letter.statement, inspection.day_of(letter))

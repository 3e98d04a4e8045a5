"""`prescription-du-dossier`: on the day of the run, no invoice still owed is near its bar."""

from __future__ import annotations

from collections.abc import Iterator

from dument.checks.inspection import Finding, Inspection
from dument.checks.limitations import barred
from dument.law import Mention
from dument.letters import Letter

TYPE = "prescription-du-dossier"
BEARS_ON_LETTERS = False


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield each open invoice that is barred, or soon will be."""
    yield from barred(mention, inspection, inspection.statement, inspection.as_of)

"""`piece-de-mediation`: what a mediation produced stays out of the exhibits."""

from __future__ import annotations

from collections.abc import Iterator

from dument.case import EventKind
from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import say
from dument.law import Mention
from dument.letters import Letter

TYPE = "piece-de-mediation"
BEARS_ON_LETTERS = False


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield each exhibit that proves a mediation or a conciliation."""
    titles = {one.id: one.title for one in inspection.case.exhibits}
    for rank, entry in enumerate(inspection.case.journal):
        if entry.kind is EventKind.MEDIATION and entry.exhibit in titles:
            path = ("journal", rank, "exhibit")
            yield from say(mention, "jointe", path, titre=titles[entry.exhibit])

"""`droit-perime-dossier`: the case's own words cite no article, court or word that is dead."""

from __future__ import annotations

from collections.abc import Iterator

from dument.checks.case_words import free_texts
from dument.checks.inspection import Finding, Inspection
from dument.checks.renumbered import obsolete_passages
from dument.law import Mention
from dument.letters import Letter

TYPE = "droit-perime-dossier"
BEARS_ON_LETTERS = False
_ELSEWHERE = {"paragraph", "note"}  # a paragraph is read in its letter; a note is never quoted


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield each obsolete passage with what replaces it, at its place."""
    for path, text in free_texts(inspection.case):
        if path[-1] not in _ELSEWHERE:
            for detail in obsolete_passages(mention, inspection.law, text, inspection.as_of):
                yield Finding(detail, path)

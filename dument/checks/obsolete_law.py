"""`droit-perime`: a letter cites no article, court or word that died before its date."""

from __future__ import annotations

from collections.abc import Iterator

from dument.checks.case_words import without_facts
from dument.checks.inspection import Finding, Inspection
from dument.checks.renumbered import obsolete_passages
from dument.law import Mention
from dument.letters import Letter

TYPE = "droit-perime"
BEARS_ON_LETTERS = True


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield each obsolete passage with what replaces it."""
    if letter is None:
        return
    text = without_facts(letter.text, inspection.case)
    own = letter.request.paragraph or ""
    by_user = set(obsolete_passages(mention, inspection.law, own, letter.on))
    for detail in obsolete_passages(mention, inspection.law, text, letter.on):
        path = ("letters", letter.number - 1, "paragraph") if detail in by_user else None
        yield Finding(detail, path)

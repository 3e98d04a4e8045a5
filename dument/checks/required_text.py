"""`texte-present`: at least one pattern is found in the letter as printed."""

from __future__ import annotations

from collections.abc import Iterator

from dument.checks.inspection import Finding, Inspection
from dument.checks.patterns import compiled
from dument.law import Mention
from dument.letters import Letter

TYPE = "texte-present"
BEARS_ON_LETTERS = True


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield one finding when no pattern is found."""
    if letter is not None and not is_said(mention, letter.text):
        yield Finding()


def is_said(mention: Mention, text: str) -> bool:
    """Whether a text carries the mention; capitals do not count."""
    return any(compiled(one).search(text) for one in mention.patterns)

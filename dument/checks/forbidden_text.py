"""`texte-absent`: no pattern is found in the letter as printed, or in the file's free texts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dument.checks.inspection import Finding, Inspection
from dument.law import Mention
from dument.letters import Letter

TYPE = "texte-absent"
BEARS_ON_LETTERS = True


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield each forbidden passage once."""
    if letter is not None:
        for passage in dict.fromkeys(forbidden_passages(mention, letter.text)):
            yield Finding(f"« {passage} »")


def forbidden_passages(mention: Mention, text: str) -> Iterator[str]:
    """Yield the passages of a text that a mention forbids."""
    for pattern in mention.patterns:
        for found in re.finditer(pattern, text, re.IGNORECASE):
            yield re.sub(r"\s+", " ", found[0]).strip()

"""`texte-absent`: no pattern is found in the letter as printed.

What matches `options.sauf` is allowed, and so are the facts of the case that the letter quotes.
"""

from __future__ import annotations

from collections.abc import Iterator

from dument.checks.case_words import without_facts
from dument.checks.inspection import Finding, Inspection
from dument.checks.patterns import compiled
from dument.checks.wording import listed
from dument.french import squeeze
from dument.law import Mention
from dument.letters import Letter

TYPE = "texte-absent"
BEARS_ON_LETTERS = True


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield each forbidden passage once, at the free paragraph when it stands there."""
    if letter is None:
        return
    own = letter.request.paragraph or ""
    by_user = set(forbidden_passages(mention, own))
    text = without_facts(letter.text, inspection.case)
    for passage in dict.fromkeys(forbidden_passages(mention, text)):
        path = ("letters", letter.number - 1, "paragraph") if passage in by_user else None
        yield Finding(f"« {passage} »", path)


def forbidden_passages(mention: Mention, text: str) -> Iterator[str]:
    """Yield the passages of a text that a mention forbids."""
    for allowed in listed(mention, "sauf"):
        text = compiled(allowed).sub("…", text)
    for pattern in mention.patterns:
        for found in compiled(pattern).finditer(text):
            yield squeeze(found[0])

"""`lettre-interdite`: the letter must not leave under the circumstances of `options.quand`."""

from __future__ import annotations

from collections.abc import Iterator

from dument.checks.inspection import Finding, Inspection
from dument.law import Mention
from dument.letters import Letter

TYPE = "lettre-interdite"
BEARS_ON_LETTERS = True


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield one finding: the circumstances alone forbid the letter."""
    if letter is not None and not letter.request.is_sent:
        yield Finding()

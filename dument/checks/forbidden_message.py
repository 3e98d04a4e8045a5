"""`message-absent`: no pattern is found in the short message that goes with a letter."""

from __future__ import annotations

from collections.abc import Iterator

from dument.checks.forbidden_text import forbidden_passages
from dument.checks.inspection import Finding, Inspection
from dument.law import Mention
from dument.letters import Letter

TYPE = "message-absent"
BEARS_ON_LETTERS = True


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield each passage that a screen should not show."""
    for passage in forbidden_passages(mention, (letter and letter.sms) or ""):
        yield Finding(f"« {passage} »")

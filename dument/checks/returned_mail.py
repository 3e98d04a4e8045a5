"""`pli-revenu`: a letter that came back from a wrong address was sent again."""

from __future__ import annotations

from collections.abc import Iterator

from dument.checks.inspection import Finding, Inspection
from dument.law import Mention
from dument.letters import Letter

TYPE = "pli-revenu"
BEARS_ON_LETTERS = True
_UNKNOWN_THERE = "npai"


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield one finding when the letter came back and none of its kind left since."""
    sending = letter.request.sending if letter else None
    if letter is None or sending is None or sending.outcome != _UNKNOWN_THERE:
        return
    again = [one for one in inspection.letters if one.kind == letter.kind and one.on > letter.on]
    if not any(one.request.is_sent for one in again):
        yield Finding(path=("letters", letter.number - 1, "sending"))

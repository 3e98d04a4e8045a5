"""`relance-rappelee`: a reminder gives the date of one before, of the kinds `options.relances`."""

from __future__ import annotations

from collections.abc import Iterator

from dument.checks.figures import says_date
from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import listed, say
from dument.law import Mention
from dument.letters import Letter

TYPE = "relance-rappelee"
BEARS_ON_LETTERS = True


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield one finding when no earlier reminder is recalled by its date."""
    if letter is None:
        return
    earlier = [
        one
        for one in inspection.case.letters
        if one.kind in listed(mention, "relances") and one.is_sent and one.on < letter.on
    ]
    if earlier and not any(says_date(letter.text, one.on) for one in earlier):
        yield from say(mention, "oubliee", date=max(one.on for one in earlier))

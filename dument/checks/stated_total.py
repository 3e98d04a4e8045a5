"""`total-juste`: the total printed is that of the décompte and the sum of the lines above it."""

from __future__ import annotations

from collections.abc import Iterator

from dument.checks.figures import rows, says_amount, totals
from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import say
from dument.law import Mention
from dument.letters import Letter

TYPE = "total-juste"
BEARS_ON_LETTERS = True


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield each total that is not the sum of its lines, and a total that is not printed."""
    if letter is None:
        return
    expected = letter.claimed
    if not says_amount(letter.text, expected):
        yield from say(mention, "absent", attendu=expected)
    for total, parts in totals(rows(letter.text)):
        if parts is not None and parts != total.amount:
            yield from say(mention, "addition", total=total.amount, somme=parts)
        if total.label == "Total dû" and total.amount != expected:
            yield from say(mention, "decompte", total=total.amount, attendu=expected)

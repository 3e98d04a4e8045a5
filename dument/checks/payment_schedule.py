"""`echeancier-juste`: the instalments make up the total, one after the other, after the letter."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import listed, say
from dument.law import Mention
from dument.letters import Letter

TYPE = "echeancier-juste"
BEARS_ON_LETTERS = True


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield what keeps the instalments from being a schedule of the sum that is claimed."""
    if letter is None:
        return
    path = ("letters", letter.number - 1, "instalments")
    instalments = letter.request.instalments
    if not instalments:
        if letter.kind in listed(mention, "exige"):
            yield from say(mention, "vide", path)
        return
    total = sum((one.amount for one in instalments), Decimal(0))
    if total != letter.claimed:
        yield from say(mention, "somme", path, somme=total, total=letter.claimed)
    if instalments[0].due_on <= letter.on:
        first = instalments[0].due_on
        yield from say(mention, "tot", (*path, 0, "due_on"), date=first, avant=letter.on)
    for rank, (before, one) in enumerate(pairwise(instalments), 1):
        if one.due_on <= before.due_on:
            where = (*path, rank, "due_on")
            yield from say(mention, "ordre", where, date=one.due_on, avant=before.due_on)

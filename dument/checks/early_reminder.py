"""`avant-echeance`: the letter leaves before the due dates it recalls."""

from __future__ import annotations

from collections.abc import Iterator

from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import say
from dument.law import Mention
from dument.letters import Letter

TYPE = "avant-echeance"
BEARS_ON_LETTERS = True


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield each invoice named too late, and one finding when nothing is left to come."""
    if letter is None:
        return
    if not letter.statement.not_yet_due:
        yield from say(mention, "rien")
    for number in letter.request.invoices:
        balance = letter.statement.invoice(number)
        if balance is not None and all(one.is_due for one in balance.debts):
            last = max(one.due_on for one in balance.debts)
            yield from say(mention, "echue", facture=number, date=last)

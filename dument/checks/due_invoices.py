"""`factures-echues`: the letter leaves after the due date of each invoice it claims."""

from __future__ import annotations

from collections.abc import Iterator

from dument.checks.claimed import is_late, named_invoices
from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import say
from dument.law import Mention
from dument.letters import Letter

TYPE = "factures-echues"
BEARS_ON_LETTERS = True


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield each invoice named too early; all of them when the letter names none."""
    if letter is None:
        return
    claimed = named_invoices(inspection.case, letter)
    early = [one for one in claimed if not is_late(one, letter)]
    if letter.request.invoices or len(early) == len(claimed):
        for invoice in early:
            due_on = min(one.due_on for one in invoice.schedule)
            yield from say(mention, "non-echue", facture=invoice.number, date=due_on)

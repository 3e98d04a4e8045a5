"""`factures-citees`: the letter gives number, date, due date and open amount of each invoice."""

from __future__ import annotations

from collections.abc import Iterator

from dument.checks.figures import says_amount, says_date
from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import say
from dument.law import Mention
from dument.ledger import DebtBalance
from dument.letters import Letter

TYPE = "factures-citees"
BEARS_ON_LETTERS = True


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield what the letter leaves out of each due date it claims."""
    for balance in letter.statement.invoices if letter else ():
        for debt in balance.debts:
            if letter and debt.is_due and (debt.principal or debt.interest):
                yield from _left_out(mention, inspection, letter.text, debt)


def _left_out(
    mention: Mention, inspection: Inspection, text: str, debt: DebtBalance
) -> Iterator[Finding]:
    invoice = inspection.case.invoice(debt.invoice)
    if debt.invoice not in text:
        yield from say(mention, "numero", facture=debt.invoice)
    if invoice is not None and not says_date(text, invoice.issued_on):
        yield from say(mention, "date", facture=debt.invoice, date=invoice.issued_on)
    if not says_date(text, debt.due_on):
        yield from say(mention, "echeance", facture=debt.invoice, date=debt.due_on)
    for amount in (debt.amount, debt.principal):
        if not says_amount(text, amount):
            yield from say(mention, "montant", facture=debt.invoice, montant=amount)

"""`montants-coherents`: amounts without and with VAT, credit notes and payments agree.

Each comparison is a case of `options.cas`: a rule makes those whose words it holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from dument.case import Case
from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import say
from dument.law import Mention
from dument.letters import Letter

TYPE = "montants-coherents"
BEARS_ON_LETTERS = False


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield each pair of amounts that cannot stand together."""
    yield from _invoices(mention, inspection.case)
    yield from _nothing(mention, inspection.case)
    if inspection.statement.overpaid > 0:
        yield from say(mention, "trop-percu", ("payments",), montant=inspection.statement.overpaid)


def _invoices(mention: Mention, case: Case) -> Iterator[Finding]:
    for rank, one in enumerate(case.invoices):
        path = ("invoices", rank)
        if one.net is not None and one.net > one.gross:
            yield from say(mention, "ht-plus-que-ttc", (*path, "net"), facture=one.number,
                           ht=one.net, ttc=one.gross)  # fmt: skip
        credited = sum(
            (n.amount for n in case.credit_notes if n.invoice == one.number), Decimal(0)
        )
        if credited > one.gross:
            yield from say(mention, "avoirs-plus-que-facture", path, facture=one.number,
                           avoirs=credited, ttc=one.gross)  # fmt: skip


def _nothing(mention: Mention, case: Case) -> Iterator[Finding]:
    for rank, invoice in enumerate(case.invoices):
        if not invoice.gross:
            yield from say(mention, "facture-nulle", ("invoices", rank), facture=invoice.number)
    for rank, paid in enumerate(case.payments):
        if not paid.amount:
            yield from say(mention, "paiement-nul", ("payments", rank), date=paid.on)

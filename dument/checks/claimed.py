"""Which invoices a letter claims, and what is left of them on the day it may leave."""

from __future__ import annotations

from dument.case import Case, Invoice
from dument.checks.inspection import Inspection
from dument.ledger import Statement
from dument.letters import Letter


def named_invoices(case: Case, letter: Letter) -> list[Invoice]:
    """Return the invoices a letter names, else all those of the case."""
    named = letter.request.invoices
    return [one for one in case.invoices if not named or one.number in named]


def is_late(invoice: Invoice, letter: Letter) -> bool:
    """Whether a due date of an invoice has passed on the letter's day."""
    return any(one.due_on < letter.on for one in invoice.schedule)


def latest_statement(inspection: Inspection, letter: Letter) -> Statement:
    """Return the décompte of the letter, or of the run when the letter has not left by then."""
    if letter.request.is_sent or inspection.as_of <= letter.on:
        return letter.statement
    numbers = frozenset(one.number for one in letter.statement.invoices)
    return inspection.statement.only(numbers)

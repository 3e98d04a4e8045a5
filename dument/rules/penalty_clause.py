"""The penalty clause of the contract (C. civ., art. 1231-5), owed once formal notice was given.

A share of the principal that the first notice claims and that stood late on its day, with the
contract's minimum. The judge may lower it. Never assumed against a consumer. Limit: a later
notice adds nothing.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from dument.case import Case, Invoice, LetterRequest, Regime
from dument.days import ONE_DAY
from dument.money import round_to_cent
from dument.rules.entries import SumDue

RULE = "clause-penale"


def first_notice(case: Case, as_of: date) -> LetterRequest | None:
    """Return the first formal notice that had left before `as_of`.

    The notice itself does not claim the clause: it is what makes it due.
    """
    return next(case.formal_notices(as_of - ONE_DAY), None)


def is_claimed(notice: LetterRequest, invoice: Invoice, due_on: date, day: date) -> bool:
    """Whether a notice claims a due date: late on its day, and of an invoice that it names."""
    return due_on < day and (not notice.invoices or invoice.number in notice.invoices)


def penalty_clause(case: Case, late_principal: Decimal, on: date) -> SumDue | None:
    """Return the sum owed on the late principal of the day of the notice, if any."""
    clause = case.terms.penalty_clause
    if clause is None or case.regime is not Regime.BUSINESS or not late_principal:
        return None
    amount = max(round_to_cent(late_principal * clause.rate / 100), clause.minimum)
    return SumDue(None, on, amount, RULE, base=late_principal, rate=clause.rate)

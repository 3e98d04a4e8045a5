"""The penalty clause of the contract (C. civ., art. 1231-5), owed once formal notice was given.

A share of the principal that stood late on the day of the first notice, with the contract's
minimum. The judge may lower it. Never assumed against a consumer.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from dument.case import Case, Regime
from dument.money import round_to_cent
from dument.rules.entries import SumDue

RULE = "clause-penale"


def notice_day(case: Case, as_of: date) -> date | None:
    """Return the day the first formal notice that had left by `as_of` was sent or presented."""
    notice = next(case.formal_notices(as_of), None)
    return notice.sent_on if notice else None


def penalty_clause(case: Case, late_principal: Decimal, on: date) -> SumDue | None:
    """Return the sum owed on the late principal of the day of the notice, if any."""
    clause = case.terms.penalty_clause
    if clause is None or case.regime is not Regime.BUSINESS or not late_principal:
        return None
    amount = max(round_to_cent(late_principal * clause.rate / 100), clause.minimum)
    return SumDue(None, on, amount, RULE, base=late_principal, rate=clause.rate)

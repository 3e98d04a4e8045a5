"""Late-payment interest at the fixed rate of the contract (C. com., art. L441-10, II).

A rate under the floor is applied as written and reported by a check: no text says what
replaces it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dument.case import Case, InterestBasis, Regime
from dument.law import Law
from dument.rules.entries import RatePeriod
from dument.rules.late_payment_interest import first_day

__all__ = ["RULE", "applies", "first_day", "periods"]

RULE = "penalites-contractuelles"


def applies(case: Case) -> bool:
    """Between businesses whose contract sets a rate."""
    agreed = case.terms.late_interest
    is_contract = agreed is not None and agreed.basis is InterestBasis.CONTRACT
    return case.regime is Regime.BUSINESS and is_contract


def periods(
    case: Case, law: Law, since: date, first_day: date, last_day: date
) -> Iterator[RatePeriod]:
    """Keep one period: a fixed rate does not move at the half-years."""
    agreed = case.terms.late_interest
    if agreed is not None and agreed.rate is not None:
        yield RatePeriod(first_day, last_day, agreed.rate, RULE)

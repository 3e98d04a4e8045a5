"""Late-payment interest owed by public buyers (CCP, art. L2192-13, R2192-31 and R2192-32).

ECB refinancing rate on the first day of the half-year in which the interest began, plus the
statutory points: the text itself freezes the rate for the whole delay. No waiver is possible.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dument.case import Case, Regime
from dument.law import Law
from dument.rules.entries import Ingredient, RatePeriod
from dument.rules.late_payment_interest import ECB_RATE, first_day

__all__ = ["RULE", "applies", "first_day", "periods"]

RULE = "interets-moratoires-publics"
MARGIN = "majoration-acheteurs-publics"


def applies(case: Case) -> bool:
    """Against a public buyer, whatever the contract says."""
    return case.regime is Regime.PUBLIC


def periods(
    case: Case, law: Law, since: date, first_day: date, last_day: date
) -> Iterator[RatePeriod]:
    """Keep one period at the rate of the half-year in which the delay began."""
    ecb, margin = law.value(ECB_RATE, since), law.value(MARGIN, since)
    ingredients = (Ingredient(ECB_RATE, ecb), Ingredient(MARGIN, margin))
    yield RatePeriod(first_day, last_day, ecb.value + margin.value, RULE, ingredients)

"""Late-payment interest between businesses at the default rate (C. com., art. L441-10, II).

ECB refinancing rate on the first day of the half-year plus the statutory points, from the day
after the due date. Limits: the half-year rule exists since 2013; whether the rate moves during
one delay is unsettled, hence the convention `taux`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dument.case import Case, Instalment, InterestBasis, Invoice, Regime
from dument.days import ONE_DAY, half_years
from dument.law import Law
from dument.rules.entries import Ingredient, RatePeriod

RULE = "penalites-bce-majore"
ECB_RATE = "taux-bce-semestriel"
MARGIN = "majoration-penalites-professionnels"


def applies(case: Case) -> bool:
    """Between businesses, when the contract sets nothing else."""
    agreed = case.terms.late_interest
    is_default = agreed is None or agreed.basis is InterestBasis.DEFAULT
    return case.regime is Regime.BUSINESS and is_default


def first_day(case: Case, invoice: Invoice, instalment: Instalment, as_of: date) -> date | None:
    """Return the day after the due date; no reminder is needed."""
    return instalment.due_on + ONE_DAY


def periods(
    case: Case, law: Law, since: date, first_day: date, last_day: date
) -> Iterator[RatePeriod]:
    """Cut the delay at each half-year; with the frozen convention, keep the first one's rate."""
    frozen = case.terms.conventions.rate == "fige"
    spans = [(first_day, last_day)] if frozen else half_years(first_day, last_day)
    for start, end in spans:
        day = since if frozen else start
        ecb, margin = law.value(ECB_RATE, day), law.value(MARGIN, day)
        ingredients = (Ingredient(ECB_RATE, ecb), Ingredient(MARGIN, margin))
        yield RatePeriod(start, end, ecb.value + margin.value, RULE, ingredients)

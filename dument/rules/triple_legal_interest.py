"""Late-payment interest agreed at three times the legal rate (C. com., art. L441-10, II).

The legal rate is that of creditors other than individuals, moving at each half-year.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dument.case import Case, InterestBasis, Regime
from dument.days import half_years
from dument.law import Law
from dument.rules.consumer_interest import RATE_OF_OTHERS
from dument.rules.entries import Ingredient, RatePeriod
from dument.rules.late_payment_interest import first_day

__all__ = ["RULE", "applies", "first_day", "floor_rate", "periods"]

RULE = "penalites-triple-taux-legal"
MULTIPLE = "coefficient-plancher"


def applies(case: Case) -> bool:
    """Between businesses whose contract says three times the legal rate."""
    agreed = case.terms.late_interest
    is_triple = agreed is not None and agreed.basis is InterestBasis.TRIPLE_LEGAL
    return case.regime is Regime.BUSINESS and is_triple


def floor_rate(law: Law, day: date) -> tuple[Ingredient, Ingredient]:
    """Return the legal rate and the multiple whose product is the floor of a clause."""
    legal, multiple = law.value(RATE_OF_OTHERS, day), law.value(MULTIPLE, day)
    return Ingredient(RATE_OF_OTHERS, legal), Ingredient(MULTIPLE, multiple)


def periods(
    case: Case, law: Law, since: date, first_day: date, last_day: date
) -> Iterator[RatePeriod]:
    """Cut the delay at each half-year; with the frozen convention, keep the first one's rate."""
    frozen = case.terms.conventions.rate == "fige"
    spans = [(first_day, last_day)] if frozen else half_years(first_day, last_day)
    for start, end in spans:
        legal, multiple = floor_rate(law, since if frozen else start)
        rate = legal.used.value * multiple.used.value
        yield RatePeriod(start, end, rate, RULE, (legal, multiple))

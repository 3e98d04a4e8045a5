"""Late-payment interest between businesses at the default rate (C. com., art. L441-10, II).

ECB refinancing rate on the first day of the half-year plus the statutory points, from the day
after the due date. Limits: the half-year rule exists since 2013, and before it the rate moved on
any day with the operations (law of 22 March 2012; lexing, 14 December 2012); whether the rate
moves during one delay is unsettled, hence the convention `taux`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dument.case import Case, Instalment, InterestBasis, Invoice, Regime
from dument.days import ONE_DAY, half_years
from dument.law import Law
from dument.rules.entries import Ingredient, RatePeriod

RULE = "penalites-bce-majore"
RULE_OF_DAYS = "penalites-bce-avant-2013"
ECB_RATE = "taux-bce-semestriel"
ECB_RATE_OF_DAYS = "taux-bce-refinancement"
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
    """Cut the delay at each half-year; with the frozen convention, keep the first one's rate.

    Before the half-year rule the rate of the most recent operation holds, on any day.
    """
    frozen = case.terms.conventions.rate == "fige"
    ruled = law.parameters[ECB_RATE].values[-1].first_day
    spans = [(first_day, last_day)] if frozen else _spans(law, ruled, first_day, last_day)
    for start, end in spans:
        day = since if frozen else start
        slug, rule = (ECB_RATE, RULE) if day >= ruled else (ECB_RATE_OF_DAYS, RULE_OF_DAYS)
        ecb, margin = law.value(slug, day), law.value(MARGIN, day)
        ingredients = (Ingredient(slug, ecb), Ingredient(MARGIN, margin))
        yield RatePeriod(start, end, ecb.value + margin.value, rule, ingredients)


def _spans(law: Law, ruled: date, first_day: date, last_day: date) -> Iterator[tuple[date, date]]:
    """Cut where the rate may change: at each operation before the half-year rule, then by it."""
    while first_day <= last_day and first_day < ruled:
        known = law.value(ECB_RATE_OF_DAYS, first_day)
        end = min(known.last_day or last_day, last_day, ruled - ONE_DAY)
        yield first_day, end
        first_day = end + ONE_DAY
    yield from half_years(first_day, last_day)

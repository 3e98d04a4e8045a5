"""Interest after an enforceable judgment at the legal rate, and its five points (CMF, L313-3).

The points are added to the legal rate alone, never to the penalties of L441-10, once two calendar
months have passed since the decision became enforceable: from the day after (service-public,
fiche F20688: 17 September → 18 November). Limits: the enforcement judge may remove or lower them,
which the file cannot say yet; a debt that falls due after the judgment is outside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dument.case import Case, Judgment
from dument.days import ONE_DAY, add_months, half_years
from dument.law import Law
from dument.rules.consumer_interest import legal_rate
from dument.rules.entries import Ingredient, RatePeriod

RULE = "interets-apres-jugement"
RULE_INCREASED = "interets-majores"
POINTS = "majoration-judiciaire"
DELAY = "majoration-judiciaire-delai"


def judged_from(case: Case, as_of: date) -> date | None:
    """Return the first day of the legal rate that a judgment grants, None when it grants none."""
    judgment = case.judged(as_of)
    if judgment is None or judgment.rate != "legal":
        return None
    return judgment.interest_since or judgment.enforceable_on + ONE_DAY


def increased_from(law: Law, judgment: Judgment) -> date:
    """Return the first day of the five points."""
    months = int(law.value(DELAY, judgment.enforceable_on).value)
    return add_months(judgment.enforceable_on, months) + ONE_DAY


def judged_periods(
    case: Case, law: Law, judgment: Judgment, first_day: date, last_day: date
) -> Iterator[RatePeriod]:
    """Cut the delay at each half-year and where the five points begin."""
    increased = increased_from(law, judgment)
    for start, end in half_years(first_day, last_day):
        slug, legal = legal_rate(case, law, start)
        plain = (Ingredient(slug, legal),)
        if start < increased:
            eve = min(end, increased - ONE_DAY)
            yield RatePeriod(start, eve, legal.value, RULE, plain)
        if end >= increased:
            day = max(start, increased)
            points = law.value(POINTS, day)
            used = (*plain, Ingredient(POINTS, points))
            yield RatePeriod(day, end, legal.value + points.value, RULE_INCREASED, used)

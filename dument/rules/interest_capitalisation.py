"""When interest itself bears interest (C. civ., art. 1343-2): by clause or judgment, never else.

Interest owed for a full year is added to the base at each anniversary: of the first day of
interest when a clause says so, of the day the judgment names when that is later. Limits: the
clause counts between businesses only; before its anniversary nothing is added, though interest
older than a year could be, by prudence.
"""

from __future__ import annotations

from datetime import date

from dument.case import Case, Regime
from dument.days import add_years

RULE = "capitalisation"


def capitalised_since(case: Case, first_day: date, as_of: date) -> date | None:
    """Return the day whose anniversaries add interest to the base, None without a title."""
    judgment = case.judged(as_of)
    if judgment is not None and judgment.capitalisation_since is not None:
        return max(first_day, judgment.capitalisation_since)
    if case.terms.capitalisation and case.regime is Regime.BUSINESS:
        return first_day
    return None


def anniversary(since: date, counted: int) -> date:
    """Return the anniversary that follows `counted` earlier ones."""
    return add_years(since, counted + 1)

"""Periods of procedure: months, then days, then the next working day (CPC, art. 640 to 643).

House rule: the effect of local holidays on article 642 was never ruled upon. Leave `zone` out for
a deadline the creditor must keep; give it for a wait, so that the wait is never too short.
"""

from __future__ import annotations

from datetime import date, timedelta

from dument.days.holidays import Zone, public_holidays
from dument.days.reckoning import ONE_DAY, add_months


def is_working_day(day: date, zone: Zone | None = None) -> bool:
    """Tell whether a day is neither a Saturday, a Sunday nor a holiday.

    The holidays are the national ones, and those of `zone` when it is given.
    """
    return day.weekday() < 5 and day not in public_holidays(day.year, zone)


def first_working_day(day: date, zone: Zone | None = None) -> date:
    """Return `day`, or the next working day when it is not one (CPC, art. 642)."""
    while not is_working_day(day, zone):
        day += ONE_DAY
    return day


def procedural_deadline(
    start: date, *, months: int = 0, days: int = 0, zone: Zone | None = None
) -> date:
    """Return the last day of a period of procedure, which ends that day at midnight.

    The day of the act does not count; months are counted first, then days (CPC, art. 641); a
    last day that is not worked is moved (art. 642). The month or two that distance adds (art.
    643) are months of the same period: the caller adds them to `months`.

    >>> procedural_deadline(date(2026, 11, 30), months=3)
    datetime.date(2027, 3, 1)
    """
    return first_working_day(add_months(start, months) + timedelta(days=days), zone)

"""Days counted: whole months and years, ends of month, half-years, closed intervals.

Source: C. pr. civ., art. 641 (a period in months or years).
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """Move by whole months: same day number, else the last day of that month (CPC, art. 641).

    >>> add_months(date(2026, 11, 30), 3)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """Move by whole years; 29 February becomes 28 February in a common year."""
    return add_months(day, 12 * years)


def month_end(day: date) -> date:
    """Return the last day of the month of `day`."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def half_year_start(day: date) -> date:
    """Return the 1 January or 1 July that opens the half-year of `day`."""
    return date(day.year, 1 if day.month <= 6 else 7, 1)


def half_year_end(day: date) -> date:
    """Return the 30 June or 31 December that closes the half-year of `day`."""
    return date(day.year, 6, 30) if day.month <= 6 else date(day.year, 12, 31)


def half_year_name(day: date) -> str:
    """Name the half-year of `day` as `2026-S2`."""
    return f"{day.year}-S{1 if day.month <= 6 else 2}"


def days_between(first_day: date, last_day: date) -> int:
    """Count the days of a closed interval, both ends included; zero when it is empty."""
    return max(0, (last_day - first_day).days + 1)


def half_years(first_day: date, last_day: date) -> Iterator[tuple[date, date]]:
    """Cut a closed interval at each 1 January and 1 July."""
    while first_day <= last_day:
        end = min(half_year_end(first_day), last_day)
        yield first_day, end
        first_day = end + ONE_DAY


def civil_years(first_day: date, last_day: date) -> Iterator[tuple[date, date]]:
    """Cut a closed interval at each 1 January."""
    while first_day <= last_day:
        end = min(date(first_day.year, 12, 31), last_day)
        yield first_day, end
        first_day = end + ONE_DAY

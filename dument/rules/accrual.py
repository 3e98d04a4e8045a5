"""Simple interest over a number of days, on a year of 365 days or of its real length.

Sources: directive 2011/7/UE, art. 2 (simple interest); the divisor is a named convention.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from dument.case import Conventions
from dument.days import civil_years, days_between
from dument.money import round_to_cent

RULE = "interet-simple"


def interest(base: Decimal, rate: Decimal, days: int, year_days: int) -> Decimal:
    """Return base × rate % × days ÷ year_days, in euros, rounded half-up to the cent.

    >>> interest(Decimal(2000), Decimal("3.11"), 30, 365)  # service-public, fiche F20688
    Decimal('5.11')
    """
    return round_to_cent(exact_interest(base, rate, days, year_days))


def exact_interest(base: Decimal, rate: Decimal, days: int, year_days: int) -> Decimal:
    """Return base × rate % × days ÷ year_days, in euros, before any rounding."""
    return base * rate * days / (100 * Decimal(year_days))


def daily_interest(base: Decimal, rate: Decimal, year_days: int) -> Decimal:
    """Return one day's interest in euros, unrounded: it must not be rounded before use."""
    return base * rate / (100 * Decimal(year_days))


def countable_periods(
    conventions: Conventions, first_day: date, last_day: date
) -> Iterator[tuple[date, date, int, int]]:
    """Yield first day, last day, number of days and length of the year to divide by."""
    if conventions.year == "365":
        yield first_day, last_day, days_between(first_day, last_day), 365
        return
    for start, end in civil_years(first_day, last_day):
        yield start, end, days_between(start, end), 366 if isleap(start.year) else 365

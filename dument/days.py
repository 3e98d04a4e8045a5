"""Calendar: French dates read and reckoned, half-years, public holidays, working days.

Sources: C. pr. civ., art. 641 and 642; C. trav., art. L3133-1 (the eleven national holidays).
Holidays of Alsace-Moselle and overseas are not counted here.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from dument.faults import Misread

ONE_DAY = timedelta(days=1)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_FIRST_YEAR, _LAST_YEAR = 1980, 2100


def parse_date(text: str) -> date:
    """Read a date written `2026-03-02`; the year lies between 1980 and 2100.

    Raises Misread otherwise, with the ISO spelling when the text shows which day is meant.
    """
    match = _ISO.fullmatch(text.strip())
    if not match:
        raise Misread("date-illisible", f"« {text} » n’est pas une date", _iso_hint(text))
    year, month, day = (int(part) for part in match.groups())
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise Misread(
            "date-hors-bornes",
            f"l’année {year} est hors du calendrier du dossier ({_FIRST_YEAR} à {_LAST_YEAR})",
            "vérifiez l’année",
        )
    try:
        return date(year, month, day)
    except ValueError:
        raise Misread(
            "date-impossible",
            f"le {day:02d}/{month:02d}/{year} n’existe pas au calendrier",
            "vérifiez le jour et le mois (année-mois-jour)",
        ) from None


def _iso_hint(text: str) -> str:
    match = _SLASHED.fullmatch(text.strip())
    if not match:
        return "écrivez année-mois-jour, par exemple « 2026-03-02 »"
    day, month, year = match.groups()
    return f"écrivez année-mois-jour : « {year}-{int(month):02d}-{int(day):02d} »"


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


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher's method)."""
    golden, century, in_century = year % 19, year // 100, year % 100
    leap_skipped = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - leap_skipped + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (in_century // 4) - epact - in_century % 4) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def public_holidays(year: int) -> frozenset[date]:
    """Return the eleven national public holidays of a year (C. trav., art. L3133-1)."""
    fixed = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)]
    movable = [easter(year) + timedelta(days=offset) for offset in (1, 39, 50)]
    return frozenset([*(date(year, month, day) for month, day in fixed), *movable])


def is_working_day(day: date) -> bool:
    """Tell whether a day is neither a Saturday, a Sunday nor a national holiday."""
    return day.weekday() < 5 and day not in public_holidays(day.year)


def first_working_day(day: date) -> date:
    """Return `day`, or the next working day when it is not one (CPC, art. 642)."""
    while not is_working_day(day):
        day += ONE_DAY
    return day


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

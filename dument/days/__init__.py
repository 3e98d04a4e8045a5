"""Calendar: French dates read and reckoned, half-years, public holidays, periods of procedure."""

from __future__ import annotations

from dument.days.holidays import (
    LocalHoliday,
    Zone,
    easter,
    local_holidays,
    public_holidays,
    zone_of,
)
from dument.days.procedure import first_working_day, is_working_day, procedural_deadline
from dument.days.reading import parse_date
from dument.days.reckoning import (
    ONE_DAY,
    add_months,
    add_years,
    civil_years,
    days_between,
    half_year_end,
    half_year_name,
    half_year_start,
    half_years,
    month_end,
)

__all__ = [
    "ONE_DAY",
    "LocalHoliday",
    "Zone",
    "add_months",
    "add_years",
    "civil_years",
    "days_between",
    "easter",
    "first_working_day",
    "half_year_end",
    "half_year_name",
    "half_year_start",
    "half_years",
    "is_working_day",
    "local_holidays",
    "month_end",
    "parse_date",
    "procedural_deadline",
    "public_holidays",
    "zone_of",
]

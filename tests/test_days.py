"""The calendar: dates read, months added, half-years, Easter and the days off."""

from __future__ import annotations

from datetime import date

import pytest

from dument.days import (
    Zone,
    add_months,
    add_years,
    civil_years,
    days_between,
    easter,
    first_working_day,
    half_year_end,
    half_year_name,
    half_year_start,
    half_years,
    is_working_day,
    month_end,
    parse_date,
    procedural_deadline,
    public_holidays,
)
from dument.faults import Misread


def on(text: str) -> date:
    return date.fromisoformat(text)


def test_a_date_is_read_in_iso():
    assert parse_date(" 2026-03-02 ") == on("2026-03-02")


@pytest.mark.parametrize(
    ("written", "slug"),
    [
        ("2026-02-30", "date-impossible"),
        ("2025-02-29", "date-impossible"),
        ("2026-13-01", "date-impossible"),
        ("2026-00-10", "date-impossible"),
        ("2026-04-31", "date-impossible"),
        ("1979-12-31", "date-hors-bornes"),
        ("2101-01-01", "date-hors-bornes"),
        ("0206-03-02", "date-hors-bornes"),
        ("02/03/2026", "date-illisible"),
        ("2026-3-2", "date-illisible"),
        ("2 mars 2026", "date-illisible"),
        ("20260302", "date-illisible"),
        ("2026-03-02T00:00:00", "date-illisible"),
        ("12:30", "date-illisible"),
        ("", "date-illisible"),
    ],
)
def test_a_date_that_is_not_one_is_refused(written, slug):
    with pytest.raises(Misread) as refused:
        parse_date(written)
    assert refused.value.slug == slug


@pytest.mark.parametrize("written", ["02/03/2026", "2.3.2026", "2/3/2026"])
def test_a_date_written_the_french_way_is_proposed_in_iso(written):
    with pytest.raises(Misread) as refused:
        parse_date(written)
    assert refused.value.hint == "écrivez année-mois-jour : « 2026-03-02 »"


# Published tables of Easter; 1954, 1981, 2049 and 2076 are the years where simpler rules fail.
EASTER = """
1954-04-18 1981-04-19 2000-04-23 2008-03-23 2011-04-24 2016-03-27 2019-04-21 2020-04-12
2023-04-09 2024-03-31 2025-04-20 2026-04-05 2027-03-28 2038-04-25 2049-04-18 2076-04-19
"""


@pytest.mark.parametrize("day", EASTER.split())
def test_easter_falls_where_the_tables_say(day):
    assert easter(on(day).year) == on(day)


def test_2026_has_the_eleven_holidays_of_the_labour_code():
    assert sorted(public_holidays(2026)) == [
        on(day)
        for day in (
            "2026-01-01",
            "2026-04-06",  # Easter Monday
            "2026-05-01",
            "2026-05-08",
            "2026-05-14",  # Ascension
            "2026-05-25",  # Whit Monday
            "2026-07-14",
            "2026-08-15",
            "2026-11-01",
            "2026-11-11",
            "2026-12-25",
        )
    ]


def test_two_holidays_may_fall_on_one_day():
    assert len(public_holidays(2008)) == 10  # 1 May 2008 was Ascension day too


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2026-05-07", True),
        ("2026-05-08", False),
        ("2026-05-09", False),
        ("2026-05-10", False),
        ("2026-05-11", True),
    ],
)
def test_week_ends_and_holidays_are_not_worked(day, working):
    assert is_working_day(on(day)) is working


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        ("2026-06-16", "2026-06-16"),
        ("2026-06-20", "2026-06-22"),  # Saturday
        ("2026-05-01", "2026-05-04"),  # Friday holiday, then the week-end
        ("2026-04-04", "2026-04-07"),  # Saturday, Easter, Easter Monday
        ("2026-12-25", "2026-12-28"),
    ],
)
def test_a_term_moves_to_the_next_working_day(day, moved):
    assert first_working_day(on(day)) == on(moved)


@pytest.mark.parametrize(
    ("day", "months", "moved"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-08-31", 1, "2026-09-30"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-02-28", 12, "2027-02-28"),
        ("2026-05-17", 0, "2026-05-17"),
    ],
)
def test_months_keep_the_day_or_take_the_last_one(day, months, moved):
    assert add_months(on(day), months) == on(moved)


def test_29_february_plus_a_year_is_28_february():
    assert add_years(on("2024-02-29"), 1) == on("2025-02-28")


def test_29_february_plus_four_years_is_29_february():
    assert add_years(on("2024-02-29"), 4) == on("2028-02-29")


@pytest.mark.parametrize(
    ("day", "start", "end", "name"),
    [
        ("2026-01-01", "2026-01-01", "2026-06-30", "2026-S1"),
        ("2026-06-30", "2026-01-01", "2026-06-30", "2026-S1"),
        ("2026-07-01", "2026-07-01", "2026-12-31", "2026-S2"),
        ("2026-12-31", "2026-07-01", "2026-12-31", "2026-S2"),
    ],
)
def test_a_half_year_opens_in_january_or_july(day, start, end, name):
    assert (half_year_start(on(day)), half_year_end(on(day)), half_year_name(on(day))) == (
        on(start),
        on(end),
        name,
    )


def test_both_ends_of_an_interval_count():
    assert days_between(on("2026-06-21"), on("2026-06-30")) == 10


def test_29_february_counts_for_a_day():
    assert days_between(on("2024-02-01"), on("2024-03-01")) == 30


def test_an_empty_interval_has_no_day():
    assert days_between(on("2026-06-02"), on("2026-06-01")) == 0


def test_half_years_cut_a_delay_in_january_and_july():
    assert list(half_years(on("2025-12-30"), on("2026-07-02"))) == [
        (on("2025-12-30"), on("2025-12-31")),
        (on("2026-01-01"), on("2026-06-30")),
        (on("2026-07-01"), on("2026-07-02")),
    ]


def test_civil_years_cut_a_delay_in_january_only():
    assert list(civil_years(on("2023-12-31"), on("2024-07-02"))) == [
        (on("2023-12-31"), on("2023-12-31")),
        (on("2024-01-01"), on("2024-07-02")),
    ]


def test_nothing_is_cut_out_of_an_empty_interval():
    assert list(half_years(on("2026-06-02"), on("2026-06-01"))) == []


@pytest.mark.parametrize(
    ("start", "span", "last"),
    [  # examples worked in the notes on CPC, art. 640 to 642
        ("2026-11-30", {"months": 3}, "2027-03-01"),  # 28 February is a Sunday
        ("2026-08-31", {"months": 6}, "2027-03-01"),
        ("2026-09-01", {"months": 3}, "2026-12-01"),
        ("2026-12-31", {"months": 1}, "2027-02-01"),  # 31 January is a Sunday
        ("2026-11-20", {"months": 1}, "2026-12-21"),
        ("2026-11-20", {"months": 2}, "2027-01-20"),
        # Days: the first one does not count. 2 + 15 = Tuesday 17 November.
        ("2026-11-02", {"days": 15}, "2026-11-17"),
        # 27 October + 15 = 11 November, a holiday.
        ("2026-10-27", {"days": 15}, "2026-11-12"),
        # Months first: 31 January -> 28 February -> 2 March; days first would give 2 + 1 month.
        ("2026-01-31", {"months": 1, "days": 2}, "2026-03-02"),
        # Friday 1 May, a holiday, then the week-end.
        ("2026-04-01", {"months": 1}, "2026-05-04"),
        ("2024-01-31", {"months": 1}, "2024-02-29"),
        ("2026-06-16", {}, "2026-06-16"),
    ],
)
def test_a_period_of_procedure_ends_on_a_working_day(start, span, last):
    assert procedural_deadline(on(start), **span) == on(last)


def test_distance_adds_its_months_to_the_same_period():
    # One period of two months from 31 January, not 28 February and a month more.
    assert procedural_deadline(on("2025-01-31"), months=1 + 1) == on("2025-03-31")


def test_a_local_holiday_is_ignored_unless_its_zone_is_named():
    # 22 April + 1 month = Friday 22 May 2026, kept in Martinique.
    start = on("2026-04-22")
    assert procedural_deadline(start, months=1) == on("2026-05-22")
    # 25 May is Whit Monday.
    assert procedural_deadline(start, months=1, zone=Zone.MARTINIQUE) == on("2026-05-26")


def test_a_wait_in_alsace_goes_past_good_friday_and_easter():
    # 3 March + 1 month = 3 April 2026, Good Friday; then Easter Monday.
    start = on("2026-03-03")
    assert procedural_deadline(start, months=1) == on("2026-04-03")
    assert procedural_deadline(start, months=1, zone=Zone.ALSACE_MOSELLE) == on("2026-04-07")


@pytest.mark.parametrize(
    ("day", "end"),
    [("2026-02-15", "2026-02-28"), ("2024-02-01", "2024-02-29"), ("2026-12-31", "2026-12-31")],
)
def test_a_month_ends_on_its_last_day(day, end):
    assert month_end(on(day)) == on(end)

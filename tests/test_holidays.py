"""Public holidays of the French territories, against two libraries over 1990-2059.

The libraries are oracles: where they differ from us, or from each other, the difference is stated.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import holidays
import pytest
from jours_feries_france import JoursFeries

from dument.days import Zone, easter, local_holidays, public_holidays, zone_of

YEARS = range(1990, 2060)

# Each zone as `jours-feries-france` and `holidays` name it.
NAMES = {
    Zone.MAINLAND: ("Métropole", None),
    Zone.ALSACE_MOSELLE: ("Alsace-Moselle", "6AE"),
    Zone.GUADELOUPE: ("Guadeloupe", "971"),
    Zone.MARTINIQUE: ("Martinique", "972"),
    Zone.GUYANE: ("Guyane", "973"),
    Zone.REUNION: ("La Réunion", "974"),
    Zone.MAYOTTE: ("Mayotte", "976"),
    Zone.SAINT_BARTHELEMY: ("Saint-Barthélémy", "BL"),
    Zone.SAINT_MARTIN: ("Saint-Martin", "MF"),
    Zone.SAINT_PIERRE_ET_MIQUELON: ("Saint-Pierre-et-Miquelon", "PM"),
    Zone.WALLIS_ET_FUTUNA: ("Wallis-et-Futuna", "WF"),
    Zone.POLYNESIE: ("Polynésie Française", "PF"),
    Zone.NOUVELLE_CALEDONIE: ("Nouvelle-Calédonie", "NC"),
}
each_zone = pytest.mark.parametrize("zone", Zone, ids=lambda zone: zone.value)


def ours(zone: Zone) -> set[date]:
    return {day for year in YEARS for day in public_holidays(year, zone)}


def every_year(*days: tuple[int, int], years: Iterable[int] = YEARS) -> set[date]:
    return {date(year, month, day) for year in years for month, day in days}


def before_easter(days: int) -> set[date]:
    return {easter(year) - timedelta(days=days) for year in YEARS}


# `holidays` takes Whit Monday away for 2005-2007, when it was the usual day of solidarity. It was
# worked by default, but the law never struck it off the list of holidays.
WHIT_MONDAYS = {date(2005, 5, 16), date(2006, 6, 5), date(2007, 5, 28)}
SCHOELCHER = every_year((7, 21))  # kept by custom, in no list of the labour code

# What `holidays` has and we have not.
THEIRS = {
    Zone.GUADELOUPE: before_easter(2) | before_easter(24) | SCHOELCHER,  # customs
    Zone.MARTINIQUE: SCHOELCHER,
    Zone.SAINT_MARTIN: {day for day in SCHOELCHER if day.year >= 2012},
    # Labour codes of their own, which were not read.
    Zone.WALLIS_ET_FUTUNA: every_year((4, 28), (6, 29), (7, 29)),
    Zone.POLYNESIE: every_year((3, 5))
    | every_year((6, 29), years=range(1990, 2025))
    | every_year((11, 20), years=range(2025, 2060))
    | before_easter(2),
    Zone.NOUVELLE_CALEDONIE: every_year((9, 24)),
}
# What we have and `holidays` has not, beside the three Whit Mondays.
ONLY_OURS = {
    # Both islands were communes of Guadeloupe before; the library starts their day in 2012.
    Zone.SAINT_BARTHELEMY: every_year((10, 9), years=range(1990, 2012)),
    Zone.SAINT_MARTIN: every_year((3, 28), (5, 27)) | every_year((5, 28), years=range(1990, 2012)),
}


@each_zone
def test_jours_feries_france_has_the_same_days_but_for_saint_martin(zone):
    name, _ = NAMES[zone]
    theirs = {day for year in YEARS for day in JoursFeries.for_year(year, name).values()}
    if zone is Zone.SAINT_MARTIN:  # one reading a year: 27 May, then 28 May from 2018
        readings = every_year((3, 28), (5, 27), (5, 28))
        kept = every_year((5, 27), years=range(1990, 2018))
        kept |= every_year((5, 28), years=range(2018, 2060))
        assert ours(zone) - theirs == readings - kept - theirs
        assert theirs <= ours(zone)
    else:
        assert theirs == ours(zone)


@each_zone
def test_holidays_has_the_same_days_but_for_what_is_stated(zone):
    _, subdivision = NAMES[zone]
    theirs = set(holidays.France(subdiv=subdivision, years=YEARS))
    added = THEIRS.get(zone, set())
    assert theirs - ours(zone) == added - ours(zone)
    shared = theirs | added
    missing = WHIT_MONDAYS | ONLY_OURS.get(zone, set())
    assert ours(zone) - theirs == missing - shared


def test_moselle_keeps_the_days_of_alsace():
    assert set(holidays.France(subdiv="57", years=YEARS)) == set(
        holidays.France(subdiv="6AE", years=YEARS)
    )


@pytest.mark.parametrize(
    ("zone", "days"),
    [  # the table of C. trav., art. L3134-13 and L3422-2
        (Zone.MAINLAND, []),
        (Zone.ALSACE_MOSELLE, ["2026-04-03", "2026-12-26"]),
        (Zone.MAYOTTE, ["2026-04-27"]),
        (Zone.MARTINIQUE, ["2026-05-22"]),
        (Zone.GUADELOUPE, ["2026-05-27"]),
        (Zone.GUYANE, ["2026-06-10"]),
        (Zone.SAINT_BARTHELEMY, ["2026-10-09"]),
        (Zone.REUNION, ["2026-12-20"]),
        (Zone.SAINT_MARTIN, ["2026-03-28", "2026-05-27", "2026-05-28"]),
        (Zone.SAINT_PIERRE_ET_MIQUELON, []),
        (Zone.WALLIS_ET_FUTUNA, []),
        (Zone.POLYNESIE, []),
        (Zone.NOUVELLE_CALEDONIE, []),
    ],
)
def test_the_local_days_of_2026_are_those_of_the_labour_code(zone, days):
    assert [one.on.isoformat() for one in local_holidays(2026, zone)] == days


@each_zone
def test_doubtful_days_are_marked(zone):
    doubtful = {one.name for one in local_holidays(2026, zone) if not one.is_certain}
    assert doubtful == {
        Zone.SAINT_MARTIN: {"abolition-de-l-esclavage"},  # the sources disagree
        Zone.ALSACE_MOSELLE: {"vendredi-saint"},  # only where there is a Protestant temple
    }.get(zone, set())


@pytest.mark.parametrize(
    ("postcode", "zone"),
    [
        ("69005", Zone.MAINLAND),
        ("01000", Zone.MAINLAND),
        ("20000", Zone.MAINLAND),  # Ajaccio
        ("57000", Zone.ALSACE_MOSELLE),
        ("67000", Zone.ALSACE_MOSELLE),
        ("68100", Zone.ALSACE_MOSELLE),
        ("90000", Zone.MAINLAND),  # Belfort stayed French in 1871
        ("97110", Zone.GUADELOUPE),
        ("97133", Zone.SAINT_BARTHELEMY),
        ("97150", Zone.SAINT_MARTIN),
        ("97200", Zone.MARTINIQUE),
        ("97300", Zone.GUYANE),
        ("97400", Zone.REUNION),
        ("97500", Zone.SAINT_PIERRE_ET_MIQUELON),
        ("97600", Zone.MAYOTTE),
        ("98600", Zone.WALLIS_ET_FUTUNA),
        ("98714", Zone.POLYNESIE),
        ("98800", Zone.NOUVELLE_CALEDONIE),
    ],
)
def test_a_postal_code_names_its_territory(postcode, zone):
    assert zone_of(postcode) is zone


def test_every_territory_is_reached_by_some_postal_code():
    reached = {zone_of(f"{number:05}") for number in range(1000, 99000)}
    assert reached == set(Zone)


@pytest.mark.parametrize("zone", [Zone.MAINLAND, Zone.ALSACE_MOSELLE])
def test_only_the_mainland_is_not_overseas(zone):
    assert not zone.is_overseas
    assert sum(one.is_overseas for one in Zone) == 11

"""Public holidays of every French territory, by our own computation.

Sources: C. trav., art. L3133-1 (the eleven national days), L3134-13 (Alsace-Moselle), L3422-2
(overseas). Limits: the days of today, whatever the year; nothing was read of the territories that
have a labour code of their own (New Caledonia, French Polynesia, Wallis and Futuna), nor of days
kept by custom.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache


class Zone(StrEnum):
    """A part of France that keeps the same public holidays."""

    MAINLAND = "metropole"
    ALSACE_MOSELLE = "alsace-moselle"
    GUADELOUPE = "guadeloupe"
    MARTINIQUE = "martinique"
    GUYANE = "guyane"
    REUNION = "la-reunion"
    MAYOTTE = "mayotte"
    SAINT_BARTHELEMY = "saint-barthelemy"
    SAINT_MARTIN = "saint-martin"
    SAINT_PIERRE_ET_MIQUELON = "saint-pierre-et-miquelon"
    WALLIS_ET_FUTUNA = "wallis-et-futuna"
    POLYNESIE = "polynesie-francaise"
    NOUVELLE_CALEDONIE = "nouvelle-caledonie"

    @property
    def is_overseas(self) -> bool:
        """Whether who lives there has a month more before a mainland court (CPC, art. 643)."""
        return self not in (Zone.MAINLAND, Zone.ALSACE_MOSELLE)


@dataclass(frozen=True, slots=True)
class LocalHoliday:
    """A holiday of one territory; `is_certain` is false when it depends, or sources disagree."""

    name: str
    on: date
    is_certain: bool = True


_FIXED_DAYS = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
_DAYS_AFTER_EASTER = (1, 39, 50)  # Easter Monday, the Ascension, Whit Monday
_ABOLITION = "abolition-de-l-esclavage"
_ABOLITION_DAYS = {
    Zone.MAYOTTE: (4, 27),
    Zone.MARTINIQUE: (5, 22),
    Zone.GUADELOUPE: (5, 27),
    Zone.GUYANE: (6, 10),
    Zone.SAINT_BARTHELEMY: (10, 9),
    Zone.REUNION: (12, 20),
}
# Saint-Martin: 27 May in the Légifrance text of 2019, 28 March on a page that quotes it, 28 May
# in two libraries. None was confirmed: each of them may be the day.
_SAINT_MARTIN_READINGS = ((3, 28), (5, 27), (5, 28))

# The longest prefix decides. INSEE codes 977 and 978 are there for who writes them.
_ZONES_OF_POSTCODES = {
    "57": Zone.ALSACE_MOSELLE,
    "67": Zone.ALSACE_MOSELLE,
    "68": Zone.ALSACE_MOSELLE,
    "971": Zone.GUADELOUPE,
    "97133": Zone.SAINT_BARTHELEMY,
    "97150": Zone.SAINT_MARTIN,
    "972": Zone.MARTINIQUE,
    "973": Zone.GUYANE,
    "974": Zone.REUNION,
    "975": Zone.SAINT_PIERRE_ET_MIQUELON,
    "976": Zone.MAYOTTE,
    "977": Zone.SAINT_BARTHELEMY,
    "978": Zone.SAINT_MARTIN,
    "985": Zone.MAYOTTE,  # its numbers before 2011, still seen on CEDEX addresses
    "986": Zone.WALLIS_ET_FUTUNA,
    "987": Zone.POLYNESIE,
    "988": Zone.NOUVELLE_CALEDONIE,
}


def zone_of(postcode: str) -> Zone:
    """Return the territory of a French postal code of five digits.

    A postal code is not a commune: on the edge of Moselle a few may be read on the wrong side.

    >>> zone_of("97133").value
    'saint-barthelemy'
    """
    for length in (5, 3, 2):
        if postcode[:length] in _ZONES_OF_POSTCODES:
            return _ZONES_OF_POSTCODES[postcode[:length]]
    return Zone.MAINLAND


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher's method)."""
    golden, century, in_century = year % 19, year // 100, year % 100
    leap_skipped = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - leap_skipped + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (in_century // 4) - epact - in_century % 4) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


@cache
def public_holidays(year: int, zone: Zone | None = None) -> frozenset[date]:
    """Return the eleven national holidays of a year, and those of a territory when one is named.

    A territory's doubtful days are among them.
    """
    fixed = [date(year, month, day) for month, day in _FIXED_DAYS]
    movable = [easter(year) + timedelta(days=days) for days in _DAYS_AFTER_EASTER]
    local = [one.on for one in local_holidays(year, zone)] if zone else []
    return frozenset([*fixed, *movable, *local])


def local_holidays(year: int, zone: Zone) -> Iterator[LocalHoliday]:
    """Yield the holidays that a territory keeps beside the national ones, oldest first."""
    if zone is Zone.ALSACE_MOSELLE:
        # Good Friday is kept where there is a Protestant temple or a mixed church only.
        good_friday = easter(year) - timedelta(days=2)
        yield LocalHoliday("vendredi-saint", good_friday, is_certain=False)
        yield LocalHoliday("saint-etienne", date(year, 12, 26))
    elif zone is Zone.SAINT_MARTIN:
        for month, day in _SAINT_MARTIN_READINGS:
            yield LocalHoliday(_ABOLITION, date(year, month, day), is_certain=False)
    elif zone in _ABOLITION_DAYS:
        yield LocalHoliday(_ABOLITION, date(year, *_ABOLITION_DAYS[zone]))

"""A date as the user writes it, read; what is not one is refused with its ISO spelling."""

from __future__ import annotations

import re
from datetime import date

from dument.faults import Misread

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

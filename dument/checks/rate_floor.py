"""`taux-plancher`: a contract rate is not under the floor of its law (C. com., art. L441-10, II).

Which half-year gives the floor is unsettled: that of the invoice and those of the delay are all
looked at. `options.sous`: `tous` finds a rate under every one of them, `un` under some only.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from dument.case import InterestBasis
from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import say
from dument.days import half_year_start, half_years
from dument.french import join_words, short_date
from dument.law import Law, Mention, OutsideKnownLaw
from dument.letters import Letter
from dument.money import format_rate
from dument.rules.triple_legal_interest import floor_rate

TYPE = "taux-plancher"
BEARS_ON_LETTERS = False
_PATH = ("terms", "late_interest")


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield one finding with each half-year whose floor the rate does not reach."""
    agreed = inspection.case.terms.late_interest
    if agreed is None or agreed.basis is not InterestBasis.CONTRACT or agreed.rate is None:
        return
    floors = {day: _floor(inspection.law, day) for day in _days(inspection)}
    known = {day: floor for day, floor in floors.items() if floor is not None}
    missed = {day: floor for day, floor in known.items() if agreed.rate < floor}
    is_under_all = bool(known) and len(missed) == len(known)
    if missed and is_under_all == (mention.options.get("sous") == "tous"):
        floors_missed = join_words(
            [f"{format_rate(floor)} au {short_date(day)}" for day, floor in missed.items()]
        )
        rate = format_rate(agreed.rate)
        yield from say(mention, "sous", _PATH, taux=rate, planchers=floors_missed)
    for day in [one for one, floor in floors.items() if floor is None][:1]:
        yield from say(mention, "inconnu", _PATH, date=day)


def _days(inspection: Inspection) -> list[date]:
    """Return the first day of each half-year whose floor may be asked for."""
    days = {half_year_start(one.issued_on) for one in inspection.case.invoices}
    for line in inspection.statement.lines:
        spans = half_years(line.first_day, line.last_day)
        days |= {half_year_start(first) for first, _ in spans}
    return sorted(days)


def _floor(law: Law, day: date) -> Decimal | None:
    try:
        legal, multiple = floor_rate(law, day)
    except OutsideKnownLaw:
        return None
    return legal.used.value * multiple.used.value

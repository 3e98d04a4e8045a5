"""`taux-reconnu`: a contract rate that is another official rate, or that of another half-year.

Every official rate is looked at, those of the nearest half-years first, then the wrong ones that
were published and that the rule's file lists. A rate in whole or half
points is often a true contract rate: it is compared with the near half-years only.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from dument.case import InterestBasis
from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import say
from dument.days import add_months, half_year_start
from dument.law import Law, Mention, OutsideKnownLaw
from dument.letters import Letter
from dument.money import format_rate
from dument.rules import late_payment_interest as default_rule
from dument.rules import public_buyer_interest as public_rule
from dument.rules.consumer_interest import RATE_OF_INDIVIDUALS, RATE_OF_OTHERS
from dument.rules.triple_legal_interest import MULTIPLE

TYPE = "taux-reconnu"
BEARS_ON_LETTERS = False
_PATH = ("terms", "late_interest")
_MOST_SAID = 3
_NEAR = {Decimal(1): 1, Decimal("0.5"): 4}  # half-years away, for whole and half points

Recognised = tuple[str, date, Decimal]


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield what the rate looks like, the nearest in time first."""
    agreed = inspection.case.terms.late_interest
    if agreed is None or agreed.basis is not InterestBasis.CONTRACT or not agreed.rate:
        return
    days = {one.issued_on for one in inspection.case.invoices}
    days |= {day for one in inspection.statement.lines for day in (one.first_day, one.last_day)}
    asked = {_index(day) for day in days}

    def distance(found: Recognised) -> int:
        return min(abs(_index(found[1]) - one) for one in asked)

    farthest = next((far for step, far in _NEAR.items() if not agreed.rate % step), None)
    known = [one for one in official_rates(inspection.law) if one[2] == agreed.rate]
    near = [one for one in known if farthest is None or distance(one) <= farthest]
    for name, day, _ in sorted(near, key=distance)[:_MOST_SAID]:
        yield from say(mention, name, _PATH, taux=format_rate(agreed.rate), date=day)
    for one in _wrongly_published(mention, agreed.rate):
        told = {"nom": one["nom"], "juste": one["juste"]}
        yield from say(mention, "publie", _PATH, taux=format_rate(agreed.rate), **told)


def _wrongly_published(mention: Mention, rate: Decimal) -> list[dict[str, str]]:
    """Return the rule's entries for a rate that was published as what it is not."""
    published = mention.options.get("publies")
    entries = published if isinstance(published, list) else []
    return [one for one in entries if Decimal(one["taux"].replace(",", ".")) == rate]


def official_rates(law: Law) -> Iterator[Recognised]:
    """Yield each rate a user may take for that of late payment: its name, its day, in percent."""
    day = law.parameters[default_rule.ECB_RATE_OF_DAYS].values[-1].first_day
    last = law.parameters[default_rule.ECB_RATE].values[0].first_day
    while day <= last:
        yield from _of_half_year(law, day)
        day = half_year_start(add_months(day, 6))
    for known in law.parameters[default_rule.ECB_RATE_OF_DAYS].values:
        if known.value and known.first_day != half_year_start(known.first_day):
            yield "bce-du-jour", known.first_day, known.value
            yield from _plus(law, "bce-du-jour+10", known.first_day, known.value,
                             default_rule.MARGIN)  # fmt: skip


def _of_half_year(law: Law, day: date) -> Iterator[Recognised]:
    ecb = _value(law, default_rule.ECB_RATE, day)
    if ecb is not None:
        yield from _plus(law, "bce+10", day, ecb, default_rule.MARGIN)
        yield from _plus(law, "bce+8", day, ecb, public_rule.MARGIN)
        yield "bce", day, ecb
        yield from _times(law, "bce-x3", day, ecb)
    for slug, name in (
        (RATE_OF_OTHERS, "legal-autres"),
        (RATE_OF_INDIVIDUALS, "legal-particuliers"),
    ):
        legal = _value(law, slug, day)
        if legal is not None:
            yield name, day, legal
            yield from _times(law, f"{name}-x3", day, legal)
            yield from _plus(law, f"{name}+10", day, legal, default_rule.MARGIN)


def _plus(law: Law, name: str, day: date, base: Decimal, slug: str) -> Iterator[Recognised]:
    points = _value(law, slug, day)
    if points is not None:
        yield name, day, base + points


def _times(law: Law, name: str, day: date, base: Decimal) -> Iterator[Recognised]:
    multiple = _value(law, MULTIPLE, day)
    if multiple is not None:
        yield name, day, base * multiple


def _value(law: Law, slug: str, day: date) -> Decimal | None:
    try:
        return law.value(slug, day).value
    except OutsideKnownLaw:
        return None


def _index(day: date) -> int:
    return 2 * day.year + (day.month > 6)

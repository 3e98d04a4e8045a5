"""Interest owed by a consumer: the legal rate from the formal notice (C. civ., 1231-6, 1344-1).

The category of the rate is the creditor's (CMF, art. L313-2). Interest is counted from the day
after the first presentation of the notice, by prudence; a notice whose presentation is not
recorded starts nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dument.case import FORMAL_NOTICE, Case, Instalment, Invoice, PartyKind, Regime
from dument.days import ONE_DAY, half_years
from dument.law import DatedValue, Law
from dument.rules.entries import Ingredient, RatePeriod

RULE = "interets-legaux"
RATE_OF_INDIVIDUALS = "taux-interet-legal-particuliers"
RATE_OF_OTHERS = "taux-interet-legal-autres"


def applies(case: Case) -> bool:
    """Against a consumer, whatever the contract says."""
    return case.regime is Regime.CONSUMER


def first_day(case: Case, invoice: Invoice, instalment: Instalment, as_of: date) -> date | None:
    """Return the day after the first presented notice that claims this due date."""
    presented = [
        letter.sending.presented_on
        for letter in case.letters
        if letter.kind == FORMAL_NOTICE
        and letter.sending is not None
        and letter.sending.presented_on is not None
        and letter.sending.presented_on <= as_of
        and instalment.due_on < letter.on
        and (not letter.invoices or invoice.number in letter.invoices)
    ]
    return min(presented) + ONE_DAY if presented else None


def legal_rate(case: Case, law: Law, day: date) -> tuple[str, DatedValue]:
    """Return the legal rate of the creditor's category, with the parameter that holds it.

    A natural person who acts for business has the rate of « other cases » (CMF, art. L313-2).
    """
    slug = RATE_OF_INDIVIDUALS if case.creditor.kind is PartyKind.INDIVIDUAL else RATE_OF_OTHERS
    return slug, law.value(slug, day)


def periods(
    case: Case, law: Law, since: date, first_day: date, last_day: date
) -> Iterator[RatePeriod]:
    """Cut the delay at each half-year: the legal rate moves."""
    for start, end in half_years(first_day, last_day):
        slug, legal = legal_rate(case, law, start)
        yield RatePeriod(start, end, legal.value, RULE, (Ingredient(slug, legal),))

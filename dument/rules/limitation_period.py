"""When a claim is barred (C. com., art. L110-4; C. conso., art. L218-2; C. civ., art. 2228 s.).

The period runs from the due date (C. civ., art. 2233, 3°); a second, earlier date counts from the
completion of the work, or the invoice when it is unknown, and is the prudent one to act upon.
Only an acknowledgement, a summons or the service of an order interrupts: a formal notice and the
filing of a request do not. The day is never extended to the next working day. Limit: of an
invoice in several due dates the last one is told; the prudent date guards the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dument.case import Case, EventKind, Invoice, Regime
from dument.days import add_years
from dument.law import Law, OutsideKnownLaw
from dument.rules.entries import Ingredient

RULE = "prescription"
INTERRUPTING = {EventKind.ACKNOWLEDGEMENT, EventKind.SUMMONS, EventKind.SERVICE}
_PARAMETERS = {
    Regime.BUSINESS: "prescription-commerciale",
    Regime.CONSUMER: "prescription-consommateur",
    Regime.PUBLIC: None,
}


@dataclass(frozen=True, slots=True)
class Limitation:
    """The last day to act on an invoice, the prudent one, and what restarted the period."""

    invoice: str
    last_day: date
    prudent_day: date
    interrupted_on: date | None
    ingredient: Ingredient


def limitation(case: Case, law: Law, invoice: Invoice, as_of: date) -> Limitation | None:
    """Return when an invoice is barred; None for a public debtor, whose rule was not read.

    Raises OutsideKnownLaw when the law pack does not know the period of that day.
    """
    slug = _PARAMETERS[case.regime]
    if slug is None:
        return None
    due_on = max(one.due_on for one in invoice.schedule)
    earliest = min(invoice.performed_on or invoice.issued_on, due_on)
    used = law.value(slug, due_on)
    years = int(used.value)
    last_day, prudent_day, interrupted = add_years(due_on, years), add_years(earliest, years), None
    for day in _interruptions(case, as_of):
        if earliest <= day <= prudent_day:
            interrupted = day
            last_day = prudent_day = add_years(day, years)
    return Limitation(invoice.number, last_day, prudent_day, interrupted, Ingredient(slug, used))


def known_limitations(case: Case, law: Law, as_of: date) -> Iterator[Limitation]:
    """Yield when each invoice is barred, save where the law pack is silent, which a check says."""
    for invoice in case.invoices:
        try:
            found = limitation(case, law, invoice, as_of)
        except OutsideKnownLaw:
            continue
        if found is not None:
            yield found


def _interruptions(case: Case, as_of: date) -> list[date]:
    days = (entry.on for entry in case.journal if entry.kind in INTERRUPTING)
    return sorted(day for day in days if day <= as_of)

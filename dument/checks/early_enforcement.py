"""`execution-ordonnance`: nothing was enforced before the order for payment became a title."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dument.case import EventKind, PaymentOrder
from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import say
from dument.law import Mention, OutsideKnownLaw
from dument.letters import Letter
from dument.rules.payment_order import enforcement_step, known_order, opposition_step

TYPE = "execution-ordonnance"
BEARS_ON_LETTERS = False


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield each enforcement that is `trop-tot`, despite an `opposition` or `non-signifiee`."""
    case, today = inspection.case, inspection.as_of
    order = known_order(case, today)
    if order is None:
        return
    for day, kind in case.acts:
        if kind is not EventKind.ENFORCEMENT or not order.issued_on <= day <= today:
            continue
        if order.opposed_on is not None and order.opposed_on <= day:
            yield from say(mention, "opposition", date=day, opposition=order.opposed_on)
        elif order.served_on is None:
            yield from say(mention, "non-signifiee", date=day)
        else:
            limit = _first_day(inspection, order, order.served_on)
            if limit is not None and day < limit:
                yield from say(mention, "trop-tot", date=day, limite=limit)


def _first_day(inspection: Inspection, order: PaymentOrder, served_on: date) -> date | None:
    """Return the first day on which the order may be enforced; None before the known texts."""
    case, law = inspection.case, inspection.law
    try:
        opposition = opposition_step(case, law, order, served_on)
        return enforcement_step(case, law, order, opposition).day
    except OutsideKnownLaw:
        return None

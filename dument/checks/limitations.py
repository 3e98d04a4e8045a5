"""The limitation of the invoices still owed, as a check looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import say, whole
from dument.law import Mention, OutsideKnownLaw
from dument.ledger import Statement
from dument.rules.limitation_period import Limitation, limitation


def barred(
    mention: Mention, inspection: Inspection, statement: Statement, day: date
) -> Iterator[Finding]:
    """Yield each open invoice whose last day, prudent day or margin before it has passed.

    The cases are `acquise`, `prudente`, `proche` (`options.marge` days before) and `inconnue`;
    a rule finds those whose words it holds.
    """
    margin = timedelta(days=whole(mention, "marge"))
    for rank, invoice in enumerate(inspection.case.invoices):
        balance = statement.invoice(invoice.number)
        if balance is None or not balance.is_open:
            continue
        path = ("invoices", rank)
        owed = [one.due_on for one in balance.debts if one.principal or one.interest]
        due_on = min(owed, default=None)  # the oldest part still owed is barred first
        try:
            found = limitation(inspection.case, inspection.law, invoice, day, due_on)
        except OutsideKnownLaw as outside:
            yield from say(mention, "inconnue", path, facture=invoice.number, date=outside.day)
            continue
        if found is not None and found.prudent_day - margin < day:
            date_ = found.last_day if found.last_day < day else found.prudent_day
            case = _case(found, day)
            yield from say(mention, case, path, facture=invoice.number, date=date_)


def _case(found: Limitation, day: date) -> str:
    if found.last_day < day:
        return "acquise"
    return "prudente" if found.prudent_day < day else "proche"

"""`prescription-publique`: a public buyer's debt dies with a calendar year (loi n° 68-1250)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import say, whole
from dument.law import Mention
from dument.letters import Letter

TYPE = "prescription-publique"
BEARS_ON_LETTERS = False


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield each open invoice that is past the last 31 December, or near it (`options.marge`).

    The years of `options.parametre` are counted from the end of the one in which the service was
    done; nothing is taken to have interrupted them.
    """
    today = inspection.as_of
    slug, margin = str(mention.options["parametre"]), timedelta(days=whole(mention, "marge"))
    for rank, invoice in enumerate(inspection.case.invoices):
        balance = inspection.statement.invoice(invoice.number)
        if balance is None or not balance.is_open:
            continue
        acquired_on = invoice.performed_on or invoice.issued_on
        years = int(inspection.law.value(slug, acquired_on).value)
        last_day = date(acquired_on.year + years, 12, 31)
        if last_day - margin < today:
            case = "depassee" if last_day < today else "proche"
            path = ("invoices", rank)
            yield from say(mention, case, path, facture=invoice.number, date=last_day)

"""`delai-convenu`: the time to pay, agreed or left by an invoice, is not over the legal one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from dument.case import Invoice, InvoiceNature, PaymentTerm, Regime
from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import say
from dument.law import Mention, OutsideKnownLaw
from dument.letters import Letter
from dument.rules.due_date import PUBLIC_PARAMETERS, latest_due_day, public_start

TYPE = "delai-convenu"
BEARS_ON_LETTERS = False


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield the agreed time (`clause`), else each invoice (`long`), over the legal maximum.

    `options.parametre` is the maximum in days, `options.fin_de_mois` that of an agreed end of
    month, `options.transport` that of a carrier's invoice, which has no end of month; a public
    buyer whose category is stated has that category's.
    """
    term = inspection.case.terms.delay
    for rank, invoice in enumerate(inspection.case.invoices):
        try:
            longest = _longest(mention, inspection, invoice)
        except OutsideKnownLaw:
            continue  # the invoice is older than the text this rule rests on
        if term is not None and _is_over(term, longest):
            yield from say(mention, "clause", ("terms", "delay"), delai=term, maximum=longest)
            return
        last_day, start = _last_day(inspection, invoice, longest)
        if invoice.schedule[0].due_on > last_day:
            days = (invoice.schedule[0].due_on - start).days
            yield from say(mention, "long", ("invoices", rank), facture=invoice.number,
                           jours=days, maximum=longest, date=last_day)  # fmt: skip


def _is_over(term: PaymentTerm, longest: PaymentTerm) -> bool:
    return term.is_end_of_month == longest.is_end_of_month and term.days > longest.days


def _longest(mention: Mention, inspection: Inspection, invoice: Invoice) -> PaymentTerm:
    case, slug = inspection.case, str(mention.options["parametre"])
    if invoice.nature is InvoiceNature.TRANSPORT and "transport" in mention.options:
        slug = str(mention.options["transport"])
        return PaymentTerm(int(inspection.law.value(slug, invoice.issued_on).value))
    month_slug, agreed = mention.options.get("fin_de_mois"), case.terms.delay
    is_end_of_month = bool(month_slug and agreed and agreed.is_end_of_month)
    if is_end_of_month:
        slug = str(month_slug)
    elif case.regime is Regime.PUBLIC and case.debtor.category is not None:
        slug = PUBLIC_PARAMETERS[case.debtor.category]
    return PaymentTerm(int(inspection.law.value(slug, invoice.issued_on).value), is_end_of_month)


def _last_day(inspection: Inspection, invoice: Invoice, longest: PaymentTerm) -> tuple[date, date]:
    """Return the last due date that the law admits, and the day it is counted from."""
    if inspection.case.regime is Regime.PUBLIC:
        start = public_start(invoice)
        return start + timedelta(days=longest.days), start
    return latest_due_day(longest, invoice.issued_on), invoice.issued_on

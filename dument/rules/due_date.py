"""When an invoice that states no due date falls due (C. com., art. L441-10; CCP, art. R2192-10).

Agreed terms count calendar days from the date of the invoice and are never moved to a working day:
article 642 of the CPC is for procedure. « 45 jours fin de mois » has two readings, a convention of
the case. A public buyer's time is that of its category and starts when it received the invoice, or
when the work was done if that is later; a shorter agreed time is kept, a longer one is not.
"""

from __future__ import annotations

from datetime import date, timedelta

from dument.case import AppliedTerm, BuyerCategory, Case, Invoice, PaymentTerm, Regime
from dument.days import month_end
from dument.law import Law

AGREED, PUBLIC = "echeance-convenue", "echeance-publique"
PUBLIC_PARAMETERS = {
    BuyerCategory.STATE: "delai-paiement-public",
    BuyerCategory.HEALTH: "delai-paiement-public-sante",
    BuyerCategory.PUBLIC_COMPANY: "delai-paiement-public-entreprise",
}
_READINGS = ("jours-puis-fin", "fin-puis-jours")


def with_due_dates(case: Case, law: Law) -> Case:
    """Return the case with the due date of each invoice that states none.

    What was computed is computed again, so that another convention gives its own dates.
    Raises OutsideKnownLaw when a public buyer's time is not known on the day it starts.
    """
    invoices = tuple(_dated(case, law, one) for one in case.invoices)
    return case.model_copy(update={"invoices": invoices})


def _dated(case: Case, law: Law, invoice: Invoice) -> Invoice:
    is_stated = invoice.schedule and invoice.term is None
    found = None if is_stated else computed_due_date(case, law, invoice)
    return invoice.falling_due(*found) if found else invoice


def computed_due_date(case: Case, law: Law, invoice: Invoice) -> tuple[date, AppliedTerm] | None:
    """Return when an invoice falls due and why; None when the case does not say enough."""
    if case.regime is Regime.PUBLIC:
        return _public_due_date(case, law, invoice)
    term, reading = case.terms.delay, case.terms.conventions.month_end
    if term is None:
        return None
    day = due_day(term, invoice.issued_on, reading)
    if not term.is_end_of_month:
        return day, AppliedTerm(AGREED, invoice.issued_on, term)
    other = due_day(term, invoice.issued_on, next(one for one in _READINGS if one != reading))
    return day, AppliedTerm(AGREED, invoice.issued_on, term, reading, other)


def due_day(term: PaymentTerm, start: date, reading: str) -> date:
    """Count an agreed time from a day, under one reading of the end of month.

    >>> due_day(PaymentTerm(45, is_end_of_month=True), date(2025, 2, 15), "jours-puis-fin")
    datetime.date(2025, 4, 30)
    >>> due_day(PaymentTerm(45, is_end_of_month=True), date(2025, 2, 15), "fin-puis-jours")
    datetime.date(2025, 4, 14)
    """
    span = timedelta(days=term.days)
    if not term.is_end_of_month:
        return start + span
    return month_end(start + span) if reading == "jours-puis-fin" else month_end(start) + span


def latest_due_day(term: PaymentTerm, start: date) -> date:
    """Return the later of the two readings of an agreed time."""
    return max(due_day(term, start, reading) for reading in _READINGS)


def _public_due_date(case: Case, law: Law, invoice: Invoice) -> tuple[date, AppliedTerm] | None:
    if invoice.received_on is None or case.debtor.category is None:
        return None
    start = public_start(invoice)
    slug, agreed = PUBLIC_PARAMETERS[case.debtor.category], case.terms.delay
    days = int(law.value(slug, start).value)
    if agreed is not None and not agreed.is_end_of_month and agreed.days < days:
        days = agreed.days
    term = PaymentTerm(days)
    return start + timedelta(days=days), AppliedTerm(PUBLIC, start, term, parameter=slug)


def public_start(invoice: Invoice) -> date:
    """Return the day from which a public buyer's time runs, the invoice's own when unknown."""
    received_on = invoice.received_on or invoice.issued_on
    return max(received_on, invoice.performed_on or received_on)

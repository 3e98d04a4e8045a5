"""`dates-coherentes`: the dates of the case follow one another as they must.

Each comparison is a case of `options.cas`: a rule makes those whose words it holds.
"""

from __future__ import annotations

from collections.abc import Iterator

from dument.case import Case, LetterRequest, Sending
from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import say
from dument.law import Mention
from dument.letters import Letter
from dument.schema import FieldPath

TYPE = "dates-coherentes"
BEARS_ON_LETTERS = False


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield each pair of dates in the wrong order."""
    case = inspection.case
    yield from _invoices(mention, case)
    yield from _credit_notes(mention, case)
    yield from _payments(mention, inspection)
    for rank, request in enumerate(case.letters):
        yield from _letter(mention, request, rank)
        if request.sending is not None:
            yield from _sending(mention, request, request.sending, rank)
    yield from _insolvency(mention, case)
    yield from _order(mention, case)
    for rank, entry in enumerate(case.journal):
        if entry.ended_on is not None and entry.ended_on < entry.on:
            path = ("journal", rank, "ended_on")
            yield from say(mention, "fin-avant-debut", path, date=entry.ended_on, avant=entry.on)


def _invoices(mention: Mention, case: Case) -> Iterator[Finding]:
    for rank, one in enumerate(case.invoices):
        due_on = one.schedule[0].due_on
        if due_on < one.issued_on:
            field = "due_on" if one.due_on else "instalments"
            path = ("invoices", rank, field)
            yield from say(mention, "echeance-avant-facture", path, facture=one.number,
                           echeance=due_on, date=one.issued_on)  # fmt: skip
        if one.received_on is not None and one.received_on < one.issued_on:
            path = ("invoices", rank, "received_on")
            yield from say(mention, "reception-avant-facture", path, facture=one.number,
                           date=one.received_on, avant=one.issued_on)  # fmt: skip


def _credit_notes(mention: Mention, case: Case) -> Iterator[Finding]:
    for rank, note in enumerate(case.credit_notes):
        invoice = case.invoice(note.invoice)
        if invoice is not None and note.on < invoice.issued_on:
            path = ("credit_notes", rank, "on")
            yield from say(mention, "avoir-avant-facture", path, avoir=note.number, date=note.on,
                           facture=invoice.number)  # fmt: skip


def _payments(mention: Mention, inspection: Inspection) -> Iterator[Finding]:
    case = inspection.case
    insolvency = case.status.insolvency
    first_invoice = min(one.issued_on for one in case.invoices)
    for rank, paid in enumerate(case.payments):
        invoice = case.invoice(paid.invoice or "")
        path = ("payments", rank, "on")
        if paid.on < (invoice.issued_on if invoice else first_invoice):
            yield from say(mention, "paiement-avant-facture", path, date=paid.on)
        if paid.on > inspection.as_of:
            yield from say(mention, "paiement-a-venir", path, date=paid.on)
        if insolvency is not None and paid.on >= insolvency.judgment_on:
            yield from say(mention, "paiement-apres-jugement", path, date=paid.on)


def _letter(mention: Mention, request: LetterRequest, rank: int) -> Iterator[Finding]:
    path: FieldPath
    if request.deadline is not None and request.deadline < request.on:
        path = ("letters", rank, "deadline")
        yield from say(mention, "limite-avant-lettre", path, limite=request.deadline,
                       date=request.on)  # fmt: skip
    if request.suspension is not None and request.suspension.on < request.on:
        path = ("letters", rank, "suspension", "on")
        yield from say(mention, "suspension-avant-lettre", path, date=request.suspension.on,
                       avant=request.on)  # fmt: skip


def _sending(
    mention: Mention, request: LetterRequest, sending: Sending, rank: int
) -> Iterator[Finding]:
    """Compare each date of a sending with the last one known before it."""
    steps = [
        ("envoi-avant-lettre", "sent_on", sending.sent_on),
        ("presentation-avant-envoi", "presented_on", sending.presented_on),
        ("issue-avant-presentation", "outcome_on", sending.outcome_on),
    ]
    before = request.on
    for case, field, day in steps:
        if day is not None and day < before:
            path = ("letters", rank, "sending", field)
            yield from say(mention, case, path, date=day, avant=before)
        before = day or before


def _insolvency(mention: Mention, case: Case) -> Iterator[Finding]:
    opened = case.status.insolvency
    published_on = opened.published_on if opened else None
    if opened is not None and published_on is not None and published_on < opened.judgment_on:
        path = ("status", "insolvency", "published_on")
        yield from say(mention, "publication-avant-jugement", path, date=published_on)


def _order(mention: Mention, case: Case) -> Iterator[Finding]:
    """Compare the service, the opposition and the enforceability with the order itself."""
    order = case.order
    if order is None:
        return
    steps = [
        ("signification-avant-ordonnance", "served_on", order.served_on),
        ("opposition-avant-ordonnance", "opposed_on", order.opposed_on),
        ("executoire-avant-ordonnance", "enforceable_on", order.enforceable_on),
    ]
    for name, field, day in steps:
        if day is not None and day < order.issued_on:
            yield from say(mention, name, ("order", field), date=day, avant=order.issued_on)
    opposed_on, enforceable_on = order.opposed_on, order.enforceable_on
    if opposed_on is not None and enforceable_on is not None and opposed_on <= enforceable_on:
        path = ("order", "enforceable_on")
        yield from say(mention, "executoire-malgre-opposition", path, date=enforceable_on,
                       avant=opposed_on)  # fmt: skip

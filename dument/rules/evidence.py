"""What a court may ask of each invoice, and what answers (C. civ., art. 1353, 1363; CPC, 1407).

It tells what the file shows, point by point: an exhibit, words alone, or nothing. Limit: whether a
court would be convinced by an exhibit is nobody's to compute.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dument.case import Case, EventKind, Invoice

RULE = "preuve"


class Answer(StrEnum):
    """How the file answers: by an exhibit, by words that no exhibit proves, not at all."""

    PROVED = "prouve"
    SAID = "dit"
    LACKING = "manque"


@dataclass(frozen=True, slots=True)
class Point:
    """One question (a sentence of the rule), its answer, the ids of the exhibits that prove it."""

    name: str
    answer: Answer
    exhibits: tuple[str, ...] = ()


def evidence(case: Case, invoice: Invoice, as_of: date) -> Iterator[Point]:
    """Yield what a court may ask of an invoice on a day, in the order of the facts."""
    claim, terms = case.claim, case.terms
    ordered = (claim.basis if claim else None) or invoice.order
    yield _point(case, "commande", [claim.exhibit if claim else None], ordered)
    yield _point(case, "livraison", [invoice.delivery_exhibit], invoice.performed_on)
    agreed = terms.late_interest or terms.penalty_clause or terms.delay
    yield _point(case, "conditions", [terms.exhibit], agreed)
    yield _point(case, "facture", [invoice.exhibit], None)
    notices = [
        one for one in case.formal_notices(as_of)
        if (not one.invoices or invoice.number in one.invoices)
        and any(part.due_on < one.on for part in invoice.schedule)
    ]  # fmt: skip
    proofs = [one.sending.exhibit for one in notices if one.sending]
    yield _point(case, "mise-en-demeure", proofs, notices)
    admitted = [
        one for one in case.journal
        if one.kind is EventKind.ACKNOWLEDGEMENT and one.on <= as_of
    ]  # fmt: skip
    if admitted:
        yield _point(case, "reconnaissance", [one.exhibit for one in admitted], admitted)


def _point(case: Case, name: str, wanted: Iterable[str | None], said: object) -> Point:
    held = {one.id for one in case.exhibits if one.withdrawn_on is None}
    proofs = tuple(dict.fromkeys(id for id in wanted if id in held))
    if proofs:
        return Point(name, Answer.PROVED, proofs)
    return Point(name, Answer.SAID if said else Answer.LACKING)

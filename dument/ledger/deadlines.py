"""The dates that count on each invoice: due, late since, barred, and by when to act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dument.case import Case, Invoice
from dument.days import ONE_DAY
from dument.law import Law, OutsideKnownLaw
from dument.ledger.entries import DebtBalance
from dument.ledger.statement import Statement
from dument.rules.idle_acts import ON_ALL, idle, idle_acts
from dument.rules.limitation_period import Limitation, LimitationEvent, limitation


@dataclass(frozen=True, slots=True)
class Deadline:
    """The dates of one due date of an invoice; `late_since` is None once its principal is paid.

    `limitation` is None when the law pack cannot tell. `events` say, oldest first, what changed
    it and what did not; they are told as long as something is owed.
    """

    invoice: str
    due_on: date
    is_open: bool
    late_since: date | None
    limitation: Limitation | None
    events: tuple[LimitationEvent, ...]


def invoice_deadlines(case: Case, law: Law, statement: Statement) -> tuple[Deadline, ...]:
    """Return the dates of every invoice of a décompte, one entry a due date."""
    as_of = statement.as_of
    told = idle_acts(case, as_of)
    for paid in statement.allocations:
        if not (paid.is_credit_note or paid.is_reversal):
            told.setdefault(paid.invoice, []).append(idle(paid.on, "paiement"))
    invoices = {one.number: one for one in case.invoices}
    return tuple(
        _deadline(
            debt,
            _limitation(case, law, invoices[debt.invoice], as_of, debt.due_on),
            [*told.get(ON_ALL, ()), *told.get(debt.invoice, ())],
            as_of,
        )
        for balance in statement.invoices
        for debt in balance.debts
    )


def _deadline(
    debt: DebtBalance, found: Limitation | None, told: list[LimitationEvent], as_of: date
) -> Deadline:
    is_open = debt.principal > 0 or debt.interest > 0
    counted = found.events if found else ()
    since = found.start if found else debt.due_on
    idle_ones = {one for one in told if one.on >= min(since, debt.due_on)}
    is_late = debt.principal > 0 and debt.due_on < as_of
    return Deadline(
        invoice=debt.invoice,
        due_on=debt.due_on,
        is_open=is_open,
        late_since=debt.due_on + ONE_DAY if is_late else None,
        limitation=found,
        events=tuple(sorted({*counted, *idle_ones}, key=lambda one: (one.on, one.kind)))
        if is_open
        else (),
    )


def _limitation(
    case: Case, law: Law, invoice: Invoice, as_of: date, due_on: date
) -> Limitation | None:
    try:
        return limitation(case, law, invoice, as_of, due_on)
    except OutsideKnownLaw:
        return None

"""Step 3, appliquer: the case's events, day by day, under the rules, up to a date.

On one day credit notes come first, then bounced payments, then payments, then due dates: money
that arrives on the due date is in time. A payment's day and a credit note's day still bear
interest on the older balance.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from dument.case import Case, CreditNote, LetterRequest, Payment
from dument.days import ONE_DAY
from dument.law import Law
from dument.ledger.accounts import Account, DebtQueue
from dument.ledger.accruing import Accrual
from dument.ledger.entries import Allocation, InterestLine, Ledger
from dument.ledger.settling import Settling
from dument.rules import SumDue, interest_rule
from dument.rules.costs import costs_due
from dument.rules.fixed_sum import fixed_sum
from dument.rules.penalty_clause import first_notice, is_claimed, penalty_clause

ZERO = Decimal(0)
KEPT_UNTIL_REJECTED = "a-sa-date"


class Rejection:
    """A payment taken back by the bank."""

    def __init__(self, payment: Payment) -> None:
        self.payment = payment


Event = CreditNote | Rejection | Payment | SumDue | Account | LetterRequest
_ORDER = (CreditNote, Rejection, SumDue, Payment, Account, LetterRequest)
_RANKS = {kind: rank for rank, kind in enumerate(_ORDER)}


def apply_rules(case: Case, law: Law, as_of: date) -> Ledger:
    """Return the ledger of a case up to a day included.

    Raises OutsideKnownLaw when a day needs a value that the law pack does not know.
    """
    book = _Book(Accrual(case, law, interest_rule(case), as_of))
    for day, event in book.events():
        book.enter(day, event)
    return book.close()


class _Book:
    def __init__(self, accrual: Accrual) -> None:
        self.accrual = accrual
        self.accounts: list[Account] = []
        self.by_invoice: dict[str, list[Account]] = {}
        self.fixed_sums: dict[str, SumDue] = {}
        self.clause: SumDue | None = None
        self.costs = tuple(costs_due(accrual.case, accrual.as_of))
        for invoice in accrual.case.invoices:
            opened = [accrual.open(invoice, instalment) for instalment in invoice.schedule]
            self.accounts += opened
            self.by_invoice[invoice.number] = opened
        self.set_aside = self.leave_out()
        queue = DebtQueue(self.accounts)
        self.settling = Settling(accrual, self.by_invoice, queue, self.fixed_sums)
        notes = enumerate(accrual.case.credit_notes)
        self.settling.ranks = {id(note): rank for rank, note in notes}

    def leave_out(self) -> Decimal:
        """Take a contested part out of its invoice when the creditor does not claim it."""
        dispute = self.accrual.case.status.dispute
        if dispute is None or not dispute.is_excluded or dispute.since > self.accrual.as_of:
            return ZERO
        accounts = self.by_invoice.get(dispute.invoice or "", [])
        price = sum((one.principal for one in accounts), ZERO)
        left = price if dispute.amount is None else min(dispute.amount, price)
        set_aside = left
        for account in accounts:
            part = min(left, account.principal)
            account.principal -= part
            left -= part
        return set_aside

    def events(self) -> list[tuple[date, Event]]:
        """List what happened by the ledger's day, in the order of the days."""
        case, as_of = self.accrual.case, self.accrual.as_of
        events: list[tuple[date, Event]] = list(self.payments())
        notes = sorted(case.credit_notes, key=lambda note: note.on)
        events += [(self.credit_day(note), note) for note in notes if note.on <= as_of]
        events += [(due.on, due) for _, due in self.costs]
        events += [(account.due_on, account) for account in self.accounts]
        notice = first_notice(case, as_of)
        if notice is not None and notice.sent_on is not None:
            events.append((notice.sent_on, notice))
        known = [(day, event) for day, event in events if day <= as_of]
        return sorted(known, key=lambda dated: (dated[0], _RANKS[type(dated[1])]))

    def payments(self) -> Iterator[tuple[date, Event]]:
        """Yield what pays, and what bounced, by the convention on rejected payments."""
        counts = self.accrual.case.terms.conventions.rejection == KEPT_UNTIL_REJECTED
        for rank, paid in enumerate(self.accrual.case.settlements):
            self.settling.ranks[id(paid)] = rank
            is_rejected = paid.is_rejected(self.accrual.as_of)
            has_counted = counts and paid.rejected_on != paid.on
            if has_counted or not is_rejected:
                yield paid.on, paid
            if has_counted and is_rejected and paid.rejected_on is not None:
                yield paid.rejected_on, Rejection(paid)

    def credit_day(self, note: CreditNote) -> date:
        """Return the day from which a credit note lowers the price, by the convention."""
        if self.accrual.case.terms.conventions.credit_note == "a-sa-date":
            return note.on
        due = [one.due_on for one in self.by_invoice.get(note.invoice, [])]
        return min([note.on, *due])

    def enter(self, day: date, event: Event) -> None:
        """Enter one event."""
        match event:
            case CreditNote():
                self.credit(event, day)
            case Payment():
                self.settling.pay(event)
            case Rejection():
                for account in self.settling.undo(event.payment, day):
                    self.fall_due(account, day - ONE_DAY)
            case SumDue():
                self.settling.costs_owed += event.amount
            case Account():
                self.fall_due(event, event.due_on)
            case LetterRequest():
                self.give_notice(event, day)

    def fall_due(self, account: Account, day: date) -> None:
        """Add the fixed sum of an invoice that is not wholly paid on a due date."""
        number = account.invoice.number
        is_late = account.principal > 0 and account.due_on < self.accrual.as_of
        if not is_late or number in self.fixed_sums:
            return
        due = fixed_sum(self.accrual.case, self.accrual.law, account.invoice, day)
        if due is not None:
            self.fixed_sums[number] = due
            self.settling.owe_fixed_sum(number, due.amount)

    def give_notice(self, notice: LetterRequest, day: date) -> None:
        """Make the penalty clause due on the late principal that the notice claims."""
        claimed = [
            one for one in self.accounts if is_claimed(notice, one.invoice, one.due_on, day)
        ]
        late = sum((one.principal for one in claimed), ZERO)
        self.clause = penalty_clause(self.accrual.case, late, day)
        self.settling.clause_owed = self.clause.amount if self.clause else ZERO

    def credit(self, note: CreditNote, day: date) -> None:
        """Lower the price of an invoice, its oldest open due date first."""
        left = note.amount
        for account in self.by_invoice.get(note.invoice, []):
            if not left or not account.principal:
                continue
            self.accrual.count(account, day)
            part = min(left, account.principal)
            account.principal -= part
            left -= part
            self.settling.allocations.append(
                Allocation(day, note.number, note.invoice, account.due_on, principal=part,
                           is_credit_note=True, rank=self.settling.ranks[id(note)])
            )  # fmt: skip
        self.settling.overpaid += left

    def close(self) -> Ledger:
        """Count every account up to the ledger's day and freeze the entries."""
        for account in self.accounts:
            self.accrual.count(account, self.accrual.as_of)
        settling = self.settling
        return Ledger(
            as_of=self.accrual.as_of,
            lines=tuple(self.lines()),
            fixed_sums=tuple(self.fixed_sums.values()),
            penalty_clause=self.clause,
            allocations=tuple(settling.allocations),
            balances=tuple(self.accrual.balance(account) for account in self.accounts),
            fixed_sums_paid=sum((one.amount for one in self.fixed_sums.values()), ZERO)
            - sum(settling.fixed_sums_owed.values(), ZERO),
            clause_paid=(self.clause.amount if self.clause else ZERO) - settling.clause_owed,
            overpaid=settling.overpaid,
            costs=self.costs,
            costs_paid=sum((due.amount for _, due in self.costs), ZERO) - settling.costs_owed,
            set_aside=self.set_aside,
            spent=tuple(settling.spent),
        )

    def lines(self) -> Iterator[InterestLine]:
        """Yield every interest line, account by account."""
        for account in self.accounts:
            yield from account.lines

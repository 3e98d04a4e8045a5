"""Step 3, appliquer: the case's events, day by day, under the rules, up to a date.

On one day credit notes come first, then payments, then due dates: money that arrives on the due
date is in time. A payment's day and a credit note's day still bear interest on the older balance.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from dument.case import Case, CreditNote, LetterRequest, Payment
from dument.law import Law
from dument.ledger.accounts import Account, Accrual
from dument.ledger.entries import Allocation, InterestLine, Ledger
from dument.rules import SumDue, interest_rule
from dument.rules.fixed_sum import fixed_sum
from dument.rules.payment_allocation import debts_in_order, shares
from dument.rules.penalty_clause import first_notice, is_claimed, penalty_clause

ZERO = Decimal(0)


Event = CreditNote | Payment | Account | LetterRequest
_RANKS = {CreditNote: 0, Payment: 1, Account: 2, LetterRequest: 3}


def apply_rules(case: Case, law: Law, as_of: date) -> Ledger:
    """Return the ledger of a case up to a day included.

    Raises OutsideKnownLaw when a day needs a value that the law pack does not know.
    """
    book = _Book(Accrual(case, law, interest_rule(case), as_of))
    for day, event in book.events():
        book.enter(day, event)
    return book.close()


@dataclass(slots=True)
class _Book:
    accrual: Accrual
    accounts: list[Account] = field(default_factory=list)
    by_invoice: dict[str, list[Account]] = field(default_factory=dict)
    fixed_sums: dict[str, SumDue] = field(default_factory=dict)
    fixed_sums_owed: dict[str, Decimal] = field(default_factory=dict)
    clause: SumDue | None = None
    clause_owed: Decimal = ZERO
    allocations: list[Allocation] = field(default_factory=list)
    overpaid: Decimal = ZERO

    def __post_init__(self) -> None:
        for invoice in self.accrual.case.invoices:
            opened = [self.accrual.open(invoice, instalment) for instalment in invoice.schedule]
            self.accounts += opened
            self.by_invoice[invoice.number] = opened

    def events(self) -> list[tuple[date, Event]]:
        """List what happened by the ledger's day, in the order of the days."""
        case, as_of = self.accrual.case, self.accrual.as_of
        events: list[tuple[date, Event]] = [(paid.on, paid) for paid in case.payments]
        notes = sorted(case.credit_notes, key=lambda note: note.on)
        events += [(self.credit_day(note), note) for note in notes if note.on <= as_of]
        events += [(account.due_on, account) for account in self.accounts]
        notice = first_notice(case, as_of)
        if notice is not None and notice.sent_on is not None:
            events.append((notice.sent_on, notice))
        known = [(day, event) for day, event in events if day <= as_of]
        return sorted(known, key=lambda dated: (dated[0], _RANKS[type(dated[1])]))

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
                self.pay(event)
            case Account():
                self.fall_due(event)
            case LetterRequest():
                self.give_notice(event, day)

    def fall_due(self, account: Account) -> None:
        """Add the fixed sum of an invoice that is not wholly paid on a due date."""
        number = account.invoice.number
        is_late = account.principal > 0 and account.due_on < self.accrual.as_of
        if not is_late or number in self.fixed_sums:
            return
        due = fixed_sum(self.accrual.case, self.accrual.law, account.invoice, account.due_on)
        if due is not None:
            self.fixed_sums[number] = due
            self.fixed_sums_owed[number] = due.amount

    def give_notice(self, notice: LetterRequest, day: date) -> None:
        """Make the penalty clause due on the late principal that the notice claims."""
        claimed = [
            one for one in self.accounts if is_claimed(notice, one.invoice, one.due_on, day)
        ]
        late = sum((one.principal for one in claimed), ZERO)
        self.clause = penalty_clause(self.accrual.case, late, day)
        self.clause_owed = self.clause.amount if self.clause else ZERO

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
            self.allocations.append(
                Allocation(day, note.number, note.invoice, account.due_on, principal=part,
                           is_credit_note=True)
            )  # fmt: skip
        self.overpaid += left

    def pay(self, payment: Payment) -> None:
        """Allocate a payment: the named invoice, what is due, what is not due yet."""
        left = payment.amount
        if self.ranks_with_interest(payment):
            first = [payment.invoice] if payment.invoice else list(self.fixed_sums_owed)
            left -= self.settle_fixed_sums(payment, left, first)
        named = self.by_invoice.get(payment.invoice or "", [])
        left -= self.pay_debts(payment, left, named)
        due = [one for one in self.accounts if one.due_on <= payment.on]
        left -= self.pay_debts(payment, left, due)
        left -= self.settle_fixed_sums(payment, left, list(self.fixed_sums_owed))
        part = min(left, self.clause_owed)
        self.clause_owed -= part
        left -= part
        left -= self.pay_debts(payment, left, self.accounts)
        self.overpaid += left

    def ranks_with_interest(self, payment: Payment) -> bool:
        """Whether a payment reaches the fixed sums before the principal, by the convention."""
        convention = self.accrual.case.terms.conventions.fixed_sum
        return convention == "avec-interets" and payment.allocation == "interets"

    def pay_debts(self, payment: Payment, amount: Decimal, accounts: list[Account]) -> Decimal:
        """Pay accounts in their legal order; return what was used."""
        left = amount
        if not left:
            return ZERO
        for group in debts_in_order(payment.on, [one for one in accounts if one.is_open]):
            for account in group:
                self.accrual.count(account, payment.on)
            for account, share in zip(
                group, shares(left, [one.owed for one in group]), strict=True
            ):
                left -= self.settle(payment, account, share)
            if not left:
                break
        return amount - left

    def settle(self, payment: Payment, account: Account, amount: Decimal) -> Decimal:
        """Pay an account, interest first unless agreed otherwise; return what was used."""
        if not amount:
            return ZERO
        if payment.allocation == "interets":
            interest = min(amount, account.interest)
            principal = amount - interest
        else:
            principal = min(amount, account.principal)
            interest = amount - principal
        account.interest -= interest
        account.principal -= principal
        self.allocations.append(
            Allocation(payment.on, _label(payment), account.invoice.number, account.due_on,
                       interest, principal)
        )  # fmt: skip
        return amount

    def settle_fixed_sums(self, payment: Payment, amount: Decimal, numbers: list[str]) -> Decimal:
        """Pay the fixed sums of invoices, the named one's first; return what was used."""
        used = ZERO
        for number in sorted(numbers, key=lambda one: one != payment.invoice):
            part = min(amount - used, self.fixed_sums_owed.get(number, ZERO))
            if part:
                self.fixed_sums_owed[number] -= part
                used += part
                due_on = self.fixed_sums[number].on
                self.allocations.append(
                    Allocation(payment.on, _label(payment), number, due_on, fixed_sum=part)
                )
        return used

    def close(self) -> Ledger:
        """Count every account up to the ledger's day and freeze the entries."""
        for account in self.accounts:
            self.accrual.count(account, self.accrual.as_of)
        return Ledger(
            as_of=self.accrual.as_of,
            lines=tuple(self.lines()),
            fixed_sums=tuple(self.fixed_sums.values()),
            penalty_clause=self.clause,
            allocations=tuple(self.allocations),
            balances=tuple(self.accrual.balance(account) for account in self.accounts),
            fixed_sums_paid=sum((one.amount for one in self.fixed_sums.values()), ZERO)
            - sum(self.fixed_sums_owed.values(), ZERO),
            clause_paid=(self.clause.amount if self.clause else ZERO) - self.clause_owed,
            overpaid=self.overpaid,
        )

    def lines(self) -> Iterator[InterestLine]:
        """Yield every interest line, account by account."""
        for account in self.accounts:
            yield from account.lines


def _label(payment: Payment) -> str:
    return payment.reference or payment.means or ""

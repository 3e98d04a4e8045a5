"""Payments at work: what each extinguishes, in the legal order, and what a bounced one restores.

The invoices the debtor named come first, then costs (with the interest, before the principal:
Cass. 1re civ., 7 February 1995, no 92-14.216, as reported), what is due, the fixed sums, the
penalty clause, and what is not due yet.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from dument.case import Payment
from dument.days import ONE_DAY
from dument.ledger.accounts import Account, DebtQueue
from dument.ledger.accruing import Accrual
from dument.ledger.entries import Allocation, Spent
from dument.rules import SumDue
from dument.rules.payment_allocation import debts_in_order, shares

ZERO = Decimal(0)


@dataclass(slots=True)
class Trace:
    """What one payment did, so that it can be undone if it bounces."""

    rank: int
    debts: list[tuple[Account, Allocation]] = field(default_factory=list)
    fixed_sums: list[Allocation] = field(default_factory=list)
    clause: Decimal = ZERO
    costs: Decimal = ZERO
    overpaid: Decimal = ZERO


class Settling:
    """What is owed beside the accounts, and the allocation of payments to all of it."""

    def __init__(
        self,
        accrual: Accrual,
        by_invoice: dict[str, list[Account]],
        queue: DebtQueue,
        fixed_sums: dict[str, SumDue],
    ) -> None:
        self.accrual = accrual
        self.by_invoice = by_invoice
        self.queue = queue
        self.fixed_sums = fixed_sums
        self.fixed_sums_owed: dict[str, Decimal] = {}
        self.clause_owed = ZERO
        self.costs_owed = ZERO
        self.overpaid = ZERO
        self.allocations: list[Allocation] = []
        self.spent: list[Spent] = []
        self.ranks: dict[int, int] = {}
        self._unpaid_sums: deque[str] = deque()
        self._traces: dict[int, Trace] = {}

    def owe_fixed_sum(self, number: str, amount: Decimal) -> None:
        """Add the fixed sum of an invoice to what is owed."""
        self.fixed_sums_owed[number] = amount
        self._unpaid_sums.append(number)

    def pay(self, payment: Payment) -> None:
        """Allocate a payment: the invoices named, what is due, what is not due yet."""
        trace = Trace(self.ranks[id(payment)])
        if payment.rejected_on is not None:
            self._traces[id(payment)] = trace
        left = payment.amount
        for share in payment.shares:
            left -= self._pay_share(payment, share.invoice, share.amount, trace)
        if payment.allocation == "interets":
            left -= self._settle_costs(left, trace)
        if self._ranks_with_interest(payment) and not payment.shares:
            left -= self._settle_fixed_sums(payment, left, self._owed_sums(), trace)
        left -= self._pay_debts(payment, left, self.queue.groups(payment.on), trace)
        left -= self._settle_costs(left, trace)
        named = (share.invoice for share in payment.shares)
        left -= self._settle_fixed_sums(payment, left, named, trace)
        left -= self._settle_fixed_sums(payment, left, self._owed_sums(), trace)
        trace.clause = min(left, self.clause_owed)
        self.clause_owed -= trace.clause
        self._spend(trace.rank, "clause", trace.clause)
        left -= trace.clause
        left -= self._pay_debts(payment, left, self.queue.groups(), trace)
        trace.overpaid = left
        self.overpaid += left

    def undo(self, payment: Payment, day: date) -> list[Account]:
        """Restore all that a payment had extinguished; return the accounts it had reached.

        The day before still bears interest on the lower balance.
        """
        trace = self._traces[id(payment)]
        for account, done in trace.debts:
            self.accrual.count(account, day - ONE_DAY)
            account.principal += done.principal
            account.interest += done.interest
        for done in trace.fixed_sums:
            self.fixed_sums_owed[done.invoice] += done.fixed_sum
            self._unpaid_sums.append(done.invoice)
        self.clause_owed += trace.clause
        self._spend(trace.rank, "clause", -trace.clause)
        self.costs_owed += trace.costs
        self._spend(trace.rank, "frais", -trace.costs)
        self.overpaid -= trace.overpaid
        undone = [*(done for _, done in trace.debts), *trace.fixed_sums]
        self.allocations += [_reversed(one, day) for one in undone]
        self.queue.reopen()
        return [account for account, _ in trace.debts if account.due_on < day]

    def _pay_share(self, payment: Payment, number: str, amount: Decimal, trace: Trace) -> Decimal:
        """Pay the invoice that the debtor named, up to what he meant for it."""
        left = amount
        if self._ranks_with_interest(payment):
            left -= self._settle_fixed_sums(payment, left, [number], trace)
        open_ones = [one for one in self.by_invoice.get(number, []) if one.is_open]
        left -= self._pay_debts(payment, left, debts_in_order(payment.on, open_ones), trace)
        return amount - left

    def _ranks_with_interest(self, payment: Payment) -> bool:
        """Whether a payment reaches the fixed sums before the principal, by the convention."""
        convention = self.accrual.case.terms.conventions.fixed_sum
        return convention == "avec-interets" and payment.allocation == "interets"

    def _settle_costs(self, amount: Decimal, trace: Trace) -> Decimal:
        part = min(amount, self.costs_owed)
        self.costs_owed -= part
        trace.costs += part
        self._spend(trace.rank, "frais", part)
        return part

    def _spend(self, rank: int, kind: str, amount: Decimal) -> None:
        if amount:
            self.spent.append(Spent(len(self.allocations), rank, kind, amount))

    def _pay_debts(
        self, payment: Payment, amount: Decimal, groups: Iterable[list[Account]], trace: Trace
    ) -> Decimal:
        """Pay accounts in their legal order; return what was used."""
        left = amount
        if not left:
            return ZERO
        for group in groups:
            for account in group:
                self.accrual.count(account, payment.on)
            owed = shares(left, [one.owed for one in group])
            for account, share in zip(group, owed, strict=True):
                left -= self._settle(payment, account, share, trace)
            if not left:
                break
        return amount - left

    def _settle(
        self, payment: Payment, account: Account, amount: Decimal, trace: Trace
    ) -> Decimal:
        """Pay an account, interest first unless agreed otherwise; return what was used."""
        if not amount:
            return ZERO
        if payment.allocation == "interets":
            interest = min(amount, account.interest)
            principal = amount - interest
        else:
            principal = min(amount, account.principal)
            interest = amount - principal
        account.pay_interest(interest)
        account.principal -= principal
        number = account.invoice.number
        done = Allocation(payment.on, _label(payment), number, account.due_on, interest, principal,
                          rank=trace.rank)  # fmt: skip
        self.allocations.append(done)
        trace.debts.append((account, done))
        return amount

    def _owed_sums(self) -> Iterator[str]:
        """Yield the invoices whose fixed sum is owed, oldest first, forgetting the others."""
        while self._unpaid_sums:
            number = self._unpaid_sums[0]
            if self.fixed_sums_owed[number]:
                yield number
            if not self.fixed_sums_owed[number]:
                self._unpaid_sums.popleft()

    def _settle_fixed_sums(
        self, payment: Payment, amount: Decimal, numbers: Iterable[str], trace: Trace
    ) -> Decimal:
        """Pay the fixed sums of invoices; return what was used."""
        left = amount
        if not left:
            return ZERO
        for number in numbers:
            part = min(left, self.fixed_sums_owed.get(number, ZERO))
            if part:
                self.fixed_sums_owed[number] -= part
                left -= part
                due_on = self.fixed_sums[number].on
                done = Allocation(payment.on, _label(payment), number, due_on, fixed_sum=part,
                                  rank=trace.rank)  # fmt: skip
                self.allocations.append(done)
                trace.fixed_sums.append(done)
            if not left:
                break
        return amount - left


def _reversed(done: Allocation, day: date) -> Allocation:
    return replace(
        done,
        on=day,
        interest=-done.interest,
        principal=-done.principal,
        fixed_sum=-done.fixed_sum,
        is_reversal=True,
    )


def _label(payment: Payment) -> str:
    return payment.reference or payment.means or ""

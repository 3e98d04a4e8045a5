"""Step 4, arrêter: the ledger summed up on its day. The total is the sum of the lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from dument.case import Case, Conventions, Cost, Regime
from dument.law import OutsideKnownLaw
from dument.ledger.entries import Allocation, DebtBalance, InterestLine, Ledger, Spent
from dument.money import ZERO
from dument.rules import SumDue

Entry = TypeVar("Entry", DebtBalance, Allocation, SumDue)


@dataclass(frozen=True, slots=True)
class InvoiceBalance:
    """What one invoice has become: its open principal, interest and fixed sum, in euros."""

    number: str
    gross: Decimal
    credited: Decimal
    paid: Decimal
    principal: Decimal
    interest: Decimal
    fixed_sum: Decimal
    debts: tuple[DebtBalance, ...]
    set_aside: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        """All that is owed on this invoice."""
        return self.principal + self.interest + self.fixed_sum

    @property
    def is_open(self) -> bool:
        """Whether anything due is left."""
        return self.total > 0

    @property
    def is_owed(self) -> bool:
        """Whether anything is left, due or not yet."""
        return self.is_open or any(one.principal > 0 for one in self.debts)


@dataclass(frozen=True, slots=True)
class Statement:
    """The décompte on a day: `principal` counts only what is past its due date.

    `interest_accrued` is the sum of the lines; `interest` what is left of it after payments;
    `not_yet_due` the principal whose due date has not passed; `daily_interest` is unrounded,
    None when the law pack does not know the next day's rate; `set_aside` the contested part that
    is not claimed.
    """

    as_of: date
    regime: Regime
    conventions: Conventions
    lines: tuple[InterestLine, ...]
    fixed_sum_entries: tuple[SumDue, ...]
    clause_entry: SumDue | None
    allocations: tuple[Allocation, ...]
    invoices: tuple[InvoiceBalance, ...]
    principal: Decimal
    interest_accrued: Decimal
    interest: Decimal
    fixed_sums: Decimal
    penalty_clause: Decimal
    not_yet_due: Decimal
    overpaid: Decimal
    daily_interest: Decimal | None
    cost_entries: tuple[tuple[Cost, SumDue], ...] = ()
    costs: Decimal = ZERO
    set_aside: Decimal = ZERO
    spent: tuple[Spent, ...] = ()

    @property
    def total(self) -> Decimal:
        """All that is owed on the day, recoverable costs included once there is a title."""
        sums = self.principal + self.interest + self.fixed_sums
        return sums + self.penalty_clause + self.costs

    @property
    def unknown(self) -> OutsideKnownLaw | None:
        """What the law pack lacks to tell the next day's interest, if anything."""
        debts = (debt for one in self.invoices for debt in one.debts if debt.is_due)
        return next((one.unknown for one in debts if one.unknown is not None), None)

    def only(self, numbers: frozenset[str]) -> Statement:
        """Return the part of the décompte that bears on some invoices."""
        lines = tuple(one for one in self.lines if one.invoice in numbers)
        invoices = tuple(one for one in self.invoices if one.number in numbers)
        debts = [debt for one in invoices for debt in one.debts]
        is_whole = len(invoices) == len(self.invoices)
        return replace(
            self,
            lines=lines,
            fixed_sum_entries=tuple(
                one for one in self.fixed_sum_entries if one.invoice in numbers
            ),
            clause_entry=self.clause_entry if is_whole else None,
            allocations=tuple(one for one in self.allocations if one.invoice in numbers),
            invoices=invoices,
            principal=sum((one.principal for one in invoices), ZERO),
            interest_accrued=sum((one.amount for one in lines), ZERO),
            interest=sum((one.interest for one in invoices), ZERO),
            fixed_sums=sum((one.fixed_sum for one in invoices), ZERO),
            penalty_clause=self.penalty_clause if is_whole else ZERO,
            cost_entries=self.cost_entries if is_whole else (),
            costs=self.costs if is_whole else ZERO,
            set_aside=sum((one.set_aside for one in invoices), ZERO),
            not_yet_due=sum((one.principal for one in debts if not one.is_due), ZERO),
            daily_interest=_per_day(debts),
        )

    def invoice(self, number: str) -> InvoiceBalance | None:
        """Return the balance of an invoice."""
        return next((one for one in self.invoices if one.number == number), None)


def close_ledger(case: Case, ledger: Ledger) -> Statement:
    """Sum a ledger up."""
    due = [one for one in ledger.balances if one.is_due]
    clause = ledger.penalty_clause.amount if ledger.penalty_clause else ZERO
    accrued = sum((line.amount for line in ledger.lines), ZERO)
    return Statement(
        as_of=ledger.as_of,
        regime=case.regime,
        conventions=case.terms.conventions,
        lines=ledger.lines,
        fixed_sum_entries=ledger.fixed_sums,
        clause_entry=ledger.penalty_clause,
        allocations=ledger.allocations,
        invoices=tuple(_invoice_balances(case, ledger)),
        principal=sum((one.principal for one in due), ZERO),
        interest_accrued=accrued,
        interest=sum((one.interest for one in ledger.balances), ZERO),
        fixed_sums=sum((one.amount for one in ledger.fixed_sums), ZERO) - ledger.fixed_sums_paid,
        penalty_clause=clause - ledger.clause_paid,
        not_yet_due=sum((one.principal for one in ledger.balances if not one.is_due), ZERO),
        overpaid=ledger.overpaid + ZERO,
        daily_interest=_per_day(due),
        cost_entries=ledger.costs,
        costs=sum((one.amount for _, one in ledger.costs), ZERO) - ledger.costs_paid,
        set_aside=ledger.set_aside + ZERO,
        spent=ledger.spent,
    )


def _per_day(debts: Iterable[DebtBalance]) -> Decimal | None:
    """Return what each more day costs, None when it is unknown for one due date."""
    amounts = [one.daily_interest for one in debts if one.is_due]
    known = [one for one in amounts if one is not None]
    return sum(known, Decimal(0)) if len(known) == len(amounts) else None


def _by_invoice(entries: Iterable[Entry]) -> dict[str | None, list[Entry]]:
    groups: dict[str | None, list[Entry]] = defaultdict(list)
    for one in entries:
        groups[one.invoice].append(one)
    return groups


def _invoice_balances(case: Case, ledger: Ledger) -> Iterator[InvoiceBalance]:
    debts = _by_invoice(ledger.balances)
    entered = _by_invoice(ledger.allocations)
    fixed_sums = _by_invoice(ledger.fixed_sums)
    contested = case.status.dispute.invoice if case.status.dispute else None
    for invoice in case.invoices:
        own = debts[invoice.number]
        credits = [one for one in entered[invoice.number] if one.is_credit_note]
        paid = [one for one in entered[invoice.number] if not one.is_credit_note]
        fixed = sum((one.amount for one in fixed_sums[invoice.number]), ZERO)
        yield InvoiceBalance(
            number=invoice.number,
            gross=invoice.gross,
            credited=sum((one.principal for one in credits), ZERO),
            paid=sum((one.interest + one.principal + one.fixed_sum for one in paid), ZERO),
            principal=sum((one.principal for one in own if one.is_due), ZERO),
            interest=sum((one.interest for one in own), ZERO),
            fixed_sum=fixed - sum((one.fixed_sum for one in paid), ZERO),
            debts=tuple(own),
            set_aside=ledger.set_aside if invoice.number == contested else ZERO,
        )

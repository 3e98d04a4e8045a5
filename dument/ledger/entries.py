"""The ledger's dated entries: interest lines, sums due, allocations, and what is left."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from dument.case import Cost
from dument.law import OutsideKnownLaw
from dument.rules import Ingredient, SumDue


@dataclass(frozen=True, slots=True)
class InterestLine:
    """One line of the décompte: a pocket calculator redoes base × rate × days ÷ year_days.

    Days count from `first_day` to `last_day`, both included; `rate` is in percent a year;
    `capitalised` is the part of the base that is interest owed for a full year.
    """

    invoice: str
    due_on: date
    first_day: date
    last_day: date
    days: int
    base: Decimal
    rate: Decimal
    year_days: int
    amount: Decimal
    rule: str
    ingredients: tuple[Ingredient, ...]
    capitalised: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Allocation:
    """Where a part of a payment or of a credit note went, in euros.

    `rank` is that of the payment among the case's settlements, or of the credit note, from 0.
    `is_reversal`: the payment bounced, and the amounts, below zero, undo what it had done.
    """

    on: date
    source: str
    invoice: str
    due_on: date
    interest: Decimal = Decimal(0)
    principal: Decimal = Decimal(0)
    fixed_sum: Decimal = Decimal(0)
    is_credit_note: bool = False
    is_reversal: bool = False
    rank: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Spent:
    """What a payment extinguished beside the invoices, in euros: « frais » or « clause ».

    `after` counts the allocations that came before; below zero, a bounced payment restores it.
    """

    after: int
    rank: int = field(compare=False)
    kind: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class DebtBalance:
    """What one due date of an invoice has become on the day of the ledger.

    `daily_interest` is the next day's, unrounded; None when its rate is `unknown` to the law pack.
    """

    invoice: str
    due_on: date
    amount: Decimal
    principal: Decimal
    interest: Decimal
    is_due: bool
    daily_interest: Decimal | None
    unknown: OutsideKnownLaw | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every entry up to `as_of`, in the order of the days.

    `set_aside` is the contested part that the creditor leaves out of the claim.
    """

    as_of: date
    lines: tuple[InterestLine, ...]
    fixed_sums: tuple[SumDue, ...]
    penalty_clause: SumDue | None
    allocations: tuple[Allocation, ...]
    balances: tuple[DebtBalance, ...]
    fixed_sums_paid: Decimal
    clause_paid: Decimal
    overpaid: Decimal
    costs: tuple[tuple[Cost, SumDue], ...] = ()
    costs_paid: Decimal = Decimal(0)
    set_aside: Decimal = Decimal(0)
    spent: tuple[Spent, ...] = ()

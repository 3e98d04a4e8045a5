"""Which debt a payment reaches, and in what order (C. civ., art. 1342-10 and 1343-1).

The debtor names the invoice; else debts already due come first, then the oldest due date, equal
ones in proportion. Limit: « the debt he had most interest in paying » is not sought, since all
debts of a case bear interest alike. What exceeds the named invoice goes on by the same order:
fixed sums and penalty clause are due, and come before the principal that is not due yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Protocol, TypeVar

from dument.money import round_to_cent

RULE = "imputation-des-paiements"


class Due(Protocol):
    """Anything with a due date."""

    @property
    def due_on(self) -> date:
        """The due date."""


Debt = TypeVar("Debt", bound=Due)


def debts_in_order(paid_on: date, debts: Sequence[Debt]) -> Iterator[list[Debt]]:
    """Yield groups of debts that rank alike, first those a payment of that day reaches first."""

    def rank(debt: Debt) -> tuple[bool, date]:
        return debt.due_on > paid_on, debt.due_on

    for _, group in groupby(sorted(debts, key=rank), key=rank):
        yield list(group)


def shares(amount: Decimal, owed: Sequence[Decimal]) -> list[Decimal]:
    """Share an amount in proportion to what is owed, to the cent, never above it.

    >>> shares(Decimal("100.00"), [Decimal("100.00"), Decimal("200.00")])
    [Decimal('33.33'), Decimal('66.67')]
    """
    if amount >= sum(owed):
        return list(owed)
    parts: list[Decimal] = []
    left, still_owed = amount, sum(owed, Decimal(0))
    for one in owed:
        part = min(round_to_cent(left * one / still_owed), left, one) if one else Decimal(0)
        parts.append(part)
        left -= part
        still_owed -= one
    return parts

"""The working state of the ledger: one account a due date, and the order payments reach them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from dument.case import Instalment, Invoice
from dument.ledger.entries import InterestLine


@dataclass(slots=True)
class Account:
    """A due date with its open principal, its unpaid interest and the last day counted.

    `capitalised` is the part of the unpaid interest that bears interest itself; `exact` the
    interest that ran, before any rounding.
    """

    invoice: Invoice
    instalment: Instalment
    principal: Decimal
    first_day: date | None = None
    judged_from: date | None = None
    capitalised_since: date | None = None
    counted_to: date | None = None
    interest: Decimal = Decimal(0)
    capitalised: Decimal = Decimal(0)
    anniversaries: int = 0
    exact: Decimal = Decimal(0)
    accrued: Decimal = Decimal(0)
    lines: list[InterestLine] = field(default_factory=list)

    @property
    def due_on(self) -> date:
        """The due date of this account."""
        return self.instalment.due_on

    @property
    def base(self) -> Decimal:
        """What bears interest: the open principal and the capitalised interest."""
        return self.principal + self.capitalised

    @property
    def owed(self) -> Decimal:
        """The open principal and the interest counted so far."""
        return self.principal + self.interest

    @property
    def is_open(self) -> bool:
        """Whether a payment can still reach this account."""
        return self.owed > 0

    def has_begun(self, day: date) -> bool:
        """Whether interest runs on this account by a day."""
        return self.first_day is not None and self.first_day <= day

    def capitalise(self) -> None:
        """Let all the unpaid interest bear interest from the next day."""
        self.capitalised = self.interest
        self.anniversaries += 1

    def pay_interest(self, amount: Decimal) -> None:
        """Pay interest: what bears interest itself first, the debtor gains by it (1342-10)."""
        self.interest -= amount
        self.capitalised -= min(amount, self.capitalised)


class DebtQueue:
    """Accounts in the order of their due dates; those paid off are stepped over for good.

    `_following[rank]` leads to the next rank that may be open, shortened as it is walked, so
    that thousands of payments do not walk thousands of closed accounts each.
    """

    def __init__(self, accounts: Iterable[Account]) -> None:
        self._accounts = sorted(accounts, key=lambda one: one.due_on)
        self.reopen()

    def reopen(self) -> None:
        """Look at every account again: a payment was undone."""
        self._following = list(range(len(self._accounts) + 1))

    def groups(self, until: date | None = None) -> Iterator[list[Account]]:
        """Yield open accounts that fall due together, the oldest first, up to a day included."""
        rank = self._open_from(0)
        while rank < len(self._accounts):
            due_on = self._accounts[rank].due_on
            if until is not None and due_on > until:
                return
            group = []
            while rank < len(self._accounts) and self._accounts[rank].due_on == due_on:
                group.append(self._accounts[rank])
                rank = self._open_from(rank + 1)
            yield group

    def _open_from(self, rank: int) -> int:
        """Return the first open rank at or after one; the number of accounts when none is."""
        root = rank
        while root < len(self._accounts):
            if self._following[root] == root:
                if self._accounts[root].is_open:
                    break
                self._following[root] = root + 1
            root = self._following[root]
        while rank < root:
            self._following[rank], rank = root, self._following[rank]
        return root

"""The working state of the ledger: one account a due date, on which interest accrues."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from dument.case import Case, Instalment, Invoice
from dument.days import ONE_DAY
from dument.law import Law, OutsideKnownLaw
from dument.ledger.entries import DebtBalance, InterestLine
from dument.rules import InterestRule
from dument.rules.accrual import countable_periods, daily_interest, interest


@dataclass(slots=True)
class Account:
    """A due date with its open principal, its unpaid interest and the last day counted."""

    invoice: Invoice
    instalment: Instalment
    principal: Decimal
    first_day: date | None = None
    counted_to: date | None = None
    interest: Decimal = Decimal(0)
    lines: list[InterestLine] = field(default_factory=list)

    @property
    def due_on(self) -> date:
        """The due date of this account."""
        return self.instalment.due_on

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


@dataclass(frozen=True, slots=True)
class Accrual:
    """How interest runs in a case: the rule, the law, and the day it stops at the latest."""

    case: Case
    law: Law
    rule: InterestRule | None
    as_of: date

    @property
    def last_day(self) -> date:
        """The last day that may bear interest: the eve of an opening judgment stops it."""
        insolvency = self.case.status.insolvency
        if insolvency is None:
            return self.as_of
        return min(self.as_of, insolvency.judgment_on - ONE_DAY)

    def open(self, invoice: Invoice, instalment: Instalment) -> Account:
        """Open the account of a due date."""
        account = Account(invoice, instalment, instalment.amount)
        if self.rule is not None:
            account.first_day = self.rule.first_day(self.case, invoice, instalment, self.as_of)
        return account

    def count(self, account: Account, day: date) -> None:
        """Add the interest lines of an account up to a day included."""
        day = min(day, self.last_day)
        if self.rule is None or account.first_day is None:
            return
        start = account.counted_to + ONE_DAY if account.counted_to else account.first_day
        if start > day:
            return
        if account.principal > 0:
            for line in self.lines(account, start, day):
                account.lines.append(line)
                account.interest += line.amount
        account.counted_to = day

    def lines(self, account: Account, start: date, end: date) -> Iterator[InterestLine]:
        """Yield the lines of an interval during which the principal does not change."""
        for period in self.rule.periods(self.case, self.law, account.first_day, start, end):
            cuts = countable_periods(
                self.case.terms.conventions, period.first_day, period.last_day
            )
            for first, last, days, year_days in cuts:
                yield InterestLine(
                    invoice=account.invoice.number,
                    due_on=account.due_on,
                    first_day=first,
                    last_day=last,
                    days=days,
                    base=account.principal,
                    rate=period.rate,
                    year_days=year_days,
                    amount=interest(account.principal, period.rate, days, year_days),
                    rule=period.rule,
                    ingredients=period.ingredients,
                )

    def balance(self, account: Account) -> DebtBalance:
        """Say what an account has become."""
        return DebtBalance(
            invoice=account.invoice.number,
            due_on=account.due_on,
            amount=account.instalment.amount,
            principal=account.principal,
            interest=account.interest,
            is_due=account.due_on < self.as_of,
            daily_interest=self._daily(account),
        )

    def _daily(self, account: Account) -> Decimal:
        """Return the next day's interest, unrounded; zero when its rate is unknown."""
        tomorrow = self.as_of + ONE_DAY
        insolvency = self.case.status.insolvency
        stops = insolvency is not None and insolvency.judgment_on <= tomorrow
        if self.rule is None or stops or not account.principal or not account.has_begun(tomorrow):
            return Decimal(0)
        try:
            lines = list(self.lines(account, tomorrow, tomorrow))
        except OutsideKnownLaw:
            return Decimal(0)
        return daily_interest(account.principal, lines[0].rate, lines[0].year_days)

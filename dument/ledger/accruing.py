"""How interest runs on an account: under which rule, on what base, until which day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dument.case import Case, Instalment, Invoice
from dument.days import ONE_DAY
from dument.law import Law, OutsideKnownLaw
from dument.ledger.accounts import Account
from dument.ledger.entries import DebtBalance, InterestLine
from dument.money import round_to_cent
from dument.rules import InterestRule, RatePeriod
from dument.rules.accrual import countable_periods, daily_interest, exact_interest
from dument.rules.interest_capitalisation import anniversary, capitalised_since
from dument.rules.judgment_interest import judged_from, judged_periods


@dataclass(frozen=True, slots=True)
class Accrual:
    """How interest runs in a case: the rule, the law, and the day it stops at the latest."""

    case: Case
    law: Law
    rule: InterestRule | None
    as_of: date

    @property
    def stops_on(self) -> date | None:
        """The day of the opening judgment, unless the contract defers payment by a year."""
        insolvency = self.case.status.insolvency
        if insolvency is None or self.case.terms.deferred_payment:
            return None
        return insolvency.judgment_on

    @property
    def last_day(self) -> date:
        """The last day that may bear interest: the eve of an opening judgment stops it."""
        stops_on = self.stops_on
        return self.as_of if stops_on is None else min(self.as_of, stops_on - ONE_DAY)

    def open(self, invoice: Invoice, instalment: Instalment) -> Account:
        """Open the account of a due date."""
        account = Account(invoice, instalment, instalment.amount)
        if self.rule is not None:
            account.first_day = self.rule.first_day(self.case, invoice, instalment, self.as_of)
        judged = judged_from(self.case, self.as_of)
        if judged is not None and instalment.due_on < judged:
            account.judged_from = judged
            account.first_day = min(account.first_day or judged, judged)
        if account.first_day is not None:
            since = capitalised_since(self.case, account.first_day, self.as_of)
            account.capitalised_since = since
        return account

    def count(self, account: Account, day: date) -> None:
        """Add the interest lines of an account up to a day included."""
        day = min(day, self.last_day)
        if account.first_day is None:
            return
        start = account.counted_to + ONE_DAY if account.counted_to else account.first_day
        while start <= day:
            eve = self._eve(account)
            end = day if eve is None else min(day, eve)
            if account.base > 0:
                for line in self.lines(account, start, end):
                    account.lines.append(line)
                    account.interest += line.amount
            if end == eve:
                account.capitalise()
            account.counted_to = end
            start = end + ONE_DAY

    def _eve(self, account: Account) -> date | None:
        """Return the last day before the interest owed bears interest itself."""
        since = account.capitalised_since
        return anniversary(since, account.anniversaries) - ONE_DAY if since else None

    def periods(self, account: Account, start: date, end: date) -> Iterator[RatePeriod]:
        """Yield the rates of an interval: those of the case, then those of a judgment."""
        judgment, judged = self.case.judged(self.as_of), account.judged_from
        before = end if judged is None else min(end, judged - ONE_DAY)
        if self.rule is not None and account.first_day is not None and start <= before:
            yield from self.rule.periods(self.case, self.law, account.first_day, start, before)
        if judgment is not None and judged is not None and end >= judged:
            first = max(start, judged)
            yield from judged_periods(self.case, self.law, judgment, first, end)

    def lines(self, account: Account, start: date, end: date) -> Iterator[InterestLine]:
        """Yield the lines of an interval during which the base does not change."""
        conventions = self.case.terms.conventions
        for period in self.periods(account, start, end):
            cuts = countable_periods(conventions, period.first_day, period.last_day)
            for first, last, days, year_days in cuts:
                yield InterestLine(
                    invoice=account.invoice.number,
                    due_on=account.due_on,
                    first_day=first,
                    last_day=last,
                    days=days,
                    base=account.base,
                    rate=period.rate,
                    year_days=year_days,
                    amount=self._amount(account, period.rate, days, year_days),
                    rule=period.rule,
                    ingredients=period.ingredients,
                    capitalised=account.capitalised,
                )

    def _amount(self, account: Account, rate: Decimal, days: int, year_days: int) -> Decimal:
        """Round a line, or what the lines of the account have come to, by the convention."""
        exact = exact_interest(account.base, rate, days, year_days)
        if self.case.terms.conventions.rounding == "par-ligne":
            return round_to_cent(exact)
        account.exact += exact
        amount = round_to_cent(account.exact) - account.accrued
        account.accrued += amount
        return amount

    def balance(self, account: Account) -> DebtBalance:
        """Say what an account has become."""
        daily, unknown = self._daily(account)
        return DebtBalance(
            invoice=account.invoice.number,
            due_on=account.due_on,
            amount=account.instalment.amount,
            principal=account.principal,
            interest=account.interest,
            is_due=account.due_on < self.as_of,
            daily_interest=daily,
            unknown=unknown,
        )

    def _daily(self, account: Account) -> tuple[Decimal | None, OutsideKnownLaw | None]:
        """Return the next day's interest, unrounded; None, and why, when its rate is unknown."""
        tomorrow, stops_on = self.as_of + ONE_DAY, self.stops_on
        stops = stops_on is not None and stops_on <= tomorrow
        if stops or not account.base or not account.has_begun(tomorrow):
            return Decimal(0), None
        try:
            periods = list(self.periods(account, tomorrow, tomorrow))
        except OutsideKnownLaw as unknown:
            return None, unknown
        cuts = countable_periods(self.case.terms.conventions, tomorrow, tomorrow)
        year_days = next(cuts)[3]
        rate = periods[0].rate if periods else Decimal(0)
        return daily_interest(account.base, rate, year_days), None

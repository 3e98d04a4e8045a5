"""What the legal rules produce: periods at one rate, sums due, dates, each with its law."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from dument.case import Case, Instalment, Invoice
from dument.law import DatedValue, Law


@dataclass(frozen=True, slots=True)
class Ingredient:
    """A value of the law pack that entered a computation; `slug` names its parameter."""

    slug: str
    used: DatedValue


@dataclass(frozen=True, slots=True)
class RatePeriod:
    """A closed interval during which interest runs at one rate, in percent a year.

    `rule` is the id of the rule, whose title, articles and wording stand in `legal/regles/`.
    """

    first_day: date
    last_day: date
    rate: Decimal
    rule: str
    ingredients: tuple[Ingredient, ...] = ()


@dataclass(frozen=True, slots=True)
class SumDue:
    """A sum that a rule adds to the claim on a day, in euros."""

    invoice: str | None
    on: date
    amount: Decimal
    rule: str
    ingredients: tuple[Ingredient, ...] = ()
    base: Decimal | None = None
    rate: Decimal | None = None


class InterestRule(Protocol):
    """What a module of interest offers to the ledger."""

    RULE: str

    def applies(self, case: Case) -> bool:
        """Whether this rule governs the case."""

    def first_day(
        self, case: Case, invoice: Invoice, instalment: Instalment, as_of: date
    ) -> date | None:
        """Return the first day that bears interest, None when none has begun by `as_of`."""

    def periods(
        self, case: Case, law: Law, since: date, first_day: date, last_day: date
    ) -> Iterator[RatePeriod]:
        """Cut an interval into periods at one rate; `since` is the first day of the delay."""

"""What the contract says of late payment, and the conventions where the law is unsettled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from dument.case.values import Amount, Day, Id, Rate, Record, YesNo, reads
from dument.faults import Misread
from dument.money import parse_rate


class InterestBasis(StrEnum):
    """Where the rate of late payment comes from."""

    DEFAULT = "bce+10"
    TRIPLE_LEGAL = "3x-taux-legal"
    CONTRACT = "contrat"
    NONE = "aucune"


class LateInterest(Record):
    """The agreed rate of late payment; `rate` in percent a year when it is a fixed one."""

    basis: InterestBasis
    rate: Decimal | None = None


def _late_interest(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    word = re.sub(r"\s", "", value.lower())
    if word in {basis.value for basis in InterestBasis if basis is not InterestBasis.CONTRACT}:
        return LateInterest(basis=InterestBasis(word))
    try:
        return LateInterest(basis=InterestBasis.CONTRACT, rate=parse_rate(value))
    except Misread as fault:
        hint = "écrivez « bce+10 », « 3x-taux-legal », « aucune » ou un taux comme « 12 % »"
        context = {"message": fault.message, "hint": hint}
        raise PydanticCustomError("taux-illisible", "{message}", context) from None


class PenaltyClause(Record):
    """A penalty clause (C. civ., art. 1231-5): a share of the principal, with a minimum."""

    rate: Rate
    minimum: Amount = Decimal(0)


def _penalty_clause(value: Any) -> Any:
    return {"rate": value} if isinstance(value, str) else value


_TERM = re.compile(r"(\d{1,3})(?: ?jours?)?(?: nets?)?( fin de mois)?")
_FROM_INVOICE = re.compile(r" (?:à compter de la )?date de (?:la )?facture")


@dataclass(frozen=True, slots=True)
class PaymentTerm:
    """The time to pay that was agreed, counted from the date of the invoice, in calendar days."""

    days: int
    is_end_of_month: bool = False

    def __str__(self) -> str:
        unit = "jour" if self.days < 2 else "jours"
        return f"{self.days} {unit}{' fin de mois' if self.is_end_of_month else ''}"


@dataclass(frozen=True, slots=True)
class AppliedTerm:
    """How a due date was computed: the rule, the day it starts from, the time, the reading.

    `reading` is the convention of an end of month, `other_day` the date of the other reading;
    `parameter` names the value of the law pack that fixed the time, if one did.
    """

    rule: str
    start: date
    term: PaymentTerm
    reading: str | None = None
    other_day: date | None = None
    parameter: str | None = None


def parse_term(text: str) -> PaymentTerm:
    """Read a time to pay: `30`, `30 jours`, `60 jours date de facture`, `45 jours fin de mois`."""
    words = " ".join(text.lower().split())
    match = _TERM.fullmatch(_FROM_INVOICE.sub("", words))
    if not match:
        hint = "écrivez « 30 jours », « 60 jours date de facture » ou « 45 jours fin de mois »"
        raise Misread("delai-illisible", f"« {text} » n’est pas un délai en jours", hint)
    return PaymentTerm(int(match[1]), bool(match[2]))


class Conventions(Record):
    """One named choice for each point that neither a text nor a decision settles.

    `year`: divide by 365 in every year, or by the days of the civil year.
    `rate`: the rate moves at each half-year of the delay, or stays that of its first day.
    `credit_note`: a credit note lowers the price from its own date, or from the due date.
    `fixed_sum`: a payment reaches the 40 € after the principal, or with the interest.
    `rejection`: a payment that bounced never counted, or counted until it bounced.
    `rounding`: each line is rounded to the cent, or the sum of the lines of a due date.
    `month_end`: « 45 jours fin de mois » counts the days first, or the end of the month first.
    """

    year: Literal["365", "reelle"] = "365"
    rate: Literal["glissant", "fige"] = "glissant"
    credit_note: Literal["a-sa-date", "a-l-echeance"] = "a-sa-date"
    fixed_sum: Literal["apres-principal", "avec-interets"] = "apres-principal"
    rejection: Literal["sans-effet", "a-sa-date"] = "sans-effet"
    rounding: Literal["par-ligne", "par-echeance"] = "par-ligne"
    month_end: Literal["jours-puis-fin", "fin-puis-jours"] = "jours-puis-fin"


class Terms(Record):
    """The terms of payment; `concluded_on`, the contract's day, chooses between dated texts."""

    concluded_on: Day | None = None
    late_interest: Annotated[
        LateInterest | None,
        BeforeValidator(_late_interest),
        WithJsonSchema({"type": "string", "examples": ["bce+10", "3x-taux-legal", "12 %"]}),
    ] = None
    penalty_clause: Annotated[
        PenaltyClause | None,
        BeforeValidator(_penalty_clause, json_schema_input_type=str | PenaltyClause | None),
    ] = None
    capitalisation: YesNo = False
    deferred_payment: YesNo = False
    delay: Annotated[
        PaymentTerm | None,
        reads(parse_term),
        WithJsonSchema(
            {
                "type": ["string", "number"],
                "pattern": r"^\s*\d{1,3}(\s|$)",
                "examples": ["30 jours", "45 jours fin de mois"],
            }
        ),
    ] = None
    exhibit: Id | None = None
    conventions: Conventions = Conventions()

    @classmethod
    def lacking(cls, given: Mapping[str, Any]) -> list[str]:
        """Interest bears interest by a clause that is shown, never otherwise (1343-2)."""
        is_agreed = given.get("capitalisation") in (True, "oui")
        return ["exhibit"] if is_agreed and not given.get("exhibit") else []

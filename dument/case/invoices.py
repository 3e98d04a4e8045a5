"""Invoices, their due dates and their credit notes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from pydantic import PrivateAttr, model_validator
from pydantic_core import PydanticCustomError

from dument.case.payments import Retention
from dument.case.terms import AppliedTerm
from dument.case.values import Amount, Day, Id, Record, YesNo
from dument.money import format_euros


class Instalment(Record):
    """One due date of an invoice and the amount, in euros with VAT, due that day."""

    due_on: Day
    amount: Amount


class InvoiceNature(StrEnum):
    """What an invoice is for, where that shortens its limitation period."""

    TRANSPORT = "transport"
    TELECOM = "communications-electroniques"


class InvoiceMentions(Record):
    """What the user read on the invoice itself; None is what he does not say.

    `is_original`: the exhibit is the invoice as sent, or a copy that says so.
    """

    late_interest: YesNo | None = None
    fixed_sum: YesNo | None = None
    discount: YesNo | None = None
    billing_address: YesNo | None = None
    order: YesNo | None = None
    detail: YesNo | None = None
    debtor_siren: YesNo | None = None
    delivery_address: YesNo | None = None
    category: YesNo | None = None
    tax_on_debits: YesNo | None = None
    exemption: YesNo | None = None
    structured_file: YesNo | None = None
    is_original: YesNo | None = None


class Invoice(Record):
    """An invoice; `gross` is the amount with VAT, in euros.

    `received_on` is the day the debtor got it, which starts a public buyer's time to pay.
    """

    number: str
    subject: str | None = None
    nature: InvoiceNature | None = None
    issued_on: Day
    received_on: Day | None = None
    due_on: Day | None = None
    instalments: tuple[Instalment, ...] = ()
    performed_on: Day | None = None
    net: Amount | None = None
    gross: Amount
    order: str | None = None
    mentions: InvoiceMentions = InvoiceMentions()
    retention: Retention | None = None
    exhibit: Id | None = None
    delivery_exhibit: Id | None = None
    _term: AppliedTerm | None = PrivateAttr(default=None)

    @property
    def term(self) -> AppliedTerm | None:
        """How the due date was computed; None when the file states it."""
        return self._term

    @property
    def schedule(self) -> tuple[Instalment, ...]:
        """The due dates with their amounts; what is retained has a due date of its own.

        Empty while the due date is still to be computed.
        """
        parts = self._agreed
        if self.retention is None or not parts:
            return parts
        last, kept = parts[-1], self.retention
        cut = Instalment(due_on=last.due_on, amount=last.amount - kept.amount)
        return (*parts[:-1], cut, Instalment(due_on=kept.until, amount=kept.amount))

    @property
    def _agreed(self) -> tuple[Instalment, ...]:
        if self.due_on is None:
            return tuple(sorted(self.instalments, key=lambda part: part.due_on))
        return (Instalment(due_on=self.due_on, amount=self.gross),)

    def falling_due(self, day: date, term: AppliedTerm) -> Invoice:
        """Return this invoice with its due date, and how that one was computed."""
        dated = self.model_copy(update={"due_on": day})
        dated._term = term
        return dated

    @model_validator(mode="after")
    def _has_one_schedule(self) -> Invoice:
        if self.due_on is not None and self.instalments:
            message = "« echeance » et « echeances » ne vont pas ensemble"
            context = {"message": message, "hint": "gardez l’une des deux", "field": "instalments"}
            raise PydanticCustomError("echeances", "{message}", context)
        total = sum((part.amount for part in self._agreed), Decimal(0))
        if self._agreed and total != self.gross:
            message = (
                f"les échéances font {format_euros(total)} au total, "
                f"la facture {format_euros(self.gross)}"
            )
            hint = "leur somme est le montant TTC de la facture"
            context = {"message": message, "hint": hint, "field": "instalments"}
            raise PydanticCustomError("echeances-total", "{message}", context)
        return self

    @model_validator(mode="after")
    def _retains_a_part(self) -> Invoice:
        kept = self.retention
        last = self._agreed[-1] if self._agreed else None
        if kept and last and not (kept.amount < last.amount and kept.until > last.due_on):
            context = {
                "message": "cette retenue ne se prend pas sur la dernière échéance",
                "hint": "elle est moindre que cette échéance, et due plus tard",
                "field": "retention",
            }
            raise PydanticCustomError("retenue-impossible", "{message}", context)
        return self


class CreditNote(Record):
    """A credit note; it lowers the price of the invoice it names."""

    number: str
    on: Day
    amount: Amount
    invoice: str
    exhibit: Id | None = None

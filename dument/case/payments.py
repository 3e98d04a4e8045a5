"""Money that came, or that counts as if it had come, and what the pursuit cost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from dument.case.values import Amount, Day, Id, Record, YesNo
from dument.money import format_euros


class Share(Record):
    """The part of a payment that the debtor meant for one invoice, in euros."""

    invoice: str
    amount: Amount


class Payment(Record):
    """Money received, on the day the funds are available; `rejected_on` when it bounced."""

    on: Day
    amount: Amount
    means: str | None = None
    designated: str | tuple[Share, ...] | None = None
    allocation: Literal["interets", "principal"] = "interets"
    rejected_on: Day | None = None
    reference: str | None = None
    exhibit: Id | None = None

    @property
    def shares(self) -> tuple[Share, ...]:
        """What the debtor meant for each invoice; empty when he named none."""
        if isinstance(self.designated, str):
            return (Share.model_construct(invoice=self.designated, amount=self.amount),)
        return self.designated or ()

    @property
    def invoice(self) -> str | None:
        """The one invoice the debtor named, if he named one only."""
        return self.shares[0].invoice if len(self.shares) == 1 else None

    def is_rejected(self, as_of: date) -> bool:
        """Whether the payment is known to have bounced by a day."""
        return self.rejected_on is not None and self.rejected_on <= as_of

    @model_validator(mode="after")
    def _shares_what_it_holds(self) -> Payment:
        shared = sum((one.amount for one in self.shares), Decimal(0))
        if shared > self.amount:
            message = (
                f"les parts font {format_euros(shared)}, le paiement {format_euros(self.amount)}"
            )
            hint = "la somme des parts ne peut pas dépasser le paiement ; le reste suit la loi"
            context = {"message": message, "hint": hint, "field": "designated"}
            raise PydanticCustomError("parts-trop-grandes", "{message}", context)
        if self.rejected_on is not None and self.rejected_on < self.on:
            context = {
                "message": "ce rejet précède le paiement",
                "hint": "écrivez le jour où la banque a repris les fonds",
                "field": "rejected_on",
            }
            raise PydanticCustomError("rejet-avant-paiement", "{message}", context)
        return self


class Deposit(Record):
    """Money paid before the invoice that it lowers was issued."""

    on: Day
    amount: Amount
    invoice: str
    means: str | None = None
    exhibit: Id | None = None

    @property
    def payment(self) -> Payment:
        """The deposit as the payment of its invoice."""
        return Payment(on=self.on, amount=self.amount, designated=self.invoice,
                       reference="acompte", means=self.means, exhibit=self.exhibit)  # fmt: skip


class SetOff(Record):
    """A debt of the creditor towards the debtor that extinguishes as much of the claim."""

    on: Day
    amount: Amount
    invoice: str | None = None
    exhibit: Id | None = None

    @property
    def payment(self) -> Payment:
        """The set-off as a payment of its day."""
        return Payment(on=self.on, amount=self.amount, designated=self.invoice,
                       reference="compensation", exhibit=self.exhibit)  # fmt: skip


class Cost(Record):
    """What the pursuit cost; the user says whether the debtor must bear it in the end."""

    on: Day
    subject: str
    amount: Amount
    is_recoverable: YesNo
    exhibit: Id | None = None


class Judgment(Record):
    """An enforceable decision, and what it grants.

    `rate`: interest at the legal rate from `interest_since` (the day after the decision became
    enforceable when empty), or at the rate of the claim, unchanged. An order for payment is told
    under its own key.
    """

    kind: Literal["jugement", "refere", "arret", "ordonnance"] = "jugement"
    enforceable_on: Day
    rate: Literal["legal", "contractuel"]
    interest_since: Day | None = None
    capitalisation_since: Day | None = None
    exhibit: Id | None = None


class Retention(Record):
    """The part of an invoice that the contract lets the debtor keep until a day."""

    amount: Amount
    until: Day

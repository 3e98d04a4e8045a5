"""What happened and what is asked for: invoices, payments, letters, exhibits, procedure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field, PrivateAttr, model_validator
from pydantic_core import PydanticCustomError

from dument.case.payments import Retention
from dument.case.terms import AppliedTerm
from dument.case.values import Amount, Day, Id, Record, Whole, YesNo
from dument.money import format_euros


class Instalment(Record):
    """One due date of an invoice and the amount, in euros with VAT, due that day."""

    due_on: Day
    amount: Amount


class InvoiceNature(StrEnum):
    """What an invoice is for, where that shortens its limitation period."""

    TRANSPORT = "transport"
    TELECOM = "communications-electroniques"


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
    retention: Retention | None = None
    exhibit: Id | None = None
    _term: AppliedTerm | None = PrivateAttr(default=None)

    @property
    def term(self) -> AppliedTerm | None:
        """How the due date was computed; None when the file states it."""
        return self._term

    @property
    def schedule(self) -> tuple[Instalment, ...]:
        """The due dates with their amounts; what is retained has a due date of its own.

        None while the due date is still to be computed.
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


class Promise(Record):
    """What the debtor promised to pay, and when."""

    on: Day
    amount: Amount | None = None


class EventKind(StrEnum):
    """What a journal entry records."""

    CALL = "appel"
    EMAIL = "courriel"
    TEXT = "sms"
    POST = "courrier"
    MEETING = "rencontre"
    ANSWER = "reponse"
    COMPLAINT = "reclamation"
    ACKNOWLEDGEMENT = "reconnaissance"
    FILING = "depot-requete"
    ORDER = "ordonnance"
    SERVICE = "signification"
    OPPOSITION = "opposition"
    SUMMONS = "assignation"
    CONSERVATORY = "mesure-conservatoire"
    ENFORCEMENT = "execution"
    MEDIATION = "mediation"
    OTHER = "autre"


class JournalEntry(Record):
    """One event; `summary` may be shown to the readers of the site, `note` never is.

    `ended_on` is the day a mediation or a conciliation was declared over.
    """

    on: Day
    ended_on: Day | None = None
    kind: EventKind
    with_whom: str | None = None
    summary: str | None = None
    note: str | None = None
    promise: Promise | None = None
    exhibit: Id | None = None


class Channel(StrEnum):
    """How a letter travels."""

    EMAIL = "courriel"
    POST = "lettre"
    REGISTERED = "lrar"
    ELECTRONIC_REGISTERED = "lre"
    HAND = "remise"
    COURT = "greffe"


class Sending(Record):
    """How and when a letter left and arrived; `sent_on` empty means it is a draft."""

    channel: Channel
    number: str | None = None
    sent_on: Day | None = None
    presented_on: Day | None = None
    outcome: Literal["distribue", "refuse", "non-reclame", "npai"] | None = None
    outcome_on: Day | None = None
    qualified_provider: str | None = None
    exhibit: Id | None = None


class LetterRequest(Record):
    """A letter the case asks for."""

    kind: Id
    version: Whole | None = None
    on: Day
    days: Annotated[Whole, Field(ge=1, le=365)] | None = None
    deadline: Day | None = None
    invoices: tuple[str, ...] = ()
    paragraph: str | None = None
    sending: Sending | None = None

    @property
    def is_sent(self) -> bool:
        """Whether the file says that the letter left."""
        return self.sent_on is not None

    @property
    def sent_on(self) -> date | None:
        """The day it left, else the day the post first presented it."""
        return self.sending and (self.sending.sent_on or self.sending.presented_on)


class Exhibit(Record):
    """A document that proves something; `file` is relative to the case's folder."""

    id: Id
    title: str
    on: Day | None = None
    file: str


class Dispute(Record):
    """The debtor contests all or part of the claim.

    `is_excluded`: the creditor leaves that part of the invoice out of the claim.
    """

    since: Day
    reason: str
    amount: Amount | None = None
    invoice: str | None = None
    is_excluded: YesNo = False

    @classmethod
    def lacking(cls, given: Mapping[str, Any]) -> list[str]:
        """What is left out of the claim is left out of an invoice."""
        is_excluded = given.get("is_excluded") in (True, "oui")
        return ["invoice"] if is_excluded and not given.get("invoice") else []


class Insolvency(Record):
    """Collective proceedings against the debtor, by the date of the opening judgment."""

    kind: Literal["sauvegarde", "redressement", "liquidation"]
    judgment_on: Day
    published_on: Day | None = None
    trustee: str | None = None


class StruckOff(Record):
    """The debtor company is dissolved or struck off the register."""

    kind: Literal["dissoute", "radiee"]
    on: Day


class Status(Record):
    """What stops or changes the pursuit."""

    dispute: Dispute | None = None
    insolvency: Insolvency | None = None
    over_indebted_since: Day | None = None
    struck_off: StruckOff | None = None


class Claim(Record):
    """What the claim rests on: the contract, and its exhibit."""

    basis: str
    contract: str | None = None
    exhibit: Id | None = None
    refer_on_opposition: YesNo = True


class Waiver(Record):
    """A finding the user sets aside, with the written reason that the site shows."""

    rule: str
    reason: Annotated[str, Field(min_length=10)]
    letter: str | None = None
    on: Day | None = None
    by: str | None = None

"""The case: who owes what to whom, what was done about it, and what proves it.

Frozen values in English; `schema` alone knows the French keys they are read from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import PrivateAttr, model_validator
from pydantic_core import PydanticCustomError

from dument.case.correspondents import Agent, PowerOfAttorney, Professional, Security
from dument.case.exhibits import Exhibit, Pages, Prefix, number_exhibits
from dument.case.grounds import Claim, Waiver
from dument.case.invoices import CreditNote, Instalment, Invoice, InvoiceMentions, InvoiceNature
from dument.case.journal import SENDINGS, EventKind, JournalEntry, Promise
from dument.case.letters import (
    AmicableProposal,
    AmicableWay,
    Channel,
    LetterRequest,
    Sending,
    Suspension,
)
from dument.case.party import (
    Activity,
    Address,
    Bank,
    Birth,
    BuyerCategory,
    Creditor,
    Debtor,
    Party,
    PartyKind,
    Regime,
    Representative,
)
from dument.case.payments import Cost, Deposit, Judgment, Payment, Retention, SetOff, Share
from dument.case.procedure import Court, CourtKind, PaymentOrder
from dument.case.status import Dispute, Insolvency, Status, StruckOff
from dument.case.terms import (
    AppliedTerm,
    Conventions,
    InterestBasis,
    LateInterest,
    PaymentTerm,
    PenaltyClause,
    Terms,
)
from dument.case.values import Amount, Day, Id, Record
from dument.case.visibility import Reader, Visibility

__all__ = [
    "SENDINGS",
    "Activity",
    "Address",
    "Agent",
    "AmicableProposal",
    "AmicableWay",
    "Amount",
    "AppliedTerm",
    "Bank",
    "Birth",
    "BuyerCategory",
    "Case",
    "Channel",
    "Claim",
    "Conventions",
    "Cost",
    "Court",
    "CourtKind",
    "CreditNote",
    "Creditor",
    "Day",
    "Debtor",
    "Deposit",
    "Dispute",
    "EventKind",
    "Exhibit",
    "Id",
    "Insolvency",
    "Instalment",
    "InterestBasis",
    "Invoice",
    "InvoiceMentions",
    "InvoiceNature",
    "JournalEntry",
    "Judgment",
    "LateInterest",
    "LetterRequest",
    "Pages",
    "Party",
    "PartyKind",
    "Payment",
    "PaymentOrder",
    "PaymentTerm",
    "PenaltyClause",
    "PowerOfAttorney",
    "Professional",
    "Promise",
    "Reader",
    "Record",
    "Regime",
    "Representative",
    "Retention",
    "Security",
    "Sending",
    "SetOff",
    "Share",
    "Status",
    "StruckOff",
    "Suspension",
    "Terms",
    "Visibility",
    "Waiver",
]


class Case(Record):
    """A whole dossier."""

    reference: str
    title: str | None = None
    creditor: Creditor
    debtor: Debtor
    claim: Claim | None = None
    terms: Terms = Terms()
    invoices: tuple[Invoice, ...]
    credit_notes: tuple[CreditNote, ...] = ()
    payments: tuple[Payment, ...] = ()
    deposits: tuple[Deposit, ...] = ()
    set_offs: tuple[SetOff, ...] = ()
    costs: tuple[Cost, ...] = ()
    journal: tuple[JournalEntry, ...] = ()
    letters: tuple[LetterRequest, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    exhibit_prefix: Prefix | None = None
    status: Status = Status()
    lawyer: Professional | None = None
    bailiff: Professional | None = None
    agent: Agent | None = None
    power: PowerOfAttorney | None = None
    court: Court | None = None
    order: PaymentOrder | None = None
    judgment: Judgment | None = None
    waivers: tuple[Waiver, ...] = ()
    _communicated: dict[str, int] = PrivateAttr(default_factory=dict)

    def having_communicated(self, numbers: Mapping[str, int]) -> Case:
        """Return this case, whose exhibits of these ids bear these numbers for ever."""
        known = self.model_copy()
        known._communicated = dict(numbers)
        return known

    @property
    def exhibit_numbers(self) -> dict[str, int]:
        """The number of each exhibit, by id; none for one withdrawn before it had any."""
        return number_exhibits(self.exhibits, self._communicated)

    def adds_exhibit(self, id: str) -> bool:
        """Whether an exhibit comes on top of others that were already communicated."""
        return bool(self._communicated) and id not in self._communicated

    @property
    def exhibit_references(self) -> dict[str, str]:
        """What is printed for each exhibit, by id, in the order of the numbers: « C-3 »."""
        prefix = f"{self.exhibit_prefix}-" if self.exhibit_prefix else ""
        ordered = sorted(self.exhibit_numbers.items(), key=lambda one: one[1])
        return {id: f"{prefix}{number}" for id, number in ordered}

    @property
    def regime(self) -> Regime:
        """The regime of late payment; what is due between businesses is not due to a person.

        A creditor who is a private person claims as against a consumer, unless the file states
        the debtor's regime.
        """
        return Regime.CONSUMER if self.is_owed_to_a_person else self.debtor.regime

    @property
    def is_owed_to_a_person(self) -> bool:
        """Whether a private person claims from a business whose regime the file does not state."""
        debtor, is_private = self.debtor, self.creditor.kind is PartyKind.INDIVIDUAL
        return is_private and not debtor.stated_regime and debtor.regime is Regime.BUSINESS

    @property
    def settlements(self) -> tuple[Payment, ...]:
        """All that pays: payments, deposits, set-offs."""
        deposits = [one.payment for one in self.deposits]
        set_offs = [one.payment for one in self.set_offs]
        return (*self.payments, *deposits, *set_offs)

    def judged(self, as_of: date) -> Judgment | None:
        """Return the decision that is enforceable by a day, if any."""
        found = self.judgment or (self.order.decision if self.order else None)
        return found if found is not None and found.enforceable_on <= as_of else None

    def invoice(self, number: str) -> Invoice | None:
        """Return the invoice that bears a number."""
        return next((one for one in self.invoices if one.number == number), None)

    @property
    def acts(self) -> list[tuple[date, EventKind]]:
        """What the journal and the order tell, as dated events, oldest first, each once."""
        told = {(entry.on, entry.kind) for entry in self.journal}
        if self.order is not None:
            told.add((self.order.issued_on, EventKind.ORDER))
            if self.order.served_on is not None:
                told.add((self.order.served_on, EventKind.SERVICE))
            if self.order.opposed_on is not None:
                told.add((self.order.opposed_on, EventKind.OPPOSITION))
        return sorted(told)

    @model_validator(mode="after")
    def _tells_a_decision_once(self) -> Case:
        message = hint = ""
        if self.judgment is not None and self.judgment.kind == "ordonnance":
            message = "une ordonnance d’injonction de payer ne s’écrit pas sous « jugement »"
            hint = "écrivez « executoire_le » et « taux » sous « ordonnance »"
        elif self.judgment is not None and self.order is not None and self.order.decision:
            message = "le jugement et l’ordonnance sont tous deux dits exécutoires"
            hint = "gardez celle des deux décisions qui porte les intérêts"
        if message:
            context = {"message": message, "hint": hint, "field": "judgment"}
            raise PydanticCustomError("decision-double", "{message}", context)
        return self

    @classmethod
    def lacking(cls, given: Mapping[str, Any]) -> Sequence[str | tuple[str | int, ...]]:
        """An invoice has a due date, or several, or what computes one."""
        invoices = given.get("invoices")
        return [
            ("invoices", rank, "due_on")
            for rank, one in enumerate(invoices if isinstance(invoices, list | tuple) else ())
            if isinstance(one, Mapping | Invoice) and not _can_be_dated(one, given)
        ]

    def formal_notices(self, before: date) -> Iterator[LetterRequest]:
        """Yield the formal notices that left by a day, oldest first."""
        notices = (one for one in self.letters if one.kind == FORMAL_NOTICE)
        for notice in sorted(notices, key=lambda one: one.on):
            if notice.sent_on is not None and notice.sent_on <= before:
                yield notice


def _can_be_dated(invoice: object, given: Mapping[str, Any]) -> bool:
    """Whether a due date is stated, or can be computed from what is; values may be as written."""
    if _given(invoice, "due_on") or _given(invoice, "instalments"):
        return True
    if _given(invoice, "retention"):  # what is retained is due after a date that is written
        return False
    debtor = given.get("debtor")
    words = (_given(debtor, "kind"), _given(debtor, "stated_regime"))
    if words[1] == Regime.PUBLIC or words == (PartyKind.PUBLIC_BODY, None):
        return bool(_given(invoice, "received_on") and _given(debtor, "category"))
    return bool(_given(given.get("terms"), "delay"))


def _given(record: object, field: str) -> object:
    return record.get(field) if isinstance(record, Mapping) else getattr(record, field, None)


FORMAL_NOTICE = "mise-en-demeure"

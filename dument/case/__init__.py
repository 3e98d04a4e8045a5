"""The case: who owes what to whom, what was done about it, and what proves it.

Frozen values in English; `schema` alone knows the French keys they are read from.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dument.case.events import (
    Channel,
    Claim,
    Court,
    CourtKind,
    CreditNote,
    Dispute,
    EventKind,
    Exhibit,
    Insolvency,
    Instalment,
    Invoice,
    JournalEntry,
    LetterRequest,
    Promise,
    Sending,
    Status,
    StruckOff,
    Waiver,
)
from dument.case.party import (
    Activity,
    Address,
    Bank,
    Birth,
    Creditor,
    Debtor,
    Party,
    PartyKind,
    Regime,
    Representative,
)
from dument.case.payments import Cost, Deposit, Judgment, Payment, Retention, SetOff, Share
from dument.case.terms import Conventions, InterestBasis, LateInterest, PenaltyClause, Terms
from dument.case.values import Amount, Day, Id, Record

__all__ = [
    "Activity",
    "Address",
    "Amount",
    "Bank",
    "Birth",
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
    "JournalEntry",
    "Judgment",
    "LateInterest",
    "LetterRequest",
    "Party",
    "PartyKind",
    "Payment",
    "PenaltyClause",
    "Promise",
    "Record",
    "Regime",
    "Representative",
    "Retention",
    "Sending",
    "SetOff",
    "Share",
    "Status",
    "StruckOff",
    "Terms",
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
    status: Status = Status()
    court: Court | None = None
    judgment: Judgment | None = None
    waivers: tuple[Waiver, ...] = ()

    @property
    def regime(self) -> Regime:
        """The regime of late payment that applies to this debtor."""
        return self.debtor.regime

    @property
    def settlements(self) -> tuple[Payment, ...]:
        """All that pays: payments, deposits, set-offs."""
        others = [one.payment for one in (*self.deposits, *self.set_offs)]
        return (*self.payments, *others)

    def judged(self, as_of: date) -> Judgment | None:
        """Return the decision that is enforceable by a day, if any."""
        found = self.judgment
        return found if found is not None and found.enforceable_on <= as_of else None

    def invoice(self, number: str) -> Invoice | None:
        """Return the invoice that bears a number."""
        return next((one for one in self.invoices if one.number == number), None)

    def formal_notices(self, before: date) -> Iterator[LetterRequest]:
        """Yield the formal notices that left by a day, oldest first."""
        notices = (one for one in self.letters if one.kind == FORMAL_NOTICE)
        for notice in sorted(notices, key=lambda one: one.on):
            if notice.sent_on is not None and notice.sent_on <= before:
                yield notice


FORMAL_NOTICE = "mise-en-demeure"

"""The letters a case asks for, and how each one travels."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from dument.case.invoices import Instalment
from dument.case.values import Day, Id, Record, Whole, YesNo


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


class Suspension(Record):
    """What a creditor stops doing until it is paid, and from which day."""

    on: Day
    services: str


class AmicableWay(StrEnum):
    """How a third person may help the parties to agree."""

    CONCILIATION = "conciliation"
    MEDIATION = "mediation"


class AmicableProposal(Record):
    """The way a letter proposes, and the person it names: who, and how to reach them."""

    way: AmicableWay = AmicableWay.CONCILIATION
    third: str | None = None


class LetterRequest(Record):
    """A letter the case asks for.

    `instalments` are those of a payment schedule; `termination_clause` is quoted by a formal
    notice, `may_terminate` makes it warn that the contract may be ended by notice.
    """

    kind: Id
    version: Whole | None = None
    on: Day
    days: Annotated[Whole, Field(ge=1, le=365)] | None = None
    deadline: Day | None = None
    invoices: tuple[str, ...] = ()
    tone: Literal["courtois", "ferme"] = "courtois"
    instalments: tuple[Instalment, ...] = ()
    suspension: Suspension | None = None
    proposal: AmicableProposal | None = None
    termination_clause: str | None = None
    may_terminate: YesNo = False
    paragraph: str | None = None
    sending: Sending | None = None

    @property
    def is_sent(self) -> bool:
        """Whether the file says that the letter left."""
        return self.sent_on is not None

    @property
    def sent_on(self) -> date | None:
        """The day it left, else the day the post first presented it."""
        return (self.sending.sent_on or self.sending.presented_on) if self.sending else None

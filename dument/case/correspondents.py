"""Who acts beside the parties: avocat, commissaire de justice, trustee, collection agent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from dument.case.party import Address, Bank, Party, PartyKind, Representative
from dument.case.values import Day, Id, Record, YesNo


class Professional(Record):
    """A person of the law to whom letters are addressed; `firm` is the office that houses him."""

    name: str
    firm: str | None = None
    civility: str = "Maître"
    address: Address
    email: str | None = None
    phone: str | None = None

    @property
    def kind(self) -> PartyKind:
        """What a party is: one writes to the person, in his office."""
        return PartyKind.INDIVIDUAL

    @property
    def is_natural_person(self) -> bool:
        """Whether it is a human being: as a party would say."""
        return True


class Agent(Party):
    """Who collects amicably for the creditor (CPCE, art. R124-1 to R124-7)."""

    bank: Bank | None = None
    signatory: Representative | None = None
    agreement_on: Day | None = None
    insurance: str | None = None
    has_dedicated_account: YesNo = False
    declared_on: Day | None = None

    @property
    def signs(self) -> Representative | None:
        """Who signs: the named signatory, else the representative."""
        return self.signatory or self.representative


class PowerOfAttorney(Record):
    """A written power given to one person for one act in this case."""

    name: str
    role: str | None = None
    address: Address | None = None
    purpose: Literal["requete-injonction-de-payer", "declaration-de-creance"]
    on: Day
    exhibit: Id | None = None


class Security(Record):
    """What secures the claim; `on` and `exhibit` prove it when it is not published."""

    kind: str
    on: Day | None = None
    exhibit: Id | None = None

    @classmethod
    def lacking(cls, given: Mapping[str, Any]) -> list[str]:
        """A security that a document proves is dated."""
        return ["on"] if given.get("exhibit") and not given.get("on") else []

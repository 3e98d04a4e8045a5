"""What a court is asked and what it gave: the court, and the order for payment."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Literal

from dument.case.payments import Judgment
from dument.case.values import Day, Id, Record, YesNo


class CourtKind(StrEnum):
    """The courts whose president may make an order for payment (CPC, art. 1406)."""

    COMMERCIAL = "tribunal-de-commerce"
    ECONOMIC = "tribunal-des-activites-economiques"
    COMMERCIAL_CHAMBER = "chambre-commerciale"
    MIXED = "tribunal-mixte-de-commerce"
    JUDICIAL = "tribunal-judiciaire"
    FIRST_INSTANCE = "tribunal-de-premiere-instance"
    PROTECTION = "juge-des-contentieux-de-la-protection"


class Court(Record):
    """The court the user chose, by kind and seat."""

    kind: CourtKind
    city: str
    address: str | None = None


class PaymentOrder(Record):
    """An order for payment (CPC, art. 1405 to 1425): made, served, perhaps opposed.

    `served_in_person` is None when the file does not say how it was served. Once enforceable, it
    is a decision like any other, with the rate it grants.
    """

    issued_on: Day
    served_on: Day | None = None
    served_in_person: YesNo | None = None
    opposed_on: Day | None = None
    enforceable_on: Day | None = None
    rate: Literal["legal", "contractuel"] | None = None
    interest_since: Day | None = None
    exhibit: Id | None = None

    @property
    def decision(self) -> Judgment | None:
        """The order as the enforceable decision that bears interest, once it is one."""
        if self.enforceable_on is None or self.rate is None:
            return None
        return Judgment.model_construct(
            kind="ordonnance", enforceable_on=self.enforceable_on, rate=self.rate,
            interest_since=self.interest_since, exhibit=self.exhibit,
        )  # fmt: skip

    @classmethod
    def lacking(cls, given: Mapping[str, Any]) -> list[str]:
        """What supposes another fact: how it was served, what it grants once enforceable."""
        supposed = {
            "served_in_person": "served_on",
            "enforceable_on": "rate",
            "rate": "enforceable_on",
            "interest_since": "enforceable_on",
        }
        told = [other for field, other in supposed.items() if given.get(field) is not None]
        return [field for field in dict.fromkeys(told) if not given.get(field)]

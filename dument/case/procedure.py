"""What a court is asked and what it gave: the court, and the order for payment."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

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

    `served_in_person` is None when the file does not say how it was served.
    """

    issued_on: Day
    served_on: Day | None = None
    served_in_person: YesNo | None = None
    opposed_on: Day | None = None
    exhibit: Id | None = None

    @classmethod
    def lacking(cls, given: Mapping[str, Any]) -> list[str]:
        """How an order was served supposes the day it was."""
        is_told = given.get("served_in_person") is not None
        return ["served_on"] if is_told and not given.get("served_on") else []

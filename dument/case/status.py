"""What stops or changes the pursuit: dispute, insolvency, dissolution."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from dument.case.correspondents import Professional
from dument.case.values import Amount, Day, Record, YesNo


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
    trustee: Professional | None = None


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
    register_read_on: Day | None = None

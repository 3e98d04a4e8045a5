"""What the claim rests on, and the findings set aside."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dument.case.correspondents import Security
from dument.case.values import Day, Id, Record, YesNo


class Claim(Record):
    """What the claim rests on: the contract, and its exhibit."""

    basis: str
    contract: str | None = None
    exhibit: Id | None = None
    refer_on_opposition: YesNo = True
    asks_capitalisation: YesNo = False
    security: Security | None = None


class Waiver(Record):
    """A finding the user sets aside, with the written reason that the site shows."""

    rule: str
    reason: Annotated[str, Field(min_length=10)]
    letter: str | None = None
    on: Day | None = None
    by: str | None = None

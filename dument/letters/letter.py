"""A letter as written: its text, its sheet, the sum it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from dument.case import LetterRequest
from dument.french import slug
from dument.ledger import Statement
from dument.letters.kinds import Version
from dument.letters.postal import AddressLine


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a letter says will follow: one of `kinds`, after `deadline`, at the latest on `by`."""

    kinds: tuple[str, ...]
    deadline: date
    by: date | None


@dataclass(frozen=True, slots=True)
class Sealed:
    """What left of a sealed letter, never made again: the PDF, its pages, the sum it asks for."""

    pdf: bytes
    page_count: int
    total: Decimal


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as written: `body` for the site, `document` for the printer, `text` for checks.

    `email` is the message that carries the letter, `sms` the short message, None when the version
    has none. `missing` lists the values the case does not hold; `cited` the articles named;
    `address` the block that must show in the window, empty on paper that has none; `figures` what
    its PDF carries as data: the décompte of its day; `court` whom an act is addressed to.
    """

    number: int
    version: Version
    request: LetterRequest
    subject: str
    statement: Statement
    body: str
    document: str
    text: str
    email: str | None
    sms: str | None
    announces: Announcement | None
    missing: tuple[str, ...]
    cited: tuple[str, ...]
    address: tuple[AddressLine, ...] = ()
    figures: Mapping[str, Any] = field(default_factory=dict, compare=False)
    sealed: Sealed | None = None
    court: str = ""

    @property
    def kind(self) -> str:
        """The letter's kind."""
        return self.version.kind

    @property
    def on(self) -> date:
        """The letter's date."""
        return self.request.on

    @property
    def claimed(self) -> Decimal:
        """The sum the letter asks for: the whole décompte, or the parts its template names."""
        if self.sealed is not None:
            return self.sealed.total
        return self.version.claimed(self.statement)

    @property
    def is_draft(self) -> bool:
        """Whether the letter has not left yet; an annex of the day is no letter."""
        return self.version.is_sendable and not self.request.is_sent

    @property
    def stem(self) -> str:
        """The letter's file name without its ending: number, date, kind."""
        return letter_stem(self.number, self.request)


def letter_stem(number: int, request: LetterRequest) -> str:
    """Return the name of a letter's files: its number in the case, its date, its kind."""
    return f"{number:02d}-{request.on.isoformat()}-{slug(request.kind)}"

"""A dossier worked through steps 1 to 6: what the printer, the binder and the site are given."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dument.case import Case, Exhibit, PaymentOrder
from dument.diagnostics import Diagnostic
from dument.french import slug
from dument.law import Law, Mention, OutsideKnownLaw
from dument.ledger import Deadline, Statement, invoice_deadlines
from dument.letters import Letter
from dument.rules.limitation_period import Limitation
from dument.rules.payment_order import OrderStep, known_order, order_steps
from dument.schema import Places


@dataclass(frozen=True, slots=True)
class NumberedExhibit:
    """An exhibit as read: its number, its original bytes, its pages.

    `reference` is the number as it is printed, with the party's prefix. One record gives the
    stamp, the file name, the bookmark, the line of the exhibit list, the citation in letters and
    the link on the site.
    """

    number: int
    reference: str
    exhibit: Exhibit
    original: bytes
    page_count: int
    has_text: bool

    @property
    def stamp(self) -> str:
        """The words stamped on its first page."""
        return f"Pièce n° {self.reference}"

    @property
    def file(self) -> str:
        """Where the stamped copy stands in the output."""
        prefix = self.reference.removesuffix(str(self.number)).lower()
        return f"pieces/{prefix}{self.number:02d}-{slug(self.exhibit.title)}.pdf"

    @property
    def sha256(self) -> str:
        """The fingerprint of the original file."""
        return hashlib.sha256(self.original).hexdigest()


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything known of a dossier on the day of the run; nothing is written yet.

    `annexes` are the décompte and the exhibit list of the day, as letters on annex paper.
    """

    name: str
    folder: Path
    case: Case
    places: Places
    law: Law
    as_of: date
    statement: Statement
    limitations: tuple[Limitation, ...]
    letters: tuple[Letter, ...]
    annexes: dict[str, Letter]
    exhibits: tuple[NumberedExhibit, ...]
    applied: tuple[tuple[Mention, Letter | None], ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        """The dates of each due date: late since, barred on, by when to act, and why."""
        return invoice_deadlines(self.case, self.law, self.statement)

    @property
    def order(self) -> PaymentOrder | None:
        """The order for payment as known on the day."""
        return known_order(self.case, self.as_of)

    @property
    def order_steps(self) -> tuple[OrderStep, ...]:
        """What a request or an order opens; none for one older than the known texts."""
        try:
            return tuple(order_steps(self.case, self.law, self.as_of))
        except OutsideKnownLaw:
            return ()

    @property
    def title(self) -> str:
        """The dossier's title: its own, else « creditor c/ debtor »."""
        return self.case.title or f"{self.case.creditor.name} c/ {self.case.debtor.name}"

    def exhibit(self, id: str | None) -> NumberedExhibit | None:
        """Return the exhibit that bears an id."""
        return next((one for one in self.exhibits if one.exhibit.id == id), None)

"""A dossier worked through steps 1 to 6: what the printer, the binder and the site are given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dument.case import Case, Exhibit, Payment, PaymentOrder, Reader
from dument.diagnostics import Diagnostic
from dument.digests import sha256
from dument.french import long_date, slug, squeeze
from dument.handover import DRAFT, SENT, HandOver
from dument.law import Law, Mention, OutsideKnownLaw
from dument.ledger import Deadline, Statement, invoice_deadlines
from dument.letters import DEBTOR, Letter
from dument.rules.limitation_period import Limitation
from dument.rules.payment_order import OrderStep, known_order, order_steps
from dument.rules.response_deadline import deadline
from dument.schema import Places


@dataclass(frozen=True, slots=True)
class NumberedExhibit:
    """An exhibit as read: its number, where its file stands and what it held, its pages.

    `reference` is the number as it is printed, with the party's prefix. One record gives the
    stamp, the file name, the bookmark, the line of the exhibit list, the citation in letters and
    the link on the site.
    """

    number: int
    reference: str
    exhibit: Exhibit
    path: Path
    sha256: str
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

    def read(self) -> bytes | None:
        """Return the original file; None when it is no longer the one that was looked at."""
        try:
            original = self.path.read_bytes()
        except OSError:
            return None
        return original if sha256(original) == self.sha256 else None


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything known of a dossier on the day of the run; nothing is written yet.

    `annexes` are the décompte and the exhibit list of the day, as letters on annex paper.
    `reader` is who it is made for, `since` the last hand-over to him.
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
    reader: Reader = Reader.OWNER
    since: HandOver | None = None

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        """The dates of each due date: late since, barred on, by when to act, and why.

        Empty for a reader to whom they are not shown.
        """
        if not self.reader.sees_deadlines:
            return ()
        return invoice_deadlines(self.case, self.law, self.statement)

    @property
    def order(self) -> PaymentOrder | None:
        """The order for payment as known on the day."""
        return known_order(self.case, self.as_of)

    @property
    def order_steps(self) -> tuple[OrderStep, ...]:
        """What a request or an order opens; empty for one older than the known texts.

        And for a reader to whom deadlines are not shown.
        """
        if not self.reader.sees_deadlines:
            return ()
        try:
            return tuple(order_steps(self.case, self.law, self.as_of))
        except OutsideKnownLaw:
            return ()

    @property
    def title(self) -> str:
        """The dossier's title: its own, else « creditor c/ debtor »."""
        return self.case.title or f"{self.case.creditor.name} c/ {self.case.debtor.name}"

    @property
    def received(self) -> list[Payment]:
        """What was paid by the day, save what is known to have bounced."""
        as_of = self.as_of
        paid = (one for one in self.case.settlements if one.on <= as_of)
        return [one for one in paid if not one.is_rejected(as_of)]

    def answer_day(self, letter: Letter) -> date | None:
        """Return the day by which a letter asks its debtor to pay; None where it names none.

        A suspension is told by its first day, which is too late to pay.
        """
        if letter.version.recipient != DEBTOR or letter.request.suspension is not None:
            return None
        try:
            day = deadline(self.case, self.law, letter.request)
        except OutsideKnownLaw:
            return None
        return day if squeeze(long_date(day)) in squeeze(letter.text) else None

    def handed(self, archive: str) -> HandOver:
        """Return what a reader knows once this dossier is handed over to him.

        `archive` is the SHA-256 of the archive, or of the manifest of a folder.
        """
        statement = self.statement
        return HandOver(
            reader=self.reader.value,
            on=self.as_of,
            archive=archive,
            exhibits=tuple(one.number for one in self.exhibits),
            letters={one.stem: DRAFT if one.is_draft else SENT for one in self.letters},
            payments=tuple(f"{one.on.isoformat()} {one.amount:f}" for one in self.received),
            sums={
                "principal": statement.principal,
                "interets": statement.interest,
                "indemnites": statement.fixed_sums,
                "clause_penale": statement.penalty_clause,
                "frais": statement.costs,
                "total": statement.total,
            },
        )

    @property
    def new_exhibits(self) -> tuple[NumberedExhibit, ...]:
        """Those that the last hand-over did not hold; all of them when there was none."""
        known = self.since.exhibits if self.since else ()
        return tuple(one for one in self.exhibits if one.number not in known)

    @property
    def withdrawn_exhibits(self) -> tuple[Exhibit, ...]:
        """Those that the last hand-over held, and that were withdrawn since."""
        known, numbers = self.since.exhibits if self.since else (), self.case.exhibit_numbers
        return tuple(
            one for one in self.case.exhibits if one.withdrawn_on and numbers.get(one.id) in known
        )

    def exhibits_for(self, reader: Reader) -> list[NumberedExhibit]:
        """Return the exhibits that a reader may see."""
        return [one for one in self.exhibits if reader.may_see(one.exhibit.visible)]

    def exhibit(self, id: str | None) -> NumberedExhibit | None:
        """Return the exhibit that bears an id."""
        return next((one for one in self.exhibits if one.exhibit.id == id), None)

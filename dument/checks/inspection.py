"""What a check looks at, and what it may find."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from dument.case import Case, Court
from dument.law import Law, Mention
from dument.ledger import Statement
from dument.letters import Letter
from dument.rules.competent_court import competent_court
from dument.schema import FieldPath, Places


@dataclass(frozen=True, slots=True)
class Inspection:
    """A whole dossier before anything is printed: case, law, décompte of the day, letters.

    `annexes` are the décompte and the exhibit list of the day; rules name them as letter kinds.
    """

    case: Case
    places: Places
    law: Law
    statement: Statement
    letters: tuple[Letter, ...]
    annexes: tuple[Letter, ...] = ()

    @property
    def documents(self) -> tuple[Letter, ...]:
        """Everything that is written: letters, then annexes."""
        return self.letters + self.annexes

    @property
    def as_of(self) -> date:
        """The day of the run."""
        return self.statement.as_of

    def day_of(self, letter: Letter | None) -> date:
        """The day on which a letter's circumstances count: it cannot leave before the run."""
        if letter is None:
            return self.as_of
        return letter.on if letter.request.is_sent else max(letter.on, self.as_of)

    def court_of(self, letter: Letter | None) -> Court | None:
        """The court the case names, else the one its letter computes."""
        on = letter.on if letter else self.as_of
        return self.case.court or competent_court(self.case, self.law, on).court


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a rule is not met.

    `detail` completes the rule's message; `path` names the part of the case, in fields and
    indexes, when the fault stands in the data rather than in the letter.
    """

    detail: str | None = None
    path: FieldPath | None = None


class CheckType(Protocol):
    """What a module of this folder offers.

    `TYPE` is the word of `type:` in `legal/mentions/`; a letter type is asked once for each
    letter whose kind the rule names, a case type once for the dossier (letter is None).
    """

    TYPE: str
    BEARS_ON_LETTERS: bool

    def find(
        self, mention: Mention, inspection: Inspection, letter: Letter | None
    ) -> Iterator[Finding]:
        """Yield every fault."""

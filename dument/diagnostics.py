"""What the tool has to say to its user: where, how grave, what, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How grave a diagnostic is; the values are the words the user reads."""

    ERROR = "erreur"
    WARNING = "avertissement"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a text file. Lines and columns start at 1, as editors count them."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about the user's files.

    `id` is `domaine/slug` for the engine's own findings (`schema/cle-inconnue`) and the id of the
    rule for legal checks (`MED-001`); ids are never reused and each has its page in the manual.
    `waived_because` holds the user's written reason when the finding was set aside; `subject`
    names the document that a check read, None when it read the case.
    """

    id: str
    level: Level
    message: str
    position: Position | None = None
    hint: str | None = None
    waived_because: str | None = None
    subject: str | None = None

    def fails(self, *, strict: bool = False) -> bool:
        """Whether this finding alone makes a run fail; `strict` makes a warning fail too."""
        failing = {Level.ERROR, Level.WARNING} if strict else {Level.ERROR}
        return self.level in failing and self.waived_because is None


def error(
    id: str, message: str, position: Position | None = None, hint: str | None = None
) -> Diagnostic:
    """Return a diagnostic of level `erreur`."""
    return Diagnostic(id, Level.ERROR, message, position, hint)


def warning(
    id: str, message: str, position: Position | None = None, hint: str | None = None
) -> Diagnostic:
    """Return a diagnostic of level `avertissement`."""
    return Diagnostic(id, Level.WARNING, message, position, hint)


def info(
    id: str, message: str, position: Position | None = None, hint: str | None = None
) -> Diagnostic:
    """Return a diagnostic of level `info`."""
    return Diagnostic(id, Level.INFO, message, position, hint)


def has_errors(diagnostics: Iterable[Diagnostic], *, strict: bool = False) -> bool:
    """Tell whether a run with these findings fails; `strict` makes warnings fail too."""
    return any(found.fails(strict=strict) for found in diagnostics)


def in_reading_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sort by file, line and column, once each; findings without a place come last."""
    unplaced = Position("\U0010ffff")
    unique = dict.fromkeys(diagnostics)
    return sorted(unique, key=lambda found: (found.position or unplaced, found.id, found.message))

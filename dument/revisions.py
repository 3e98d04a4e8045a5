"""What a new version of a letter changes for its readers: its sentences, case by case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from dument.case import Case
from dument.diagnostics import Diagnostic, Position
from dument.law import Law
from dument.ledger import draw_up
from dument.letters import Letter, Writer

# Typography ties « art. 5 » and « M. Roux » by a no-break space: a plain one ends a sentence.
_END = re.compile(r"(?<=[.!?…])(?<!\b[A-Z]\.) +(?=[A-ZÀ-ÝŒ«⟦\d])")


@dataclass(frozen=True, slots=True)
class Change:
    """Sentences of the older version that the newer one replaces; either may be empty."""

    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """One letter of one case, under both versions."""

    case_name: str
    number: int
    on: date
    changes: tuple[Change, ...]


def revise(
    writer: Writer, law: Law, case_name: str, case: Case, kind: str, versions: tuple[int, int]
) -> tuple[list[Revision], list[Diagnostic]]:
    """Write each letter of a kind under two versions; return what changes in each.

    The letter, its e-mail and its SMS are compared. A letter that one version cannot write is
    left out, and the diagnostics say why.
    """
    found: list[Revision] = []
    diagnostics: list[Diagnostic] = []
    for number, request in enumerate(case.letters, 1):
        if request.kind != kind:
            continue
        pair = []
        for version in versions:
            letter, faults = _written(writer, law, case, number, version, Position(case_name))
            diagnostics += faults if letter is None else ()
            pair += [letter] if letter else []
        if len(pair) == len(versions):
            changes = tuple(changed_sentences(*map(_words, pair)))
            found.append(Revision(case_name, number, request.on, changes))
    return found, diagnostics


def _written(
    writer: Writer, law: Law, case: Case, number: int, version: int, position: Position
) -> tuple[Letter | None, list[Diagnostic]]:
    """Write one letter of a case with its version pinned."""
    pinned = [
        one.model_copy(update={"version": version}) if rank == number else one
        for rank, one in enumerate(case.letters, 1)
    ]
    case = case.model_copy(update={"letters": tuple(pinned)})
    day = writer.day_of(case, case.letters[number - 1])
    statement, found = draw_up(case, law, day, position)
    if statement is None:
        return None, found
    return writer.write(case, law, statement, number, position)


def _words(letter: Letter) -> str:
    return "\n".join(part for part in (letter.text, letter.email, letter.sms) if part)


def sentences(text: str) -> list[str]:
    """Cut a text into sentences; the end of a line ends one too.

    >>> sentences("Merci de payer. Si vous contestez, dites-le.\\nTotal : 12,00 €")
    ['Merci de payer.', 'Si vous contestez, dites-le.', 'Total : 12,00 €']
    """
    cut = (one.strip() for line in text.splitlines() for one in _END.split(line))
    return [one for one in cut if one]


def changed_sentences(before: str, after: str) -> Iterator[Change]:
    """Yield each run of sentences that is not the same in two texts."""
    old, new = sentences(before), sentences(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            yield Change(tuple(old[start:end]), tuple(new[new_start:new_end]))


def revision_records(found: Iterable[Revision]) -> list[dict[str, Any]]:
    """Return the revisions as data."""
    return [
        {
            "dossier": one.case_name,
            "lettre": one.number,
            "le": one.on.isoformat(),
            "changements": [
                {"avant": list(change.before), "apres": list(change.after)}
                for change in one.changes
            ],
        }
        for one in found
    ]


def revision_lines(found: Iterable[Revision]) -> Iterator[str]:
    """Yield the revisions as lines: `-` what goes, `+` what comes."""
    for one in found:
        yield f"{one.case_name}, lettre {one.number} du {one.on:%d/%m/%Y}"
        if not one.changes:
            yield "  aucune phrase ne change"
        for change in one.changes:
            yield from (f"  - {sentence}" for sentence in change.before)
            yield from (f"  + {sentence}" for sentence in change.after)

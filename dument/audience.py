"""What each reader of a hand-over may see: the one place where a dossier is filtered.

All that is handed over is made from the dossier returned here; what it does not hold cannot leak.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from dument.case import (
    Case,
    EventKind,
    Exhibit,
    JournalEntry,
    LetterRequest,
    Professional,
    Reader,
    Record,
    Visibility,
)
from dument.diagnostics import Diagnostic, Position
from dument.dossier import Dossier
from dument.letters import AGENT, COURT, Letter, openness
from dument.schema import Places

# The acts on which the deadlines rest: who sees those sees these, by their day and their name.
_COUNTED = {
    EventKind.ACKNOWLEDGEMENT, EventKind.FILING, EventKind.ORDER, EventKind.SERVICE,
    EventKind.OPPOSITION, EventKind.SUMMONS, EventKind.CONSERVATORY, EventKind.ENFORCEMENT,
    EventKind.MEDIATION, EventKind.SMALL_CLAIM,
}  # fmt: skip
_PROOFS = ("exhibit", "delivery_exhibit")
_KEPT_BACK = "retenue"
Kind = TypeVar("Kind", bound=Record)
Ranks = Mapping[str, Sequence[int]]


def dossier_for(reader: Reader, dossier: Dossier) -> Dossier:
    """Return the part of an owner's dossier that a reader may see.

    Sums and numbers of exhibits are those of the whole dossier. The annexes are the owner's: they
    are to be written again from the case returned.
    """
    letters = tuple(one for one in dossier.letters if _is_shown(one, dossier, reader))
    case, kept = _case_for(reader, dossier, letters)
    shown = {one.id: one for one in case.exhibits}
    exhibits = tuple(
        replace(one, exhibit=shown[one.exhibit.id])
        for one in dossier.exhibits
        if one.exhibit.id in shown
    )
    sees_checks = reader.sees_checks
    return replace(
        dossier,
        name=case.reference,
        case=case,
        places=_places(dossier.places, kept),
        limitations=dossier.limitations if reader.sees_deadlines else (),
        letters=letters,
        exhibits=exhibits,
        applied=dossier.applied if sees_checks else (),
        diagnostics=tuple(_findings(dossier, kept)) if sees_checks else (),
        reader=reader,
    )


def _is_shown(letter: Letter, dossier: Dossier, reader: Reader) -> bool:
    """Whether a reader may see a letter; a request is unknown to the debtor until it is served."""
    if letter.version.is_internal or (letter.is_draft and not reader.sees_drafts):
        return False
    if reader is Reader.OPPONENT and letter.version.recipient == COURT:
        return _is_served(dossier)
    return reader.may_see(openness(letter.version.recipient))


def _is_served(dossier: Dossier) -> bool:
    return dossier.order is not None and dossier.order.served_on is not None


def _case_for(reader: Reader, dossier: Dossier, letters: Sequence[Letter]) -> tuple[Case, Ranks]:
    """Return the case that a reader may see, and the ranks of what is kept of its lists.

    A letter that is kept back leaves its rank empty: the others keep their numbers.
    """
    case, numbered = dossier.case, {one.number for one in letters}
    exhibits = [rank for rank, one in enumerate(case.exhibits) if reader.may_see(one.visible)]
    entries = {rank: _entry(one, reader) for rank, one in enumerate(case.journal)}
    told = {rank: one for rank, one in entries.items() if one is not None}
    shown = [_opened(case.exhibits[rank]) for rank in exhibits]
    changes: dict[str, Any] = {
        "journal": tuple(told.values()),
        "exhibits": tuple(shown),
        "letters": tuple(
            one if number in numbered else LetterRequest(kind=_KEPT_BACK, on=one.on)
            for number, one in enumerate(case.letters, 1)
        ),
    }
    if not reader.sees_checks:
        changes["waivers"] = ()
    if not reader.may_see(Visibility.BAILIFF):
        changes |= {"bailiff": None, "power": None, "lawyer": _counsel(case, letters)}
        if not any(one.version.sender == AGENT for one in letters):
            changes["agent"] = None  # else his own letter names him
    if reader is Reader.OPPONENT and not _is_served(dossier):
        changes["order"] = None
    filtered = case.model_copy(update=changes)
    numbers = {one.id: case.exhibit_numbers.get(one.id) for one in shown}
    filtered = _without_proofs(filtered, {one.id for one in shown})
    known = {id: number for id, number in numbers.items() if number is not None}
    return filtered.having_communicated(known), {"journal": [*told], "exhibits": exhibits}


def _counsel(case: Case, letters: Sequence[Letter]) -> Professional | None:
    """Return the creditor's lawyer, known once an act before the court is, without contacts."""
    if case.lawyer is None or not any(one.version.recipient == COURT for one in letters):
        return None
    return case.lawyer.model_copy(update={"email": None, "phone": None})


def _opened(exhibit: Exhibit) -> Exhibit:
    """Return an exhibit open to all: in what is made for one reader nothing is closed to him."""
    return exhibit.model_copy(update={"visible": Visibility.COMMUNICATED})


def _entry(entry: JournalEntry, reader: Reader) -> JournalEntry | None:
    """Return what a reader may see of an event: all but the note, its day and kind, or nothing."""
    if reader.may_see(entry.visible) and not entry.is_but_a_note:
        open_to_all = {"note": None, "visible": Visibility.COMMUNICATED}
        return entry.model_copy(update=open_to_all)
    if reader.sees_deadlines and entry.kind in _COUNTED:
        return JournalEntry(on=entry.on, ended_on=entry.ended_on, kind=entry.kind)
    return None


def _without_proofs(record: Kind, known: set[str]) -> Kind:
    """Return a record that names no exhibit beside those known, however deep."""
    changes: dict[str, Any] = {}
    for name in type(record).model_fields:
        value = getattr(record, name)
        if name in _PROOFS and isinstance(value, str) and value not in known:
            changes[name] = None
        elif isinstance(value, Record):
            changes[name] = _without_proofs(value, known)
        elif isinstance(value, tuple) and any(isinstance(one, Record) for one in value):
            changes[name] = tuple(_without_proofs(one, known) for one in value)
    return record.model_copy(update=changes)


def _places(places: Places, kept: Ranks) -> Places:
    """Return where things were written, by file name alone, under the ranks they now have."""
    known = {}
    for path, position in places.known.items():
        field, *rest = path
        if field in kept and rest:
            if rest[0] not in kept[str(field)]:
                continue
            rest[0] = list(kept[str(field)]).index(int(rest[0]))
        known[(field, *rest)] = _named(position)
    return Places(_named(places.root), known)


def _named(position: Position) -> Position:
    return replace(position, file=Path(position.file).name)


def _findings(dossier: Dossier, kept: Ranks) -> list[Diagnostic]:
    """Return the findings, save those on what is kept back."""
    hidden = {
        position
        for path, position in dossier.places.known.items()
        if len(path) > 1 and path[0] in kept and path[1] not in kept[str(path[0])]
    }
    return [
        replace(one, position=_named(one.position) if one.position else None)
        for one in dossier.diagnostics
        if one.position not in hidden
    ]

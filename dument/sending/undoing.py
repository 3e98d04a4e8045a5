"""Undoing a sending: an explicit act, told in the journal; what was sealed is kept, put aside."""

from __future__ import annotations

from datetime import date
from itertools import count
from pathlib import Path

from dument.case import EventKind
from dument.diagnostics import Diagnostic, error
from dument.digests import sha256
from dument.kit import CASE_FILE
from dument.letters import letter_stem
from dument.lock import LOCK_FILE
from dument.seal import ENVOIS, LETTERS, UNDONE, UNDONE_FOLDER, Act
from dument.sending.acting import Outcome, Subject, act_on, done, edited
from dument.sending.finding import find_letter
from dument.source import Add, Drop
from dument.workshop import Workshop


def undo_sending(
    workshop: Workshop, folder: Path, wanted: str, reason: str, as_of: date
) -> tuple[Outcome | None, list[Diagnostic]]:
    """Undo the sealing of a letter, on a day and for a reason that the journal keeps.

    Its folder goes to `envois/annules/`, never away. Diagnostics: those of `act_on`,
    `find_letter`, `edited` and `done`, and envoi/non-scellee, envoi/presentee.
    """

    def work(subject: Subject) -> tuple[Outcome | None, list[Diagnostic]]:
        sealed = list(subject.lock.section(LETTERS))
        number, found = find_letter(subject.case, subject.places, wanted, sealed)
        if not number:
            return None, found
        fault = _refusal(subject, number)
        return (None, [fault]) if fault else _undone(subject, number, reason, as_of)

    return act_on(workshop, folder, folder / CASE_FILE, work)


def _refusal(subject: Subject, number: int) -> Diagnostic | None:
    request = subject.case.letters[number - 1]
    position = subject.places.at("letters", number - 1)
    stem = letter_stem(number, request)
    if stem not in subject.lock.section(LETTERS):
        message = f"la lettre « {stem} » n’est pas scellée : il n’y a rien à annuler"
        return error("envoi/non-scellee", message, position, "« dument send » la scelle")
    if request.sending and request.sending.presented_on:
        message = f"la lettre « {stem} » a été présentée : son envoi ne s’annule pas"
        hint = "si c’est une erreur de saisie, retirez d’abord « presentee_le »"
        return error("envoi/presentee", message, position, hint)
    return None


def _undone(
    subject: Subject, number: int, reason: str, as_of: date
) -> tuple[Outcome | None, list[Diagnostic]]:
    stem = letter_stem(number, subject.case.letters[number - 1])
    aside = _free_folder(subject.folder, stem)
    told = {"le": as_of.isoformat(), "type": EventKind.UNSENDING.value}
    entry = Add("journal", {**told, "lettre": stem, "note": reason})
    dropped = Drop(("lettres", number - 1, "envoi", "envoyee_le"))
    text, found = edited(subject, number, [dropped, entry])
    if text is None:
        return None, found
    record = subject.lock.section(LETTERS)[stem]
    record = {**record, "annulee_le": as_of.isoformat(), "motif": reason}
    lock = subject.lock.lacking(LETTERS, stem).having(UNDONE, aside.name, record)
    files = {CASE_FILE: text, LOCK_FILE: lock.as_bytes()}
    moved = (f"{ENVOIS}/{stem}", f"{ENVOIS}/{UNDONE_FOLDER}/{aside.name}")
    faults = done(subject, Act(f"annulation de {stem}", sha256(subject.raw), files, [moved]))
    return (None if faults else Outcome(stem, aside)), faults


def _free_folder(folder: Path, stem: str) -> Path:
    home = folder / ENVOIS / UNDONE_FOLDER
    names = (stem if rank == 1 else f"{stem}-{rank}" for rank in count(1))
    return next(home / name for name in names if not (home / name).exists())

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
from dument.sending.acting import OpenCase, Outcome, act_on, done, edited
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

    def work(opened: OpenCase) -> tuple[Outcome | None, list[Diagnostic]]:
        sealed = list(opened.lock.section(LETTERS))
        number, found = find_letter(opened.case, opened.places, wanted, sealed)
        if not number:
            return None, found
        fault = _refusal(opened, number)
        return (None, [fault]) if fault else _undone(opened, number, reason, as_of)

    return act_on(workshop, folder, folder / CASE_FILE, work)


def _refusal(opened: OpenCase, number: int) -> Diagnostic | None:
    request = opened.case.letters[number - 1]
    position = opened.places.at("letters", number - 1)
    stem = letter_stem(number, request)
    if stem not in opened.lock.section(LETTERS):
        message = f"la lettre « {stem} » n’est pas scellée : il n’y a rien à annuler"
        return error("envoi/non-scellee", message, position, "« dument send » la scelle")
    if request.sending and request.sending.presented_on:
        message = f"la lettre « {stem} » a été présentée : son envoi ne s’annule pas"
        hint = "si c’est une erreur de saisie, retirez d’abord « presentee_le »"
        return error("envoi/presentee", message, position, hint)
    return None


def _undone(
    opened: OpenCase, number: int, reason: str, as_of: date
) -> tuple[Outcome | None, list[Diagnostic]]:
    stem = letter_stem(number, opened.case.letters[number - 1])
    aside = _free_folder(opened.folder, stem)
    told = {"le": as_of.isoformat(), "type": EventKind.UNSENDING.value}
    entry = Add("journal", {**told, "lettre": stem, "note": reason})
    dropped = Drop(("lettres", number - 1, "envoi", "envoyee_le"))
    text, found = edited(opened, number, [dropped, entry])
    if text is None:
        return None, found
    record = opened.lock.section(LETTERS)[stem]
    record = {**record, "annulee_le": as_of.isoformat(), "motif": reason}
    lock = opened.lock.lacking(LETTERS, stem).having(UNDONE, aside.name, record)
    files = {CASE_FILE: text, LOCK_FILE: lock.as_bytes()}
    moved = (f"{ENVOIS}/{stem}", f"{ENVOIS}/{UNDONE_FOLDER}/{aside.name}")
    faults = done(opened, Act(f"annulation de {stem}", sha256(opened.raw), files, [moved]))
    return (None if faults else Outcome(stem, aside)), faults


def _free_folder(folder: Path, stem: str) -> Path:
    home = folder / ENVOIS / UNDONE_FOLDER
    names = (stem if rank == 1 else f"{stem}-{rank}" for rank in count(1))
    return next(home / name for name in names if not (home / name).exists())

"""What every act on a dossier does around its own work: hold it, complete a former act, say so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dument.case import Case
from dument.diagnostics import Diagnostic, error, info, warning
from dument.lock import Lock, read_lock
from dument.pipeline import read_dossier
from dument.schema import Places
from dument.seal import Act, Busy, carry_out, hold, is_pending, settle
from dument.source import Change, Uneditable, edit_yaml
from dument.workshop import Workshop

Check = Callable[[], None]


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A dossier as an act finds it: its file, its case, its lock."""

    folder: Path
    raw: bytes
    case: Case
    places: Places
    lock: Lock
    still_held: Check


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act did: the letter, or the dossier handed over, and what it made."""

    stem: str
    folder: Path


Work = Callable[[OpenCase], tuple[Outcome | None, list[Diagnostic]]]


def act_on(
    workshop: Workshop, folder: Path, file: Path, work: Work
) -> tuple[Outcome | None, list[Diagnostic]]:
    """Hold a dossier, complete what was interrupted, read it, and do some work on it.

    `file` is its case file. Diagnostics: envoi/occupe, envoi/repris, envoi/abandonne, and the
    work's own.
    """
    try:
        with hold(folder) as still_held:
            found = _completed(folder)
            raw = file.read_bytes()
            case, places, more = read_dossier(workshop, folder)
            found += more
            if case is None:
                return None, found
            lock, more = read_lock(folder, places.root)
            if more:
                return None, [*found, *more]
            outcome, more = work(OpenCase(folder, raw, case, places, lock, still_held))
            return outcome, [*found, *more]
    except Busy as busy:
        return None, [_busy(busy)]


def settled(folder: Path) -> list[Diagnostic]:
    """Complete an act that was interrupted, before anything is made of the dossier.

    Nothing is done while another process is at it. Diagnostics: those of `act_on`.
    """
    if not is_pending(folder):
        return []
    try:
        with hold(folder):
            return _completed(folder)
    except Busy as busy:
        return [_busy(busy)]


def _completed(folder: Path) -> list[Diagnostic]:
    done = settle(folder)
    if done is None:
        return []
    name, is_done = done
    if is_done:
        message = f"l’acte interrompu a été mené à son terme : {name}"
        return [info("envoi/repris", message)]
    message = f"l’acte interrompu n’a pas eu lieu : {name}"
    hint = "dossier.yaml a changé entre-temps ; recommencez la commande"
    return [warning("envoi/abandonne", message, hint=hint)]


def _busy(busy: Busy) -> Diagnostic:
    owner = f"le processus {busy.owner.get('processus', '?')}"
    machine = busy.owner.get("machine", "?")
    message = f"un autre envoi est en cours sur ce dossier ({owner}, machine {machine})"
    hint = f"attendez qu’il finisse ; s’il n’existe plus, supprimez « {busy.path} »"
    return error("envoi/occupe", message, hint=hint)


def edited(
    opened: OpenCase, number: int, changes: list[Change]
) -> tuple[bytes | None, list[Diagnostic]]:
    """Return the case file with some changes. Diagnostics: envoi/edition."""
    try:
        return edit_yaml(opened.raw, changes), []
    except Uneditable:
        position = opened.places.at("letters", number - 1)
        message = "dossier.yaml est écrit d’une façon que dument ne sait pas compléter sans risque"
        wanted = " ; ".join(one.fragment for one in changes)
        hint = f"écrivez vous-même, puis recommencez : {wanted}"
        return None, [error("envoi/edition", message, position, hint)]


def done(opened: OpenCase, act: Act) -> list[Diagnostic]:
    """Carry an act out, unless the case file changed meanwhile. Diagnostics: envoi/modifie."""
    opened.still_held()
    if carry_out(opened.folder, act):
        return []
    message = "dossier.yaml a changé pendant l’envoi : rien n’a été fait"
    return [error("envoi/modifie", message, opened.places.root, "recommencez la commande")]

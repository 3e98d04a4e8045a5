"""Handing over: written where the user asks, remembered in the lock, as one act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dument.archive import close_with_phrase
from dument.diagnostics import Diagnostic, has_errors
from dument.digests import sha256
from dument.dossier import Dossier
from dument.handover import HandOver, last_hand_over, with_hand_over
from dument.kit import CASE_FILE
from dument.lock import LOCK_FILE, Lock, read_lock
from dument.output import clean_output, write_output
from dument.pipeline import prepare, work_out
from dument.seal import Act, with_numbers
from dument.sending import Outcome, Subject, act_on, done, settled
from dument.sharing.making import Made, Wish, make
from dument.sharing.masking import masked
from dument.workshop import Workshop

ARCHIVE_ENDING = ".zip"


@dataclass(frozen=True, slots=True)
class Share:
    """What is asked: for whom, on which day, where, and whether it is remembered."""

    wish: Wish
    as_of: date
    target: Path
    phrase: str | None = None
    is_recorded: bool = True
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Handed:
    """What was handed over: where it stands, and the SHA-256 of the archive it is."""

    target: Path
    digest: str
    count: int


def hand_over(
    workshop: Workshop, folder: Path, share: Share
) -> tuple[Handed | None, list[Diagnostic]]:
    """Make, write and remember a hand-over; nothing changes when anything is wrong.

    Diagnostics: those of the dossier, of `act_on`, of `make`, and sortie/fichier-etranger.
    """
    if not share.is_recorded:
        return _unrecorded(workshop, folder, share)
    handed: list[Handed] = []

    def work(subject: Subject) -> tuple[Outcome | None, list[Diagnostic]]:
        dossier, found = work_out(workshop, folder, subject.case, subject.places, share.as_of)
        if dossier is None or has_errors(found, strict=share.strict):
            return None, found
        made, more = make(workshop, dossier, share.wish, _since(subject.lock, share))
        found += more
        if made is None or has_errors(found, strict=share.strict):
            return None, found
        told, faults = _written(made, share, lambda digest: _remembered(subject, made, digest))
        if told is not None:
            handed.append(told)
        return (Outcome(made.dossier.name, share.target) if told else None), [*found, *faults]

    outcome, found = act_on(workshop, folder, folder / CASE_FILE, work)
    return (handed[0] if outcome is not None else None), found


def _unrecorded(
    workshop: Workshop, folder: Path, share: Share
) -> tuple[Handed | None, list[Diagnostic]]:
    completed = settled(folder)
    dossier, found = prepare(workshop, folder, share.as_of)
    found = [*completed, *found]
    if dossier is not None and share.wish.is_masked:
        return _masked(workshop, dossier, share)
    if dossier is None or has_errors(found, strict=share.strict):
        return None, found
    lock, _ = read_lock(folder, dossier.places.root)
    made, more = make(workshop, dossier, share.wish, _since(lock, share))
    found += more
    if made is None or has_errors(found, strict=share.strict):
        return None, found
    handed, faults = _written(made, share, lambda _: [])
    return handed, [*found, *faults]


def _masked(
    workshop: Workshop, owners: Dossier, share: Share
) -> tuple[Handed | None, list[Diagnostic]]:
    """Hand over a dossier that tells of nobody, with its faults if it has some: they are shown."""
    with masked(workshop, owners) as (dossier, found):
        if dossier is None:
            return None, found
        made, found = make(workshop, dossier, share.wish, None)
    if made is None:
        return None, found
    handed, faults = _written(made, share, lambda _: [])
    return handed, [*found, *faults]


def _since(lock: Lock, share: Share) -> HandOver | None:
    return last_hand_over(lock, share.wish.reader.value, share.as_of)


def _remembered(subject: Subject, made: Made, digest: str) -> list[Diagnostic]:
    """Write the hand-over in the lock, with the numbers that its reader now knows."""
    dossier = made.dossier
    lock = with_numbers(subject.lock, dossier.case.exhibit_numbers, dossier.as_of)
    lock, name = with_hand_over(lock, dossier.handed(digest))
    files = {CASE_FILE: subject.raw, LOCK_FILE: lock.as_bytes()}
    return done(subject, Act(f"remise {name}", sha256(subject.raw), files))


def _written(
    made: Made, share: Share, remember: Callable[[str], list[Diagnostic]]
) -> tuple[Handed | None, list[Diagnostic]]:
    """Write beside the target, remember, then rename: no record without what it tells of."""
    archive = made.archive
    digest = sha256(archive)
    target = share.target
    if target.suffix.lower() != ARCHIVE_ENDING:
        faults = write_output(target, made.files, made.content)
        if not faults and (faults := remember(digest)):
            clean_output(target)
        return (None if faults else Handed(target, digest, len(made.files))), faults
    if share.phrase:
        archive = close_with_phrase(target.name, archive, share.phrase)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.nouveau")
    try:
        fresh.write_bytes(archive)
        faults = remember(digest)
        if faults:
            return None, faults
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
    return Handed(target, digest, len(made.files)), []

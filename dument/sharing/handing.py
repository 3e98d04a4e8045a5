"""Handing over: written where the user asks, remembered in the lock, as one act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from dument.archive import close_with_phrase, write_zip
from dument.diagnostics import Diagnostic, error, has_errors
from dument.digests import sha256, sha256_of
from dument.dossier import Dossier
from dument.exhibits import digests_of
from dument.handover import HandOver, last_hand_over, with_hand_over
from dument.kit import CASE_FILE
from dument.lock import LOCK_FILE, Lock, read_lock
from dument.output import MANIFEST, clean_output, foreign_files, write_output
from dument.pipeline import prepare, work_out
from dument.seal import Act, with_numbers
from dument.sending import OpenCase, Outcome, act_on, done, settled
from dument.sharing.making import Made, Wish, make
from dument.sharing.masking import masked
from dument.workshop import Workshop

ARCHIVE_ENDING = ".zip"
Remember = Callable[[str], list[Diagnostic]]


@dataclass(frozen=True, slots=True)
class Share:
    """What is asked: for whom, on which day, where, and whether it is remembered."""

    wish: Wish
    as_of: date
    target: Path
    phrase: str | None = None
    is_recorded: bool = True
    strict: bool = False

    @property
    def is_archive(self) -> bool:
        """Whether one file is asked for, rather than a folder."""
        return self.target.suffix.lower() == ARCHIVE_ENDING


@dataclass(frozen=True, slots=True)
class Handed:
    """What was handed over: where it stands, and what its SHA-256 is that of.

    `digest` is that of the archive before a phrase closes it; of the manifest in a folder.
    """

    target: Path
    digest: str
    count: int


def hand_over(
    workshop: Workshop, folder: Path, share: Share
) -> tuple[Handed | None, list[Diagnostic]]:
    """Make, write and remember a hand-over; nothing changes when anything is wrong.

    Diagnostics: those of the dossier, of `act_on`, of `make`, sortie/fichier-etranger and
    remise/existe-deja.
    """
    if not share.is_recorded:
        return _unrecorded(workshop, folder, share)
    handed: list[Handed] = []

    def work(opened: OpenCase) -> tuple[Outcome | None, list[Diagnostic]]:
        dossier, found = work_out(workshop, folder, opened.case, opened.places, share.as_of)
        if dossier is None or has_errors(found, strict=share.strict):
            return None, found
        made, more = make(workshop, dossier, share.wish, _since(opened.lock, share))
        found += more
        if made is None or has_errors(found, strict=share.strict):
            return None, found
        told, faults = _written(made, share, lambda digest: _remembered(opened, made, digest))
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


def _remembered(opened: OpenCase, made: Made, digest: str) -> list[Diagnostic]:
    """Write the hand-over in the lock, with the numbers that its reader now knows."""
    dossier = made.dossier
    numbers, digests = dossier.case.exhibit_numbers, digests_of(dossier.exhibits)
    lock = with_numbers(opened.lock, numbers, digests, dossier.as_of)
    lock, name = with_hand_over(lock, dossier.handed(digest))
    files = {CASE_FILE: opened.raw, LOCK_FILE: lock.as_bytes()}
    return done(opened, Act(f"remise {name}", sha256(opened.raw), files))


def _written(
    made: Made, share: Share, remember: Remember
) -> tuple[Handed | None, list[Diagnostic]]:
    """Write beside the target, remember, then rename: no record without what it tells of."""
    write = _write_archive if share.is_archive else _write_folder
    digest, faults = write(made, share, remember)
    return (None if faults else Handed(share.target, digest, len(made.files))), faults


def _write_folder(made: Made, share: Share, remember: Remember) -> tuple[str, list[Diagnostic]]:
    """Write a folder; a site goes to a folder of its own, for the reader has all that is there."""
    target, digest = share.target, sha256(made.manifest)
    is_given_whole = share.wish.profile is None and target.is_dir()
    others = foreign_files(target) if is_given_whole else []
    if others:
        message = f"« {target} » contient ce qui n’est pas de cette remise : « {others[0]} »"
        hint = "donnez un dossier neuf avec -o : le lecteur recevrait tout ce qui s’y trouve"
        return digest, [error("remise/existe-deja", message, hint=hint)]
    is_there = (target / MANIFEST).exists()
    if is_there and sha256_of(target / MANIFEST) != digest:
        return digest, [_kept(target)]
    faults = write_output(target, made.files, made.content)
    if faults:
        return digest, faults
    is_told = False
    try:
        faults = remember(digest)
        is_told = not faults
    finally:
        if not is_told and not is_there:
            clean_output(target)
    return digest, faults


def _write_archive(made: Made, share: Share, remember: Remember) -> tuple[str, list[Diagnostic]]:
    """Write an archive; what stands there already is left, unless it is the same.

    What a phrase closes never stands in clear where the user asks for it, not for a moment.
    """
    target = share.target
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.nouveau")
    with TemporaryDirectory() as elsewhere:
        plain = Path(elsewhere) / target.name if share.phrase else fresh
        try:
            write_zip(plain, made.everything)
            digest = sha256_of(plain)
            if share.phrase:
                close_with_phrase(fresh, target.name, plain, share.phrase)
            faults = _stands_there(target, fresh) or remember(digest)
            if not faults:
                fresh.replace(target)
        finally:
            fresh.unlink(missing_ok=True)
    return digest, faults


def _stands_there(target: Path, fresh: Path) -> list[Diagnostic]:
    if not target.exists() or (target.is_file() and sha256_of(target) == sha256_of(fresh)):
        return []
    return [_kept(target)]


def _kept(target: Path) -> Diagnostic:
    message = f"« {target} » existe déjà et contient autre chose"
    hint = "donnez un autre nom avec -o : une remise passée se garde"
    return error("remise/existe-deja", message, hint=hint)

"""Sending a letter: the first seven steps without the word PROJET, then its seal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from dument.case import Case, Channel, EventKind, LetterRequest, Sending
from dument.diagnostics import Diagnostic, Position, error, has_errors
from dument.digests import sha256
from dument.dossier import Dossier
from dument.french import long_date
from dument.kit import CASE_FILE
from dument.letters import Letter, Version, letter_stem, open_references
from dument.lock import LOCK_FILE
from dument.pdf import Printed
from dument.pipeline import work_out
from dument.printing import placed, print_letter, read_letter_images
from dument.records import computed_case_json
from dument.seal import (
    ENVOIS,
    LETTERS,
    Act,
    cites_exhibits,
    kit_marks,
    lock_record,
    seal_files,
    with_numbers,
)
from dument.sending.acting import OpenCase, Outcome, act_on, done, edited
from dument.sending.finding import find_letter
from dument.sending.proving import Proof, data_marks, prove
from dument.source import Add, Change, Put
from dument.workshop import Workshop

_ATTRIBUTES = ".gitattributes"
_AS_THEY_ARE = b"# git ne change aucun octet d'un envoi\n* -text\n"


@dataclass(frozen=True, slots=True)
class Departure:
    """How a letter leaves; a channel that is not said is the one the case gives."""

    on: date
    channel: Channel | None = None
    number: str | None = None
    provider: str | None = None
    proof: Path | None = None


@dataclass(frozen=True, slots=True)
class _Leaving:
    """A letter ready to be sealed: as written, as printed, with the computed case of its day."""

    letter: Letter
    printed: Printed
    computed: bytes


def send_letter(
    workshop: Workshop,
    folder: Path,
    wanted: str,
    departure: Departure,
    as_of: date,
    *,
    strict: bool = False,
) -> tuple[Outcome | None, list[Diagnostic]]:
    """Seal a letter as it leaves; nothing changes when anything is wrong.

    `wanted` is its number, its stem, or its kind. Diagnostics: those of the dossier, those of
    `act_on`, `find_letter`, `edited`, `done` and `prove`, and envoi/deja-scellee, envoi/canal,
    envoi/date. Raises OSError: see `seal.acts` for what an interruption leaves.
    """

    def work(opened: OpenCase) -> tuple[Outcome | None, list[Diagnostic]]:
        number, found = _unsealed_letter(opened, wanted)
        if not number:
            return None, found
        request = opened.case.letters[number - 1]
        position = opened.places.at("letters", number - 1)
        version = workshop.writer.kinds.choose(request)
        found = list(_refusals(request, version, departure, as_of, position))
        if found:
            return None, found
        case = _with_sending(opened.case, number, departure)
        leaving, found = _leaving(workshop, opened, case, number, as_of, strict)
        if leaving is None:
            return None, found
        outcome, more = _sealed(workshop, opened, leaving, departure)
        return outcome, [*found, *more]

    return act_on(workshop, folder, folder / CASE_FILE, work)


def _unsealed_letter(opened: OpenCase, wanted: str) -> tuple[int, list[Diagnostic]]:
    sealed = opened.lock.section(LETTERS)
    letters = dict(enumerate(opened.case.letters, 1))
    free = {letter_stem(number, one): one for number, one in letters.items()}
    free = {stem: one for stem, one in free.items() if stem not in sealed}
    drafts = [stem for stem, one in free.items() if not one.is_sent]
    number, found = find_letter(opened.case, opened.places, wanted, list(free), drafts)
    if not number or letter_stem(number, letters[number]) not in sealed:
        return number, found
    stem = letter_stem(number, letters[number])
    message = f"la lettre « {stem} » est déjà scellée"
    hint = f'elle est dans {ENVOIS}/{stem} ; « --annuler --motif "…" » défait son envoi'
    return 0, [error("envoi/deja-scellee", message, opened.places.at("letters", number - 1), hint)]


def _refusals(
    request: LetterRequest,
    version: Version | None,
    departure: Departure,
    as_of: date,
    position: Position,
) -> Iterator[Diagnostic]:
    """Say why a letter cannot leave that way (envoi/canal) or on that day (envoi/date)."""
    said = request.sending
    channel = departure.channel or (said.channel if said else None)
    if channel is None:
        hint = f"ajoutez --canal : {', '.join(version.channels if version else Channel)}"
        yield error("envoi/canal", "on ne sait pas par quel canal part la lettre", position, hint)
    elif version and version.channels and channel.value not in version.channels:
        message = f"la lettre « {version.title} » ne part pas par « {channel.value} »"
        hint = f"canaux prévus : {', '.join(version.channels)}"
        yield error("envoi/canal", message, position, hint)
    if departure.on > as_of:
        message = (
            f"le {long_date(departure.on)} est à venir : une lettre se scelle quand elle part"
        )
        yield error(
            "envoi/date", message, position, "écrivez le jour du départ, au plus tard --date"
        )
    elif departure.on < request.on:
        message = f"la lettre, datée du {long_date(request.on)}, ne peut partir avant"
        yield error("envoi/date", message, position, "corrigez --le, ou la date de la lettre")
    written = said.sent_on if said else None
    if written and written != departure.on:
        message = f"le dossier dit la lettre partie le {long_date(written)}"
        yield error("envoi/date", message, position, "corrigez --le, ou « envoyee_le »")


def _with_sending(case: Case, number: int, departure: Departure) -> Case:
    """Return the case with the letter as it leaves; its proof, which comes after, is not there."""
    request = case.letters[number - 1]
    known = dict(request.sending) if request.sending else {}
    said = {
        "channel": departure.channel,
        "number": departure.number,
        "qualified_provider": departure.provider,
    }
    told = {**known, **{key: one for key, one in said.items() if one is not None}}
    sending = Sending.model_validate({**told, "sent_on": departure.on})
    letters = list(case.letters)
    letters[number - 1] = request.model_copy(update={"sending": sending})
    return case.model_copy(update={"letters": tuple(letters)})


def _leaving(
    workshop: Workshop, opened: OpenCase, case: Case, number: int, as_of: date, strict: bool
) -> tuple[_Leaving | None, list[Diagnostic]]:
    """Run steps 3 to 7 for the letter, on the day of the command, then on the letter's own."""
    folder, places = opened.folder, opened.places
    dossier, found = work_out(workshop, folder, case, places, as_of)
    if dossier is None or has_errors(found, strict=strict):
        return None, found
    letter = dossier.letters[number - 1]
    day, more = work_out(workshop, folder, case, places, letter.on)
    if day is None:
        return None, more
    images, _ = read_letter_images(case, places, folder)
    printed = print_letter(workshop, letter, images)
    found += placed(printed.diagnostics, dossier)
    if has_errors(found, strict=strict):
        return None, found
    return _Leaving(letter, printed, computed_case_json(_nowhere(day))), found


def _nowhere(dossier: Dossier) -> Dossier:
    """Name the files of a dossier's findings alone: where it stands on a disk tells nothing."""
    found = (
        replace(one, position=replace(one.position, file=Path(one.position.file).name))
        if one.position
        else one
        for one in dossier.diagnostics
    )
    return replace(dossier, diagnostics=tuple(found))


def _sealed(
    workshop: Workshop, opened: OpenCase, leaving: _Leaving, departure: Departure
) -> tuple[Outcome | None, list[Diagnostic]]:
    """Seal a letter that is ready, as one act."""
    letter = leaving.letter
    proof, found = _proof(opened, letter, departure)
    if proof is None:
        return None, found
    text, more = edited(opened, letter.number, _changes(opened, letter, departure, proof))
    if text is None:
        return None, [*found, *more]
    marks = kit_marks(workshop.kit, workshop.writer.kinds, letter)
    proofs = {name: sha256(content) for name, content in proof.files}
    data = data_marks(opened.folder, opened.case, text) | proofs
    sealed = seal_files(letter, leaving.printed, leaving.computed, data, marks)
    lock = opened.lock.having(LETTERS, letter.stem, lock_record(letter, sealed))
    if cites_exhibits(letter.text):
        numbers = opened.case.exhibit_numbers
        known = {id: numbers[id] for id in open_references(opened.case, letter.version)}
        digests = {one.id: data[one.file] for one in opened.case.exhibits if one.file in data}
        lock = with_numbers(lock, known, digests, letter.on)
    home = f"{ENVOIS}/{letter.stem}"
    files = {CASE_FILE: text, **dict(proof.files)}
    files |= {f"{home}/{name}": content for name, content in sealed.items()}
    if not (opened.folder / ENVOIS / _ATTRIBUTES).exists():
        files[f"{ENVOIS}/{_ATTRIBUTES}"] = _AS_THEY_ARE
    files[LOCK_FILE] = lock.as_bytes()
    act = Act(f"envoi de {letter.stem}", sha256(opened.raw), files)
    faults = done(opened, act)
    outcome = None if faults else Outcome(letter.stem, opened.folder / home)
    return outcome, [*found, *faults]


def _proof(
    opened: OpenCase, letter: Letter, departure: Departure
) -> tuple[Proof | None, list[Diagnostic]]:
    if departure.proof is None:
        return Proof(""), []
    title = f"Preuve d’envoi, {letter.version.title} du {long_date(letter.on)}"
    return prove(opened, departure.proof, letter.stem, title, departure.on)


def _changes(opened: OpenCase, letter: Letter, departure: Departure, proof: Proof) -> list[Change]:
    """Return what the case file gains: the sending, its proof, the journal's entry."""
    sending = letter.request.sending
    told = {
        "canal": sending.channel.value if sending else "",
        "envoyee_le": departure.on.isoformat(),
        "numero": departure.number or "",
        "prestataire": departure.provider or "",
        "preuve": proof.id,
    }
    changes: list[Change] = [
        Put(
            ("lettres", letter.number - 1, "envoi"),
            {key: one for key, one in told.items() if one},
        ),
        *proof.additions,
    ]
    last = opened.case.journal[-1] if opened.case.journal else None
    written = last and (last.kind, last.letter, last.on)
    if written != (EventKind.SENDING, letter.stem, departure.on):
        entry = {"le": departure.on.isoformat(), "type": EventKind.SENDING.value}
        changes.append(Add("journal", {**entry, "lettre": letter.stem}))
    return changes

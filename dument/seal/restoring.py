"""A sealed letter put back in its case: as it was written, never written again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from dument.case import Case, LetterRequest
from dument.diagnostics import Diagnostic, Position, error, info
from dument.ledger import Statement
from dument.letters import Announcement, Kinds, Letter, Sealed, letter_stem
from dument.lock import read_lock
from dument.schema import Places
from dument.seal.making import as_told
from dument.seal.numbers import changed_exhibits
from dument.seal.stored import (
    BODY,
    EMAIL,
    PDF,
    SMS,
    TEXT,
    Seal,
    flaw_diagnostic,
    read_seals,
    stray_diagnostic,
    stray_seals,
)

_ABSENT = "absent"


def find_seals(
    case: Case, places: Places, folder: Path, digests: Mapping[str, str]
) -> tuple[dict[int, Seal], list[Diagnostic]]:
    """Return the intact seals of a case by letter number, and hold the case to what has left.

    `digests` gives the SHA-256 of each exhibit by id. Diagnostics: verrou/illisible,
    verrou/format, sceau/absent, sceau/altere, sceau/donnees, sceau/sans-verrou,
    sceau/non-scellee and those of `changed_exhibits`.
    """
    lock, found = read_lock(folder, places.root)
    found += changed_exhibits(lock, case, digests, places)
    seals, flaws = read_seals(folder, lock)
    found += [flaw_diagnostic(one, _place(one.stem, case, places)) for one in flaws]
    found += [stray_diagnostic(stem, places.root) for stem in stray_seals(folder, lock)]
    for seal in seals.values():
        found += _changes(seal, case, places)
    if seals:
        broken = {one.stem for one in flaws}
        found += _unsealed(case, places, {*seals, *broken})
    return {int(one.letter["rang"]): one for one in seals.values()}, found


def restored_letter(
    seal: Seal, request: LetterRequest, statement: Statement, kinds: Kinds, position: Position
) -> tuple[Letter | None, list[Diagnostic]]:
    """Return a letter as it was sealed. Diagnostics: sceau/modele.

    `statement` is the décompte of its day as the case gives it now.
    """
    told = seal.letter
    wanted = request.model_copy(update={"version": int(told["version"])})
    version = kinds.choose(wanted)
    if version is None:
        name = f"letters/{told['modele']}/v{told['version']}.md"
        message = f"la version scellée du modèle n’existe plus : « {name} »"
        return None, [error("sceau/modele", message, position, "remettez ce fichier")]
    letter = Letter(
        number=int(told["rang"]),
        version=version,
        request=request,
        subject=told["objet"],
        statement=statement,
        body=seal.text(BODY) or "",
        document="",
        text=seal.text(TEXT) or "",
        email=seal.text(EMAIL),
        sms=seal.text(SMS),
        announces=_announced(told["annonce"]),
        missing=(),
        cited=tuple(told["articles"]),
        sealed=Sealed(seal.files[PDF], int(told["pages"]), seal.total),
        court=told.get("juridiction", ""),
    )
    return letter, []


def _announced(told: dict[str, Any] | None) -> Announcement | None:
    if told is None:
        return None
    by = told["avant_le"] and date.fromisoformat(told["avant_le"])
    return Announcement(tuple(told["modeles"]), date.fromisoformat(told["apres_le"]), by)


def _place(stem: str, case: Case, places: Places) -> Position:
    for number, request in enumerate(case.letters, 1):
        if letter_stem(number, request) == stem:
            return places.at("letters", number - 1)
    return places.root


def _changes(seal: Seal, case: Case, places: Places) -> Iterator[Diagnostic]:
    """Say what the case says otherwise than the letter that left (sceau/donnees)."""
    rank = int(seal.letter["rang"])
    position = places.at("letters", rank - 1)
    undo = "pour la corriger, annulez l’envoi ou écrivez une autre lettre à la fin de la liste"
    request = case.letters[rank - 1] if rank <= len(case.letters) else None
    if request is None or letter_stem(rank, request) != seal.stem:
        message = f"la lettre scellée « {seal.stem} » n’est plus la n° {rank} du dossier"
        hint = (
            f"remettez « modele: {seal.letter['modele']} », « le: {seal.letter['le']} » à ce "
            "rang ; une lettre nouvelle s’écrit après celles qui sont scellées"
        )
        yield error("sceau/donnees", message, position, hint)
        return
    differences = list(_differences(seal, request))
    if differences:
        message = f"la lettre scellée « {seal.stem} » a changé : {' ; '.join(differences)}"
        yield error("sceau/donnees", message, position, f"remettez ce qui était ; {undo}")


def _differences(seal: Seal, request: LetterRequest) -> Iterator[str]:
    """Yield what differs; a number, an outcome, another proof may come after the seal."""
    now = as_told(request)
    sent = now.pop("envoi", {})
    pinned = now.pop("version", None)
    before = seal.letter["demande"]
    pairs = [(key, before.get(key), now.get(key)) for key in dict.fromkeys([*before, *now])]
    kept = [(key, one) for key, one in seal.sending.items() if key != "preuve"]
    pairs += [(f"envoi.{key}", one, sent.get(key)) for key, one in kept]
    if pinned is not None:
        pairs.append(("version", seal.letter["version"], pinned))
    for key, was, is_now in pairs:
        if was != is_now:
            yield f"« {key} » {_said(was)} → {_said(is_now)}"


def _said(value: object) -> str:
    return _ABSENT if value in (None, [], "") else str(value)


def _unsealed(case: Case, places: Places, stems: Iterable[str]) -> Iterator[Diagnostic]:
    """Say, once a case has seals, which of its sent letters has none (sceau/non-scellee)."""
    for number, request in enumerate(case.letters, 1):
        stem = letter_stem(number, request)
        if request.is_sent and stem not in stems:
            message = f"la lettre « {stem} » est dite partie, sans être scellée"
            hint = f"« dument send DOSSIER {stem} --le {request.sent_on} » la scelle"
            yield info("sceau/non-scellee", message, places.at("letters", number - 1), hint)

"""Verifying sealed letters: whether each is intact, and what today's kit would make of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from dument.case import Case, Sending
from dument.diagnostics import Diagnostic, Position
from dument.dossier import Dossier
from dument.kit import CASE_FILE
from dument.letters import Letter
from dument.lock import read_lock
from dument.pipeline import prepare, write_letter
from dument.printing import print_letter, read_letter_images
from dument.seal import COMPUTED, LETTERS, PDF, Flaw, Seal, kit_marks, read_seals
from dument.sending import data_marks
from dument.workshop import Workshop

SAME, OTHER, IMPOSSIBLE = "identique", "differente", "impossible"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is found of a sealed letter.

    `rebuilt` is what comes out of today's kit for an intact one; `differences` name, when other
    bytes come out, what is not what it was: data, law, templates, engine.
    """

    stem: str
    flaws: tuple[Flaw, ...] = ()
    rebuilt: str | None = None
    differences: tuple[str, ...] = ()

    @property
    def is_intact(self) -> bool:
        """Whether every file is what was sealed."""
        return not self.flaws


def verify_letters(
    workshop: Workshop, folder: Path, as_of: date
) -> tuple[list[Verdict], list[Diagnostic]]:
    """Verify each sealed letter of a case, oldest number first. Diagnostics: those of `read_lock`.

    A letter is rebuilt from today's case as it left: its own sending, the exhibits of then.
    """
    position = Position(workshop.kit.name_of(folder / CASE_FILE))
    lock, found = read_lock(folder, position)
    seals, flaws = read_seals(folder, lock)
    dossier = prepare(workshop, folder, as_of)[0] if seals else None
    verdicts = []
    for stem in sorted(lock.section(LETTERS)):
        if stem in seals:
            verdicts.append(_rebuilding(workshop, dossier, seals[stem]))
        else:
            verdicts.append(Verdict(stem, tuple(one for one in flaws if one.stem == stem)))
    return verdicts, found


def _rebuilding(workshop: Workshop, dossier: Dossier | None, seal: Seal) -> Verdict:
    number = int(seal.letter["rang"])
    if dossier is None or number > len(dossier.case.letters):
        return Verdict(seal.stem, rebuilt=IMPOSSIBLE, differences=("donnees",))
    case = _as_it_left(dossier.case, seal, number)
    under_its_law = replace(workshop, law=dossier.law)
    letter, _ = write_letter(under_its_law, case, dossier.places, number)
    if letter is None:
        return Verdict(seal.stem, rebuilt=IMPOSSIBLE, differences=("modeles",))
    images, _ = read_letter_images(case, dossier.places, dossier.folder)
    if print_letter(workshop, letter, images).pdf == seal.files[PDF]:
        return Verdict(seal.stem, rebuilt=SAME)
    named = tuple(_differences(workshop, dossier, seal, letter))
    return Verdict(seal.stem, rebuilt=OTHER, differences=named)


def _as_it_left(case: Case, seal: Seal, number: int) -> Case:
    """Return today's case with the letter's own sending, and the exhibits there were."""
    sent = seal.sending
    sending = Sending.model_validate(
        {
            "channel": sent["canal"],
            "sent_on": sent["envoyee_le"],
            "number": sent.get("numero"),
            "qualified_provider": sent.get("prestataire"),
        }
    )
    version = int(seal.letter["version"])
    letters = list(case.letters)
    letters[number - 1] = letters[number - 1].model_copy(
        update={"sending": sending, "version": version}
    )
    known = {one["id"] for one in json.loads(seal.files[COMPUTED])["pieces"]}
    exhibits = tuple(one for one in case.exhibits if one.id in known)
    return case.model_copy(update={"letters": tuple(letters), "exhibits": exhibits})


def _differences(
    workshop: Workshop, dossier: Dossier, seal: Seal, letter: Letter
) -> Iterator[str]:
    """Name what is no longer what it was when the letter was sealed."""
    text = (dossier.folder / CASE_FILE).read_bytes()
    now: dict[str, Any] = kit_marks(workshop.kit, workshop.writer.kinds, letter)
    now["donnees"] = data_marks(dossier.folder, dossier.case, text)
    for part in ("donnees", "modeles"):
        for name in _changed(seal.content[part], now[part]):
            yield f"{part}: {name}"
    if seal.content["droit"] != now["droit"]:
        yield "droit"
    for name in _changed(seal.content["moteur"], now["moteur"]):
        versions = (seal.content["moteur"].get(name), now["moteur"].get(name))
        yield f"moteur: {name}" + ("" if name == "code" else f" {versions[0]} → {versions[1]}")


def _changed(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    return (name for name, mark in before.items() if now.get(name) != mark)

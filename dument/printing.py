"""Step 7, imprimer: letters and annexes become PDF; what the press says is given its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from dument.case import Case
from dument.diagnostics import Diagnostic, Position, in_reading_order
from dument.dossier import Dossier
from dument.exhibits import read_images
from dument.kit import CASE_FILE
from dument.letters import Letter
from dument.pdf import Enclosure, Printed, check_window
from dument.records import letter_figures_json
from dument.schema import Places, find_party_file, party_folders
from dument.source import read_text
from dument.workshop import Workshop

ADDRESS_FAULTS = "pdf/adresse-"
_CODE_POINT = re.compile(r"\(U\+([0-9A-F]{4,6})\)")


def print_letters(
    workshop: Workshop, dossier: Dossier
) -> tuple[dict[str, Printed], list[Diagnostic]]:
    """Print every letter and annex of a dossier, by name in the output."""
    images, _ = read_letter_images(dossier.case, dossier.places, dossier.folder)
    printed: dict[str, Printed] = {}
    diagnostics: list[Diagnostic] = []
    for name, letter in sheets(dossier):
        printed[name] = print_letter(workshop, letter, images)
        diagnostics += printed[name].diagnostics
    return printed, diagnostics


def print_letter(workshop: Workshop, letter: Letter, images: Mapping[str, bytes]) -> Printed:
    """Print a letter; a sealed one is what it was, its fingerprint verified when it was read."""
    if letter.sealed is not None:
        return Printed(letter.sealed.pdf, letter.sealed.page_count, ())
    enclosed = [_figures(letter)] if letter.number else []
    printed = workshop.press.print(letter.document, images, attachments=enclosed)
    if not letter.address:
        return printed
    block = [line.text for line in letter.address]
    found = check_window(printed.pdf, block, workshop.windows)
    return replace(printed, diagnostics=(*printed.diagnostics, *found))


def _figures(letter: Letter) -> Enclosure:
    """Return what the letter asks for as data, to be read by a program."""
    return Enclosure(
        "dossier.json",
        letter_figures_json(letter),
        "Les chiffres de cette lettre, à sa date",
        "Data",
    )


def sheets(dossier: Dossier) -> Iterable[tuple[str, Letter]]:
    """Yield every letter and annex of a dossier with its name in the output."""
    for letter in dossier.letters:
        yield f"lettres/{letter.stem}.pdf", letter
    for kind, annex in dossier.annexes.items():
        yield f"{kind}.pdf", annex


def read_letter_images(
    case: Case, places: Places, folder: Path
) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """Read the images that the letters of a case bear."""
    return read_images(case, places, folder, partial(find_party_file, folder))


def with_unprintable(workshop: Workshop, dossier: Dossier) -> tuple[Dossier, list[Diagnostic]]:
    """Add the characters that no face draws to what was found, before anything is printed."""
    letters = (one for one in dossier.letters if one.sealed is None)
    texts = [one.text for one in (*letters, *dossier.annexes.values())]
    found = placed(workshop.press.absent_characters(texts), dossier)
    all_found = in_reading_order([*dossier.diagnostics, *found])
    return replace(dossier, diagnostics=tuple(all_found)), all_found


def placed(found: Iterable[Diagnostic], dossier: Dossier) -> list[Diagnostic]:
    """Give a place to what the press says: where the case file writes the character it lacks."""
    return in_reading_order(replace(one, position=_place_of(one, dossier)) for one in found)


def _place_of(one: Diagnostic, dossier: Dossier) -> Position:
    if one.position is not None:
        return one.position
    if one.id.startswith(ADDRESS_FAULTS):
        return dossier.places.at("debtor", "address")
    absent = [chr(int(code, 16)) for code in _CODE_POINT.findall(one.message)]
    root, shared = dossier.places.root, dossier.places.at("creditor")
    name = Path(shared.file).name
    written = [_first_of(absent, dossier.folder / CASE_FILE, root.file)]
    written += [
        _first_of(absent, one / name, shared.file) for one in party_folders(dossier.folder)
    ]
    is_shared = any(char in str(dossier.case.creditor) for char in absent)
    return next(filter(None, written), shared if is_shared else root)


def _first_of(characters: Sequence[str], path: Path, name: str) -> Position | None:
    """Return where a file first writes one of the characters."""
    text = read_text(path, name)[0] if characters and path.is_file() else None
    offsets = [text.find(char) for char in characters if char in text] if text else []
    if not text or not offsets:
        return None
    first = min(offsets)
    return Position(name, text.count("\n", 0, first) + 1, first - text.rfind("\n", 0, first))

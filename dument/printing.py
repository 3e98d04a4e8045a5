"""Step 7, imprimer: letters and annexes become PDF; what the press says is given its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from dument.case import Case
from dument.diagnostics import Diagnostic, Position, in_reading_order
from dument.dossier import Dossier
from dument.exhibits import read_images
from dument.kit import CASE_FILE
from dument.letters import Letter
from dument.pdf import Printed
from dument.schema import Places, find_party_file
from dument.source import read_text
from dument.workshop import Workshop

_CODE_POINT = re.compile(r"\(U\+([0-9A-F]{4,6})\)")


def print_letters(
    workshop: Workshop, dossier: Dossier
) -> tuple[dict[str, Printed], list[Diagnostic]]:
    """Print every letter and annex of a dossier, by name in the output."""
    images, _ = read_letter_images(dossier.case, dossier.places, dossier.folder)
    printed: dict[str, Printed] = {}
    diagnostics: list[Diagnostic] = []
    for name, letter in _sheets(dossier):
        printed[name] = print_letter(workshop, letter, images)
        diagnostics += printed[name].diagnostics
    return printed, diagnostics


def print_letter(workshop: Workshop, letter: Letter, images: Mapping[str, bytes]) -> Printed:
    """Print a letter; a sealed one is what it was, its fingerprint verified when it was read."""
    if letter.sealed is not None:
        return Printed(letter.sealed.pdf, letter.sealed.page_count, ())
    return workshop.press.print(letter.document, images)


def _sheets(dossier: Dossier) -> Iterable[tuple[str, Letter]]:
    for letter in dossier.letters:
        yield f"lettres/{letter.stem}.pdf", letter
    for kind, annex in dossier.annexes.items():
        yield f"{kind}.pdf", annex


def read_letter_images(
    case: Case, places: Places, folder: Path
) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """Read the images that the letters of a case bear."""
    return read_images(case, places, folder, partial(find_party_file, folder))


def placed(found: Iterable[Diagnostic], dossier: Dossier) -> list[Diagnostic]:
    """Give a place to what the press says: where the case file writes the character it lacks."""
    root = dossier.places.root
    text, _ = read_text(dossier.folder / CASE_FILE, root.file)
    found_places = []
    for one in found:
        absent = [chr(int(code, 16)) for code in _CODE_POINT.findall(one.message)]
        offset = next((text.find(char) for char in absent if text and char in text), None)
        is_shared = any(char in str(dossier.case.creditor) for char in absent)
        where = one.position or (dossier.places.at("creditor") if is_shared else root)
        if text and offset is not None:
            line = text.count("\n", 0, offset) + 1
            where = Position(root.file, line, offset - text.rfind("\n", 0, offset))
        found_places.append(replace(one, position=where))
    return in_reading_order(found_places)

"""Step 8, assembler: exhibits read, numbered and stamped, then one bundle with its index."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from dument.case import Case, Exhibit
from dument.diagnostics import Diagnostic, error
from dument.dossier import Dossier, NumberedExhibit
from dument.french import long_date
from dument.pdf import (
    Part,
    Press,
    Printed,
    Sheets,
    bind,
    first_pages,
    inspect,
    is_whole_picture,
    stamp,
    to_pdf,
)
from dument.schema import Places

INDEX = "sommaire"
MOST_FILES = 500
DrawSheet = Callable[[str, Mapping[str, Any]], str]


def read_exhibits(
    case: Case, places: Places, folder: Path, press: Press
) -> tuple[tuple[NumberedExhibit, ...], list[Diagnostic]]:
    """Read every exhibit of a case, in the order of its number.

    Diagnostics: piece/hors-dossier, piece/absente, and those of the print room.
    """
    exhibits: list[NumberedExhibit] = []
    diagnostics: list[Diagnostic] = []
    for number, exhibit in enumerate(case.exhibits, 1):
        position = places.at("exhibits", number - 1, "file")
        read, found = _read_exhibit(number, exhibit, folder, press)
        diagnostics += [replace(one, position=position) for one in found]
        if read is not None:
            exhibits.append(read)
    return tuple(exhibits), diagnostics


def _read_exhibit(
    number: int, exhibit: Exhibit, folder: Path, press: Press
) -> tuple[NumberedExhibit | None, list[Diagnostic]]:
    path = _own_file(folder, exhibit.file)
    if isinstance(path, Diagnostic):
        return None, [path]
    original = path.read_bytes()
    pdf, found = to_pdf(original, exhibit.file, press)
    if pdf is None:
        return None, found
    sheets, _ = inspect(pdf, exhibit.file)
    if not isinstance(sheets, Sheets):
        return None, found
    read = NumberedExhibit(number, exhibit, original, pdf, sheets.page_count, sheets.has_text)
    return read, found


def _own_file(folder: Path, name: str) -> Path | Diagnostic:
    """Return where a file of the case stands, or why it cannot be used."""
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()):
            message = f"la pièce « {name} » est hors du dossier"
            hint = "copiez le fichier dans le dossier, par exemple dans pieces/"
            return error("piece/hors-dossier", message, hint=hint)
        if path.is_file():
            return path
    except (OSError, RuntimeError):  # a name too long, links that turn in circles
        pass
    message = f"le fichier « {name} » n’existe pas"
    return error("piece/absente", message, hint=_nearest(folder, name))


def _nearest(folder: Path, name: str) -> str:
    files = (path for path in islice(folder.rglob("*"), MOST_FILES) if path.is_file())
    names = [path.relative_to(folder).as_posix() for path in files]
    near = difflib.get_close_matches(name, names, 1)
    if near:
        return f"vouliez-vous dire « {near[0]} » ?"
    return "vérifiez le nom (majuscules comprises) et le dossier"


def stamped_exhibits(dossier: Dossier, press: Press) -> dict[str, bytes]:
    """Return the stamped copy of each exhibit under its output name."""
    return {one.file: stamp(one.pdf, [one.stamp], press) for one in dossier.exhibits}


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the bundle: a key for links, a title, a PDF and its number of pages."""

    key: str
    title: str
    pdf: bytes
    page_count: int
    level: int


def bind_bundle(
    dossier: Dossier,
    printed: Mapping[str, Printed],
    stamped: Mapping[str, bytes],
    press: Press,
    draw_sheet: DrawSheet,
) -> tuple[bytes, list[Diagnostic]]:
    """Return the bundle: cover and index, letters, décompte, exhibit list, exhibits.

    The index's own length moves the pages it names: it is printed again until it stands still.
    """
    sections = list(_sections(dossier, printed, stamped))
    index, diagnostics = _index(dossier, sections, 1, press, draw_sheet)
    again, _ = _index(dossier, sections, index.page_count, press, draw_sheet)
    parts = [Part(INDEX, "Sommaire", again.pdf)]
    parts += [Part(one.key, one.title, one.pdf, one.level) for one in sections]
    bound = bind(parts, press, title=f"Liasse {dossier.case.reference} – {dossier.title}")
    return bound.pdf, [*diagnostics, *bound.diagnostics]


def _sections(
    dossier: Dossier, printed: Mapping[str, Printed], stamped: Mapping[str, bytes]
) -> Iterator[Section]:
    for letter in dossier.letters:
        title = f"{letter.version.title} du {long_date(letter.on)}"
        title += " (projet)" if letter.is_draft else ""
        sheet = printed[f"lettres/{letter.stem}.pdf"]
        yield Section(letter.stem, title, sheet.pdf, sheet.page_count, 0)
    for kind, annex in dossier.annexes.items():
        sheet = printed[f"{kind}.pdf"]
        yield Section(kind, annex.version.title, sheet.pdf, sheet.page_count, 0)
    for one in dossier.exhibits:
        title = f"{one.stamp} – {one.exhibit.title}"
        yield Section(f"piece-{one.number}", title, stamped[one.file], one.page_count, 1)


def _index(
    dossier: Dossier,
    sections: Sequence[Section],
    own_pages: int,
    press: Press,
    draw_sheet: DrawSheet,
) -> tuple[Printed, list[Diagnostic]]:
    counts = [(INDEX, own_pages), *((one.key, one.page_count) for one in sections)]
    pages = first_pages(counts)
    variables = {
        "langue": "fr",
        "titre": "Liasse",
        "auteur": dossier.case.creditor.name,
        "cree_le": dossier.as_of.isoformat(),
        "projet": False,
        "reference": dossier.case.reference,
        "creancier": dossier.case.creditor.name,
        "debiteur": dossier.case.debtor.name,
        "arrete_le": long_date(dossier.as_of),
        "entrees": [
            {"cle": one.key, "titre": one.title, "niveau": one.level, "page": pages[one.key]}
            for one in sections
        ],
    }
    printed = press.print_plain(draw_sheet("liasse.html", variables), {})
    return printed, list(printed.diagnostics)


def read_images(
    case: Case, places: Places, folder: Path, find_shared: Callable[[str], Path | None]
) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """Read the creditor's logo and signature, from the case or from `parties/`.

    Diagnostics: dossier/image-absente, dossier/image-illisible.
    """
    assets: dict[str, bytes] = {}
    diagnostics: list[Diagnostic] = []
    for kind in ("logo", "signature"):
        name = getattr(case.creditor, kind)
        if name is None:
            continue
        position = places.at("creditor", kind)
        own = _own_file(folder, name)
        path = own if isinstance(own, Path) else find_shared(name)
        if path is None:
            message = f"l’image « {name} » ({kind}) est introuvable"
            hint = "mettez-la dans le dossier, ou dans parties/"
            diagnostics.append(error("dossier/image-absente", message, position, hint))
            continue
        assets[f"{kind}/{name}"] = path.read_bytes()
        if not is_whole_picture(assets[f"{kind}/{name}"]):
            message = f"l’image « {name} » ({kind}) est abîmée ou n’est pas une image"
            hint = "enregistrez-la en PNG, en JPEG ou en SVG"
            diagnostics.append(error("dossier/image-illisible", message, position, hint))
    return assets, diagnostics

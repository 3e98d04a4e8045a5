"""Every exhibit of a case read from its folder, and looked at, before anything is printed."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from dument.case import Case, Exhibit
from dument.diagnostics import Diagnostic, error, warning
from dument.digests import sha256
from dument.dossier import NumberedExhibit
from dument.exhibits.sources import look_at
from dument.french import join_words, plural
from dument.pdf import Sheets, is_whole_picture
from dument.schema import Places

MOST_FILES = 500


class Looks:
    """What was seen of exhibits, by their bytes: to look at many scans again takes minutes.

    What cannot be used is looked at again: the machine may have what it lacked.
    """

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str, bool], tuple[Sheets, list[Diagnostic]]] = {}

    def at(
        self, original: bytes, digest: str, exhibit: Exhibit
    ) -> tuple[Sheets | None, list[Diagnostic]]:
        """Return what `look_at` does, at once for what was seen before."""
        key = (digest, exhibit.file, bool(exhibit.is_scrubbed))
        if key not in self._seen:
            sheets, found = look_at(original, exhibit.file, is_scrubbed=key[-1])
            if sheets is None:
                return None, found
            self._seen[key] = (sheets, found)
        sheets, found = self._seen[key]
        return sheets, [*found]


def read_exhibits(
    case: Case, places: Places, folder: Path, looks: Looks
) -> tuple[tuple[NumberedExhibit, ...], list[Diagnostic]]:
    """Read every exhibit that was not withdrawn, in the order of the numbers.

    `looks` spares what was seen before. Diagnostics: piece/hors-dossier, piece/absente,
    piece/pages, piece/doublon, and those of the sources and of the print room.
    """
    exhibits: list[NumberedExhibit] = []
    diagnostics: list[Diagnostic] = []
    for place, exhibit in enumerate(case.exhibits):
        if exhibit.withdrawn_on is not None:
            continue
        read, found = _read_exhibit(case, exhibit, folder, looks)
        position = places.at("exhibits", place, "file")
        diagnostics += [replace(one, position=position) for one in found]
        if read is not None:
            exhibits.append(read)
    diagnostics += _duplicates(case, places, exhibits)
    return tuple(sorted(exhibits, key=lambda one: one.number)), diagnostics


def digests_of(exhibits: Iterable[NumberedExhibit]) -> dict[str, str]:
    """Return the SHA-256 of the original of each exhibit, by id."""
    return {one.exhibit.id: one.sha256 for one in exhibits}


def _read_exhibit(
    case: Case, exhibit: Exhibit, folder: Path, looks: Looks
) -> tuple[NumberedExhibit | None, list[Diagnostic]]:
    path = _own_file(folder, exhibit.file)
    if isinstance(path, Diagnostic):
        return None, [path]
    original = path.read_bytes()
    digest = sha256(original)
    sheets, found = looks.at(original, digest, exhibit)
    if sheets is None:
        return None, found
    beyond = _beyond(exhibit, sheets)
    if beyond is not None:
        return None, [*found, beyond]
    count = len(exhibit.pages.numbers) if exhibit.pages else sheets.page_count
    number = case.exhibit_numbers[exhibit.id]
    reference = case.exhibit_references[exhibit.id]
    read = NumberedExhibit(number, reference, exhibit, path, digest, count, sheets.has_text)
    return read, found


def _beyond(exhibit: Exhibit, sheets: Sheets) -> Diagnostic | None:
    """Say that an excerpt wants pages that the document does not have."""
    if exhibit.pages is None or not sheets.page_count:
        return None
    missing = [str(page) for page in exhibit.pages.numbers if page > sheets.page_count]
    if not missing:
        return None
    pages = plural(sheets.page_count, "page")
    message = f"la pièce « {exhibit.file} » a {pages} : pas de page {join_words(missing)}"
    return error("piece/pages", message, hint="corrigez « pages », qui compte depuis 1")


def _duplicates(
    case: Case, places: Places, exhibits: list[NumberedExhibit]
) -> Iterator[Diagnostic]:
    """Report a file that stands twice under the same pages: one exhibit is enough."""
    first: dict[tuple[str, str], NumberedExhibit] = {}
    for one in sorted(exhibits, key=lambda one: one.number):
        known = first.setdefault((one.sha256, str(one.exhibit.pages)), one)
        if known is not one:
            place = next(r for r, exhibit in enumerate(case.exhibits) if exhibit is one.exhibit)
            message = f"les pièces n° {known.reference} et n° {one.reference} sont le même fichier"
            hint = f"gardez « {known.exhibit.id} » et citez-la aux deux endroits"
            yield warning("piece/doublon", message, places.at("exhibits", place, "file"), hint)


def _own_file(folder: Path, name: str) -> Path | Diagnostic:
    """Return where a file of the case stands, or why it cannot be used."""
    is_remote = Path(name).drive.startswith("\\\\")  # never so but on Windows
    try:
        # Only to look at a network share would tell its server who the user is.
        path = folder.parent if is_remote else (folder / name).resolve()
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

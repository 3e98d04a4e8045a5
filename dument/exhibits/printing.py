"""Step 8, assembler: each exhibit as a stamped PDF, whatever it was."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from dument.diagnostics import Diagnostic, error
from dument.digests import sha256
from dument.dossier import Dossier, NumberedExhibit
from dument.exhibits.sources import DrawSheet, to_pdf
from dument.files import Files
from dument.pdf import Press, Stamp, arrange, page_count_of, place_stamp, print_stamp


@dataclass(frozen=True, slots=True)
class PrintedExhibit:
    """The pages of an exhibit, in a file, before its stamp; and that stamp."""

    pdf: Path
    stamp: Stamp


def print_exhibits(
    dossier: Dossier, press: Press, draw_sheet: DrawSheet, files: Files
) -> tuple[Dossier, dict[str, PrintedExhibit], list[Diagnostic]]:
    """Return the dossier, whose exhibits' pages are all counted, and each exhibit by its file.

    The stamped copies are added to `files`; no more than one exhibit stands in memory.
    Diagnostics: piece/changee, and those of the sources.
    """
    counted: list[NumberedExhibit] = []
    printed: dict[str, PrintedExhibit] = {}
    diagnostics: list[Diagnostic] = []
    for one in dossier.exhibits:
        pdf, found = _pages_of(one, press, draw_sheet)
        diagnostics += found
        if pdf is not None:
            counted.append(replace(one, page_count=page_count_of(pdf)))
            stamp = place_stamp(pdf, [one.stamp], press)
            files[one.file] = print_stamp(pdf, stamp, press)
            printed[one.file] = PrintedExhibit(_path_of(pdf, one, files), stamp)
    return replace(dossier, exhibits=tuple(counted)), printed, diagnostics


def _pages_of(
    one: NumberedExhibit, press: Press, draw_sheet: DrawSheet
) -> tuple[bytes | None, list[Diagnostic]]:
    """Return the pages that are communicated: the excerpt, the right way up."""
    exhibit, original = one.exhibit, one.read()
    if original is None:
        return None, [_changed(exhibit.file)]
    pdf, found = to_pdf(original, exhibit.file, press, draw_sheet, is_scrubbed=exhibit.is_scrubbed)
    if pdf is None:
        return None, found
    pages = exhibit.pages.numbers if exhibit.pages else None
    return arrange(pdf, pages, int(exhibit.turn or 0)), found


def _path_of(pdf: bytes, one: NumberedExhibit, files: Files) -> Path:
    """Return where the pages stand: the original itself when they are its own."""
    if sha256(pdf) == one.sha256:
        return one.path
    path = files.room.place()
    path.write_bytes(pdf)
    return path


def _changed(name: str) -> Diagnostic:
    return error(
        "piece/changee",
        f"la pièce « {name} » a changé pendant la construction",
        hint="attendez que plus rien ne l’écrive, puis recommencez",
    )

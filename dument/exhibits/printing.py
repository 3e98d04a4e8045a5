"""Step 8, assembler: each exhibit as a stamped PDF, whatever it was."""

from __future__ import annotations

from dataclasses import replace

from dument.diagnostics import Diagnostic
from dument.dossier import Dossier, NumberedExhibit
from dument.exhibits.sources import DrawSheet, to_pdf
from dument.pdf import Press, Sheets, arrange, inspect, stamp


def print_exhibits(
    dossier: Dossier, press: Press, draw_sheet: DrawSheet
) -> tuple[Dossier, dict[str, bytes], list[Diagnostic]]:
    """Return the dossier, whose exhibits' pages are all counted, and each stamped copy by name."""
    printed: list[NumberedExhibit] = []
    stamped: dict[str, bytes] = {}
    diagnostics: list[Diagnostic] = []
    for one in dossier.exhibits:
        pdf, found = _pages_of(one, press, draw_sheet)
        diagnostics += found
        if pdf is not None:
            sheets, _ = inspect(pdf, one.exhibit.file)
            count = sheets.page_count if isinstance(sheets, Sheets) else one.page_count
            printed.append(replace(one, page_count=count))
            stamped[one.file] = stamp(pdf, [one.stamp], press)
    return replace(dossier, exhibits=tuple(printed)), stamped, diagnostics


def _pages_of(
    one: NumberedExhibit, press: Press, draw_sheet: DrawSheet
) -> tuple[bytes | None, list[Diagnostic]]:
    """Return the pages that are communicated: the excerpt, the right way up."""
    exhibit = one.exhibit
    pdf, found = to_pdf(
        one.original, exhibit.file, press, draw_sheet, is_scrubbed=exhibit.is_scrubbed
    )
    if pdf is None:
        return None, found
    pages = exhibit.pages.numbers if exhibit.pages else None
    return arrange(pdf, pages, int(exhibit.turn or 0)), found

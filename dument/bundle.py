"""Step 8, assembler: letters, décompte and exhibits as one bundle with its index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dument.diagnostics import Diagnostic
from dument.dossier import Dossier
from dument.french import long_date
from dument.pdf import (
    Part,
    Press,
    Printed,
    bind,
    first_pages,
)

INDEX = "sommaire"
DrawSheet = Callable[[str, Mapping[str, Any]], str]












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



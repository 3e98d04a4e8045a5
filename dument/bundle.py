"""Step 8, assembler: letters, décompte and exhibits as one bundle with its index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dument.case import Reader
from dument.diagnostics import Diagnostic
from dument.dossier import Dossier, NumberedExhibit
from dument.exhibits import PrintedExhibit
from dument.french import long_date, slug
from dument.letters import EXHIBIT_LIST
from dument.letters.markdown import raise_ordinals
from dument.pdf import Part, Press, Printed, Stamp, bind, first_pages
from dument.rules.competent_court import designation
from dument.schema import in_french

INDEX = "sommaire"
DrawSheet = Callable[[str, Mapping[str, Any]], str]


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the bundle: a key for links, a title, a PDF and its number of pages.

    Level 0 is a divider, which opens a group; `cites` when it names exhibits as ours.
    """

    key: str
    title: str
    pdf: bytes | Path
    page_count: int
    level: int = 1
    cites: bool = True
    stamp: Stamp | None = None
    rows: Mapping[str, str] = field(default_factory=dict)

    @property
    def part(self) -> Part:
        """The entry as it is bound."""
        return Part(self.key, self.title, self.pdf, self.level, self.cites, self.stamp, self.rows)


@dataclass(frozen=True, slots=True)
class Binder:
    """Binds the bundle of a dossier from what was printed for it."""

    dossier: Dossier
    press: Press
    draw_sheet: DrawSheet

    def bind(
        self,
        printed: Mapping[str, Printed],
        exhibits: Mapping[str, PrintedExhibit],
        target: Path,
    ) -> list[Diagnostic]:
        """Write the bundle: cover and index, letters, décompte, exhibit list, exhibits.

        The index's own length moves the pages it names: it is printed again to know them.
        """
        dossier = self.dossier
        groups = {
            "Lettres": list(self._letters(printed)),
            "Décompte et bordereau": list(self._annexes(printed)),
            "Pièces": list(self._exhibits(exhibits)),
        }
        sections = [one for title, group in groups.items() for one in self._group(title, group)]
        first = self._index(sections, 1)
        index = self._index(sections, first.page_count)
        bound = bind(
            [Part(INDEX, "Sommaire", index.pdf), *(one.part for one in sections)],
            self.press,
            target,
            title=f"Liasse {dossier.case.reference} – {dossier.title}",
            cited={one.reference: f"piece-{one.number}" for one in self._shown},
        )
        return [*first.diagnostics, *bound.diagnostics]

    @property
    def _shown(self) -> list[NumberedExhibit]:
        """The exhibits that any reader of the bundle may see."""
        return self.dossier.exhibits_for(Reader.OPPONENT)

    @property
    def _rows(self) -> dict[str, str]:
        """What begins each row of an exhibit list: a reference and its title."""
        return {one.reference: one.exhibit.title for one in self._shown}

    def _letters(self, printed: Mapping[str, Printed]) -> Iterator[Section]:
        for letter in self.dossier.letters:
            title = f"{letter.version.title} du {long_date(letter.on)}"
            title += " (projet)" if letter.is_draft else ""
            sheet = printed[f"lettres/{letter.stem}.pdf"]
            rows = self._rows if EXHIBIT_LIST in letter.version.annexes else {}
            yield Section(letter.stem, title, sheet.pdf, sheet.page_count, rows=rows)

    def _annexes(self, printed: Mapping[str, Printed]) -> Iterator[Section]:
        for kind, annex in self.dossier.annexes.items():
            sheet = printed[f"{kind}.pdf"]
            rows = self._rows if annex.kind == EXHIBIT_LIST else {}
            yield Section(kind, annex.subject, sheet.pdf, sheet.page_count, rows=rows)

    def _exhibits(self, exhibits: Mapping[str, PrintedExhibit]) -> Iterator[Section]:
        for one in self._shown:
            title = f"{one.stamp} – {one.exhibit.title}"
            title += f", extrait (p.\u00a0{one.exhibit.pages})" if one.exhibit.pages else ""
            key, pages = f"piece-{one.number}", exhibits[one.file]
            yield Section(key, title, pages.pdf, one.page_count, 1, False, pages.stamp)

    def _group(self, title: str, sections: Sequence[Section]) -> Iterator[Section]:
        """Yield a group behind its divider, which lists what follows; nothing for an empty one."""
        if sections:
            told = {"titre": title, "entrees": [one.title for one in sections]}
            sheet = self._draw("intercalaire.html", told)
            yield Section(slug(title), title, sheet.pdf, sheet.page_count, 0, cites=False)
            yield from sections

    def _index(self, sections: Sequence[Section], own_pages: int) -> Printed:
        counts = [(INDEX, own_pages), *((one.key, one.page_count) for one in sections)]
        pages = first_pages(counts)
        entries = [
            {"cle": one.key, "titre": one.title, "niveau": one.level, "page": pages[one.key]}
            for one in sections
        ]
        case, law = self.dossier.case, self.dossier.law
        told = {
            "titre": "Liasse",
            "juridiction": designation(law, case.court) if case.court else None,
            "avocat": in_french(case.lawyer) if case.lawyer else None,
            "entrees": entries,
        }
        return self._draw("liasse.html", told)

    def _draw(self, sheet: str, told: Mapping[str, Any]) -> Printed:
        case = self.dossier.case
        variables = {
            "langue": "fr",
            "auteur": case.creditor.name,
            "cree_le": self.dossier.as_of.isoformat(),
            "projet": False,
            "reference": case.reference,
            "creancier": case.creditor.name,
            "debiteur": case.debtor.name,
            "arrete_le": long_date(self.dossier.as_of),
            **told,
        }
        return self.press.print_plain(raise_ordinals(self.draw_sheet(sheet, variables)), {})

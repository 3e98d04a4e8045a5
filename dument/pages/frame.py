"""What every page of a dossier shares: who, when, which files exist, where links lead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dument import __version__
from dument.case import Party
from dument.dossier import Dossier, NumberedExhibit
from dument.letters import Letter, address_lines

BUNDLED = (
    "liasse.pdf", "bordereau.pdf", "decompte.pdf", "decompte.xlsx", "decompte.csv", "dossier.json",
)  # fmt: skip
ANNEX_PAGES = {"decompte": "decompte.html", "bordereau": "pieces.html"}


@dataclass(frozen=True, slots=True)
class Desk:
    """A dossier and the files already made for it: links are only made to what exists."""

    dossier: Dossier
    files: Mapping[str, bytes]

    def file(self, path: str) -> dict[str, Any] | None:
        """Return a file's path, kind and size in bytes; None when it was not made."""
        if path not in self.files:
            return None
        return {
            "chemin": path,
            "sorte": path.rpartition(".")[2].upper(),
            "octets": len(self.files[path]),
        }

    def exhibit_link(self, id: str | None) -> dict[str, Any] | None:
        """Return how to cite an exhibit: number, title, anchor, file; None when unknown."""
        exhibit = self.dossier.exhibit(id) if id else None
        return self.cited(exhibit) if exhibit else None

    def cited(self, exhibit: NumberedExhibit) -> dict[str, Any]:
        """Return how an exhibit is cited on a page."""
        return {
            "numero": exhibit.number,
            "titre": exhibit.exhibit.title,
            "ancre": exhibit_anchor(exhibit),
            "fichier": self.file(exhibit.file),
        }

    def letter_link(self, letter: Letter) -> dict[str, Any]:
        """Return how a letter is cited on a page."""
        return {
            "titre": letter.version.title,
            "le": letter.on,
            "page": letter_page(letter),
            "projet": letter.is_draft,
        }


def exhibit_anchor(exhibit: NumberedExhibit) -> str:
    """Return the anchor of an exhibit on the page of exhibits."""
    return f"piece-{exhibit.number}"


def letter_page(letter: Letter) -> str:
    """Return where a letter stands in the site; the day's annexes stand on pages of their own."""
    return ANNEX_PAGES.get(letter.kind, f"lettres/{letter.stem}.html")


def frame(desk: Desk, badges: Mapping[str, int]) -> dict[str, Any]:
    """Return what stands around every page; `badges` counts what each page holds."""
    dossier = desk.dossier
    return {
        "reference": dossier.case.reference,
        "titre": dossier.title,
        "au": dossier.as_of,
        "regime": dossier.case.regime.value,
        "creancier": party(dossier.case.creditor),
        "debiteur": party(dossier.case.debtor),
        "version": __version__,
        "compte": dict(badges),
        "documents": [found for path in BUNDLED if (found := desk.file(path))],
    }


def party(one: Party) -> dict[str, Any]:
    """Return who a party is, as its address block and registration tell."""
    name, *place = address_lines(one)
    return {
        "nom": one.name,
        "destinataire": name,
        "adresse": place,
        "forme": None if one.is_natural_person else one.legal_form,
        "capital": one.capital,
        "siren": one.siren,
        "rcs": one.register_city,
        "representant": one.representative
        and {"nom": one.representative.name, "qualite": one.representative.role},
    }

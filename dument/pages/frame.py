"""What every page of a dossier shares: who, when, which files exist, where links lead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dument import __version__
from dument.case import Party, Reader
from dument.dossier import Dossier, NumberedExhibit
from dument.files import held_of
from dument.letters import Letter, address_lines
from dument.pages.single import SINGLE

BUNDLED = (
    "liasse.pdf", "bordereau.pdf", "bordereau-complementaire.pdf", "decompte.pdf",
    "decompte.xlsx", "decompte.csv", "dossier.json",
)  # fmt: skip
PAGES = (
    "index", "remise", "decompte", "echeances", "chronologie", "lettres", "pieces", "calculs",
    "controles", "droit", "juge", "glossaire",
)  # fmt: skip
ANNEX_PAGES = {"decompte": "decompte.html", "bordereau": "pieces.html"}


@dataclass(frozen=True, slots=True)
class Desk:
    """A dossier and the files already made for it: links are only made to what exists.

    `texts` are the pages of each exhibit's file, as text.
    """

    dossier: Dossier
    files: Mapping[str, bytes]
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def pages(self) -> list[str]:
        """The pages made for the reader; the one on the last hand-over when there was one."""
        dossier = self.dossier
        hidden = set() if dossier.reader.sees_checks else {"controles", "juge"}
        hidden |= set() if dossier.reader.sees_deadlines else {"echeances"}
        hidden |= set() if dossier.since else {"remise"}
        return [one for one in PAGES if one not in hidden]

    def file(self, path: str) -> dict[str, Any] | None:
        """Return a file's path, kind and size in bytes; None when it was not made.

        A file without content is one that is made when it is asked for: its size is not known.
        """
        if path not in self.files:
            return None
        return {
            "chemin": path,
            "sorte": path.rpartition(".")[2].upper(),
            "octets": held_of(self.files, path).size,
        }

    def exhibit_link(self, id: str | None, *said: str | None) -> dict[str, Any] | None:
        """Return how to cite an exhibit: number, title, anchor, file; None when unknown.

        Of an exhibit of several pages, the first one that holds one of the words `said` is named.
        """
        exhibit = self.dossier.exhibit(id) if id else None
        return self.cited(exhibit, *said) if exhibit else None

    def cited(self, exhibit: NumberedExhibit, *said: str | None) -> dict[str, Any]:
        """Return how an exhibit is cited on a page."""
        return {
            "page": page_saying(self.texts.get(exhibit.file, ()), said),
            "numero": exhibit.reference,
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


def page_saying(texts: Sequence[str], said: Iterable[str | None]) -> int | None:
    """Return the number of the first page that holds one of some words, whatever its spaces.

    None when no page does, and when there is but one page.

    >>> page_saying(["Bon BL-1", "Facture F 0117"], ["F0117", None])
    2
    """
    if len(texts) < 2:
        return None
    wanted = [_joined(one) for one in said if one]
    pages = enumerate(map(_joined, texts), 1)
    return next((rank for rank, text in pages if any(one in text for one in wanted)), None)


def _joined(text: str) -> str:
    return "".join(text.split()).casefold()


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
        "remis": dossier.reader is not Reader.OWNER,
        "au": dossier.as_of,
        "regime": dossier.case.regime.value,
        "creancier": party(dossier.case.creditor),
        "debiteur": party(dossier.case.debtor),
        "version": __version__,
        "compte": dict(badges),
        "pages": [*desk.pages, "verifier"],
        "documents": documents(desk),
    }


def documents(desk: Desk) -> list[dict[str, Any]]:
    """Return the files to take away; the single page is made last, so its size is not known."""
    found = [told for path in BUNDLED if (told := desk.file(path))]
    if desk.dossier.reader is not Reader.OWNER:
        found.append({"chemin": SINGLE, "sorte": "HTML", "octets": None})
    return found


def party(one: Party) -> dict[str, Any]:
    """Return who a party is, as its address block and registration tell."""
    return {
        "nom": one.name,
        "adresse": address_lines(one)[1:],
        "forme": None if one.is_natural_person else one.legal_form,
        "capital": one.capital,
        "siren": one.siren,
        "rcs": one.register_city,
        "representant": one.representative
        and {"nom": one.representative.name, "qualite": one.representative.role},
    }

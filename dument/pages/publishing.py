"""The site of a run: templates and assets are read once, then every dossier is rendered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dument.case import Reader
from dument.dossier import Dossier
from dument.french import typeset
from dument.kit import Kit
from dument.letters import FILTERS
from dument.money import format_number
from dument.pages import correspondence, curve, drawing, findings, frame, lawbook, search
from dument.pages.agenda import agenda
from dument.pages.chronology import chronology
from dument.pages.court import court
from dument.pages.deadlines import deadlines
from dument.pages.holdings import exhibit_views, fingerprints, texts_of
from dument.pages.judge import judge
from dument.pages.news import news
from dument.pages.portfolio import PortfolioEntry, portfolio_entry, portfolio_view
from dument.pages.provenance import provenance
from dument.pages.single import SINGLE, single_page
from dument.pages.sums import sums
from dument.pages.synopsis import synopsis
from dument.templating import page_environment, render, safe

STYLE = "assets/site.css"
FIRM_STYLE = "assets/entreprise.css"
"""A project's own style, laid over the theme's as the firm's is over the paper's."""


class Site:
    """Renders case sites; made once a run."""

    def __init__(self, kit: Kit) -> None:
        filters = {**FILTERS, "nombre": format_number, "typo": _typeset}
        self._environment = page_environment(
            [*kit.folders("site"), *kit.folders("letters")], filters, kit.base / "site"
        )
        self._assets = {
            f"assets/{name}": path.read_bytes()
            for name, path in kit.files("site/assets", "**/*").items()
        }
        self._assets[STYLE] += self._assets.pop(FIRM_STYLE, b"")
        self._owners = {
            f"assets/{name}": path.read_bytes()
            for name, path in kit.files("site/proprietaire", "**/*").items()
        }

    def pages(self, dossier: Dossier, files: Mapping[str, bytes]) -> dict[str, bytes]:
        """Return every page and asset of a dossier's site by relative path.

        `files` are those already made for it (letters, exhibits, bundle…): links are only made
        to them. Raises TemplateFault when a page of the theme cannot be rendered.
        """
        desk = frame.Desk(dossier, files, texts_of(dossier, files))
        views = _views(desk)
        made = dict(self._assets)
        for page in desk.pages:
            made[f"{page}.html"] = self._page(page, views, "")
        made[search.INDEX] = search.search_index(desk, views)
        for name, letter in _letter_pages(desk, views):
            made[name] = self._page("lettre", {**views, "lettre": letter}, "../")
        if dossier.reader is not Reader.OWNER:
            made[SINGLE] = single_page(made)
        known = fingerprints(files, made)
        made["verifier.html"] = self._page("verifier", {**views, "empreintes": known}, "")
        return made

    def portfolio(
        self, dossiers: Sequence[Dossier | PortfolioEntry], failed: Sequence[str] = ()
    ) -> dict[str, bytes]:
        """Return the owner's index of all dossiers; its links lead to `<name>/index.html`.

        `failed` names the dossiers that could not be worked out.
        """
        entries = [
            one if isinstance(one, PortfolioEntry) else portfolio_entry(one) for one in dossiers
        ]
        page = self._page("portefeuille", portfolio_view(entries, failed), "")
        return {**self._assets, **self._owners, "index.html": page}

    def _page(self, name: str, views: Mapping[str, Any], root: str) -> bytes:
        context = {**views, "page": name, "racine": root}
        return render(self._environment, f"{name}.html", context).encode()


def _typeset(text: str) -> str:
    """Set the spaces of a text; what a macro made is markup, and stays so."""
    return safe(typeset(text)) if hasattr(text, "__html__") else typeset(text)


def _views(desk: frame.Desk) -> dict[str, Any]:
    """Return what the pages show, each part once."""
    dossier = desk.dossier
    found = findings.finding_views(desk)
    tally = findings.tally(found)
    letters = correspondence.letter_views(desk, found)
    exhibits = exhibit_views(desk)
    reckoned = sums(desk)
    book = lawbook.lawbook(desk)
    origins = provenance(dossier)
    facts = chronology(desk)
    summary = synopsis(desk, letters, reckoned, facts)
    dated = deadlines(desk)
    badges = {
        "lettres": len(letters),
        "pieces": len(exhibits),
        "controles": tally["erreur"] + tally["avertissement"],
    }
    return {
        "dossier": frame.frame(desk, badges),
        "decompte": reckoned,
        "calculs": origins,
        "ancres": origins["ancres"],
        "courbe": _curve(dossier),
        "chronologie": facts,
        "lettres": letters,
        "pieces": exhibits,
        "controles": found,
        "bilan": tally,
        "regles_tenues": findings.rules_met(desk),
        "documents_controles": findings.documents_read(desk),
        "droit": book,
        "articles": lawbook.known_articles(book),
        "juge": judge(desk),
        "juridiction": court(dossier),
        "nouveau": news(desk),
        "glossaire": lawbook.glossary(dossier.law),
        "synthese": summary,
        "echeances": dated,
        "suite": agenda(desk, summary, dated["ordonnance"]),
    }


def _curve(dossier: Dossier) -> dict[str, Any] | None:
    drawn = curve.debt_curve(dossier)
    if drawn is None:
        return None
    return {
        "large": drawing.draw(drawn, drawing.WIDE),
        "etroite": drawing.draw(drawn, drawing.NARROW),
        "lignes": drawn.rows(),
    }


def _letter_pages(
    desk: frame.Desk, views: Mapping[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    for letter, view in zip(desk.dossier.letters, views["lettres"], strict=True):
        yield view["page"], correspondence.letter_page_view(desk, letter, view)

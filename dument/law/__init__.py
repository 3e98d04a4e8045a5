"""The law as dated data: articles, parameters at a date, mentions to check.

Everything here is read from `legal/`; no legal value stands in the engine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from collections.abc import Mapping as StringMapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from dument.diagnostics import Diagnostic, error
from dument.french import long_date, of
from dument.kit import Kit
from dument.law import reading
from dument.law.contracts import kept_sentence, law_of_contract
from dument.law.court_tables import COMMUNE_FILE, COURT_FILE, table_faults
from dument.law.courts import (
    QUALITIES,
    Commune,
    CourtTable,
    LegalForm,
    Renaming,
    Seat,
    form_quality,
)
from dument.law.entries import (
    EVERY_KIND,
    Article,
    DatedValue,
    Example,
    Mention,
    OutsideKnownLaw,
    Parameter,
    Reason,
    Renumbering,
    Rule,
    Status,
    Term,
)
from dument.law.levels import with_project_levels
from dument.money import format_euros, format_number, format_rate
from dument.source import Mapping, read_front_matter, read_yaml

__all__ = [
    "EVERY_KIND",
    "QUALITIES",
    "Article",
    "Commune",
    "CourtTable",
    "DatedValue",
    "Example",
    "Law",
    "LegalForm",
    "Mention",
    "OutsideKnownLaw",
    "Parameter",
    "Reason",
    "Renumbering",
    "Rule",
    "Seat",
    "Status",
    "Term",
    "form_quality",
    "kept_sentence",
    "law_of_contract",
    "read_law",
    "read_parameter",
]

Entry = TypeVar("Entry")
_MARK = re.compile(r"\{([a-z0-9-]+)\}")
COURTS = "legal/juridictions"
_UNITS = {"jour": "jour", "annee": "an", "points": "point", "caractere": "caractère"}


@dataclass(frozen=True, slots=True)
class Law:
    """The whole law pack, each part by slug; `kept` is what an older contract keeps of it."""

    articles: dict[str, Article]
    parameters: dict[str, Parameter]
    rules: dict[str, Rule]
    mentions: dict[str, Mention]
    renumberings: tuple[Renumbering, ...]
    courts: CourtTable
    legal_forms: tuple[LegalForm, ...]
    kept: tuple[Renumbering, ...] = ()
    glossary: tuple[Term, ...] = ()

    def value(self, slug: str, day: date) -> DatedValue:
        """Return a parameter's value in force on a day; raises OutsideKnownLaw."""
        return self.parameters[slug].at(day)

    def worded(self, slug: str, used: DatedValue) -> str:
        """Write a value with its unit: « 2,40 % », « 10 points », « 40,00 € », « 30 jours »."""
        unit = self.parameters[slug].unit
        if unit == "euro":
            return format_euros(used.value)
        if unit == "pourcent":
            return format_rate(used.value)
        number = format_number(used.value, 0)
        noun = _UNITS.get(unit, unit)
        ending = "s" if unit in _UNITS and abs(used.value) >= 2 else ""
        return number if unit == "coefficient" else f"{number}\u00a0{noun}{ending}"

    def origin(self, rule: str, used: Iterable[tuple[str, DatedValue]]) -> str:
        """Say where a rate or a sum comes from, with the values that were used."""
        values = {slug: self.worded(slug, value) for slug, value in used}
        return _MARK.sub(lambda mark: values.get(mark[1], ""), self.rules[rule].origin)

    def reason(self, rule: str, slug: str, values: StringMapping[str, str]) -> Reason:
        """Word one step of a rule's reasoning with its values."""
        found = self.rules[rule].reasons[slug]
        text = _MARK.sub(lambda mark: values.get(mark[1], ""), found.text)
        return Reason(f"{text[:1].upper()}{text[1:]}", found.articles)

    def court_name(self, rule: str, kind: str, city: str) -> str:
        """Name a court: « tribunal de commerce du Havre »."""
        return _MARK.sub(lambda _: of(city), self.rules[rule].names[kind])

    def sentence(self, rule: str, name: str, **values: object) -> str:
        """Say one of a rule's sentences, with the dates and figures of the case."""
        written = {
            key: long_date(value) if isinstance(value, date) else value
            for key, value in values.items()
        }
        return self.rules[rule].sentences[name].format(**written)


def read_law(kit: Kit) -> tuple[Law, list[Diagnostic]]:
    """Read the law pack, the project's files over the kit's."""
    diagnostics: list[Diagnostic] = []
    parameters = _yaml_entries(kit, "legal/parametres", reading.parameter, diagnostics)
    rules = _yaml_entries(kit, "legal/regles", reading.rule, diagnostics)
    read = _yaml_entries(kit, "legal/mentions", reading.mention, diagnostics)
    mentions, found = with_project_levels({one.id: one for one in read.values()}, kit)
    diagnostics += found
    articles = _articles(kit, diagnostics)
    renumberings = _listed(kit, "legal", "renumerotations", reading.renumberings, diagnostics)
    renamings = _listed(kit, COURTS, "activites-economiques", reading.court_renamings, diagnostics)
    law = Law(
        articles,
        parameters,
        rules,
        mentions,
        renumberings,
        _courts(kit, renamings, diagnostics),
        _listed(kit, COURTS, "formes", reading.legal_forms, diagnostics),
        glossary=_listed(kit, "legal", "glossaire", reading.glossary, diagnostics),
    )
    diagnostics += _dangling(law)
    return law, diagnostics


def read_parameter(kit: Kit, slug: str) -> Parameter | None:
    """Read one parameter alone; None where there is none, or where `read_law` tells its fault."""
    path = kit.files("legal/parametres", "*.yaml").get(f"{slug}.yaml")
    mapping = _mapping(kit, path, []) if path else None
    if mapping is None:
        return None
    return reading.read_entry(partial(reading.parameter, slug, mapping))[0]


def _yaml_entries(
    kit: Kit,
    folder: str,
    build: Callable[[str, Mapping], Entry],
    diagnostics: list[Diagnostic],
) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for name, path in kit.files(folder, "*.yaml").items():
        mapping = _mapping(kit, path, diagnostics)
        if mapping is None:
            continue
        slug = name.removesuffix(".yaml")
        entry, found = reading.read_entry(partial(build, slug, mapping))
        diagnostics += found
        if entry is not None:
            entries[slug] = entry
    return entries


def _listed(
    kit: Kit,
    folder: str,
    name: str,
    build: Callable[[Mapping], tuple[Entry, ...]],
    diagnostics: list[Diagnostic],
) -> tuple[Entry, ...]:
    """Read the one file of a folder that holds several entries."""
    for path in kit.files(folder, f"{name}.yaml").values():
        mapping = _mapping(kit, path, diagnostics)
        if mapping is not None:
            built, found = reading.read_entry(partial(build, mapping))
            diagnostics += found
            return built or ()
    return ()


def _courts(
    kit: Kit, renamings: tuple[Renaming, ...], diagnostics: list[Diagnostic]
) -> CourtTable:
    """Return the court tables; the kit's own are known to be whole."""
    tables = kit.files(COURTS, "*.csv")
    courts, communes = tables.get(COURT_FILE), tables.get(COMMUNE_FILE)
    own = [one for one in (courts, communes) if one and one.parent != kit.base / COURTS]
    if own and courts and communes:
        found = table_faults(courts, communes, kit.name_of)
        diagnostics += found
        if found:
            return CourtTable(None, None, renamings)
    return CourtTable(communes, courts, renamings)


def _mapping(kit: Kit, path: Path, diagnostics: list[Diagnostic]) -> Mapping | None:
    mapping, found = read_yaml(path, kit.name_of(path))
    diagnostics += found
    return mapping


def _articles(kit: Kit, diagnostics: list[Diagnostic]) -> dict[str, Article]:
    articles: dict[str, Article] = {}
    for name, path in kit.files("legal/articles", "*.md").items():
        matter, found = read_front_matter(path, kit.name_of(path))
        diagnostics += found
        if matter is None:
            continue
        slug = name.removesuffix(".md")
        entry, found = reading.read_entry(partial(reading.article, slug, matter))
        diagnostics += found
        if entry is not None:
            articles[slug] = entry
    return articles


def _dangling(law: Law) -> Iterable[Diagnostic]:
    """Report articles that a parameter or a mention names and that have no file."""
    entries: list[Parameter | Rule | Mention] = [
        *law.parameters.values(), *law.rules.values(), *law.mentions.values()
    ]  # fmt: skip
    for entry in entries:
        for slug in entry.articles:
            if slug not in law.articles:
                message = f"l’article « {slug} » n’a pas de fichier dans legal/articles/"
                yield error("droit/article-inconnu", message, entry.position)

"""The law pack's files read into entries; a faulty file is a diagnostic at its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from dument.diagnostics import Diagnostic, Level
from dument.faults import Misread
from dument.law.courts import QUALITIES, LegalForm, Renaming
from dument.law.entries import (
    Article,
    DatedValue,
    Example,
    Mention,
    Parameter,
    Reason,
    Renumbering,
    Rule,
    Status,
    Term,
)
from dument.law.fields import Fields, Unfit, read_text, unfit
from dument.law.patterns import refuse_unsafe
from dument.source import FrontMatter, Mapping, Node, Text

Entry = TypeVar("Entry")
_REGIMES = ("professionnel", "consommateur", "public")
_SIGNED = ("pourcent", "points")  # units of which a value may be below zero
_LONGEST = {"jour": 36_500, "mois": 1_200, "annee": 100}


def read_entry(build: Callable[[], Entry]) -> tuple[Entry | None, list[Diagnostic]]:
    """Build an entry; what cannot be read is a diagnostic.

    Diagnostics: droit/cle-manquante, droit/illisible.
    """
    try:
        return build(), []
    except Unfit as fault:
        return None, [fault.diagnostic]


def parameter(slug: str, mapping: Mapping) -> Parameter:
    """Read legal/parametres/<slug>.yaml."""
    written = Fields(mapping)
    nature = written.word("nature", ("periodique", "releve", "permanent"))
    unit = written.text("unite")
    values = [_dated_value(one, unit) for one in written.blocks("valeurs")]
    return Parameter(
        slug=slug,
        title=written.text("titre"),
        is_periodic=nature != "permanent",
        unit=unit,
        articles=written.texts("articles", optional=True),
        values=tuple(sorted(values, key=lambda one: one.first_day, reverse=True)),
        to_complete=written.optional_text("a_completer"),
        position=mapping.position,
        note=written.optional_text("note"),
        is_observed=nature == "releve",
    )


def _dated_value(written: Fields, unit: str) -> DatedValue:
    value, place = written.number("valeur"), written.place("valeur")
    if value < 0 and unit not in _SIGNED:
        unfit("cette valeur ne peut pas être négative", place, "ôtez le signe moins")
    if unit in _LONGEST and (value % 1 or value > _LONGEST[unit]):
        unfit(f"une durée va de 0 à {_LONGEST[unit]}, sans décimales", place)
    return DatedValue(
        first_day=written.day("du"),
        last_day=written.optional_day("au"),
        value=value,
        reference=written.text("reference"),
        source=written.optional_text("source"),
        read_on=written.day("lu_le"),
        status=written.member("statut", Status),
        note=written.optional_text("note"),
        published=written.optional_text("journal_officiel"),
        position=written.position,
    )


def article(slug: str, matter: FrontMatter) -> Article:
    """Read legal/articles/<slug>.md."""
    written = Fields(matter.head)
    return Article(
        slug=slug,
        number=written.text("article").replace(". ", ".\u00a0"),
        code=written.text("code"),
        title=written.text("intitule"),
        is_quoted=written.word("nature", ("texte", "resume")) == "texte",
        first_day=written.optional_day("en_vigueur_du"),
        last_day=written.optional_day("en_vigueur_au"),
        legifrance=written.optional_text("legifrance"),
        source=written.optional_text("source"),
        read_on=written.optional_day("lu_le"),
        status=written.member("statut", Status),
        note=written.optional_text("note"),
        text=matter.body.strip(),
        replaces=written.texts("remplace", optional=True),
        parts=written.named_texts("parties"),
        position=matter.head.position,
    )


def rule(slug: str, mapping: Mapping) -> Rule:
    """Read legal/regles/<slug>.yaml."""
    written = Fields(mapping)
    return Rule(
        slug=slug,
        title=written.text("titre"),
        articles=written.texts("articles"),
        origin=written.text("origine"),
        formula=written.text("formule"),
        starts=written.text("depart"),
        sentences=written.named_texts("phrases"),
        position=mapping.position,
        reasons={
            slug: Reason(one.text("texte"), one.texts("articles"))
            for slug, one in written.named_blocks("motifs").items()
        },
        names=written.named_texts("noms"),
    )


def mention(slug: str, mapping: Mapping) -> Mention:
    """Read legal/mentions/<slug>.yaml; the file is named after the id, in lower case."""
    written = Fields(mapping)
    id = written.text("id")
    if id.lower() != slug:
        unfit(f"le fichier devrait s’appeler {id.lower()}.yaml", written.place("id"))
    return Mention(
        id=id,
        title=written.text("titre"),
        check=written.text("type"),
        kinds=frozenset(written.texts("modeles", optional=True)),
        kinds_left_out=frozenset(written.texts("sauf_modeles", optional=True)),
        regimes=frozenset(written.texts("regimes", optional=True) or _REGIMES),
        articles=written.texts("articles", optional=True),
        first_day=written.optional_day("en_vigueur_du"),
        last_day=written.optional_day("en_vigueur_au"),
        level=written.member("gravite", Level),
        status=written.member("statut", Status),
        patterns=_patterns(written) if written.has("motifs") else (),
        options=written.plain("options"),
        message=written.text("message"),
        hint=written.optional_text("aide"),
        examples=_examples(written),
        position=mapping.position,
    )


def _patterns(written: Fields) -> tuple[str, ...]:
    for one in written.items("motifs"):
        try:
            refuse_unsafe(read_text(one, "chaque élément de « motifs »"))
        except Misread as fault:
            unfit(fault.message, one.position, fault.hint)
    return written.texts("motifs")


def _examples(written: Fields) -> tuple[Example, ...]:
    written.node("exemples")
    block = written.block("exemples")
    return tuple(
        _example(one, is_good)
        for kind, is_good in (("bons", True), ("mauvais", False))
        for one in block.items(kind, optional=True)
    )


def _example(node: Node, is_good: bool) -> Example:
    if isinstance(node, Text):
        return Example(is_good, read_text(node, "un exemple"), None, {})
    written = Fields(node)
    return Example(is_good, None, written.text("dossier"), written.plain("changer"))


def renumberings(mapping: Mapping) -> tuple[Renumbering, ...]:
    """Read legal/renumerotations.yaml."""
    return tuple(_renumbering(one) for one in Fields(mapping).blocks("renumerotations"))


def _renumbering(one: Fields) -> Renumbering:
    kept = one.block("contrat_anterieur")
    return Renumbering(
        old=one.text("ancien"),
        new=one.optional_text("nouveau"),
        since=one.day("depuis"),
        reason=one.text("motif"),
        patterns=_patterns(one),
        is_kept=one.has("contrat_anterieur"),
        kept_article=kept.optional_text("article"),
        kept_sentence=kept.optional_text("phrase") or "",
    )


def glossary(mapping: Mapping) -> tuple[Term, ...]:
    """Read legal/glossaire.yaml."""
    return tuple(
        Term(one.text("mot"), one.text("definition"), one.texts("articles", optional=True))
        for one in Fields(mapping).blocks("mots")
    )


def court_renamings(mapping: Mapping) -> tuple[Renaming, ...]:
    """Read legal/juridictions/activites-economiques.yaml."""
    return tuple(
        Renaming(one.day("du"), one.day("au"), frozenset(one.texts("sieges")))
        for one in Fields(mapping).blocks("periodes")
    )


def legal_forms(mapping: Mapping) -> tuple[LegalForm, ...]:
    """Read legal/juridictions/formes.yaml."""
    return tuple(
        LegalForm(name, one.word("qualite", QUALITIES))
        for one in Fields(mapping).blocks("formes")
        for name in one.texts("noms")
    )

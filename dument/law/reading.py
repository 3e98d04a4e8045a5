"""The law pack's files read into entries; a faulty file is a diagnostic at its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from dument.days import parse_date
from dument.diagnostics import Diagnostic, Level, Position, error
from dument.faults import Misread
from dument.law.courts import LegalForm, Renaming
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
from dument.source import FrontMatter, Mapping, plain

Entry = TypeVar("Entry")
Word = TypeVar("Word", bound=StrEnum)
_REGIMES = ("professionnel", "consommateur", "public")


def read_entry(
    build: Callable[[], Entry], position: Position
) -> tuple[Entry | None, list[Diagnostic]]:
    """Build an entry; a missing key or an unreadable value becomes a diagnostic."""
    try:
        return build(), []
    except KeyError as missing:
        message = f"la clé « {missing.args[0]} » manque dans ce fichier de droit"
        return None, [error("droit/cle-manquante", message, position)]
    except ValueError as fault:
        message = f"ce fichier de droit est illisible : {fault}"
    except (TypeError, AttributeError):
        message = "ce fichier de droit n’a pas la forme attendue : comparez-le à ses voisins"
    return None, [error("droit/illisible", message, position)]


def parameter(slug: str, mapping: Mapping) -> Parameter:
    """Read legal/parametres/<slug>.yaml."""
    written: Any = plain(mapping)
    nature = _one_of(written["nature"], ("periodique", "releve", "permanent"))
    items: Any = mapping.entries["valeurs"]
    values = [_dated_value(one) for one in items.items]
    return Parameter(
        slug=slug,
        title=written["titre"],
        is_periodic=nature != "permanent",
        unit=written["unite"],
        articles=tuple(written.get("articles") or ()),
        values=tuple(sorted(values, key=lambda one: one.first_day, reverse=True)),
        to_complete=written.get("a_completer"),
        position=mapping.position,
        note=written.get("note"),
        is_observed=nature == "releve",
    )


def _dated_value(node: Mapping) -> DatedValue:
    filled: Any = plain(node)
    written = {key: value for key, value in filled.items() if value is not None}
    return DatedValue(
        first_day=parse_law_date(written["du"]),
        last_day=_optional_date(written.get("au")),
        value=_number(written["valeur"]),
        reference=written["reference"],
        source=written.get("source"),
        read_on=parse_law_date(written["lu_le"]),
        status=_member(Status, written["statut"]),
        note=written.get("note"),
        published=written.get("journal_officiel"),
        position=node.position,
    )


def article(slug: str, matter: FrontMatter) -> Article:
    """Read legal/articles/<slug>.md."""
    written: Any = plain(matter.head)
    return Article(
        slug=slug,
        number=written["article"].replace(". ", ".\u00a0"),
        code=written["code"],
        title=written["intitule"],
        is_quoted=_one_of(written["nature"], ("texte", "resume")) == "texte",
        first_day=_optional_date(written.get("en_vigueur_du")),
        last_day=_optional_date(written.get("en_vigueur_au")),
        legifrance=written.get("legifrance"),
        source=written.get("source"),
        read_on=_optional_date(written.get("lu_le")),
        status=_member(Status, written["statut"]),
        note=written.get("note"),
        text=matter.body.strip(),
        replaces=tuple(written.get("remplace") or ()),
        parts=written.get("parties") or {},
        position=matter.head.position,
    )


def rule(slug: str, mapping: Mapping) -> Rule:
    """Read legal/regles/<slug>.yaml."""
    written: Any = plain(mapping)
    return Rule(
        slug=slug,
        title=written["titre"],
        articles=tuple(written["articles"]),
        origin=written["origine"],
        formula=written["formule"],
        starts=written["depart"],
        sentences=written.get("phrases") or {},
        position=mapping.position,
        reasons={
            slug: Reason(one["texte"], tuple(one["articles"]))
            for slug, one in (written.get("motifs") or {}).items()
        },
        names=written.get("noms") or {},
    )


def mention(slug: str, mapping: Mapping) -> Mention:
    """Read legal/mentions/<slug>.yaml; the file is named after the id, in lower case."""
    written: Any = plain(mapping)
    if written["id"].lower() != slug:
        raise Misread("nom", f"le fichier devrait s’appeler {written['id'].lower()}.yaml")
    patterns = tuple(written.get("motifs") or ())
    for pattern in patterns:
        _compile(pattern)
    return Mention(
        id=written["id"],
        title=written["titre"],
        check=written["type"],
        kinds=frozenset(written.get("modeles") or ()),
        kinds_left_out=frozenset(written.get("sauf_modeles") or ()),
        regimes=frozenset(written.get("regimes") or _REGIMES),
        articles=tuple(written.get("articles") or ()),
        first_day=_optional_date(written.get("en_vigueur_du")),
        last_day=_optional_date(written.get("en_vigueur_au")),
        level=_member(Level, written["gravite"]),
        status=_member(Status, written["statut"]),
        patterns=patterns,
        options=written.get("options") or {},
        message=written["message"],
        hint=written.get("aide"),
        examples=tuple(_examples(written["exemples"])),
        position=mapping.position,
    )


def _examples(written: dict[str, list[Any]]) -> list[Example]:
    return [
        Example(is_good, one, None, {})
        if isinstance(one, str)
        else Example(is_good, None, one["dossier"], one.get("changer") or {})
        for kind, is_good in (("bons", True), ("mauvais", False))
        for one in written.get(kind) or ()
    ]


def renumberings(mapping: Mapping) -> tuple[Renumbering, ...]:
    """Read legal/renumerotations.yaml."""
    written: Any = plain(mapping)
    return tuple(_renumbering(one) for one in written["renumerotations"])


def _renumbering(one: dict[str, Any]) -> Renumbering:
    kept: dict[str, str] = one.get("contrat_anterieur") or {}
    return Renumbering(
        old=one["ancien"],
        new=one.get("nouveau"),
        since=parse_law_date(one["depuis"]),
        reason=one["motif"],
        patterns=tuple(one["motifs"]),
        is_kept="contrat_anterieur" in one,
        kept_article=kept.get("article"),
        kept_sentence=kept.get("phrase", ""),
    )


def glossary(mapping: Mapping) -> tuple[Term, ...]:
    """Read legal/glossaire.yaml."""
    written: Any = plain(mapping)
    return tuple(
        Term(one["mot"], one["definition"], tuple(one.get("articles") or ()))
        for one in written["mots"]
    )


def court_renamings(mapping: Mapping) -> tuple[Renaming, ...]:
    """Read legal/juridictions/activites-economiques.yaml."""
    written: Any = plain(mapping)
    return tuple(
        Renaming(
            first_day=parse_law_date(one["du"]),
            last_day=parse_law_date(one["au"]),
            names=frozenset(one["sieges"]),
        )
        for one in written["periodes"]
    )


def legal_forms(mapping: Mapping) -> tuple[LegalForm, ...]:
    """Read legal/juridictions/formes.yaml."""
    written: Any = plain(mapping)
    return tuple(
        LegalForm(name, one["qualite"]) for one in written["formes"] for name in one["noms"]
    )


def parse_law_date(text: str) -> date:
    """Read a date of the law pack; years before the case calendar's 1980 are admitted."""
    try:
        return date.fromisoformat(text) if text < "1980" else parse_date(text)
    except Misread:
        raise
    except ValueError:
        raise Misread("date", f"« {text} » n’est pas une date") from None


def _number(text: str) -> Decimal:
    try:
        return Decimal(text.replace(" ", "").replace(",", "."))
    except InvalidOperation:
        raise Misread("nombre", f"« {text} » n’est pas un nombre") from None


def _compile(pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error:
        message = f"le motif « {pattern} » n’est pas une expression régulière"
        raise Misread("motif", message) from None


def _optional_date(text: str | None) -> date | None:
    return parse_law_date(text) if text else None


def _member(words: type[Word], word: str) -> Word:
    return words(_one_of(word, tuple(words)))


def _one_of(word: str, admitted: tuple[str, ...]) -> str:
    if word not in admitted:
        raise Misread("valeur", f"« {word} » : valeurs admises {', '.join(admitted)}")
    return word

"""What `dument law` says, as lines of text and as records ready for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from dument.french import long_date
from dument.law import Law
from dument.law.catalogue import Entry, Holding
from dument.law.changes import ENDS, STARTS, Change
from dument.law.entries import Article, DatedValue, Mention, Parameter, Rule

_HEADS = {
    "parametre": "Paramètres",
    "article": "Articles",
    "mention": "Contrôles",
    "reference": "Références remplacées",
}
_LONGEST_TITLE = 60


def list_lines(found: Sequence[Holding]) -> Iterator[str]:
    """Yield the list as columns, one heading a kind."""
    widths = [max((len(one.slug) for one in found), default=0),
              max((len(one.held) for one in found), default=0)]  # fmt: skip
    for kind, head in _HEADS.items():
        of_kind = [one for one in found if one.kind == kind]
        if of_kind:
            yield f"{head} ({len(of_kind)})"
        for one in of_kind:
            status = one.status.value if one.status else "-"
            columns = f"{one.slug:{widths[0]}}  {one.held:>{widths[1]}}  {status:10}"
            yield f"  {columns}  {_shortened(one.title)}"


def _shortened(title: str) -> str:
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…"


def list_records(found: Iterable[Holding]) -> list[dict[str, Any]]:
    """Return the list as data."""
    return [
        {
            "genre": one.kind,
            "nom": one.slug,
            "titre": one.title,
            "valeur": one.held,
            "statut": one.status.value if one.status else None,
        }
        for one in found
    ]


def entry_record(law: Law, entry: Entry) -> dict[str, Any]:
    """Return an entry with all that its file holds, empty keys left out."""
    match entry:
        case Parameter():
            told = _parameter_record(law, entry)
        case Article():
            told = _article_record(entry)
        case Mention():
            told = _mention_record(entry)
        case Rule():
            told = _rule_record(entry)
    return {key: value for key, value in told.items() if value not in (None, [], "")}


def _parameter_record(law: Law, one: Parameter) -> dict[str, Any]:
    nature = "relevé" if one.is_observed else "périodique" if one.is_periodic else "permanent"
    return {
        "genre": "parametre",
        "nom": one.slug,
        "titre": one.title,
        "nature": nature,
        "unite": one.unit,
        "articles": list(one.articles),
        "note": one.note,
        "a_completer": one.to_complete,
        "fichier": one.position.file,
        "valeurs": [_value_record(law, one.slug, value) for value in one.values],
    }


def _value_record(law: Law, slug: str, value: DatedValue) -> dict[str, Any]:
    told = {
        "du": _iso(value.first_day),
        "au": _iso(value.last_day),
        "valeur": law.worded(slug, value),
        "nombre": str(value.value),
        "reference": value.reference,
        "journal_officiel": value.published,
        "source": value.source,
        "lu_le": _iso(value.read_on),
        "statut": value.status.value,
        "note": value.note,
    }
    return {key: one for key, one in told.items() if one is not None}


def _article_record(one: Article) -> dict[str, Any]:
    return {
        "genre": "article",
        "nom": one.slug,
        "titre": one.title,
        "article": one.cited(),
        "nature": "texte" if one.is_quoted else "résumé",
        "du": _iso(one.first_day),
        "au": _iso(one.last_day),
        "legifrance": one.legifrance,
        "source": one.source,
        "lu_le": _iso(one.read_on),
        "statut": one.status.value,
        "remplace": list(one.replaces),
        "note": one.note,
        "fichier": one.position.file if one.position else None,
        "texte": one.text,
    }


def _mention_record(one: Mention) -> dict[str, Any]:
    return {
        "genre": "mention",
        "nom": one.id,
        "titre": one.title,
        "type": one.check,
        "modeles": sorted(one.kinds),
        "sauf_modeles": sorted(one.kinds_left_out),
        "regimes": sorted(one.regimes),
        "articles": list(one.articles),
        "du": _iso(one.first_day),
        "au": _iso(one.last_day),
        "gravite": one.level.value,
        "statut": one.status.value,
        "message": one.message,
        "aide": one.hint,
        "fichier": one.position.file,
    }


def _rule_record(one: Rule) -> dict[str, Any]:
    return {
        "genre": "regle",
        "nom": one.slug,
        "titre": one.title,
        "articles": list(one.articles),
        "origine": one.origin,
        "formule": one.formula,
        "depart": one.starts,
        "fichier": one.position.file,
    }


_LABELS = {
    "genre": "genre", "nom": "nom", "article": "article", "nature": "nature", "unite": "unité",
    "type": "type", "modeles": "lettres", "regimes": "débiteurs", "articles": "articles",
    "du": "en vigueur du", "au": "en vigueur au", "gravite": "gravité", "origine": "origine",
    "formule": "formule", "depart": "départ", "legifrance": "Légifrance", "source": "source",
    "lu_le": "lu le", "statut": "statut", "remplace": "remplace", "message": "message",
    "aide": "aide", "note": "note", "a_completer": "à compléter", "fichier": "fichier",
}  # fmt: skip


def entry_lines(law: Law, entry: Entry) -> Iterator[str]:
    """Yield an entry as a page of text: its head, then its values or its words."""
    told = entry_record(law, entry)
    yield told["titre"]
    width = max(map(len, _LABELS.values()))
    for key, label in _LABELS.items():
        if key in told:
            words = told[key] if isinstance(told[key], str) else ", ".join(told[key])
            yield f"  {label:{width}} : {words}"
    for value in told.get("valeurs", ()):
        yield ""
        end = f"au {value['au']}" if "au" in value else "sans fin"
        yield f"  du {value['du']} {end} : {value['valeur']} ({value['statut']})"
        for key in ("reference", "journal_officiel", "source", "lu_le", "note"):
            if key in value:
                yield f"    {key.replace('_', ' ')} : {value[key]}"
    if "texte" in told:
        yield from ("", told["texte"])


def change_lines(found: Sequence[Change], earlier: date, later: date) -> Iterator[str]:
    """Yield the changes, a heading for each day."""
    if not found:
        yield f"rien ne change du {long_date(earlier)} au {long_date(later)}"
    day: date | None = None
    for one in found:
        if one.day != day:
            day = one.day
            yield f"Le {long_date(day)}"
        yield f"  {one.kind} {one.slug} : {_change_words(one)}"
        if one.kind != "reference":
            yield f"      {one.title}"
        if one.reason:
            yield f"      {one.reason}"


def _change_words(one: Change) -> str:
    if one.nature in (STARTS, ENDS):
        return one.nature
    if one.before == one.after:
        return f"{one.after}, {one.nature}"
    return f"{one.before or 'inconnue'} → {one.after or 'inconnue'}"


def change_records(found: Iterable[Change]) -> list[dict[str, Any]]:
    """Return the changes as data."""
    return [
        {
            "le": one.day.isoformat(),
            "genre": one.kind,
            "nom": one.slug,
            "titre": one.title,
            "nature": one.nature,
            "avant": one.before,
            "apres": one.after,
            "motif": one.reason,
        }
        for one in found
    ]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None

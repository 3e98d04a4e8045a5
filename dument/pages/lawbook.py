"""The law a dossier rests on: articles cited, parameter values used, by whom, how sure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from dument.case import Channel
from dument.dossier import Dossier
from dument.french import slug as anchor
from dument.law import Article, DatedValue, Law, OutsideKnownLaw
from dument.ledger import Statement
from dument.pages.court import court
from dument.pages.frame import Desk
from dument.pages.sums import rules_used
from dument.rules.evidence import RULE as EVIDENCE

_HOST_OF_MANY = "github.com"


def lawbook(desk: Desk) -> dict[str, Any]:
    """Return articles cited, articles that only a check names, and values used."""
    citers = _citers(desk)
    checked = [
        slug for mention, _ in desk.dossier.applied for slug in mention.articles
    ] + _found_articles(desk.dossier)
    if "juge" in desk.pages:
        checked += desk.dossier.law.rules[EVIDENCE].articles
        checked += [slug for one in court(desk.dossier)["motifs"] for slug in one["articles"]]
    checked += [slug for term in desk.dossier.law.glossary for slug in term.articles]
    articles = desk.dossier.law.articles
    return {
        "articles": [
            article_view(articles[slug], desk, citers[slug])
            for slug in sorted(citers, key=lambda one: _order(articles[one]))
        ],
        "articles_controles": [
            article_view(articles[slug], desk, [])
            for slug in sorted(
                set(checked).intersection(articles).difference(citers),
                key=lambda one: _order(articles[one]),
            )
        ],
        "valeurs": _values(desk),
    }


def glossary(law: Law) -> list[dict[str, Any]]:
    """Return the words of the glossary, in the order of a French dictionary."""
    return [
        {
            "mot": one.word,
            "ancre": f"mot-{anchor(one.word)}",
            "definition": one.meaning,
            "articles": list(one.articles),
        }
        for one in sorted(law.glossary, key=lambda one: anchor(one.word))
    ]


def known_articles(book: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the articles that have an anchor on the law page, by slug."""
    return {one["slug"]: one for one in (*book["articles"], *book["articles_controles"])}


def article_view(article: Article, desk: Desk, citers: list[dict[str, Any]]) -> dict[str, Any]:
    """Return an article as the law page shows it."""
    return {
        "slug": article.slug,
        "numero": article.number,
        "code": article.code,
        "titre": article.title,
        "est_texte": article.is_quoted,
        "du": article.first_day,
        "au": article.last_day,
        "en_vigueur": article.is_in_force(desk.dossier.as_of),
        "legifrance": article.address,
        "identifiant": article.legifrance,
        "source": web_link(article.source),
        "source_texte": article.source,
        "lu_le": article.read_on,
        "statut": article.status.value,
        "note": article.note,
        "paragraphes": [part.strip() for part in article.text.split("\n\n") if part.strip()],
        "cite_par": citers,
    }


def outside(source: str | None) -> str | None:
    """Return where a value was read; nothing for the house's own page on what it chose."""
    return None if source and source.startswith("docs/") else source


def web_link(address: str | None) -> dict[str, str] | None:
    """Return a plain web address with its host's name; nothing else may become a link.

    A host of many is named with the collection that was read there.
    """
    if not address:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    site = parts.hostname.removeprefix("www.")
    if site == _HOST_OF_MANY:
        site = "/".join([site, *parts.path.split("/")[1:3]])
    return {"adresse": address, "site": site}


def _order(article: Article) -> tuple[str, str]:
    return (article.code, article.slug)


def _citers(desk: Desk) -> dict[str, list[dict[str, Any]]]:
    """Say for each article who cites it: the décompte, the limitation period, letters."""
    dossier = desk.dossier
    citers: dict[str, list[dict[str, Any]]] = {}

    def add(slug: str, citer: dict[str, Any]) -> None:
        if slug in dossier.law.articles and citer not in citers.setdefault(slug, []):
            citers[slug].append(citer)

    for rule in rules_used(dossier):
        for slug in rule["articles"]:
            add(slug, {"sorte": "decompte"})
    for one in dossier.limitations:
        for slug in dossier.law.parameters[one.ingredient.slug].articles:
            add(slug, {"sorte": "prescription"})
    for step in dossier.order_steps:
        for slug in step.articles:
            add(slug, {"sorte": "ordonnance"})
    for annex in dossier.annexes.values():
        for slug in annex.cited:
            add(slug, {"sorte": "decompte"})
    titles = Counter(one.version.title for one in dossier.letters)
    for letter in dossier.letters:
        link, is_dated = desk.letter_link(letter), titles[letter.version.title] > 1
        for slug in letter.cited:
            add(slug, {"sorte": "lettre", "lettre": link, "datee": is_dated})
    return citers


def _found_articles(dossier: Dossier) -> list[str]:
    mentions = (dossier.law.mentions.get(found.id) for found in dossier.diagnostics)
    return [slug for mention in mentions if mention for slug in mention.articles]


def _values(desk: Desk) -> list[dict[str, Any]]:
    """Return every parameter with the values that entered a figure or a date, newest first."""
    law = desk.dossier.law
    used: dict[str, dict[Any, DatedValue]] = {}
    for slug, value in _used(desk.dossier):
        used.setdefault(slug, {})[value.first_day] = value
    return [
        {
            "slug": slug,
            "titre": law.parameters[slug].title,
            "articles": list(law.parameters[slug].articles),
            "valeurs": [_value(desk, slug, found[day]) for day in sorted(found, reverse=True)],
        }
        for slug, found in sorted(used.items(), key=lambda one: law.parameters[one[0]].title)
    ]


def _value(desk: Desk, slug: str, value: DatedValue) -> dict[str, Any]:
    return {
        "valeur": desk.dossier.law.worded(slug, value),
        "du": value.first_day,
        "au": value.last_day,
        "reference": value.reference,
        "source": web_link(value.source),
        "source_texte": outside(value.source),
        "lu_le": value.read_on,
        "statut": value.status.value,
        "note": value.note,
    }


def _used(dossier: Dossier) -> Iterator[tuple[str, DatedValue]]:
    for statement in (dossier.statement, *(letter.statement for letter in dossier.letters)):
        yield from _in_statement(statement)
    for one in dossier.limitations:
        yield one.ingredient.slug, one.ingredient.used
    for step in dossier.order_steps:
        yield from ((one.slug, one.used) for one in step.ingredients)
    yield from _in_deadlines(dossier)


def _in_statement(statement: Statement) -> Iterator[tuple[str, DatedValue]]:
    clause = (statement.clause_entry,) if statement.clause_entry else ()
    for entry in (*statement.lines, *statement.fixed_sum_entries, *clause):
        for one in entry.ingredients:
            yield one.slug, one.used


def _in_deadlines(dossier: Dossier) -> Iterator[tuple[str, DatedValue]]:
    """Yield the usages that set the day by which a letter asks to be paid."""
    for letter in dossier.letters:
        sending = letter.request.sending
        if letter.request.deadline or (sending and sending.channel is Channel.COURT):
            continue
        wanted = [] if letter.request.days else ["usage-delai-mise-en-demeure-"
                                                 + dossier.case.regime.value]  # fmt: skip
        if sending is None or sending.channel in (Channel.POST, Channel.REGISTERED):
            wanted.append("usage-acheminement")
        for slug in wanted:
            try:
                yield slug, dossier.law.value(slug, letter.on)
            except OutsideKnownLaw:
                continue

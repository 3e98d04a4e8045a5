"""What changed in the law between two days: values, article versions, checks, old references."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dument.law import Law
from dument.law.entries import Article, DatedValue, Mention, Parameter

NEW_VALUE, NEW_REFERENCE, UNKNOWN = "nouvelle valeur", "nouvelle référence", "inconnue"
STARTS, ENDS, REPLACED = "commence", "finit", "remplacée"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the law: the first day of what is new, what it bears on, before and after.

    `kind` is `parametre`, `article`, `mention` or `reference`.
    """

    day: date
    kind: str
    slug: str
    title: str
    nature: str
    before: str | None = None
    after: str | None = None
    reason: str | None = None


def changes_between(law: Law, earlier: date, later: date) -> list[Change]:
    """Return what changed after the earlier day and up to the later one, in order of days."""
    found = [
        *(one for parameter in law.parameters.values() for one in _of_values(law, parameter)),
        *(one for article in law.articles.values() for one in _of_article(article)),
        *(one for mention in law.mentions.values() for one in _of_mention(mention)),
        *(
            Change(one.since, "reference", one.old, one.old, REPLACED, one.old,
                   _cited(law, one.new), one.reason)
            for one in law.renumberings
        ),
    ]  # fmt: skip
    kept = [one for one in found if earlier < one.day <= later]
    return sorted(kept, key=lambda one: (one.day, _KINDS.index(one.kind), one.slug))


_KINDS = ("parametre", "article", "mention", "reference")


def _of_values(law: Law, parameter: Parameter) -> Iterator[Change]:
    before: DatedValue | None = None
    for value in reversed(parameter.values):
        if before is not None and _next_day(before) not in (None, value.first_day):
            yield _to_unknown(law, parameter, before)
            before = None
        old = law.worded(parameter.slug, before) if before else None
        new = law.worded(parameter.slug, value)
        if old != new or before is None or before.reference != value.reference:
            nature = NEW_REFERENCE if old == new else NEW_VALUE
            yield Change(value.first_day, "parametre", parameter.slug, parameter.title, nature,
                         old, new, value.reference)  # fmt: skip
        before = value
    if before is not None and before.last_day is not None:
        yield _to_unknown(law, parameter, before)


def _to_unknown(law: Law, parameter: Parameter, last: DatedValue) -> Change:
    day = _next_day(last) or date.max
    old = law.worded(parameter.slug, last)
    return Change(day, "parametre", parameter.slug, parameter.title, UNKNOWN, old, None,
                  parameter.to_complete)  # fmt: skip


def _next_day(value: DatedValue) -> date | None:
    return value.last_day + timedelta(days=1) if value.last_day else None


def _of_article(article: Article) -> Iterator[Change]:
    named = article.cited()
    yield from _of_interval("article", article.slug, named, article.first_day, article.last_day,
                            article.note)  # fmt: skip


def _of_mention(mention: Mention) -> Iterator[Change]:
    yield from _of_interval("mention", mention.id, mention.title, mention.first_day,
                            mention.last_day, None)  # fmt: skip


def _of_interval(
    kind: str, slug: str, title: str, first_day: date | None, last_day: date | None,
    note: str | None,
) -> Iterator[Change]:  # fmt: skip
    if first_day is not None:
        yield Change(first_day, kind, slug, title, STARTS)
    if last_day is not None:
        yield Change(last_day + timedelta(days=1), kind, slug, title, ENDS, reason=note)


def _cited(law: Law, new: str | None) -> str | None:
    return law.articles[new].cited() if new in law.articles else new

"""The law pack as a list: each entry with what holds on a day, and finding one by its name."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dument.french import slug as slug_of
from dument.law import Law
from dument.law.entries import Article, Mention, OutsideKnownLaw, Parameter, Rule, Status

_LETTER_APART = re.compile(r"\b([adlr])-(?=\d)")  # « L. 441-10 » is « l441-10 » in names
Entry = Parameter | Article | Mention | Rule
IN_FORCE, NOT_IN_FORCE, UNKNOWN = "en vigueur", "pas en vigueur", "inconnue"


@dataclass(frozen=True, slots=True)
class Holding:
    """One entry on a day; `status` is None for a parameter whose value is unknown that day."""

    kind: str
    slug: str
    title: str
    held: str
    status: Status | None


def holdings(law: Law, day: date) -> list[Holding]:
    """Return parameters, articles and mentions, each with what holds on a day."""
    return [
        *(_of_parameter(law, one, day) for one in law.parameters.values()),
        *(_of_dated("article", one.slug, one, day) for one in law.articles.values()),
        *(_of_dated("mention", one.id, one, day) for one in law.mentions.values()),
    ]


def _of_parameter(law: Law, parameter: Parameter, day: date) -> Holding:
    try:
        used = parameter.at(day)
    except OutsideKnownLaw:
        return Holding("parametre", parameter.slug, parameter.title, UNKNOWN, None)
    held = law.worded(parameter.slug, used)
    return Holding("parametre", parameter.slug, parameter.title, held, used.status)


def _of_dated(kind: str, slug: str, entry: Article | Mention, day: date) -> Holding:
    held = IN_FORCE if entry.is_in_force(day) else NOT_IN_FORCE
    title = entry.cited() if isinstance(entry, Article) else entry.title
    return Holding(kind, slug, title, held, entry.status)


def find_entry(law: Law, named: str) -> Entry | None:
    """Return a parameter, an article, a check or a rule by its name; None when there is none.

    An article is found by its number alone, « L441-10 » or « L. 441-10 », when only one bears it.
    """
    slug = named.lower()
    found = (
        law.parameters.get(slug)
        or law.articles.get(slug)
        or law.mentions.get(named.upper())
        or law.rules.get(slug)
    )
    numbered = [one for name, one in law.articles.items() if name.endswith(f"-{_wanted(named)}")]
    return found or (numbered[0] if len(numbered) == 1 else None)


def _wanted(named: str) -> str:
    return _LETTER_APART.sub(r"\1", slug_of(named))


def near_names(law: Law, named: str) -> list[str]:
    """Return the names closest to one that does not exist: « L441-10 » finds its article.

    Those that hold the name as typed come first, then those written almost as it is.
    """
    wanted = _wanted(named)
    names = list(_names(law))
    holding = [one for one in names if wanted and wanted in one.lower()]
    near = difflib.get_close_matches(wanted, names, 3)
    return list(dict.fromkeys([*sorted(holding, key=len), *near]))[:5]


def _names(law: Law) -> Iterator[str]:
    for entries in (law.parameters, law.articles, law.mentions, law.rules):
        yield from entries

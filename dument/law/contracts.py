"""The law of an older contract: it keeps the articles of its day, which were renumbered since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from dument.french import long_date
from dument.law.entries import Mention, Parameter, Renumbering, Rule

if TYPE_CHECKING:
    from dument.law import Law

Citing = TypeVar("Citing", Rule, Parameter, Mention)


def law_of_contract(law: Law, concluded_on: date | None) -> Law:
    """Return the law that governs a contract of a day; today's when the day is unknown.

    An article that was renumbered since is replaced by the one the contract keeps, wherever a
    rule, a value or a letter names it, and the old number is no longer held obsolete.
    """
    if concluded_on is None:
        return law
    kept = [one for one in law.renumberings if one.is_kept and concluded_on < one.since]
    slugs = {one.new: one.kept_article for one in kept if one.new and one.kept_article}
    return replace(
        law,
        articles=law.articles | {new: law.articles[old] for new, old in slugs.items()},
        rules=_renamed(law.rules, slugs),
        parameters=_renamed(law.parameters, slugs),
        mentions=_renamed(law.mentions, slugs),
        renumberings=tuple(one for one in law.renumberings if one not in kept),
        kept=tuple(one for one in kept if one.kept_article),
    )


def _renamed(entries: dict[str, Citing], slugs: dict[str, str]) -> dict[str, Citing]:
    return {
        key: replace(one, articles=tuple(slugs.get(slug, slug) for slug in one.articles))
        if slugs.keys() & set(one.articles)
        else one
        for key, one in entries.items()
    }


def kept_sentence(one: Renumbering, concluded_on: date) -> str:
    """Say that a contract of a day keeps an article, in the words of the law pack."""
    return one.kept_sentence.format(
        contrat=long_date(concluded_on), depuis=long_date(one.since), motif=one.reason
    )

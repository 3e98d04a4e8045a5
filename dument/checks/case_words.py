"""The words of a case: the facts its letters quote, and the texts its user writes freely."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from dument.case import Case, Party
from dument.schema import FieldPath


def without_facts(text: str, case: Case) -> str:
    """Blank out of a letter the names, places and titles it quotes: they are not its words.

    An invoice for « frais de dossier », a company called after a court or a street of the
    Republic say nothing of what the letter claims.
    """
    return _blanked(text, tuple(sorted(set(facts(case)), key=lambda fact: (-len(fact), fact))))


@lru_cache(maxsize=32)
def _blanked(text: str, quoted: tuple[str, ...]) -> str:
    """Blank facts out of a text, the longest first; every rule on a letter asks for the same."""
    patterns = (r"\s+".join(map(_word, fact.split())) for fact in quoted)
    return re.sub("|".join(patterns), "…", text, flags=re.IGNORECASE)


def _word(word: str) -> str:
    return re.escape(word).replace("'", "['’]")


def facts(case: Case) -> Iterator[str]:
    """Yield each fact of the case that a letter may quote."""
    quoted = [*_of_party(case.creditor), *_of_party(case.debtor)]
    quoted += [one.subject for one in case.invoices]
    quoted += [one.title for one in case.exhibits]
    if case.claim is not None:
        quoted += [case.claim.basis, case.claim.contract]
    yield from (fact for fact in quoted if fact and len(fact) > 3)


def _of_party(party: Party) -> list[str | None]:
    place = party.address
    names = [party.name, party.company_name, party.last_name]
    return [*names, place.street, place.extra, place.locality, place.city]


def free_texts(case: Case) -> Iterator[tuple[FieldPath, str]]:
    """Yield each text the user writes as he likes, with its place; private notes included."""
    yield from _given(("title",), case.title)
    if case.claim is not None:
        yield from _given(("claim", "basis"), case.claim.basis)
    if case.status.dispute is not None:
        yield from _given(("status", "dispute", "reason"), case.status.dispute.reason)
    for collection, fields in _FREE.items():
        for rank, one in enumerate(getattr(case, collection)):
            for field in fields:
                yield from _given((collection, rank, field), getattr(one, field))


_FREE = {
    "invoices": ("subject",),
    "journal": ("summary", "note"),
    "letters": ("paragraph",),
    "exhibits": ("title",),
}


def _given(path: FieldPath, text: str | None) -> Iterator[tuple[FieldPath, str]]:
    if text:
        yield path, text

"""Passages of a text that name a dead reference, each with what replaces it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dument.checks.patterns import compiled
from dument.checks.wording import listed
from dument.french import short_date, squeeze
from dument.law import Law, Mention, Renumbering


def obsolete_passages(mention: Mention, law: Law, text: str, day: date) -> Iterator[str]:
    """Yield « passage » → new reference, once each, for what was dead on a day.

    `options.anciens` keeps only these old references; `options.sauf_anciens` leaves some out.
    """
    only, left_out = listed(mention, "anciens"), listed(mention, "sauf_anciens")
    seen: dict[str, None] = {}
    for one in law.renumberings:
        is_kept = (not only or one.old in only) and one.old not in left_out
        if is_kept and one.since <= day:
            seen |= dict.fromkeys(_said(law, one, text))
    yield from seen


def _said(law: Law, one: Renumbering, text: str) -> Iterator[str]:
    for pattern in one.patterns:
        for found in compiled(pattern).finditer(text):
            yield worded(law, one, found[0])


def worded(law: Law, one: Renumbering, passage: str) -> str:
    """Say a dead reference as it is written, what replaces it, since when and why."""
    new = f" → {_cited(law, one.new)}" if one.new else ""
    return f"« {squeeze(passage)} »{new} (depuis le {short_date(one.since)}, {one.reason})"


def _cited(law: Law, new: str) -> str:
    return law.articles[new].cited() if new in law.articles else new

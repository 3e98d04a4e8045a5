"""`clause-penale-prouvee`: an agreed penalty has its exhibit, and is not one a judge would cut."""

from __future__ import annotations

from collections.abc import Iterator

from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import say, whole
from dument.law import Mention
from dument.letters import Letter
from dument.money import format_rate

TYPE = "clause-penale-prouvee"
BEARS_ON_LETTERS = False
_PATH = ("terms", "penalty_clause")


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield a clause without an exhibit (`sans-piece`) or over `options.seuil` percent."""
    terms = inspection.case.terms
    clause = terms.penalty_clause
    if clause is None:
        return
    if terms.exhibit is None:
        yield from say(mention, "sans-piece", _PATH)
    if clause.rate > whole(mention, "seuil"):
        yield from say(mention, "elevee", _PATH, taux=format_rate(clause.rate))

"""`conditions-admises`: the terms of the case are those its regime admits."""

from __future__ import annotations

from collections.abc import Iterator

from dument.case import InterestBasis
from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import say
from dument.law import Mention
from dument.letters import Letter

TYPE = "conditions-admises"
BEARS_ON_LETTERS = False


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield each term that cannot be held against this debtor, as a case of `options.cas`."""
    terms, regime = inspection.case.terms, inspection.case.regime.value
    if inspection.case.is_owed_to_a_person:
        yield from say(mention, "creancier-particulier", ("creditor", "kind"))
    if terms.late_interest is not None:
        is_waived = terms.late_interest.basis is InterestBasis.NONE
        case = "renonciation" if is_waived else "taux"
        yield from say(mention, f"{case}-{regime}", ("terms", "late_interest"))
    if terms.capitalisation:
        yield from say(mention, f"capitalisation-{regime}", ("terms", "capitalisation"))
    if terms.penalty_clause is not None:
        yield from say(mention, f"clause-penale-{regime}", ("terms", "penalty_clause"))

"""`juridiction-competente`: the court the case names is the one its parties and places lead to.

A court of commerce for a debtor who is no trader, and a court of another place, are wrong for
certain; a civil court between traders may hear a commercial lease, and a court called by another
name is the same court. Each rule says, by the cases it words, which of these it reports. Where the
file decides of no court, the rule that words it says what to write.
"""

from __future__ import annotations

from collections.abc import Iterator

from dument.case import Court, CourtKind, PartyKind
from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import say
from dument.french import slug
from dument.law import Law, Mention
from dument.letters import Letter
from dument.rules.competent_court import (
    Competence,
    Outcome,
    competent_court,
    designation,
    reasons,
)

TYPE = "juridiction-competente"
BEARS_ON_LETTERS = True
_CIVIL = {CourtKind.JUDICIAL, CourtKind.PROTECTION, CourtKind.FIRST_INSTANCE}
_PATH = ("court",)


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield what does not agree."""
    case, law = inspection.case, inspection.law
    found = competent_court(case, law, letter.on if letter else inspection.as_of)
    if case.debtor.address.country.upper() != "FR":
        if letter is None or not letter.request.is_sent:
            yield from say(mention, "etranger", ("debtor", "address", "country"))
        return
    if case.court is None:
        if found.outcome is Outcome.UNDECIDED:
            yield from say(mention, "indecise", ("debtor",), raison=_why(law, found))
        return
    if case.debtor.kind is PartyKind.INDIVIDUAL and case.court.kind not in _CIVIL:
        yield from say(mention, "particulier-au-commerce", (*_PATH, "kind"))
    elif found.court is not None:
        yield from _compared(mention, law, case.court, found)


def _compared(mention: Mention, law: Law, given: Court, found: Competence) -> Iterator[Finding]:
    """Compare a court with the computed one, or with the other one that may be chosen."""
    open_to = [one for one in (found.court, found.other) if one is not None]
    expected = next((one for one in open_to if _alike(one, given)), None)
    if expected is None and found.court is not None:
        kind = "commercants-au-civil" if given.kind in _CIVIL else "civil-au-commerce"
        yield from _said(mention, kind, "kind", law, found.court, found)
    elif expected is not None and not _sits(law, expected, given, found):
        yield from _said(mention, "autre-ressort", "city", law, expected, found)
    elif expected is not None and CourtKind.PROTECTION is not given.kind is not expected.kind:
        yield from _said(mention, "autre-nom", "kind", law, expected, found)


def _alike(one: Court, other: Court) -> bool:
    return (one.kind in _CIVIL) is (other.kind in _CIVIL)


def _sits(law: Law, expected: Court, given: Court, found: Competence) -> bool:
    """Whether a town is that of the court; a shortened name is right (« Brive », « Évry »)."""
    towns = {seat.town for seat in law.courts.seats if seat.name == expected.city}
    towns |= {expected.city, *([found.chamber] if found.chamber else [])}
    written = f"{slug(given.city)}-"
    return any(f"{slug(town)}-".startswith(written) for town in towns)


def _said(
    mention: Mention, case: str, field: str, law: Law, expected: Court, found: Competence
) -> Iterator[Finding]:
    name = designation(law, expected)
    yield from say(mention, case, (*_PATH, field), attendue=name, raison=_why(law, found))


def _why(law: Law, found: Competence) -> str:
    """Join the steps that lead to the court; of an undecided search, the last one alone."""
    told = [one.text for one in reasons(law, found)]
    return " ".join(told if found.outcome is Outcome.FOUND else told[-1:])

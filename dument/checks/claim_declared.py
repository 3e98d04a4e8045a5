"""`creance-declaree`: a claim in insolvency is declared in time, by a letter `options.lettre`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dument.case import Case
from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import say
from dument.law import Mention, OutsideKnownLaw
from dument.letters import Letter
from dument.rules.claim_declaration import declaration_deadline

TYPE = "creance-declaree"
BEARS_ON_LETTERS = False
_PATH = ("status", "insolvency")


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield one finding until the declaration has left: by post its sending counts."""
    case = inspection.case
    try:
        last_day = declaration_deadline(case, inspection.law)
    except OutsideKnownLaw:
        yield from say(mention, "inconnu", _PATH)
        return
    if last_day is None:
        return
    declared = _declared_on(case, str(mention.options["lettre"]))
    if declared is not None and declared <= min(last_day, inspection.as_of):
        return
    is_over = last_day < inspection.as_of
    yield from say(mention, "depasse" if is_over else "proche", _PATH, date=last_day)


def _declared_on(case: Case, kind: str) -> date | None:
    sent = [one.sent_on for one in case.letters if one.kind == kind and one.sent_on]
    return min(sent, default=None)

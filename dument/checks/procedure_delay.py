"""`delai-de-procedure`: what must follow an event was done within the time the law gives.

`options.depart` is an event of the journal or `publication-bodacc`, `options.acte` the event
that must follow (none is recorded for some), `options.parametre` the time, in months or days.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from dument.case import Case
from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import say, whole
from dument.days import add_months, first_working_day
from dument.law import Law, Mention, OutsideKnownLaw
from dument.letters import Letter

TYPE = "delai-de-procedure"
BEARS_ON_LETTERS = False


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield one finding when the time is over (`depasse`) or nearly (`proche`)."""
    case, today = inspection.case, inspection.as_of
    start = _start(case, str(mention.options["depart"]), today)
    if start is None or _was_done(case, str(mention.options.get("acte")), start, today):
        return
    try:
        last_day = _last_day(inspection.law, str(mention.options["parametre"]), start)
    except OutsideKnownLaw:
        yield from say(mention, "inconnu", depart=start)
        return
    if last_day < today:
        yield from say(mention, "depasse", depart=start, date=last_day)
    elif last_day <= today + timedelta(days=whole(mention, "marge")):
        yield from say(mention, "proche", depart=start, date=last_day)


def _start(case: Case, event: str, today: date) -> date | None:
    if event == "publication-bodacc":
        insolvency = case.status.insolvency
        return insolvency.published_on if insolvency else None
    return max(
        (one.on for one in case.journal if one.kind == event and one.on <= today), default=None
    )


def _was_done(case: Case, event: str, start: date, today: date) -> bool:
    return any(one.kind == event and start <= one.on <= today for one in case.journal)


def _last_day(law: Law, slug: str, start: date) -> date:
    """Return the last day, moved to a working day (CPC, art. 640 to 642)."""
    span = int(law.value(slug, start).value)
    is_months = law.parameters[slug].unit == "mois"
    return first_working_day(
        add_months(start, span) if is_months else start + timedelta(days=span)
    )

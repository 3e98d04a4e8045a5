"""`delai-de-procedure`: what must follow an event was done within the time the law gives.

`options.depart` is an event of the case (or a list of them) or `titre`, the day a decision became
enforceable; `options.acte` the event that must follow (none is recorded for some);
`options.parametre` the time, in years, months or days.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from dument.case import Case
from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import listed, say, whole
from dument.days import procedural_deadline
from dument.law import Law, Mention, OutsideKnownLaw
from dument.letters import Letter

TYPE = "delai-de-procedure"
BEARS_ON_LETTERS = False


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield one finding an event when the time is over (`depasse`) or nearly (`proche`).

    An act that came too late leaves the time over.
    """
    case, today = inspection.case, inspection.as_of
    for event in listed(mention, "depart") or [str(mention.options["depart"])]:
        start = _start(case, event, today)
        if start is None:
            continue
        try:
            last_day = _last_day(inspection.law, str(mention.options["parametre"]), start)
        except OutsideKnownLaw:
            yield from say(mention, "inconnu", depart=start)
            continue
        if _was_done(case, str(mention.options.get("acte")), start, min(last_day, today)):
            continue
        if last_day < today:
            yield from say(mention, "depasse", depart=start, date=last_day)
        elif last_day <= today + timedelta(days=whole(mention, "marge")):
            yield from say(mention, "proche", depart=start, date=last_day)


def _start(case: Case, event: str, today: date) -> date | None:
    if event == "titre":
        judged = case.judged(today)
        return judged.enforceable_on if judged else None
    return max((day for day, kind in case.acts if kind == event and day <= today), default=None)


def _was_done(case: Case, event: str, start: date, last_day: date) -> bool:
    return any(kind == event and start <= day <= last_day for day, kind in case.acts)


def _last_day(law: Law, slug: str, start: date) -> date:
    """Return the last day, moved to a working day (CPC, art. 640 to 642)."""
    span = int(law.value(slug, start).value)
    unit = law.parameters[slug].unit
    if unit == "jour":
        return procedural_deadline(start, days=span)
    return procedural_deadline(start, months=span * (12 if unit == "annee" else 1))

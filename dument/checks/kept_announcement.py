"""`annonce-tenue`: what a sent letter announces does follow, and not before the date it leaves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dument.case import EventKind
from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import say
from dument.law import Mention
from dument.letters import COURT, Announcement, Letter

TYPE = "annonce-tenue"
BEARS_ON_LETTERS = True
# What a debtor does so that a letter's « sans réponse de votre part » no longer holds.
_ANSWERS = {EventKind.ANSWER, EventKind.COMPLAINT, EventKind.ACKNOWLEDGEMENT}


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield each act that leaves too early (`tot`), or the silence after the date (`silence`)."""
    said = letter.announces if letter else None
    if letter is None or said is None or not letter.request.is_sent:
        return
    later = [one for one in inspection.letters if _left_on(one) > letter.on]
    acts = [one for one in later if _is_announced(one, said)]
    for act in acts:
        if _left_on(act) <= said.deadline:
            yield from say(mention, "tot", ("letters", act.number - 1), acte=act.version.title,
                           le=_left_on(act), limite=said.deadline)  # fmt: skip
    is_late = said.by is not None and said.by < inspection.as_of
    has_followed = any(act.request.is_sent for act in acts)
    if is_late and not has_followed and not _has_moved(inspection, letter.on):
        yield from say(mention, "silence", limite=said.by)


def _left_on(letter: Letter) -> date:
    return letter.request.sent_on or letter.on


def _is_announced(letter: Letter, said: Announcement) -> bool:
    """Whether a letter is what was announced, or goes further: it seises a court."""
    return letter.kind in said.kinds or letter.version.recipient == COURT


def _has_moved(inspection: Inspection, since: date) -> bool:
    """Whether nothing is owed any more, or the debtor answered, disputed or became insolvent."""
    case, status = inspection.case, inspection.case.status
    answered = any(
        entry.on > since and (entry.kind in _ANSWERS or entry.promise) for entry in case.journal
    )
    stopped = status.dispute is not None or status.insolvency is not None
    return inspection.statement.total <= 0 or answered or stopped

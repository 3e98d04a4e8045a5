"""`contacts-rapproches`: no more than so many contacts in so many days, a rule of the house.

A contact is what reaches the debtor: a call, a message or a letter, several of one day being one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from dument.case import Case, EventKind
from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import say, whole
from dument.law import Mention
from dument.letters import Letter
from dument.schema import FieldPath

TYPE = "contacts-rapproches"
BEARS_ON_LETTERS = False
_REACHING = {EventKind.CALL, EventKind.EMAIL, EventKind.TEXT, EventKind.POST}


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield one finding at each contact that is one too many."""
    days, most = whole(mention, "jours"), whole(mention, "contacts")
    told = dict(_contacts(inspection.case))
    for on in sorted(told):
        close = [one for one in told if on - timedelta(days=days) < one <= on]
        if len(close) > most:
            yield from say(mention, "trop", told[on], nombre=len(close), jours=days,
                           debut=min(close), fin=on)  # fmt: skip


def _contacts(case: Case) -> Iterator[tuple[date, FieldPath]]:
    """Yield the day and the place of each contact."""
    for rank, entry in enumerate(case.journal):
        if entry.kind in _REACHING:
            yield entry.on, ("journal", rank)
    for rank, request in enumerate(case.letters):
        if request.sent_on is not None:
            yield request.sent_on, ("letters", rank)

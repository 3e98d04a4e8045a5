"""The day by which a letter asks to be paid: a usage, not a rule of law.

Day of the letter, plus the post's days when it travels by post, plus the days granted, moved to
the next working day. The days granted by default depend on the regime.
"""

from __future__ import annotations

from datetime import date, timedelta

from dument.case import Case, Channel, LetterRequest
from dument.days import first_working_day
from dument.law import Law

RULE = "delai-de-reponse"
POST_DAYS = "usage-acheminement"
_BY_POST = {Channel.POST, Channel.REGISTERED, None}


def usage_parameter(case: Case) -> str:
    """Name the parameter that holds the days usually granted, by the regime of the case."""
    return f"usage-delai-mise-en-demeure-{case.regime.value}"


def is_posted(letter: LetterRequest) -> bool:
    """Whether the post's days are counted; a letter whose channel is not said travels by post."""
    return (letter.sending.channel if letter.sending else None) in _BY_POST


def granted_days(case: Case, law: Law, letter: LetterRequest) -> int:
    """Return the days a letter grants: its own, else the usage of the regime."""
    if letter.days is not None:
        return letter.days
    return int(law.value(usage_parameter(case), letter.on).value)


def deadline(case: Case, law: Law, letter: LetterRequest) -> date:
    """Return the deadline a letter prints: the one the case states, else the computed one."""
    if letter.deadline is not None:
        return letter.deadline
    post = int(law.value(POST_DAYS, letter.on).value) if is_posted(letter) else 0
    return first_working_day(letter.on + timedelta(days=post + granted_days(case, law, letter)))

"""`delai-laisse`: the letter leaves the usual time, the post's days counted, to a working day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from dument.case import Channel
from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import say
from dument.days import is_working_day
from dument.law import Mention
from dument.letters import Letter
from dument.rules.response_deadline import POST_DAYS, deadline, usage_parameter

TYPE = "delai-laisse"
BEARS_ON_LETTERS = True
_AT_ONCE = {Channel.EMAIL, Channel.ELECTRONIC_REGISTERED, Channel.HAND}


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield one finding when the deadline is short, and one when it falls on a day off."""
    if letter is None:
        return
    case, law, day = inspection.case, inspection.law, letter.on
    usage = int(law.value(usage_parameter(case), day).value)
    sending = letter.request.sending
    post = 0 if sending and sending.channel in _AT_ONCE else int(law.value(POST_DAYS, day).value)
    last_day = deadline(case, law, letter.request)
    earliest = day + timedelta(days=usage + post)
    path = ("letters", letter.number - 1)
    if last_day < earliest:
        yield from say(mention, "court", path, limite=last_day, usage=usage, date=earliest)
    if not is_working_day(last_day):
        yield from say(mention, "chome", path, limite=last_day)

"""`valeurs-a-verifier`: every legal value the décompte uses was confirmed by a reading."""

from __future__ import annotations

from collections.abc import Iterator

from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import say
from dument.law import Mention, Status
from dument.letters import Letter

TYPE = "valeurs-a-verifier"
BEARS_ON_LETTERS = False


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield each value that could not be confirmed, once."""
    statement = inspection.statement
    used = [one for line in statement.lines for one in line.ingredients]
    used += [one for due in statement.fixed_sum_entries for one in due.ingredients]
    doubtful = {(one.slug, one.used) for one in used if one.used.status is Status.UNVERIFIED}
    for slug, value in sorted(doubtful, key=lambda pair: (pair[0], pair[1].first_day)):
        title = inspection.law.parameters[slug].title
        written = inspection.law.worded(slug, value)
        yield from say(mention, "valeur", titre=title, valeur=written, date=value.first_day)

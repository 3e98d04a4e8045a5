"""`seuil-depasse`: before a kind of court, a claim above a threshold calls for something."""

from __future__ import annotations

from collections.abc import Iterator

from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import say
from dument.law import Mention
from dument.letters import Letter

TYPE = "seuil-depasse"
BEARS_ON_LETTERS = True


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield one finding when the letter claims more than `options.parametre`."""
    court = inspection.court_of(letter) if letter else None
    if letter is None or court is None or court.kind.value != mention.options.get("juridiction"):
        return
    threshold = inspection.law.value(str(mention.options["parametre"]), letter.on).value
    if letter.statement.total > threshold:
        total = letter.statement.total
        yield from say(mention, "depasse", ("court",), montant=total, seuil=threshold)

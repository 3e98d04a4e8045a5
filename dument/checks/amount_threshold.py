"""`seuil-depasse`: a claim above a threshold, before a kind of court if one is named."""

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
    if letter is None or not _is_before(mention, inspection, letter):
        return
    threshold = inspection.law.value(str(mention.options["parametre"]), letter.on).value
    if letter.claimed > threshold:
        yield from say(mention, "depasse", montant=letter.claimed, seuil=threshold)


def _is_before(mention: Mention, inspection: Inspection, letter: Letter) -> bool:
    """Whether the rule names no court, or that of the letter."""
    wanted = mention.options.get("juridiction")
    court = inspection.court_of(letter) if wanted else None
    return not wanted or (court is not None and court.kind.value == wanted)

"""`partie-designee`: the letter names a party and writes its whole address."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dument.case import Party
from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import say
from dument.french import without_accents
from dument.law import Mention
from dument.letters import Letter

TYPE = "partie-designee"
BEARS_ON_LETTERS = True


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield what the letter leaves out of the party named by `options.partie`."""
    case = inspection.case
    party = case.creditor if mention.options.get("partie") == "creancier" else case.debtor
    said = _words(letter.text) if letter else ""
    for part, words in _identity(party):
        if _words(words) not in said:
            yield from say(mention, part, valeur=words)


def _identity(party: Party) -> Iterator[tuple[str, str]]:
    yield "nom", party.name
    yield "voie", party.address.street
    yield "commune", f"{party.address.postcode} {party.address.city}"


def _words(text: str) -> str:
    """Return the bare words of a text, since an envelope writes capitals without commas."""
    return " ".join(re.findall(r"\w+", without_accents(text).lower()))

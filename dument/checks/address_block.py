"""`bloc-adresse`: the address fits the window, in lines and in characters (NF Z 10-011)."""

from __future__ import annotations

from collections.abc import Iterator

from dument.case import Address, Debtor
from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import say, whole
from dument.law import Mention
from dument.letters import DEBTOR, AddressLine, Letter
from dument.schema import key_of

TYPE = "bloc-adresse"
BEARS_ON_LETTERS = False


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield a block with too many lines, and each line that no fold could shorten."""
    letters = (one for one in inspection.letters if one.version.recipient == DEBTOR)
    block = next((one.address for one in letters if one.address), ())
    most = whole(mention, "lignes") + any(line.path[-1] == "country" for line in block)
    if len(block) > most:
        longest = max(block, key=lambda line: _folds_of(line, block))
        yield from _told(mention, "lignes", longest, len(block))
    for line in block:
        if len(line.text) > whole(mention, "caracteres"):
            yield from _told(mention, "longue", line, len(line.text))


def _folds_of(line: AddressLine, block: tuple[AddressLine, ...]) -> int:
    """Return over how many lines the part of a line is spread."""
    return sum(one.path == line.path for one in block)


def _told(mention: Mention, case: str, line: AddressLine, count: int) -> Iterator[Finding]:
    model = Address if line.path[0] == "address" else Debtor
    key = key_of(model, line.path[-1])
    return say(mention, case, ("debtor", *line.path), ligne=line.text, nombre=count, cle=key)

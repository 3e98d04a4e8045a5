"""`bloc-adresse`: the address fits the window, in lines and in characters (NF Z 10-011)."""

from __future__ import annotations

from collections.abc import Iterator

from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import say, whole
from dument.law import Mention
from dument.letters import Letter, address_lines

TYPE = "bloc-adresse"
BEARS_ON_LETTERS = False


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield a block with too many lines, and each line that is too long."""
    debtor = inspection.case.debtor
    lines = address_lines(debtor)
    is_abroad = debtor.address.country.upper() != "FR"
    path = ("debtor", "address")
    if len(lines) > whole(mention, "lignes") + is_abroad:
        yield from say(mention, "lignes", path, nombre=len(lines))
    for line in lines:
        if len(line) > whole(mention, "caracteres"):
            yield from say(mention, "longue", path, ligne=line, nombre=len(line))

"""`pieces-au-bordereau`: there are exhibits, and the list names each of them."""

from __future__ import annotations

from collections.abc import Iterator

from dument.case import Visibility
from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import say
from dument.french import squeeze
from dument.law import Mention
from dument.letters import Letter

TYPE = "pieces-au-bordereau"
BEARS_ON_LETTERS = True


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield one finding for an empty case, or for each exhibit that the list leaves out."""
    open_to_all = Visibility.COMMUNICATED
    exhibits = [one for one in inspection.case.exhibits if one.visible is open_to_all]
    if letter is None:
        return
    if letter.kind != mention.options.get("bordereau"):
        yield from () if exhibits else say(mention, "aucune")
        return
    said = squeeze(letter.text)
    numbers = inspection.case.exhibit_numbers
    for rank, exhibit in enumerate(inspection.case.exhibits):
        if exhibit in exhibits and exhibit.id in numbers and squeeze(exhibit.title) not in said:
            yield from say(mention, "oubliee", ("exhibits", rank), titre=exhibit.title)

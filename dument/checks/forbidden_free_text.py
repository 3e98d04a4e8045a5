"""`texte-libre-absent`: no pattern is found in the texts the user writes freely.

The finding names the field and quotes nothing: private notes never leave the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from dument.checks.case_words import free_texts
from dument.checks.inspection import Finding, Inspection
from dument.checks.patterns import compiled
from dument.checks.wording import say
from dument.law import Mention
from dument.letters import Letter

TYPE = "texte-libre-absent"
BEARS_ON_LETTERS = False


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield one finding for each text that holds a forbidden word."""
    for path, text in free_texts(inspection.case):
        if any(compiled(one).search(text) for one in mention.patterns):
            yield from say(mention, str(path[0]), path)

"""The short texts that go with a letter: the e-mail that carries it, the SMS, what it announces.

They are plain text: a value comes out letter for letter, nothing in them is ever markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dument.french import typeset
from dument.letters.kinds import ANNOUNCED_WHEN, EMAIL, SMS, Version
from dument.letters.letter import Announcement
from dument.templating import unveil_text

# What a telephone's keyboard gives, so that an SMS of ours keeps to its short alphabet.
_KEYBOARD = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " ", "«": '"', "»": '"', "…": "..."})


@dataclass(frozen=True, slots=True)
class Messages:
    """What goes with a letter; `veils` are the texts as rendered, to find what is missing."""

    email: str | None
    sms: str | None
    announces: Announcement | None
    veils: tuple[str, ...]


def render_messages(version: Version, deadline: date, draw: Callable[[str], str]) -> Messages:
    """Render the e-mail, the SMS and the announcement of a version, None where it has none.

    `draw` renders a part of the front matter by its key; `deadline` is the letter's.
    """
    drawn = {key: draw(key) for key in (EMAIL, SMS, ANNOUNCED_WHEN) if key in version.parts}
    email, sms = drawn.get(EMAIL), drawn.get(SMS)
    said = version.announces
    silent = not unveil_text(drawn.get(ANNOUNCED_WHEN, "oui")).strip()
    within = timedelta(days=said.within) if said and said.within else None
    return Messages(
        email=None if email is None else unveil_text(typeset(_blocks(email))),
        sms=None if sms is None else unveil_text(" ".join(sms.translate(_KEYBOARD).split())),
        announces=Announcement(said.kinds, deadline, deadline + within if within else None)
        if said and not silent
        else None,
        veils=tuple(text for text in (email, sms) if text is not None),
    )


def _blocks(text: str) -> str:
    """Leave one blank line between blocks and no space at the end of a line."""
    lines = "\n".join(line.strip(" ") for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n")

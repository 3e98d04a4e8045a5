"""The templates' own words: none may cite an article, a court or a word that is dead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dument.checks.patterns import compiled
from dument.checks.renumbered import worded
from dument.diagnostics import Diagnostic, Position, warning
from dument.kit import Kit
from dument.law import Law
from dument.letters import Kinds

FRAGMENTS = "letters/_commun"
_JINJA = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)


def obsolete_templates(kinds: Kinds, kit: Kit, law: Law, day: date) -> Iterator[Diagnostic]:
    """Report each dead reference written in a template or a fragment in use on a day.

    What Jinja computes is left out: `article(…)` cites the text in force. Diagnostic:
    droit/modele-perime.
    """
    for file, text in _texts(kinds, kit, day):
        words = _JINJA.sub(_blank, text)
        for one in law.renumberings:
            for pattern in one.patterns if one.since <= day else ():
                for found in compiled(pattern).finditer(words):
                    line = words.count("\n", 0, found.start()) + 1
                    message = f"le modèle écrit {worded(law, one, found[0])}"
                    hint = "une version publiée ne change pas : écrivez la suivante"
                    yield warning("droit/modele-perime", message, Position(file, line), hint)


def _texts(kinds: Kinds, kit: Kit, day: date) -> Iterator[tuple[str, str]]:
    for versions in kinds.versions.values():
        for one in versions:
            if one.is_in_force(day):
                yield one.file, one.body
                yield from ((one.file, part) for part in one.parts.values())
    for path in kit.files(FRAGMENTS, "*.md").values():
        yield kit.name_of(path), path.read_text(encoding="utf-8")


def _blank(tag: re.Match[str]) -> str:
    """Take a tag out of a text whose lines keep their numbers."""
    return "\n" * tag[0].count("\n")

"""Derivations as plain text: the whole décompte, or one figure down to what it is made of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from dument.letters.context import Subject, letter_context
from dument.letters.writing import Writer
from dument.templating import render, unveil_text, view

STATEMENT = "_commun/explication.md"
FIGURE = "_commun/derivation.md"
WIDTH = 98
_BREAKABLE = " \t"  # a no-break space holds an amount together


def explain_statement(writer: Writer, subject: Subject) -> str:
    """Write the derivation of a whole décompte."""
    version = writer.kinds.versions[subject.request.kind][-1]
    context = letter_context(subject, writer.kinds, [], version)
    return _folded(unveil_text(render(writer.markdown, STATEMENT, context)))


def explain_figure(writer: Writer, steps: Sequence[Mapping[str, Any]]) -> str:
    """Write the derivation of one figure, each step indented under what it serves."""
    context = {"pas": view(list(steps))}
    return _folded(unveil_text(render(writer.markdown, FIGURE, context)))


def _folded(text: str) -> str:
    """Fold lines that are too long for a terminal under their own indentation."""
    lines = [line.rstrip() for line in text.strip("\n").split("\n")]
    return "\n".join(folded for line in lines for folded in _lines(line)) + "\n"


def _lines(line: str) -> list[str]:
    if len(line) <= WIDTH:
        return [line]
    bare = line.lstrip(_BREAKABLE)
    margin = " " * (len(line) - len(bare))
    return _laid(re.split(f"[{_BREAKABLE}]+", bare), margin)


def _laid(words: Sequence[str], margin: str) -> list[str]:
    hanging = "  " if words[0] == "-" else "    "
    laid = [margin + words[0]]
    for word in words[1:]:
        if len(laid[-1]) + 1 + len(word) <= WIDTH:
            laid[-1] += f" {word}"
        else:
            laid.append(margin + hanging + word)
    return laid

"""The regular expressions of law files: read once, refused when they could search for ever.

`(\\w+\\s*)+` tries every way of cutting a word before it gives up. What is refused is a repetition
of a group in which one repetition may be all that is found; other slow ones are not sought.
"""

from __future__ import annotations

import re
from re import _parser as syntax  # type: ignore[attr-defined]
from typing import Any

from dument.faults import Misread

_MANY = 10  # times that a group is repeated, from which cutting a text in it takes too long
_REPEATED_GROUP = re.compile(r"\)[+*{]")
_REPEATS = (syntax.MAX_REPEAT, syntax.MIN_REPEAT)
_WIDTHLESS = (syntax.AT, syntax.ASSERT, syntax.ASSERT_NOT)


def refuse_unsafe(pattern: str) -> None:
    """Raise Misread when a pattern is no regular expression, or may search for ever."""
    try:
        re.compile(pattern)
        may_hang = bool(_REPEATED_GROUP.search(pattern)) and _may_hang(syntax.parse(pattern))
    except (re.error, OverflowError, RecursionError):
        message = f"le motif « {pattern} » n’est pas une expression régulière"
        raise Misread("motif", message) from None
    if may_hang:
        message = f"le motif « {pattern} » répète une répétition : sa recherche peut ne pas finir"
        raise Misread("motif", message, "ôtez l’un des deux signes + ou *, comme dans « (x+)+ »")


def _may_hang(tree: Any) -> bool:
    return any(
        (operator in _REPEATS and value[1] >= _MANY and _is_loose(value[2]))
        or any(_may_hang(inner) for inner in _inner(operator, value))
        for operator, value in tree
    )


def _is_loose(tree: Any) -> bool:
    """Whether one repetition of any length is enough for this tree, all else being empty."""
    return any(
        _may_repeat(*one) and all(_may_be_empty(*other) for other in tree if other is not one)
        for one in tree
    )


def _may_repeat(operator: Any, value: Any) -> bool:
    if operator in _REPEATS and value[1] > max(value[0], 1):
        return True
    return any(_is_loose(inner) for inner in _inner(operator, value))


def _may_be_empty(operator: Any, value: Any) -> bool:
    if operator in _REPEATS and value[0] == 0:
        return True
    inner = _inner(operator, value)
    return operator in _WIDTHLESS or any(
        all(_may_be_empty(*one) for one in tree) for tree in inner
    )


def _inner(operator: Any, value: Any) -> list[Any]:
    """Return the trees inside one element: a group, its branches, what it repeats or looks at."""
    if operator is syntax.BRANCH:
        return list(value[1])
    if operator in _REPEATS:
        return [value[2]]
    if operator in (syntax.SUBPATTERN, syntax.ASSERT, syntax.ASSERT_NOT):
        return [value[-1]]
    if operator is syntax.ATOMIC_GROUP:
        return [value]
    return []

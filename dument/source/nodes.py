"""YAML as nodes that know their file, line and column; a scalar stays the text as written."""

from __future__ import annotations

from dataclasses import dataclass, field

from dument.diagnostics import Position

ABSENT = ("", "~", "null", "Null", "NULL")
"""The plain scalars that stand for no value at all."""


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar as written; `value` is None for one of `ABSENT`."""

    value: str | None
    position: Position


@dataclass(frozen=True, slots=True)
class Sequence:
    """A YAML list."""

    items: tuple[Node, ...]
    position: Position


@dataclass(frozen=True, slots=True)
class Mapping:
    """A YAML mapping; `keys` gives the position of each key."""

    entries: dict[str, Node]
    position: Position
    keys: dict[str, Position] = field(default_factory=dict)


Node = Text | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A Markdown file cut in two: its YAML head and its body."""

    head: Mapping
    body: str
    body_line: int


def plain(node: Node) -> object:
    """Return a node as nested dicts, lists and texts (None for what is absent)."""
    match node:
        case Text(value=value):
            return value
        case Sequence(items=items):
            return [plain(item) for item in items]
        case Mapping(entries=entries):
            return {key: plain(value) for key, value in entries.items()}

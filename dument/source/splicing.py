"""Where a YAML text is spliced: the places that its own marks give, in either style."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import yaml

from dument.source.nodes import ABSENT

Path = tuple[str | int, ...]
Keys = dict[str, str]
_BREAK = re.compile(r"\r\n|\n|\r")
_PLAIN = re.compile(r"[^\W_](?:[\w /.’()°+-]*[\w.)°])?")
_STEP = 2


class Uneditable(Exception):
    """The file is written in a way that cannot be changed with certainty."""


class Page:
    """A text and the places of its YAML; each splice is followed by a new reading."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = _BREAK.search(text)
        self.line_break = found[0] if found else "\n"

    def mapping(self, path: Path) -> yaml.MappingNode:
        """Return the mapping at a path."""
        node = yaml.compose(self.text, Loader=yaml.SafeLoader)
        for step in path:
            node = node.value[step] if isinstance(step, int) else dict(_named(node))[step]
        if not isinstance(node, yaml.MappingNode):
            raise Uneditable("a mapping was expected")
        return node

    def entry(self, path: Path) -> tuple[yaml.Node, yaml.Node] | None:
        """Return the key and the value at a path; None where the key is absent."""
        pairs = self.mapping(path[:-1]).value
        return next((pair for pair in pairs if pair[0].value == path[-1]), None)

    def put(self, path: Path, key: str, value: str) -> None:
        """Give a key of a mapping a value, in place when it has one."""
        known = self.entry((*path, key))
        if known is None:
            self.insert(self.mapping(path), key, value)
        elif is_absent(known[1]):
            self.fill(known[1], _scalar(value))
        elif not isinstance(known[1], yaml.ScalarNode):
            raise Uneditable(f"{key} holds more than a word")
        elif known[1].value != value:
            self.splice(known[1].start_mark.index, known[1].end_mark.index, _scalar(value))

    def fill(self, node: yaml.Node, written: str) -> None:
        """Write a value where there is none, or `~`."""
        start, end = node.start_mark.index, node.end_mark.index
        before = self.text[:start]
        if start == end and not before.rstrip().endswith(":"):
            written = f": {written}"
        elif start == end and before.endswith(":"):
            written = f" {written}"
        self.splice(start, end, written)

    def insert(self, holder: yaml.MappingNode, key: str, value: str | Keys | list[Keys]) -> None:
        """Add an entry at the end of a mapping, in its own style."""
        if holder.flow_style:
            self.append(holder, f"{key}: {flow(value)}")
            return
        indent = " " * holder.value[0][0].start_mark.column
        self.add_lines(_end(holder), [f"{indent}{line}" for line in _block(key, value)])

    def append(self, holder: yaml.Node, written: str) -> None:
        """Add an element at the end of a list, or an entry between braces."""
        if not isinstance(holder, yaml.CollectionNode):
            raise Uneditable("a list was expected")
        if not holder.flow_style:
            dash = " " * holder.start_mark.column + "- "
            self.add_lines(_end(holder), [f"{dash}{written}"])
        elif holder.value:
            end = _end_of_last(holder)
            self.splice(end, end, f", {written}")
        else:
            start = holder.end_mark.index - 1
            self.splice(start, start, written)

    def begin_list(self, entry: tuple[yaml.Node, yaml.Node], written: str) -> None:
        """Write the first element of a list under its key."""
        key, value = entry
        is_blank = value.start_mark.index == value.end_mark.index
        if is_blank and not self.mapping(()).flow_style:
            indent = " " * (key.start_mark.column + _STEP)
            self.add_lines(value.end_mark.index, [f"{indent}- {written}"])
        else:
            self.fill(value, f"[{written}]")

    def drop(self, holder: yaml.MappingNode, name: str) -> None:
        """Take an entry away: its lines, or its place between braces."""
        rank = next(rank for rank, pair in enumerate(holder.value) if pair[0].value == name)
        key, value = holder.value[rank]
        start, end = key.start_mark.index, max(_end(value), key.end_mark.index)
        if holder.flow_style:
            if rank:
                start = max(_end(one) for one in holder.value[rank - 1])
            elif len(holder.value) > 1:
                end = holder.value[1][0].start_mark.index
            self.splice(start, end, "")
            return
        line = start - key.start_mark.column
        if self.text[line:start].strip():  # `- key: …`: the dash must stay
            self.splice(value.start_mark.index, end, "")
        else:
            self.splice(line, self.next_line(end), "")

    def add_lines(self, end: int, lines: list[str]) -> None:
        """Write whole lines after the one where something ends."""
        place = self.next_line(end)
        written = "".join(f"{line}{self.line_break}" for line in lines)
        if place == len(self.text) and not self.is_line_start(place):
            written = self.line_break + written.removesuffix(self.line_break)
        self.splice(place, place, written)

    def next_line(self, index: int) -> int:
        """Return where the line after an index begins; the index itself when it begins a line."""
        if self.is_line_start(index):
            return index
        found = _BREAK.search(self.text, index)
        return found.end() if found else len(self.text)

    def is_line_start(self, index: int) -> bool:
        """Whether a line begins at an index."""
        return index > 0 and self.text[index - 1] in "\r\n"

    def splice(self, start: int, end: int, written: str) -> None:
        """Put some text in the place of another."""
        self.text = self.text[:start] + written + self.text[end:]


def _named(node: yaml.MappingNode) -> Iterator[tuple[str, yaml.Node]]:
    return ((key.value, value) for key, value in node.value)


def _end(node: yaml.Node) -> int:
    """Return where a node's own text ends; YAML's mark goes on to what follows a block."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    return _end_of_last(node)


def _end_of_last(node: yaml.CollectionNode) -> int:
    last = node.value[-1]
    return max(map(_end, last)) if isinstance(last, tuple) else _end(last)


def is_absent(node: yaml.Node) -> bool:
    """Whether a value is empty, `~` or `null`."""
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in ABSENT


def _scalar(value: str) -> str:
    """Write a text plain when nothing in it can be taken for something else, else quoted."""
    is_plain = _PLAIN.fullmatch(value) and value not in ABSENT
    return value if is_plain else json.dumps(value, ensure_ascii=False)


def flow(value: str | Keys | list[Keys]) -> str:
    """Write a value on one line, between braces or brackets where it takes them."""
    if isinstance(value, str):
        return _scalar(value)
    if isinstance(value, list):
        return f"[{', '.join(map(flow, value))}]"
    return "{" + ", ".join(f"{key}: {_scalar(one)}" for key, one in value.items()) + "}"


def _block(key: str, value: str | Keys | list[Keys]) -> list[str]:
    if isinstance(value, str):
        return [f"{key}: {_scalar(value)}"]
    indent = " " * _STEP
    if isinstance(value, list):
        return [f"{key}:", *(f"{indent}- {flow(one)}" for one in value)]
    return [f"{key}:", *(f"{indent}{name}: {_scalar(one)}" for name, one in value.items())]

"""A YAML file changed where it must be; every other byte is kept: comments, order, quotes, breaks.

Each change is a splice at the place that YAML's own marks give, in block style or between braces.
The edited text is then read again: its tree must be the old one with exactly the changes in it,
else nothing is given back and the user is told what to write.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import yaml

from dument.source.nodes import plain
from dument.source.reading import parse_yaml
from dument.source.splicing import Keys, Page, Path, Uneditable, flow, is_absent


@dataclass(frozen=True, slots=True)
class Put:
    """Keys given a value in the mapping at `path`, which is made where its own key is absent."""

    path: Path
    values: Keys

    @property
    def fragment(self) -> str:
        """What a user would write."""
        return f"{self.path[-1]}: {flow(self.values)}"

    def on_tree(self, tree: Any) -> None:
        """Make the change in nested dicts and lists."""
        holder = _reach(tree, self.path[:-1])
        last = str(self.path[-1])
        holder[last] = {**(holder.get(last) or {}), **self.values}

    def on_text(self, page: Page) -> None:
        """Make the change in the text."""
        entry = page.entry(self.path)
        if entry is None:
            page.insert(page.mapping(self.path[:-1]), str(self.path[-1]), self.values)
        elif is_absent(entry[1]):
            page.fill(entry[1], flow(self.values))
        else:
            for key, value in self.values.items():
                page.put(self.path, key, value)


@dataclass(frozen=True, slots=True)
class Add:
    """An element put at the end of a list of the top mapping."""

    key: str
    element: Keys

    @property
    def fragment(self) -> str:
        """What a user would write."""
        return f"{self.key}: - {flow(self.element)}"

    def on_tree(self, tree: Any) -> None:
        """Make the change in nested dicts and lists."""
        elements = tree[self.key] = tree.get(self.key) or []
        elements.append(dict(self.element))

    def on_text(self, page: Page) -> None:
        """Make the change in the text."""
        entry = page.entry((self.key,))
        if entry is None:
            page.insert(page.mapping(()), self.key, [self.element])
        elif is_absent(entry[1]):
            page.begin_list(entry, flow(self.element))
        else:
            page.append(entry[1], flow(self.element))


@dataclass(frozen=True, slots=True)
class Drop:
    """A key taken away with its value."""

    path: Path

    @property
    def fragment(self) -> str:
        """What a user would take away."""
        return f"{self.path[-1]}: …"

    def on_tree(self, tree: Any) -> None:
        """Make the change in nested dicts and lists."""
        _reach(tree, self.path[:-1]).pop(self.path[-1], None)

    def on_text(self, page: Page) -> None:
        """Make the change in the text."""
        if page.entry(self.path) is not None:
            page.drop(page.mapping(self.path[:-1]), str(self.path[-1]))


Change = Put | Add | Drop


def edit_yaml(raw: bytes, changes: Iterable[Change]) -> bytes:
    """Return a YAML file with some changes made, all other bytes kept.

    Raises Uneditable when the text cannot be changed so that it reads as exactly that.
    """
    written = raw.decode("utf-8")
    text = written.removeprefix("\ufeff")
    wanted = _read(text)
    page = Page(text)
    try:
        for change in changes:
            change.on_tree(wanted)
            change.on_text(page)
    except (yaml.YAMLError, KeyError, IndexError, TypeError, AttributeError) as fault:
        raise Uneditable(str(fault)) from fault
    if _settled(_read(page.text)) != _settled(wanted):
        raise Uneditable("the edited text does not read as the change alone")
    return (written[: len(written) - len(text)] + page.text).encode()


def _read(text: str) -> Any:
    mapping, faults = parse_yaml(text.replace("\r\n", "\n"), "")
    if mapping is None or faults:
        raise Uneditable("the text does not read")
    return plain(mapping)


def _reach(tree: Any, path: Path) -> Any:
    for step in path:
        tree = tree[step]
    return tree


def _settled(tree: Any) -> Any:
    """Leave out the keys that hold nothing: to the schema they are absent."""
    if isinstance(tree, dict):
        kept = {key: _settled(value) for key, value in tree.items()}
        return {key: value for key, value in kept.items() if value not in (None, {})}
    return [_settled(one) for one in tree] if isinstance(tree, list) else tree

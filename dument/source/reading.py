"""Files read into nodes: text, YAML, Markdown with a YAML head.

YAML is composed, never constructed: no value is typed, no tag is obeyed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from dument.diagnostics import Diagnostic, Position, error
from dument.source.nodes import ABSENT, FrontMatter, Mapping, Node, Sequence, Text
from dument.source.syntax import syntax_error, unseen_character, unseen_characters

MAX_BYTES = 1_000_000
MAX_NODES = 60_000
MAX_DEPTH = 40
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STANDARD_TAG = "tag:yaml.org,2002:"


def read_text(path: Path, name: str) -> tuple[str | None, list[Diagnostic]]:
    """Read a UTF-8 file of a sane size; `name` is how messages call it."""
    if path.stat().st_size > MAX_BYTES:
        size = f"{path.stat().st_size // 1000} ko"
        return None, [
            error(
                "yaml/trop-gros",
                f"le fichier fait {size}, plus que les {MAX_BYTES // 1000} ko admis",
                Position(name),
                "un dossier est un texte court : les pièces restent dans leurs propres fichiers",
            )
        ]
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n"), []
    except UnicodeDecodeError as failure:
        before = raw[: failure.start]
        line = before.count(b"\n") + 1
        column = len(before) - before.rfind(b"\n")
        return None, [
            error(
                "yaml/encodage",
                "le fichier n’est pas en UTF-8 à cet endroit",
                Position(name, line, column),
                "enregistrez-le en UTF-8 (Bloc-notes : Enregistrer sous, Encodage : UTF-8)",
            )
        ]


def read_yaml(path: Path, name: str) -> tuple[Mapping | None, list[Diagnostic]]:
    """Read a YAML file whose top is a mapping; None with diagnostics when it cannot be read."""
    text, diagnostics = read_text(path, name)
    if text is None:
        return None, diagnostics
    return parse_yaml(text, name)


def parse_yaml(
    text: str, name: str, first_line: int = 1
) -> tuple[Mapping | None, list[Diagnostic]]:
    """Parse YAML text; positions count from `first_line`."""
    unseen = unseen_characters(text, name, first_line)
    if unseen:
        return None, unseen
    try:
        too_deep = _too_deep(text)
        tree = None if too_deep else yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as failure:
        return None, [syntax_error(failure, text, name, first_line)]
    if too_deep is not None:
        position = Position(name, too_deep.line + first_line, too_deep.column + 1)
        message = f"les listes et les blocs s’emboîtent à plus de {MAX_DEPTH} niveaux"
        return None, [
            error("yaml/trop-profond", message, position, "un dossier est bien plus plat")
        ]
    if tree is None:
        hint = "« dument new » écrit un projet d’exemple, à imiter"
        return None, [error("yaml/vide", "le fichier est vide", Position(name), hint)]
    builder = _Builder(name, first_line)
    node = builder.build(tree, 0)
    if builder.is_swollen:
        return None, [one for one in builder.diagnostics if one.id == "yaml/bombe"]
    if not isinstance(node, Mapping) and not builder.diagnostics:
        message = "le fichier doit être une suite de « clé: valeur »"
        builder.diagnostics.append(error("yaml/sommet", message, Position(name, first_line)))
    return node if isinstance(node, Mapping) else None, builder.diagnostics


def read_front_matter(path: Path, name: str) -> tuple[FrontMatter | None, list[Diagnostic]]:
    """Read a Markdown file that opens with a YAML head between two `---` lines."""
    text, diagnostics = read_text(path, name)
    if text is None:
        return None, diagnostics
    match = re.match(r"---\n(.*?\n)---\n", text, re.DOTALL)
    if not match:
        message = "l’en-tête YAML entre deux lignes « --- » manque"
        return None, [error("yaml/en-tete", message, Position(name))]
    head, diagnostics = parse_yaml(match[1], name, first_line=2)
    if head is None:
        return None, diagnostics
    return FrontMatter(
        head, text[match.end() :], text.count("\n", 0, match.end()) + 1
    ), diagnostics


_OPENERS = "[{-?:"
_HARMLESS_OPENERS = 2_000


def _too_deep(text: str) -> yaml.Mark | None:
    """Return where the nesting goes beyond MAX_DEPTH, if it does.

    PyYAML builds a tree by recursion in C, which no limit guards: some ten thousand brackets end
    the whole process. Its events come flat; they are read first when the depth could be reached.
    """
    if sum(map(text.count, _OPENERS)) <= _HARMLESS_OPENERS:
        return None
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                return event.start_mark
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


class _Builder:
    """Turns PyYAML's nodes into ours, refusing what a case file has no use for."""

    def __init__(self, name: str, first_line: int) -> None:
        self.name = name
        self.first_line = first_line
        self.diagnostics: list[Diagnostic] = []
        self.count = 0
        self.is_swollen = False

    def build(self, node: yaml.Node, depth: int) -> Node | None:
        self.count += 1
        position = self.position(node)
        if self.is_swollen or self.count > MAX_NODES or depth > MAX_DEPTH:
            if not self.is_swollen:
                self.refuse_size(position)
            self.is_swollen = True
            return None
        if self.has_foreign_tag(node):
            message = f"l’étiquette « {node.tag} » n’est pas admise"
            self.diagnostics.append(error("yaml/etiquette", message, position, "retirez-la"))
        match node:
            case yaml.ScalarNode():
                self.refuse_unseen(node.value, position)
                absent = not node.style and node.value in ABSENT
                return Text(None if absent or not node.value.strip() else node.value, position)
            case yaml.SequenceNode():
                built = (self.build(item, depth + 1) for item in node.value)
                return Sequence(tuple(item for item in built if item is not None), position)
            case _:
                return self.mapping(node, position, depth)

    def mapping(self, node: yaml.MappingNode, position: Position, depth: int) -> Mapping:
        entries: dict[str, Node] = {}
        keys: dict[str, Position] = {}
        for key_node, value_node in _with_decimals_joined(node):
            where = self.position(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                message = "une clé doit être un mot simple"
                self.diagnostics.append(error("yaml/cle", message, where))
                continue
            key = key_node.value
            self.refuse_unseen(key, where)
            value = self.build(value_node, depth + 1)
            if key in entries:
                self.diagnostics.append(_duplicate(key, where, keys[key]))
            elif value is not None:
                entries[key], keys[key] = value, where
        return Mapping(entries, position, keys)

    def position(self, node: yaml.Node) -> Position:
        mark = node.start_mark
        return Position(self.name, mark.line + self.first_line, mark.column + 1)

    def refuse_unseen(self, value: str, position: Position) -> None:
        found = unseen_character(value, position)
        if found is not None:
            self.diagnostics.append(found)

    def refuse_size(self, position: Position) -> None:
        message = "le fichier enfle sans fin : trop d’éléments, ou des ancres (&, *) emboîtées"
        hint = "écrivez les valeurs en clair, sans ancres"
        self.diagnostics.append(error("yaml/bombe", message, position, hint))

    def has_foreign_tag(self, node: yaml.Node) -> bool:
        standard = {"str", "int", "float", "bool", "null", "seq", "map", "timestamp", "merge"}
        known = node.tag.startswith(_STANDARD_TAG)
        return not known or node.tag.removeprefix(_STANDARD_TAG) not in {*standard, "value"}


_WHOLE_PART = re.compile(r"[-+\u2212]?\d[\d .\u00a0\u202f]*")
_DECIMALS = re.compile(r"\d+[ \u00a0\u202f]?(?:€|%|EUR)?")


def _with_decimals_joined(node: yaml.MappingNode) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    """Yield the pairs of a mapping, French decimals put back together.

    Between braces YAML ends a value at any comma: `{montant: 500,00}` comes as `montant: 500`
    and an empty key `00` stuck to it. No other reading of such a key makes sense.
    """
    held: tuple[yaml.Node, yaml.Node] | None = None
    for key, value in node.value:
        if held is not None and _continues(held[1], key, value):
            held[1].value += f",{key.value}"
            held[1].end_mark = key.end_mark
            continue
        if held is not None:
            yield held
        held = key, value
    if held is not None:
        yield held


def _continues(before: yaml.Node, key: yaml.Node, value: yaml.Node) -> bool:
    """Whether a key is what a comma cut off the number before it."""
    scalars = all(isinstance(one, yaml.ScalarNode) for one in (before, key, value))
    if not scalars or before.style or key.style or value.value:
        return False
    touches = before.end_mark.line == key.start_mark.line
    touches = touches and before.end_mark.column + 1 == key.start_mark.column
    digits = _WHOLE_PART.fullmatch(before.value) and _DECIMALS.fullmatch(key.value)
    return bool(touches and digits)


def _duplicate(key: str, where: Position, first: Position) -> Diagnostic:
    return error(
        "yaml/cle-en-double",
        f"la clé « {key} » est écrite deux fois (déjà ligne {first.line})",
        where,
        "gardez une seule des deux ; pour plusieurs éléments, faites une liste à tirets",
    )

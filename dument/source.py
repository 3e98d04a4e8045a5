"""Step 1, lire: YAML and front matter become nodes that know their file, line and column.

Nothing is typed here: a scalar stays the text the user wrote. Only importer of yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from dument.diagnostics import Diagnostic, Position, error

MAX_BYTES = 1_000_000
MAX_NODES = 60_000
MAX_DEPTH = 40
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ABSENT = {"", "~", "null", "Null", "NULL"}
_STANDARD_TAG = "tag:yaml.org,2002:"


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar as written; `value` is None when it is empty, `~` or `null`."""

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
                "enregistrez-le en UTF-8 (dans le Bloc-notes : Enregistrer sous, Encodage : UTF-8)",
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
    try:
        tree = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as failure:
        return None, [_syntax_error(failure, name, first_line)]
    except yaml.reader.ReaderError as failure:
        return None, [_character_error(failure, text, name, first_line)]
    except RecursionError:
        return None, [
            error("yaml/trop-profond", "les listes s’imbriquent sans fin", Position(name))
        ]
    if tree is None:
        hint = "commencez par « reference: … » ; « dument new » écrit un dossier d’exemple"
        return None, [error("yaml/vide", "le fichier est vide", Position(name), hint)]
    builder = _Builder(name, first_line)
    node = builder.build(tree, 0)
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


class _Builder:
    """Turns PyYAML's nodes into ours, refusing what a case file has no use for."""

    def __init__(self, name: str, first_line: int) -> None:
        self.name = name
        self.first_line = first_line
        self.diagnostics: list[Diagnostic] = []
        self.count = 0

    def build(self, node: yaml.Node, depth: int) -> Node | None:
        self.count += 1
        position = self.position(node)
        if self.count > MAX_NODES or depth > MAX_DEPTH:
            if self.count == MAX_NODES + 1 or depth == MAX_DEPTH + 1:
                self.refuse_size(position)
            self.count = MAX_NODES + 1
            return None
        if self.has_foreign_tag(node):
            message = f"l’étiquette « {node.tag} » n’est pas admise"
            self.diagnostics.append(error("yaml/etiquette", message, position, "retirez-la"))
        match node:
            case yaml.ScalarNode():
                absent = not node.style and node.value in _ABSENT
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
            value = self.build(value_node, depth + 1)
            if key in entries:
                self.diagnostics.append(_duplicate(key, where, keys[key]))
            elif value is not None:
                entries[key], keys[key] = value, where
        return Mapping(entries, position, keys)

    def position(self, node: yaml.Node) -> Position:
        mark = node.start_mark
        return Position(self.name, mark.line + self.first_line, mark.column + 1)

    def refuse_size(self, position: Position) -> None:
        message = "le fichier enfle sans fin : trop d’éléments, ou des ancres (&, *) emboîtées"
        hint = "écrivez les valeurs en clair, sans ancres"
        self.diagnostics.append(error("yaml/bombe", message, position, hint))

    def has_foreign_tag(self, node: yaml.Node) -> bool:
        standard = {"str", "int", "float", "bool", "null", "seq", "map", "timestamp", "merge"}
        known = node.tag.startswith(_STANDARD_TAG)
        return not known or node.tag.removeprefix(_STANDARD_TAG) not in {*standard, "value"}


_WHOLE_PART = re.compile(r"\d[\d .\u00a0\u202f]*")
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


_SYNTAX = [
    (r"mapping values are not allowed", "un « : » suivi d’un espace n’a pas sa place ici",
     "mettez la valeur entre guillemets si elle contient « : », ou vérifiez le retrait"),
    (r"cannot start any token|tab character", "ce caractère ne peut pas commencer une valeur",
     "remplacez les tabulations par des espaces, ou mettez la valeur entre guillemets"),
    (r"could not find expected ':'|did not find expected ':'",
     "il manque « : » après la clé", "écrivez « clé: valeur », avec un espace après « : »"),
    (r"expected <block end>|did not find expected key|did not find expected '-' indicator",
     "le retrait de cette ligne ne correspond à rien",
     "alignez-la sur les clés du même bloc, avec des espaces"),
    (r"unexpected end of stream|end of the stream|expected ',' or",
     "un guillemet, un crochet ou une accolade n’est pas refermé", "refermez-le"),
    (r"undefined alias|found undefined|unknown anchor", "cette ancre (*) n’existe pas",
     "écrivez la valeur en clair"),
    (r"expected a single document|but found another document",
     "le fichier contient plusieurs documents (« --- »)", "gardez un seul dossier par fichier"),
    (r"escape", "cette suite « \\… » n’est pas comprise entre guillemets doubles",
     "employez des guillemets simples, ou doublez la barre : « \\\\ »"),
]  # fmt: skip


def _syntax_error(failure: yaml.MarkedYAMLError, name: str, first_line: int) -> Diagnostic:
    mark = failure.problem_mark or failure.context_mark
    position = Position(name)
    if mark is not None:
        position = Position(name, mark.line + first_line, mark.column + 1)
    said = f"{failure.context or ''} {failure.problem or ''}"
    for pattern, message, hint in _SYNTAX:
        if re.search(pattern, said):
            return error("yaml/syntaxe", message, position, hint)
    hint = "vérifiez les retraits, les deux-points et les guillemets à cet endroit"
    return error("yaml/syntaxe", "ce passage n’est pas du YAML", position, hint)


def _character_error(
    failure: yaml.reader.ReaderError, text: str, name: str, first_line: int
) -> Diagnostic:
    offset = next(_forbidden(text), 0)
    line = text.count("\n", 0, offset) + first_line
    column = offset - text.rfind("\n", 0, offset)
    code = f"U+{ord(text[offset]):04X}" if text else "vide"
    message = f"le caractère invisible {code} n’est pas admis"
    return error("yaml/caractere", message, Position(name, line, column), "supprimez-le")


def _forbidden(text: str) -> Iterator[int]:
    allowed = re.compile(
        r"[^\x09\x0a\x0d\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    )
    return (match.start() for match in allowed.finditer(text))

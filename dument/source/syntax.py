"""What PyYAML says of a broken file, said in French at its place."""

from __future__ import annotations

import re
from itertools import islice

import yaml

from dument.diagnostics import Diagnostic, Position, error

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
    (r"undefined alias|found undefined|unknown anchor", "cette ancre (*) n’existe pas",
     "écrivez la valeur en clair"),
    (r"expected a single document|but found another document",
     "le fichier contient plusieurs documents (« --- »)", "gardez un seul dossier par fichier"),
    (r"escape", "cette suite « \\… » n’est pas comprise entre guillemets doubles",
     "employez des guillemets simples, ou doublez la barre : « \\\\ »"),
]  # fmt: skip
_UNCLOSED = re.compile("unexpected end of stream|end of the stream|expected ',' or")
_KEY_STUCK = re.compile(r"[ \t]*(?:- )?\w+:(?=[^\s:/])")


def syntax_error(
    failure: yaml.MarkedYAMLError, text: str, name: str, first_line: int
) -> Diagnostic:
    """Say a syntax error of PyYAML's, by what its English holds, where it began."""

    def at(mark: yaml.Mark) -> Position:
        return Position(name, mark.line + first_line, mark.column + 1)

    mark = failure.problem_mark or failure.context_mark
    said = f"{failure.context or ''} {failure.problem or ''}"
    if _UNCLOSED.search(said):
        message = "un guillemet, un crochet ou une accolade n’est pas refermé"
        return error("yaml/syntaxe", message, at(failure.context_mark or mark), "refermez-le")
    before = text.splitlines()[max(0, mark.line - 1)]
    stuck = _KEY_STUCK.match(before)
    if stuck and "mapping values" in said:
        where = Position(name, max(0, mark.line - 1) + first_line, stuck.end() + 1)
        message = "il manque un espace après « : »"
        return error("yaml/syntaxe", message, where, "écrivez « clé: valeur »")
    for pattern, message, hint in _SYNTAX:
        if re.search(pattern, said):
            return error("yaml/syntaxe", message, at(mark), hint)
    hint = "vérifiez les retraits, les deux-points et les guillemets à cet endroit"
    return error("yaml/syntaxe", "ce passage n’est pas du YAML", at(mark), hint)


# Controls, line separators, marks that turn the text around, private use, non-characters, tags:
# nothing of it can be seen, and none of it can be printed.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069"
    "\ud800-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U0010ffff]"
)
_MOST_UNSEEN = 20


def unseen_characters(text: str, name: str, first_line: int) -> list[Diagnostic]:
    """Report the characters of a file that nobody sees, the first ones at their place."""
    found = []
    for match in islice(_UNSEEN.finditer(text), _MOST_UNSEEN):
        line = text.count("\n", 0, match.start()) + first_line
        column = match.start() - text.rfind("\n", 0, match.start())
        found.append(_unseen(match[0], Position(name, line, column)))
    return found


def unseen_character(value: str, position: Position) -> Diagnostic | None:
    """Report a character that an escape (`"\\0"`) brought into a value unseen."""
    match = _UNSEEN.search(value) or re.search("\r", value)
    return _unseen(match[0], position) if match else None


def _unseen(character: str, position: Position) -> Diagnostic:
    message = f"le caractère invisible U+{ord(character):04X} n’est pas admis"
    return error("yaml/caractere", message, position, "supprimez-le, ou retapez ce passage")

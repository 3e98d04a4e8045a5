"""What PyYAML says of a broken file, said in French at its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
    (r"unexpected end of stream|end of the stream|expected ',' or",
     "un guillemet, un crochet ou une accolade n’est pas refermé", "refermez-le"),
    (r"undefined alias|found undefined|unknown anchor", "cette ancre (*) n’existe pas",
     "écrivez la valeur en clair"),
    (r"expected a single document|but found another document",
     "le fichier contient plusieurs documents (« --- »)", "gardez un seul dossier par fichier"),
    (r"escape", "cette suite « \\… » n’est pas comprise entre guillemets doubles",
     "employez des guillemets simples, ou doublez la barre : « \\\\ »"),
]  # fmt: skip


def syntax_error(failure: yaml.MarkedYAMLError, name: str, first_line: int) -> Diagnostic:
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


def character_error(
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

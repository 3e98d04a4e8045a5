"""What goes wrong in a template, said in French with its place."""

from __future__ import annotations

import re

from jinja2.exceptions import TemplateError

_FROM_MEMORY = "<template>"  # how Jinja calls the file of a template given as text
FAULTS = (
    TemplateError, TypeError, ValueError, KeyError, IndexError, AttributeError, ArithmeticError,
    RuntimeError, AssertionError, MemoryError, NameError, SyntaxError,
)  # fmt: skip
_SAID = [
    (r"Unexpected end of template.* The innermost block that needs to be closed is '(\w+)'.*",
     r"le bloc « {% \1 %} » n’est pas refermé"),
    (r"unexpected end of template, expected '(.*)'\.?", "une accolade n’est pas refermée"),
    (r"No filter named '(.*)'\.", r"le filtre « \1 » n’existe pas"),
    (r"No test named '(.*)'\.", r"le test « \1 » n’existe pas"),
    (r"Encountered unknown tag '(.*)'\..*", r"la balise « \1 » n’existe pas"),
    (r"Expected an expression, got .*", "une expression manque"),
    (r"expected token '(.*)', got '(.*)'", r"« \1 » était attendu, et non « \2 »"),
    (r"'(.*)' is undefined", r"« \1 » n’existe pas"),
    (r"'.*' has no attribute '(.*)'", r"« \1 » n’existe pas"),
    (r".* does not export the requested name '(.*)'", r"la macro « \1 » n’existe pas"),
    (r"access to attribute '(.*)' of .* is unsafe\.", r"« \1 »"),
    (r"unexpected '(.*)'", r"« \1 » n’est pas à sa place"),
    (r"'([^']*)'", r"« \1 » n’existe pas"),
    (r"reserved (.*)", r"le caractère \1 est réservé, ôtez-le"),
    (r"too many turns", "ses boucles font plus de 100 000 tours"),
    (r"too large|name 'inf' is not defined|", "une valeur y est démesurée"),
    (r"too many statically nested blocks.*", "trop de blocs s’emboîtent"),
    (r"expected (\w+) >= (\d+), got (.*)", r"« \1 » doit valoir au moins \2, et non \3"),
    (r".*NoneType.*", "une valeur manque"),
    (r"'\w+' object has no attribute .*", "une valeur n’est pas de la sorte attendue"),
    (r"division by zero|.*DivisionByZero.*|.*InvalidOperation.*", "division par zéro"),
]  # fmt: skip


class TemplateFault(Exception):
    """A template that cannot be rendered: its name, its line, and a French sentence.

    The name is the file's path when the template was read from a file, else the loader's.
    """

    def __init__(self, name: str, line: int, message: str) -> None:
        super().__init__(message)
        self.name = name
        self.line = line
        self.message = message


def in_french(said: str) -> str:
    """Say in French what Jinja says most often; its own words, quoted, for the rest."""
    for pattern, french in _SAID:
        match = re.fullmatch(pattern, said, re.DOTALL)
        if match:
            return match.expand(french)
    return f"« {said} »"


def place_of(fault: BaseException, name: str) -> tuple[str, int]:
    """Return the template in which an exception arose, the innermost one, and its line."""
    place, trace = (name, 1), fault.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file == _FROM_MEMORY:
            place = (name, trace.tb_lineno)
        elif "__jinja_exception__" in trace.tb_frame.f_globals:
            place = (file, trace.tb_lineno)
        trace = trace.tb_next
    return place

"""The Jinja environments: letters (Markdown, sandboxed, values veiled) and pages (HTML).

A value put into a letter is veiled: written as hexadecimal between private-use characters, so
that neither Markdown nor HTML can take any of it for markup; `unveil_html` and `unveil_text` put
it back, letter for letter, once the markup is made. A missing value is veiled too, under its
name. Only importer of jinja2.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import (
    ChainableUndefined,
    ChoiceLoader,
    DictLoader,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateNotFound,
)
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

_VALUE = re.compile("\ue000([0-9a-f]*)\ue001")
_FROM_MEMORY = "<template>"  # how Jinja calls the file of a template given as text
_MISSING = re.compile("\ue002([0-9a-f]*)\ue003")


class TemplateFault(Exception):
    """A template that cannot be rendered: its name, its line, and a French sentence.

    The name is the file's path when the template was read from a file, else the loader's.
    """

    def __init__(self, name: str, line: int, message: str) -> None:
        super().__init__(message)
        self.name = name
        self.line = line
        self.message = message


class View(dict[str, Any]):
    """A mapping for templates that knows its own path, to name what is missing in it."""

    __slots__ = ("path",)

    def __init__(self, values: Mapping[str, Any], path: str) -> None:
        super().__init__(values)
        self.path = path


def view(value: Any, path: str = "") -> Any:
    """Wrap nested mappings and lists so that an absent key is named by its whole path."""
    if isinstance(value, Mapping):
        inner = {key: view(one, f"{path}.{key}" if path else key) for key, one in value.items()}
        return View(inner, path)
    if isinstance(value, (list, tuple)):
        return [view(one, path) for one in value]
    return value


class Missing(ChainableUndefined):
    """A value the case does not hold: false in a test, `⟦chemin⟧` when written.

    What the sandbox refuses comes here too, as an attribute not to be had: it is a fault.
    """

    def __init__(self, hint: str | None = None, obj: Any = None, name: str | None = None,
                 exc: type[Exception] = UndefinedError) -> None:  # fmt: skip
        if exc is SecurityError:
            raise SecurityError(hint)
        prefix = f"{obj.path}." if isinstance(obj, View) and obj.path else ""
        super().__init__(hint, None, f"{prefix}{name}", exc)

    def __getattr__(self, name: str) -> Missing:
        if name.startswith("__"):
            raise AttributeError(name)
        return Missing(name=f"{self._undefined_name}.{name}")

    def __getitem__(self, name: object) -> Missing:
        return Missing(name=f"{self._undefined_name}.{name}")


class Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox where a key comes before a method of the same name, and is found at once."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return what `obj.attribute` is in a template."""
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


def letter_environment(
    folders: Iterable[Path],
    filters: Mapping[str, Callable[..., Any]],
    bodies: Mapping[str, str],
) -> Sandbox:
    """Return the environment of letters: Markdown out, every value veiled.

    `bodies` are templates already read, by name; what they include comes from `folders`.
    """
    environment = Sandbox(
        loader=ChoiceLoader([DictLoader(bodies), FileSystemLoader(list(folders))]),
        undefined=Missing,
        autoescape=True,
        finalize=veil,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update({name: _passing(one) for name, one in filters.items()})
    return environment


def page_environment(
    folders: Iterable[Path], filters: Mapping[str, Callable[..., Any]], theme: Path | None = None
) -> Sandbox:
    """Return the environment of HTML pages: values escaped, an unknown name is a fault.

    `kit/index.html` is always that of `theme`: a page that replaces another may extend it.
    """
    kit = PrefixLoader({"kit": FileSystemLoader(theme)} if theme else {})
    environment = Sandbox(
        loader=ChoiceLoader([FileSystemLoader(list(folders)), kit]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(filters)
    return environment


def render(environment: Sandbox, name: str, context: Mapping[str, Any]) -> str:
    """Render a template; raises TemplateFault with the template's line."""
    try:
        return environment.get_template(name).render(context)
    except TemplateSyntaxError as fault:
        message = f"ce modèle n’est pas du Jinja : {_in_french(fault.message or '')}"
        raise TemplateFault(fault.filename or fault.name or name, fault.lineno, message) from None
    except TemplateNotFound as fault:
        message = f"le modèle « {fault.name} » est introuvable"
        raise TemplateFault(*_place_of(fault, name), message) from None
    except SecurityError as fault:
        message = f"ce modèle demande ce qui est interdit : {_in_french(str(fault))}"
        raise TemplateFault(*_place_of(fault, name), message) from None
    except RecursionError as fault:
        message = "ce modèle s’inclut lui-même sans fin"
        raise TemplateFault(*_place_of(fault, name), message) from None
    except _FAULTS as fault:
        message = f"ce modèle ne peut pas être rendu : {_in_french(str(fault))}"
        raise TemplateFault(*_place_of(fault, name), message) from None


_FAULTS = (
    TemplateError, TypeError, ValueError, KeyError, IndexError, AttributeError, ArithmeticError,
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
    (r"Range too big\..*", "une boucle a plus de 100 000 tours"),
    (r"division by zero|.*DivisionByZero.*|.*InvalidOperation.*", "division par zéro"),
]  # fmt: skip


def _in_french(said: str) -> str:
    """Say in French what Jinja says most often; its own words, quoted, for the rest."""
    for pattern, french in _SAID:
        match = re.fullmatch(pattern, said, re.DOTALL)
        if match:
            return match.expand(french)
    return f"« {said} »"


def _place_of(fault: BaseException, name: str) -> tuple[str, int]:
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


def _passing(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let a filter hand a missing value on, so that it stays named."""

    def apply(value: Any, *arguments: Any, **options: Any) -> Any:
        return value if isinstance(value, Missing) else function(value, *arguments, **options)

    return apply


def safe(markup: str) -> Markup:
    """Mark a piece of HTML of our own making as such."""
    return Markup(markup)


def veil(value: Any) -> Markup:
    """Hide a value from Markdown and HTML; what is markup already passes."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, Missing):
        return Markup(f"\ue002{str(value._undefined_name).encode().hex()}\ue003")
    return Markup(f"\ue000{str(value).encode().hex()}\ue001")


def unveil_html(markup: str) -> str:
    """Put veiled values back, escaped for HTML; missing ones stand out as `⟦chemin⟧`."""
    markup = _VALUE.sub(lambda found: _escaped(_decoded(found)), markup)
    return _MISSING.sub(
        lambda found: f'<mark class="manque">⟦{html.escape(_decoded(found))}⟧</mark>', markup
    )


def unveil_text(text: str) -> str:
    """Put veiled values back as plain text."""
    text = _VALUE.sub(_decoded, text)
    return _MISSING.sub(lambda found: f"⟦{_decoded(found)}⟧", text)


def missing_values(text: str) -> tuple[str, ...]:
    """List the paths of the missing values that a rendered text wanted, once each."""
    return tuple(dict.fromkeys(_decoded(found) for found in _MISSING.finditer(text)))


def _decoded(found: re.Match[str]) -> str:
    return bytes.fromhex(found[1]).decode()


def _escaped(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")

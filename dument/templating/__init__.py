"""The Jinja environments: letters (Markdown, sandboxed, values veiled) and pages (HTML).

A value put into a letter is veiled: written as hexadecimal between private-use characters, so
that neither Markdown nor HTML can take any of it for markup; `unveil_html` and `unveil_text` put
it back, letter for letter, once the markup is made. A missing value is veiled too, under its
name. Only importer of jinja2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, DictLoader, PrefixLoader, StrictUndefined, TemplateNotFound
from jinja2.exceptions import SecurityError, TemplateSyntaxError

from dument.templating.faults import FAULTS, TemplateFault, in_french, place_of
from dument.templating.sandbox import Folders, Sandbox
from dument.templating.values import (
    Missing,
    View,
    missing_values,
    safe,
    unveil_html,
    unveil_text,
    veil,
    view,
)

__all__ = [
    "Missing",
    "Sandbox",
    "TemplateFault",
    "View",
    "letter_environment",
    "missing_values",
    "page_environment",
    "render",
    "safe",
    "unveil_html",
    "unveil_text",
    "veil",
    "view",
]


def letter_environment(
    folders: Iterable[Path],
    filters: Mapping[str, Callable[..., Any]],
    bodies: Mapping[str, str],
) -> Sandbox:
    """Return the environment of letters: Markdown out, every value veiled.

    `bodies` are templates already read, by name; what they include comes from `folders`.
    """
    environment = Sandbox(
        loader=ChoiceLoader([DictLoader(bodies), Folders(list(folders))]),
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
    kit = PrefixLoader({"kit": Folders(theme)} if theme else {})
    environment = Sandbox(
        loader=ChoiceLoader([Folders(list(folders)), kit]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(filters)
    return environment


def render(environment: Sandbox, name: str, context: Mapping[str, Any]) -> str:
    """Render a template; raises TemplateFault with the template's line."""
    environment.turns = 0
    try:
        return environment.get_template(name).render(context)
    except TemplateSyntaxError as fault:
        message = f"ce modèle n’est pas du Jinja : {in_french(fault.message or '')}"
        raise TemplateFault(fault.filename or fault.name or name, fault.lineno, message) from None
    except TemplateNotFound as fault:
        message = f"le modèle « {fault.name} » est introuvable"
        raise TemplateFault(*place_of(fault, name), message) from None
    except SecurityError as fault:
        message = f"ce modèle demande ce qui est interdit : {in_french(str(fault))}"
        raise TemplateFault(*place_of(fault, name), message) from None
    except RecursionError as fault:
        message = "ce modèle s’inclut lui-même sans fin"
        raise TemplateFault(*place_of(fault, name), message) from None
    except FAULTS as fault:
        message = f"ce modèle ne peut pas être rendu : {in_french(str(fault))}"
        raise TemplateFault(*place_of(fault, name), message) from None


def _passing(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let a filter hand a missing value on, so that it stays named."""

    def apply(value: Any, *arguments: Any, **options: Any) -> Any:
        return value if isinstance(value, Missing) else function(value, *arguments, **options)

    return apply

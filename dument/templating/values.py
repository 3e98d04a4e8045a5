"""Values as templates see them: named when missing, veiled in a letter and unveiled in the end."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from jinja2 import ChainableUndefined
from jinja2.exceptions import SecurityError, UndefinedError
from markupsafe import Markup

_VALUE = re.compile("\ue000([0-9a-f]*)\ue001")
_MISSING = re.compile("\ue002([0-9a-f]*)\ue003")
MARKS = re.compile("[\ue000-\ue003]")


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

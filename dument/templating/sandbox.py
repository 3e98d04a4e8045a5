"""Where templates run: what they may call, how much they may ask for, and their files."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

from dument.templating.faults import TemplateFault
from dument.templating.values import MARKS, veil

MOST_TURNS = 100_000
LARGEST_POWER = 1_000
LONGEST = 100_000  # characters or items made at once
_WIDE = re.compile(r"%[-+ #0]*[\d.]*\d{6}|\{[^{}]*:[^{}]*\d{6}")  # as in « %999999d »
_BY_LENGTH = ("batch", "center", "indent", "slice")  # filters told a length


class Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox where a key comes before a method of the same name, and is found at once.

    What would take all the memory or never end is refused: `turns` counts those of the ranges.
    """

    intercepted_binops = frozenset(("*", "**", "%"))
    turns = 0

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.globals = {"range": self.range, "dict": dict, "namespace": Namespace}
        self.filters |= {name: _bounded(self.filters[name], _refuse_long) for name in _BY_LENGTH}
        self.filters["format"] = _bounded(self.filters["format"], _refuse_wide)

    def range(self, *bounds: int) -> range:
        """Return a range; the ranges of one rendering have so many turns together."""
        asked = range(*bounds)
        self.turns += len(asked)
        if self.turns > MOST_TURNS:
            raise OverflowError("too many turns")
        return asked

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Multiply or fill in a format, where the outcome has a sane size."""
        if operator == "%" and isinstance(left, str):
            _refuse_wide(left)
        if operator == "**" and max(abs(left), abs(right)) > LARGEST_POWER:
            raise OverflowError("too large")
        for many, count in ((left, right), (right, left)) if operator == "*" else ():
            if isinstance(many, (str, list, tuple)) and len(many) * count > LONGEST:
                raise OverflowError("too large")
        return super().call_binop(context, operator, left, right)

    def call(self, context: Any, called: Any, /, *given: Any, **options: Any) -> Any:
        """Call what a template calls; a method of a text makes no huge one."""
        if isinstance(getattr(called, "__self__", None), str):
            _refuse_long(None, *given)
        return super().call(context, called, *given, **options)

    def wrap_str_format(self, value: Any) -> Any:
        """Return the `format` of a text, closed, where its fields have a sane width."""
        wrapped = super().wrap_str_format(value)
        if wrapped is not None:
            _refuse_wide(value.__self__)
        return wrapped

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Refuse in a letter the marks of veiled values: they would be taken for some."""
        found = MARKS.search(source) if self.finalize is veil else None
        if found:
            line = source.count("\n", 0, found.start()) + 1
            raise TemplateSyntaxError(f"reserved U+{ord(found[0]):04X}", line, name, filename)
        return super().preprocess(source, name, filename)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return what `obj.attribute` is in a template."""
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


def _bounded(function: Callable[..., Any], refuse: Callable[..., None]) -> Callable[..., Any]:
    """Keep a filter from making what is huge."""

    @wraps(function)
    def apply(*given: Any, **options: Any) -> Any:
        refuse(*given, *options.values())
        return function(*given, **options)

    return apply


def _refuse_long(_: object, *lengths: object) -> None:
    """Raise OverflowError where a value is to be made too long."""
    if any(isinstance(one, int) and one > LONGEST for one in lengths):
        raise OverflowError("too large")


def _refuse_wide(form: object, *_: object) -> None:
    """Raise OverflowError for a format with too wide a field."""
    if _WIDE.search(str(form)):
        raise OverflowError("too large")


class Folders(FileSystemLoader):
    """Templates of folders, in UTF-8: raises TemplateFault where one is not."""

    def get_source(self, environment: Any, template: str) -> Any:
        """Return the source of a template, its path, and whether it is still the same."""
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError as fault:
            paths = (Path(folder, template) for folder in self.searchpath)
            path = next(one for one in paths if one.is_file())
            line = fault.object.count(b"\n", 0, fault.start) + 1
            message = "ce modèle n’est pas un texte en UTF-8 : enregistrez-le en UTF-8"
            raise TemplateFault(str(path), line, message) from None

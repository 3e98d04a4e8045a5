"""Step 2, typer: nodes become a Case, and every fault is said at once with its place."""

from __future__ import annotations

import difflib
import types
import typing
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Union

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from dument.case import Case, Record
from dument.diagnostics import Diagnostic, Position, error
from dument.schema.keys import KEYS, field_of
from dument.source import Mapping, Node, Sequence, Text

FieldPath = tuple[str | int, ...]
"""Fields and list indexes that lead to a part of the case: `("letters", 0, "sending")`."""


@dataclass(slots=True)
class Places:
    """Where each part of the case was written, by path of fields and list indexes."""

    root: Position
    known: dict[FieldPath, Position] = field(default_factory=dict)

    def at(self, *path: str | int) -> Position:
        """Return the place of a part, else of the nearest part around it."""
        while path and path not in self.known:
            path = path[:-1]
        return self.known.get(path, self.root)


def read_case(
    mapping: Mapping, refused: Iterable[str] = ()
) -> tuple[Case | None, Places, list[Diagnostic]]:
    """Type a case; None when any fault was found, all of them in the diagnostics.

    `refused` names the top keys whose fault was said already.
    """
    reader = _Reader(Places(mapping.position))
    reader.refused |= {(field_of(Case, key) or key,) for key in refused}
    values = reader.record(mapping, Case, ())
    try:
        read = Case.model_validate(values)
    except ValidationError as failure:
        for details in failure.errors():
            reader.explain(details)
        read = None
    return (None if reader.diagnostics else read), reader.places, reader.diagnostics


class _Reader:
    """Walks nodes beside the models' annotations: keys are translated, shapes checked."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.diagnostics: list[Diagnostic] = []
        self.refused: set[FieldPath] = set()

    def record(self, node: Mapping, model: type[Record], path: FieldPath) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, child in node.entries.items():
            name = field_of(model, key)
            if name is None:
                self.unknown_key(key, node, model, path)
                continue
            here = (*path, name)
            self.places.known[here] = child.position
            if here in self.refused:
                continue
            known = model.model_fields[name]
            value = self.value(child, known.annotation, here)
            if value == [] and known.is_required():
                hint = "écrivez au moins un élément, précédé de « - »"
                self.misshapen(child, here, "cette liste est vide", hint)
            elif value is not None:
                values[name] = value
        refused = {name: True for name in model.model_fields if (*path, name) in self.refused}
        self.missing(path, model.lacking(refused | values))
        return values

    def value(self, node: Node, annotation: Any, path: FieldPath) -> Any:
        model, is_list = _shape(annotation)
        if isinstance(node, Text):
            if node.value is not None and is_list and not _admits_text(annotation):
                self.misshapen(
                    node, path, "une liste est attendue", "commencez chaque élément par « - »"
                )
            return node.value
        if isinstance(node, Sequence):
            return self.elements(node, model, is_list, path)
        if is_list or model not in KEYS:
            hint = "commencez chaque élément par « - »" if is_list else "écrivez une seule valeur"
            self.misshapen(node, path, "des clés n’ont pas leur place ici", hint)
            return None
        return self.record(node, model, path)

    def elements(
        self, node: Sequence, model: type[Record] | None, is_list: bool, path: FieldPath
    ) -> list[Any] | None:
        if not is_list:
            wanted, hint = (
                "une seule valeur est attendue",
                "gardez une seule valeur, sans crochets",
            )
            if model in KEYS:
                wanted, hint = "des clés sont attendues", _keys_of(model)
            self.misshapen(node, path, f"{wanted} ici, pas une liste", hint)
            return None
        values: list[Any] = []
        for index, item in enumerate(node.items):
            here = (*path, index)
            self.places.known[here] = item.position
            if isinstance(item, Text) and item.value is None:
                self.misshapen(
                    item, here, "cet élément de liste est vide", "complétez-le ou retirez-le"
                )
            elif isinstance(item, Mapping) and model is not None:
                values.append(self.record(item, model, here))
                continue
            elif isinstance(item, Text):
                values.append(item.value)
                continue
            else:
                self.misshapen(item, here, "cet élément de liste n’a pas la forme attendue", None)
            values.append(None)  # the next elements keep their ranks, hence their places
        return values

    def unknown_key(self, key: str, node: Mapping, model: type[Record], path: FieldPath) -> None:
        position = node.keys.get(key, node.position)
        known = [one.name for one in KEYS[model].values()]
        near = difflib.get_close_matches(key, known, 1, 0.6)
        if near and near[0] not in node.entries:  # one slip of the pen, one fault: not missing too
            self.refused.add((*path, str(field_of(model, near[0]))))
        hint = (
            f"vouliez-vous dire « {near[0]} » ?" if near else f"clés admises : {', '.join(known)}"
        )
        message = f"clé inconnue « {key} »"
        self.diagnostics.append(error("schema/cle-inconnue", message, position, hint))

    def misshapen(self, node: Node, path: FieldPath, message: str, hint: str | None) -> None:
        self.refused.add(path)
        self.diagnostics.append(error("schema/forme", message, node.position, hint))

    def explain(self, details: ErrorDetails) -> None:
        """Say one of pydantic's findings in French, at its place."""
        path = tuple(step for step in details["loc"])
        if any(path[: len(seen)] == seen for seen in self.refused):
            return
        context = details.get("ctx", {})
        if details["type"] == "missing":
            self.missing(path[:-1], [str(path[-1])])
        elif "fields" in context:
            self.missing(path, context["fields"])
        elif details["type"] == "model_type":
            message = "des clés sont attendues ici, pas une valeur"
            keys = _keys_of(_model_at(path))
            self.diagnostics.append(error("schema/forme", message, self.places.at(*path), keys))
        else:
            target = (*path, context["field"]) if context.get("field") else path
            slug, message, hint = _in_french(details, context)
            found = error(f"schema/{slug}", message, self.places.at(*target), hint)
            self.diagnostics.append(found)

    def missing(self, path: FieldPath, fields: Iterable[str | FieldPath]) -> None:
        for one in fields:
            *inner, name = one if isinstance(one, tuple) else (one,)
            here = (*path, *inner)
            if (*here, name) in self.refused:
                continue
            key = KEYS[_model_at(here)][str(name)]
            message = f"la clé « {key.name} » manque"
            hint = f"{key.name}: {key.meaning[0].lower()}{key.meaning[1:]}"
            found = error("schema/cle-manquante", message, self.places.at(*here), hint)
            if found not in self.diagnostics:
                self.diagnostics.append(found)


def _shape(annotation: Any) -> tuple[type[Record] | None, bool]:
    """Return the record an annotation holds, if any, and whether it is a list of it."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation, False
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is tuple:
        return _shape(arguments[0])[0], True
    if origin in (Union, types.UnionType, typing.Annotated):
        shapes = [_shape(one) for one in arguments if one is not type(None)]
        return next((one for one in shapes if one != (None, False)), (None, False))
    return None, False


def _admits_text(annotation: Any) -> bool:
    """Whether one word may stand where a list may: `sur: F1`."""
    is_union = typing.get_origin(annotation) in (Union, types.UnionType)
    return is_union and str in typing.get_args(annotation)


def _model_at(path: FieldPath) -> type[Record]:
    model: type[Record] = Case
    for step in path:
        if isinstance(step, str):
            inner, _ = _shape(model.model_fields[step].annotation)
            model = inner or model
    return model


def _keys_of(model: type[Record]) -> str:
    return f"clés : {', '.join(key.name for key in KEYS[model].values())}"


def _in_french(details: ErrorDetails, context: dict[str, Any]) -> tuple[str, str, str | None]:
    """Return slug, message and hint of a pydantic error."""
    written = details["input"]
    if "message" in context:
        return details["type"], context["message"], context.get("hint")
    if details["type"] in ("enum", "literal_error"):
        admitted = context["expected"].replace("'", "").replace(" or ", " ou ")
        near = difflib.get_close_matches(
            str(written), admitted.replace(" ou ", ", ").split(", "), 1
        )
        hint = f"vouliez-vous dire « {near[0]} » ?" if near else f"valeurs admises : {admitted}"
        return "valeur-inconnue", f"« {written} » n’est pas une valeur admise", hint
    if details["type"] in ("greater_than_equal", "less_than_equal"):
        limit = context.get("ge", context.get("le"))
        side = "au moins" if "ge" in context else "au plus"
        return "hors-bornes", f"« {written} » est hors des bornes : {side} {limit}", None
    if details["type"] == "string_too_short":
        hint = f"écrivez au moins {context['min_length']} caractères"
        return "trop-court", f"« {written} » est trop court", hint
    return "forme", "cette valeur n’a pas la forme attendue", None


__all__ = ["FieldPath", "Places", "read_case"]

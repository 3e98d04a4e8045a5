"""The case said in French again: for templates, for the computed case, for editors."""

from __future__ import annotations

from typing import Any

from dument.case import Case, LateInterest, Pages, PaymentTerm, Record
from dument.money import format_rate
from dument.schema.keys import KEYS
from dument.schema.party_keys import PARTY_KEYS

_PRIVATE = {("JournalEntry", "note"), ("JournalEntry", "visible"), ("Exhibit", "visible")}


def in_french(value: Any) -> Any:
    """Return a record as nested dicts with French keys; absent fields are left out.

    Private notes are never part of it: what is not here cannot leak.
    """
    if isinstance(value, LateInterest):
        return value.basis.value if value.rate is None else format_rate(value.rate)
    if isinstance(value, PaymentTerm | Pages):
        return str(value)
    if isinstance(value, Record):
        return {
            key.name: in_french(getattr(value, field))
            for field, key in KEYS[type(value)].items()
            if getattr(value, field) is not None and (type(value).__name__, field) not in _PRIVATE
        }
    if isinstance(value, tuple):
        return [in_french(item) for item in value]
    return value


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a case file, with French keys, for editors."""
    schema = Case.model_json_schema()
    definitions = schema.pop("$defs")
    models = {model.__name__: model for model in KEYS}
    translated = {
        name: _translated(definition, models[name]) if name in models else definition
        for name, definition in definitions.items()
    }
    top = _translated(schema, Case)
    for party in PARTY_KEYS:
        inner = top["properties"][party]
        described = {name: inner.pop(name) for name in ("title", "description")}
        top["properties"][party] = {**described, "anyOf": [{"type": "string"}, inner]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **top,
        "title": "Dossier",
        "$defs": translated,
    }


def _translated(definition: dict[str, Any], model: type[Record]) -> dict[str, Any]:
    keys = KEYS[model]
    properties = {
        keys[field].name: {**inner, "title": keys[field].name, "description": keys[field].meaning}
        for field, inner in definition["properties"].items()
    }
    for inner in properties.values():
        inner.pop("default", None)
    required = [keys[field].name for field in definition.get("required", [])]
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "required": required,
    }

"""`champ`: the case holds every field listed in `options.champs`, by its French path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dument.checks.inspection import Finding, Inspection
from dument.law import Mention
from dument.letters import Letter
from dument.schema import in_french

TYPE = "champ"
BEARS_ON_LETTERS = True


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield one finding for each field that is absent; `lettre.…` looks into the letter."""
    said: dict[str, Any] = in_french(inspection.case)
    if letter is not None:
        said = {**said, "lettre": in_french(letter.request)}
    fields = mention.options.get("champs")
    for path in fields if isinstance(fields, list) else ():
        alternatives = path.split("|")
        if not any(_has(said, one.split(".")) for one in alternatives):
            yield Finding(" ou ".join(f"« {one} »" for one in alternatives))


def _has(value: Any, steps: list[str]) -> bool:
    for step in steps:
        value = value.get(step) if isinstance(value, dict) else None
    return bool(value)

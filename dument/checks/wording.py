"""The words of a finding, which stand in the rule's own file under `options.cas`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from dument.checks.inspection import Finding
from dument.french import short_date
from dument.law import Mention
from dument.money import format_euros
from dument.schema import FieldPath


def say(
    mention: Mention, case: str, path: FieldPath | None = None, **values: object
) -> Iterator[Finding]:
    """Yield the finding of a case; none when the rule does not list that case."""
    cases = mention.options.get("cas")
    sentence = cases.get(case) if isinstance(cases, dict) else None
    if sentence:
        written = {name: _written(value) for name, value in values.items()}
        yield Finding(sentence.format(**written), path)


def _written(value: object) -> object:
    if isinstance(value, date):
        return short_date(value)
    return format_euros(value) if isinstance(value, Decimal) else value


def listed(mention: Mention, option: str) -> list[str]:
    """Return an option that is a list of words; empty when the rule has none."""
    words = mention.options.get(option)
    return [str(word) for word in words] if isinstance(words, list) else []


def whole(mention: Mention, option: str) -> int:
    """Return an option that is a whole number; zero when the rule has none."""
    return int(str(mention.options.get(option) or 0))

"""Amounts and dates found in a printed text, whatever their spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dument.french import long_date, short_date
from dument.money import format_euros

_ROW = re.compile(r"(?P<label>.*?)[\s|]*\|\s*(?P<amount>[−-]?\d[\d\s]*,\d{2})\s*€")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a printed table that ends with an amount in euros."""

    label: str
    amount: Decimal


def rows(text: str) -> list[Row | None]:
    """Return the lines of a text, None for each one that is not a row ending with an amount."""
    lines = (line.strip() for line in text.split("\n"))
    return [_row(line) for line in lines if line]


def _row(line: str) -> Row | None:
    found = _ROW.fullmatch(line)
    if found is None:
        return None
    digits = re.sub(r"\s", "", found["amount"]).replace(",", ".").replace("−", "-")
    return Row(found["label"].strip(), Decimal(digits))


def says_amount(text: str, amount: Decimal) -> bool:
    """Whether an amount is printed, in euros and cents."""
    return _bare(format_euros(amount)) in _bare(text)


def says_date(text: str, day: date) -> bool:
    """Whether a date is printed, in words or in figures."""
    return any(_bare(one) in _bare(text) for one in (long_date(day), short_date(day)))


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def totals(read: list[Row | None]) -> Iterator[tuple[Row, Decimal | None]]:
    """Yield each total with the sum of the rows right above it, None when there is none."""
    for place, row in enumerate(read):
        if row is None or not row.label.startswith("Total"):
            continue
        above = place
        while above and read[above - 1] is not None:
            above -= 1
        parts = [one.amount for one in read[above:place] if one is not None]
        yield row, sum(parts, Decimal(0)) if parts else None

"""Amounts and dates found in a printed text, whatever their spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import takewhile

from dument.french import MONTHS, short_date, squeeze
from dument.money import format_euros

_ROW = re.compile(r"(?P<label>.*?)[\s|]*\|\s*(?P<amount>[−-]?\d[\d\s]*,\d{2})\s*€")
_DAYS = r"(?:1er|\d{1,2})(?:(?:, | et )(?:1er|\d{1,2}))*"
_OTHER_MONTHS = rf"(?:(?:,| et) les? {_DAYS} (?:{'|'.join(MONTHS)}))*"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a printed table that ends with an amount in euros."""

    label: str
    amount: Decimal

    @property
    def first_cell(self) -> str:
        """What the row begins with: in a table of lines, its invoice."""
        return self.label.partition(" | ")[0]

    @property
    def is_subtotal(self) -> bool:
        """Whether the row sums the lines of one invoice."""
        return self.label.endswith("| Sous-total")


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
    """Whether a date is printed, in figures, in words or among days that share a month or a year.

    >>> says_date("les 7 et 31 août et le 1er septembre 2026", date(2026, 8, 7))
    True
    """
    number = "1er" if day.day == 1 else str(day.day)
    in_words = (
        rf"(?<!\d){number}(?:(?:, | et ){_DAYS})? {MONTHS[day.month - 1]}"
        rf"{_OTHER_MONTHS} {day.year}"
    )
    said = squeeze(text)
    return short_date(day) in said or re.search(in_words, said) is not None


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def totals(read: list[Row | None]) -> Iterator[tuple[Row, Decimal | None]]:
    """Yield each total with the sum of the rows right above it, None when there is none.

    A subtotal sums the rows of its own invoice; it is no part of the total below.
    """
    for place, row in enumerate(read):
        if row is None:
            continue
        if row.is_subtotal:
            parts = _of_one_invoice(read, place, row)
        elif row.label.startswith("Total"):
            parts = [one.amount for one in _above(read, place) if not one.is_subtotal]
        else:
            continue
        yield row, sum(parts, Decimal(0)) if parts else None


def _above(read: list[Row | None], place: int) -> Iterator[Row]:
    """Yield the rows right above a place, the nearest first."""
    for row in reversed(read[:place]):
        if row is None:
            return
        yield row


def _of_one_invoice(read: list[Row | None], place: int, own: Row) -> list[Decimal]:
    same = takewhile(lambda one: one.first_cell == own.first_cell, _above(read, place))
    return [one.amount for one in same]

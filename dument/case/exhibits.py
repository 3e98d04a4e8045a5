"""Exhibits and their numbers: a number that was communicated never changes meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import WithJsonSchema

from dument.case.values import Day, Id, Record, YesNo, reads
from dument.case.visibility import Visibility
from dument.faults import Misread

_RANGES = re.compile(r"\d{1,5}(?:\s*-\s*\d{1,5})?(?:\s*,\s*\d{1,5}(?:\s*-\s*\d{1,5})?)*")


@dataclass(frozen=True, slots=True)
class Pages:
    """Some pages of a document, as closed ranges that count from 1, in the order wanted."""

    ranges: tuple[tuple[int, int], ...]

    def __str__(self) -> str:
        ends = (f"{first}" if first == last else f"{first}-{last}" for first, last in self.ranges)
        return ", ".join(ends)

    @property
    def numbers(self) -> list[int]:
        """Every page, from 1."""
        return [page for first, last in self.ranges for page in range(first, last + 1)]


def parse_pages(text: str) -> Pages:
    """Read pages of a document.

    >>> parse_pages("3-5, 8").numbers
    [3, 4, 5, 8]
    """
    if not _RANGES.fullmatch(text.strip()):
        hint = "écrivez par exemple « 3-5 », ou « 3-5, 8 »"
        raise Misread("pages-illisibles", f"« {text} » ne désigne pas des pages", hint)
    ends = [part.split("-") for part in text.replace(" ", "").split(",")]
    pages = Pages(tuple((int(one[0]), int(one[-1])) for one in ends))
    if any(not 1 <= first <= last for first, last in pages.ranges):
        hint = "la première page porte le numéro 1, et la dernière vient après la première"
        raise Misread("pages-illisibles", f"« {text} » ne désigne pas des pages", hint)
    return pages


class Exhibit(Record):
    """A document that proves something; `file` is relative to the case's folder.

    `pages` keeps only an excerpt, `turn` sets it upright (degrees, clockwise), `is_scrubbed`
    leaves the picture's metadata (place, device) out of every copy; the file itself is untouched.
    """

    id: Id
    title: str
    on: Day | None = None
    file: str
    pages: Annotated[
        Pages | None,
        reads(parse_pages),
        WithJsonSchema({"type": ["string", "number"], "examples": ["3-5"]}),
    ] = None
    turn: Literal["90", "180", "270"] | None = None
    is_scrubbed: YesNo = False
    withdrawn_on: Day | None = None
    visible: Visibility = Visibility.COMMUNICATED


def parse_prefix(text: str) -> str:
    """Read the letters that go before the numbers: one to three, in capitals."""
    if not re.fullmatch(r"[A-Za-z]{1,3}", text.strip()):
        hint = "écrivez une à trois lettres sans accent, comme « C »"
        raise Misread("prefixe", f"« {text} » ne peut pas précéder un numéro de pièce", hint)
    return text.strip().upper()


Prefix = Annotated[str, reads(parse_prefix)]


def number_exhibits(
    exhibits: Iterable[Exhibit], communicated: Mapping[str, int]
) -> dict[str, int]:
    """Number exhibits: those communicated keep theirs for ever, the others take the next ones.

    An exhibit withdrawn after it was communicated leaves its number empty; withdrawn before, it
    never had one. One that not every reader may see comes after those that all may.

    >>> devis = Exhibit(id="devis", title="Devis", file="d.pdf")
    >>> bon = Exhibit(id="bon", title="Bon", file="b.pdf")
    >>> number_exhibits([bon, devis], {"devis": 1})
    {'bon': 2, 'devis': 1}
    """
    last = max(communicated.values(), default=0)
    numbers: dict[str, int] = {}
    for one in sorted(exhibits, key=lambda one: one.visible is not Visibility.COMMUNICATED):
        if one.id in communicated:
            numbers[one.id] = communicated[one.id]
        elif one.withdrawn_on is None:
            last += 1
            numbers[one.id] = last
    return numbers

"""Documents packed into parcels under a limit: whole when they fit, lighter or cut when not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dument.files import Held, Room
from dument.french import without_accents
from dument.pdf import BUDGETS, arrange, page_count_of, reduce_pictures

ENDING = ".pdf"
LONGEST_NAME = 120  # when the channel sets no limit
SHORTEST_LIMIT = 30  # « 0001- », ten letters of a title, « -100sur100 », « .pdf »
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Document:
    """One document to hand over, in its order; `dots` when its pictures were made lighter."""

    title: str
    pdf: Held
    pages: int
    dots: int | None = None
    part: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Parcel:
    """What travels together: file names and their documents, in order."""

    files: tuple[tuple[str, Document], ...]

    @property
    def weight(self) -> int:
        """The bytes of all its files."""
        return sum(one.pdf.size for _, one in self.files)


@dataclass(frozen=True, slots=True)
class Delivery:
    """Parcels in order; `too_heavy` names the files of one page that stay over the limit."""

    parcels: tuple[Parcel, ...]
    too_heavy: tuple[str, ...]


def pack(
    documents: Sequence[Document], most_bytes: int | None, longest_name: int | None
) -> Delivery:
    """Pack documents in order into parcels that each weigh at most `most_bytes`.

    A document that is too heavy alone gets lighter pictures first, then is cut between pages; the
    pages of all files, in order, are those of the documents. Names are ASCII, numbered, unique.
    """
    room = Room()
    light = [part for one in documents for part in _fitting(one, most_bytes, room)]
    width = max(2, len(str(len(light))))
    named = [
        (_name(rank, width, one, longest_name), one) for rank, one in enumerate(light, start=1)
    ]
    parcels: list[list[tuple[str, Document]]] = [[]]
    weight = 0
    for name, one in named:
        if parcels[-1] and most_bytes is not None and weight + one.pdf.size > most_bytes:
            parcels.append([])
            weight = 0
        parcels[-1].append((name, one))
        weight += one.pdf.size
    heavy = [name for name, one in named if most_bytes is not None and one.pdf.size > most_bytes]
    return Delivery(tuple(Parcel(tuple(one)) for one in parcels if one), tuple(heavy))


def _fitting(document: Document, most_bytes: int | None, room: Room) -> Iterator[Document]:
    """Yield a document whole, or lighter, or in parts that fit; what is made stands in a room."""
    if most_bytes is None or document.pdf.size <= most_bytes:
        yield document
        return
    whole, dots = document.pdf.read(), None
    pdf = whole
    for budget in BUDGETS:
        lighter = reduce_pictures(whole, budget)
        if len(lighter) < len(pdf):
            pdf, dots = lighter, budget.dots
        if len(pdf) <= most_bytes:
            break
    if len(pdf) <= most_bytes or document.pages == 1:
        yield Document(document.title, room.keep(pdf), document.pages, dots)
        return
    pieces = [
        (room.keep(piece), page_count_of(piece)) for piece in _cut(pdf, document.pages, most_bytes)
    ]
    for rank, (piece, pages) in enumerate(pieces, start=1):
        yield Document(document.title, piece, pages, dots, (rank, len(pieces)))


def _cut(pdf: bytes, pages: int, most_bytes: int) -> Iterator[bytes]:
    """Cut between pages: as many pages to a part as fit, never fewer than one."""
    first = 1
    while first <= pages:
        low, high = first, pages
        while low < high:
            last = (low + high + 1) // 2
            fits = len(arrange(pdf, range(first, last + 1))) <= most_bytes
            low, high = (last, high) if fits else (low, last - 1)
        yield arrange(pdf, range(first, low + 1))
        first = low + 1


def _name(rank: int, width: int, document: Document, longest: int | None) -> str:
    """Name a file: its rank, its title without accents or signs, its part; cut to the limit.

    The rank keeps names unique whatever the titles.
    """
    plain = _UNSAFE.sub("-", without_accents(document.title)).strip("-") or "document"
    part = f"-{document.part[0]}sur{document.part[1]}" if document.part else ""
    head = f"{rank:0{width}}-"
    left = (longest or LONGEST_NAME) - len(head) - len(part) - len(ENDING)
    return f"{head}{plain[:left].rstrip('-')}{part}{ENDING}"

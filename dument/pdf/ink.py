"""The ink of a printed page, read back from the PDF by PDFium, in millimetres."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

MILLIMETRE = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in millimetres from the top left corner of the sheet."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, boxes: list[Box]) -> Self:
        """Return the smallest box that holds them all; there is at least one."""
        return cls(
            min(box.left for box in boxes),
            min(box.top for box in boxes),
            max(box.right for box in boxes),
            max(box.bottom for box in boxes),
        )

    def overlap(self, other: Box) -> tuple[float, float]:
        """Return by how much two boxes meet, in width and in height; negative when apart."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return width, height

    def meets(self, other: Box) -> bool:
        """Whether two boxes share some area."""
        return min(self.overlap(other)) > 0


@dataclass(frozen=True, slots=True)
class Glyph:
    """A drawn character, the box of its ink, and whether it opens a word."""

    character: str
    box: Box
    opens_word: bool = False


@dataclass(frozen=True, slots=True)
class Ink:
    """What stands on a page: its glyphs in the order they are drawn, its images and drawings."""

    glyphs: tuple[Glyph, ...]
    drawings: tuple[Box, ...]


def read_ink(pdf: bytes, page_index: int = 0) -> Ink:
    """Read the ink of one page of a PDF that opens; rules of tables are drawings too."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[page_index]
        height = page.get_height()
        return Ink(tuple(_glyphs(page, height)), tuple(_drawings(page, height)))
    finally:
        document.close()


def _glyphs(page: Any, height: float) -> Iterator[Glyph]:
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    sides = left, right, bottom, top = [ctypes.c_double() for _ in range(4)]
    opens_word = True
    for index in range(text.count_chars()):
        character = chr(pdfium.FPDFText_GetUnicode(text, index))
        pdfium.FPDFText_GetCharBox(text, index, *sides)
        if character.strip() and right.value > left.value:
            box = _box(left.value, bottom.value, right.value, top.value, height)
            yield Glyph(character, box, opens_word)
        opens_word = not character.strip()


def _drawings(page: Any, height: float) -> Iterator[Box]:
    import pypdfium2.raw as pdfium

    for one in page.get_objects(max_depth=1):
        if one.type != pdfium.FPDF_PAGEOBJ_TEXT:
            yield _box(*one.get_bounds(), height)


def _box(left: float, bottom: float, right: float, top: float, height: float) -> Box:
    corners = (left, height - top, right, height - bottom)
    return Box(*(length / MILLIMETRE for length in corners))

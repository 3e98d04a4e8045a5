"""Where a document cites an exhibit, « pièce n° 3 », so that the bundle leads to its page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from dument.pdf.sheets import Corners

_REFERENCE = r"(?:[A-Z]{1,3}-)?\d{1,4}"
_CITATION = re.compile(rf"[Pp]ièces?\s+n°\s*{_REFERENCE}(?:\s*(?:,|et)\s*{_REFERENCE})*")
_NUMBER = re.compile(_REFERENCE)
_MARGIN = 1.0  # points around the words, for a finger


@dataclass(frozen=True, slots=True)
class Citation:
    """An exhibit's reference as printed, « C-3 », the page that bears it and where."""

    page: int
    reference: str
    box: Corners


def citations_of(pdf: bytes | Path) -> Iterator[Citation]:
    """Yield every citation of a document, pages from 0; one cut between two lines is left out."""
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document):
            words = page.get_textpage()
            text = words.get_text_range()
            for cited in _CITATION.finditer(text):
                for mark in _NUMBER.finditer(text, cited.start(), cited.end()):
                    letters = range(mark.start(), mark.end())
                    box = _around(words.get_charbox(index) for index in letters)
                    if box is not None:
                        yield Citation(number, mark[0], box)


def rows_of(pdf: bytes | Path, titles: Mapping[str, str]) -> Iterator[Citation]:
    """Yield the rows of an exhibit list: a line that begins with a reference and its title."""
    starts = {one: re.match(r"\w*", title.lstrip())[0] for one, title in titles.items()}
    rows = "|".join(rf"{re.escape(one)}[^\S\r\n]+{word}" for one, word in starts.items())
    line = re.compile(rf"^(?:{rows})[^\r\n]*", re.MULTILINE)
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document if rows else ()):
            words = page.get_textpage()
            for row in line.finditer(words.get_text_range()):
                box = _around(words.get_charbox(index) for index in range(*row.span()))
                if box is not None:
                    yield Citation(number, row[0].split()[0], box)


def _around(boxes: Iterable[Corners]) -> Corners | None:
    """Return the rectangle of some letters; None when they do not stand on one line."""
    known = [box for box in boxes if box[2] > box[0]]
    if not known:
        return None
    left, bottom = min(box[0] for box in known), min(box[1] for box in known)
    right, top = max(box[2] for box in known), max(box[3] for box in known)
    if top - bottom > 2 * max(box[3] - box[1] for box in known):
        return None
    return left - _MARGIN, bottom - _MARGIN, right + _MARGIN, top + _MARGIN

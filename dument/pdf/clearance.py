"""Where a stamp hides nothing: the emptiest of the places it may stand on a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from statistics import median
from typing import TYPE_CHECKING

import pypdfium2

from dument.pdf.sheets import Corners

if TYPE_CHECKING:
    from PIL.Image import Image

DOTS = 48  # an inch: enough to see a line of text, quick to draw
CONTRAST = 40  # grey levels between a mark and its ground
CLEAR = 0.004  # share of marked dots that is dust on a scan
_LARGEST = 4000  # dots: a plan is drawn coarser


def clearest(pdf: bytes, places: Sequence[Corners]) -> int:
    """Return the rank of the first clear place on the first page, else of the least marked.

    Places are rectangles of the page as displayed, in points from its bottom left. A place on an
    even ground, white or dark, is clear: a stamp there hides nothing.
    """
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        page = document[0]
        if not page.get_rotation() and not _is_touched(page, places[0]):
            return 0
        width, height = page.get_size()
        scale = min(DOTS / 72, _LARGEST / max(width, height, 1))
        picture = page.render(scale=scale).to_pil().convert("L")
    marked = []
    for rank, place in enumerate(places):
        share = _marked(picture, place, scale)
        if share <= CLEAR:
            return rank
        marked.append(share)
    return marked.index(min(marked))


def _is_touched(page: pypdfium2.PdfPage, place: Corners) -> bool:
    """Whether anything drawn may reach a place; the page's own box tells its origin."""
    left, bottom, _, _ = page.get_cropbox()
    x1, y1, x2, y2 = place
    return any(
        box[0] - left < x2 and box[2] - left > x1 and box[1] - bottom < y2 and box[3] - bottom > y1
        for box in _drawn(page)
    )


def _drawn(page: pypdfium2.PdfPage) -> Iterator[Corners]:
    for drawn in page.get_objects(max_depth=1):
        yield drawn.get_bounds()


def _marked(picture: Image, place: Corners, scale: float) -> float:
    """Return the share of a place's dots that stand out from their ground."""
    left, bottom, right, top = (round(side * scale) for side in place)
    box = (max(left, 0), max(picture.height - top, 0), right, picture.height - bottom)
    dots = picture.crop(box).tobytes()
    if not dots:
        return 0.0
    ground = median(dots)
    return sum(abs(dot - ground) > CONTRAST for dot in dots) / len(dots)

"""What is written over the pages of a bundle: stamps, and the place of each page in the file."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from pikepdf import Page, Pdf

from dument.pdf.lettering import Lettering
from dument.pdf.press import Press
from dument.pdf.sheets import MILLIMETRE, Corners, Frame, link, write_over
from dument.pdf.stamping import INK, Box, Stamp

DIGITS = "0123456789 /"
NUMBER_SIZE = 8.0
# In the outer 20 mm, so that « 1234 / 1234 » leaves a letter's own number in sight.
NUMBER_RIGHT, NUMBER_FOOT = 5 * MILLIMETRE, 5.5 * MILLIMETRE


def overlay(
    bundle: Pdf,
    pages: Sequence[Page],
    stamps: Mapping[int, Stamp],
    press: Press,
    *,
    numbered: bool,
    openings: Collection[int] = (),
) -> None:
    """Stamp the pages of these indices, and number all of them if asked; one face serves all.

    The number of a page in `openings` leads back to the first page of the bundle.
    """
    marks = (mark for one in stamps.values() for mark in one.marks)
    lettering = press.lettering("".join((DIGITS, *marks)))
    fonts = lettering.embed(bundle)
    for index, page in enumerate(pages):
        frame = Frame.of(page)
        drawn = []
        if index in stamps:
            box = Box.around(stamps[index].marks, lettering, frame)
            drawn.append(box.drawn_at(stamps[index].place, lettering))
        if numbered:
            ground, drawing = _number(f"{index + 1} / {len(pages)}", lettering, frame)
            drawn.append(drawing)
            if index in openings:
                link(bundle, page, frame.on_page(ground), pages[0], "Sommaire")
        if drawn:
            write_over(bundle, page, frame, b"\n".join(drawn), fonts)


def _number(text: str, lettering: Lettering, frame: Frame) -> tuple[Corners, bytes]:
    """Draw the page number on a white ground, so that it reads on a dark scan too.

    Returns the corners of that ground besides.
    """
    scale = frame.scale
    size, pad = NUMBER_SIZE * scale, 2 * scale
    width = lettering.width(text, size)
    left = frame.width - NUMBER_RIGHT * scale - width
    foot = NUMBER_FOOT * scale
    ground = (left - pad, foot - pad, left + width + pad, foot + size)
    return ground, (
        f"1 1 1 rg {left - pad:.3f} {foot - pad:.3f} {width + 2 * pad:.3f} {size + pad:.3f} re f "
        f"{INK} rg BT /F {size:.3f} Tf {left:.3f} {foot:.3f} Td {lettering.encoded(text)} Tj ET"
    ).encode()

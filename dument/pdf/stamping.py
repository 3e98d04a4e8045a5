"""The stamp that numbers an exhibit, in a corner of its first page where it hides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any, Self

from pikepdf import Array, ObjectStreamMode, Pdf, StreamDecodeLevel, String

from dument.pdf.actives import still
from dument.pdf.clearance import clearest
from dument.pdf.lettering import Lettering
from dument.pdf.press import Press
from dument.pdf.sheets import MILLIMETRE, Corners, Frame, unload, write_over

INK = "0.13 0.17 0.24"
SIZES = (10.0, 7.5)
LEADING = 1.3
EDGE = 7 * MILLIMETRE
PADDING = 2.2 * MILLIMETRE
NEWEST = "1.7"  # whatever its parts hold
AS_IT_IS: Mapping[str, Any] = {
    "fix_metadata_version": False,
    "preserve_pdfa": False,
    "stream_decode_level": StreamDecodeLevel.none,
    "encryption": False,
}


@dataclass(frozen=True, slots=True)
class Stamp:
    """The lines of a stamp, and the rank of the place where it stands on its page."""

    marks: tuple[str, ...]
    place: int


def stamp(pdf: bytes, marks: Sequence[str], press: Press) -> bytes:
    """Print the lines of `marks` in a ruled box on the first page; same input, same bytes.

    The box stands top right as displayed, else where it covers the least. The first line is set
    larger. Scripts, launch actions and embedded files are left out, forms become ink. The PDF has
    passed `inspect`: pikepdf's exceptions go through otherwise.
    """
    return print_stamp(pdf, place_stamp(pdf, marks, press), press)


def place_stamp(pdf: bytes, marks: Sequence[str], press: Press) -> Stamp:
    """Choose where a stamp stands on the first page of a document."""
    with Pdf.open(BytesIO(pdf)) as opened:
        frame = Frame.of(opened.pages[0])
    places = Box.around(marks, press.lettering("".join(marks)), frame).places
    return Stamp(tuple(marks), clearest(pdf, places))


def print_stamp(pdf: bytes, stamp: Stamp, press: Press) -> bytes:
    """Print a stamp at its place, as `stamp` does."""
    lettering = press.lettering("".join(stamp.marks))
    with Pdf.open(BytesIO(pdf)) as opened:
        still(opened)
        first = opened.pages[0]
        unload(first)
        frame = Frame.of(first)
        drawing = Box.around(stamp.marks, lettering, frame).drawn_at(stamp.place, lettering)
        write_over(opened, first, frame, drawing, lettering.embed(opened))
        return saved(opened)


def saved(pdf: Pdf) -> bytes:
    """Write a document, named after its content; streams already packed stay as they are."""
    target = BytesIO()
    packed = ObjectStreamMode.generate
    pdf.save(target, deterministic_id=True, object_stream_mode=packed, **AS_IT_IS)
    return target.getvalue()


def save_named(pdf: Pdf, target: Path, name: bytes, *, packs: bool) -> None:
    """Write a document to a file, under an identifier that spares reading it all again.

    `packs`: its objects stand together and its bare streams are compressed, which takes time and
    makes a light file lighter. Else each stream stays as it came.
    """
    mode = ObjectStreamMode.generate if packs else ObjectStreamMode.disable
    pdf.trailer.ID = Array([String(name), String(name)])
    pdf.save(target, static_id=True, object_stream_mode=mode, compress_streams=packs,
             min_version=NEWEST, **AS_IT_IS)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Box:
    """The ruled box around its lines, in points, to be drawn at `scale` in a page's frame."""

    marks: tuple[str, ...]
    sizes: tuple[float, ...]
    widths: tuple[float, ...]
    scale: float
    frame: Frame

    @classmethod
    def around(cls, marks: Sequence[str], lettering: Lettering, frame: Frame) -> Self:
        """Measure the box of some lines, smaller where it would not fit."""
        sizes = (SIZES[0], *[SIZES[1]] * (len(marks) - 1))
        widths = tuple(
            lettering.width(mark, size) for mark, size in zip(marks, sizes, strict=True)
        )
        free = cls(tuple(marks), sizes, widths, 1.0, frame)
        scale = min(
            frame.scale,
            (frame.width - 4) / (free.width + EDGE),
            frame.height / 3 / free.height,
        )
        return replace(free, scale=scale)

    @property
    def width(self) -> float:
        """The width of the box before scaling."""
        return max(self.widths) + 2 * PADDING

    @property
    def height(self) -> float:
        """The height of the box before scaling."""
        return sum(self.sizes) * LEADING + 2 * PADDING - self.sizes[-1] * (LEADING - 1)

    @property
    def places(self) -> list[Corners]:
        """Where the box may stand: top right, left and middle, then bottom left and middle."""
        width, height, edge = (one * self.scale for one in (self.width, self.height, EDGE))
        right, top = self.frame.width - width - edge, self.frame.height - height - edge
        middle = (self.frame.width - width) / 2
        corners = [(right, top), (edge, top), (middle, top), (edge, edge), (middle, edge)]
        return [(left, foot, left + width, foot + height) for left, foot in corners]

    def drawn_at(self, rank: int, lettering: Lettering) -> bytes:
        """Draw the box and its lines at one of its places, in the frame's coordinates."""
        place = self.places[rank]
        width, height, scale = self.width, self.height, self.scale
        lines = [
            f"q {scale:.4f} 0 0 {scale:.4f} {place[0]:.3f} {place[1]:.3f} cm",
            f"1 1 1 rg {INK} RG 0.8 w 0 0 {width:.3f} {height:.3f} re B",
            f"0.35 w 1.6 1.6 {width - 3.2:.3f} {height - 3.2:.3f} re S {INK} rg",
            *self._lines(lettering),
            "Q",
        ]
        return "\n".join(lines).encode()

    def _lines(self, lettering: Lettering) -> Iterator[str]:
        top = self.height - PADDING
        for mark, size, length in zip(self.marks, self.sizes, self.widths, strict=True):
            left, baseline = (self.width - length) / 2, top - 0.83 * size
            shown = lettering.encoded(mark)
            yield f"BT /F {size} Tf 1 0 0 1 {left:.3f} {baseline:.3f} Tm {shown} Tj ET"
            top -= size * LEADING

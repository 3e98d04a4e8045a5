"""The stamp that numbers an exhibit, in the top right corner of its first page as displayed."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from pikepdf import ObjectStreamMode, Pdf, StreamDecodeLevel

from dument.pdf.actives import still
from dument.pdf.lettering import Lettering
from dument.pdf.press import Press
from dument.pdf.sheets import MILLIMETRE, Frame, unload, write_over

INK = "0.13 0.17 0.24"
SIZES = (10.0, 7.5)
LEADING = 1.3
EDGE = 7 * MILLIMETRE
PADDING = 2.2 * MILLIMETRE


def stamp(pdf: bytes, marks: Sequence[str], press: Press) -> bytes:
    """Print the lines of `marks` in a ruled box on the first page; same input, same bytes.

    The first line is set larger. Scripts, launch actions and embedded files are left out, forms
    become ink. The PDF has passed `inspect`: pikepdf's exceptions go through otherwise.
    """
    lettering = press.lettering("".join(marks))
    with Pdf.open(BytesIO(pdf)) as opened:
        still(opened)
        first = opened.pages[0]
        unload(first)
        write_over(opened, first, _box(marks, lettering, Frame.of(first)), lettering.embed(opened))
        return saved(opened)


def saved(pdf: Pdf) -> bytes:
    """Write a document, named after its content; streams already packed stay as they are."""
    target = BytesIO()
    pdf.save(
        target,
        deterministic_id=True,
        fix_metadata_version=False,
        preserve_pdfa=False,
        compress_streams=True,
        stream_decode_level=StreamDecodeLevel.none,
        object_stream_mode=ObjectStreamMode.generate,
        encryption=False,
    )
    return target.getvalue()


def _box(marks: Sequence[str], lettering: Lettering, frame: Frame) -> bytes:
    """Draw the box and its lines in the frame's coordinates, smaller where it would not fit."""
    sizes = [SIZES[0], *[SIZES[1]] * (len(marks) - 1)]
    widths = [lettering.width(mark, size) for mark, size in zip(marks, sizes, strict=True)]
    width = max(widths) + 2 * PADDING
    height = sum(sizes) * LEADING + 2 * PADDING - sizes[-1] * (LEADING - 1)
    scale = min(frame.scale, (frame.width - 4) / (width + EDGE), frame.height / 3 / height)
    left = frame.width - (width + EDGE) * scale
    bottom = frame.height - (height + EDGE) * scale
    lines = [
        f"q {scale:.4f} 0 0 {scale:.4f} {left:.3f} {bottom:.3f} cm",
        f"1 1 1 rg {INK} RG 0.8 w 0 0 {width:.3f} {height:.3f} re B",
        f"0.35 w 1.6 1.6 {width - 3.2:.3f} {height - 3.2:.3f} re S {INK} rg",
        *_lines(marks, sizes, widths, width, height, lettering),
        "Q",
    ]
    return "\n".join(lines).encode()


def _lines(
    marks: Sequence[str],
    sizes: Sequence[float],
    widths: Sequence[float],
    width: float,
    height: float,
    lettering: Lettering,
) -> list[str]:
    drawn, top = [], height - PADDING
    for mark, size, length in zip(marks, sizes, widths, strict=True):
        left, baseline = (width - length) / 2, top - 0.83 * size
        shown = lettering.encoded(mark).decode()
        drawn.append(f"BT /F {size} Tf 1 0 0 1 {left:.3f} {baseline:.3f} Tm {shown} Tj ET")
        top -= size * LEADING
    return drawn

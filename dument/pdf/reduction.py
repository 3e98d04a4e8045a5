"""Pictures made lighter: what a scan may lose so that a file passes under a limit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Name, Pdf, PdfImage, Stream

from dument.pdf.exhibits import UNREADABLE
from dument.pdf.stamping import saved

INCH = 72.0
SMALLEST = 40_000  # bytes: lighter pictures are left alone


@dataclass(frozen=True, slots=True)
class Budget:
    """How fine a picture stays: dots an inch across its page, and JPEG quality."""

    dots: int
    quality: int


BUDGETS = (Budget(200, 80), Budget(150, 70), Budget(110, 60))


def reduce_pictures(pdf: bytes, budget: Budget) -> bytes:
    """Return the document with its large pictures at a budget; text and drawings do not change.

    A picture that would not get lighter, or that cannot be decoded, is left as it is.
    """
    with Pdf.open(BytesIO(pdf)) as opened:
        seen: set[tuple[int, int]] = set()
        for page in opened.pages:
            widest = float(max(page.mediabox[2] - page.mediabox[0],
                               page.mediabox[3] - page.mediabox[1]))  # fmt: skip
            for image in _pictures(page):
                if image.objgen not in seen:
                    seen.add(image.objgen)
                    _reduce(image, round(widest / INCH * budget.dots), budget.quality)
        return saved(opened)


def _pictures(page: pikepdf.Page) -> Iterator[Stream]:
    for image in page.get_images().values():
        if isinstance(image, Stream) and int(image.get(Name.Length, 0)) > SMALLEST:
            yield image


def _reduce(image: Stream, longest: int, quality: int) -> None:
    if Name.SMask in image or Name.Mask in image or image.get(Name.ImageMask):
        return  # cut out or one-bit: a JPEG would show its edges
    try:
        picture = PdfImage(image).as_pil_image()
    except (*UNREADABLE, NotImplementedError, OSError):
        return
    if picture.mode not in ("RGB", "L"):
        picture = picture.convert("RGB")
    if max(picture.size) > longest:
        picture.thumbnail((longest, longest))
    target = BytesIO()
    picture.save(target, "JPEG", quality=quality, optimize=True)
    if target.tell() >= int(image.get(Name.Length, 0)):
        return
    colours = Name.DeviceRGB if picture.mode == "RGB" else Name.DeviceGray
    image.write(target.getvalue(), filter=Name.DCTDecode)
    image.Width, image.Height = picture.size
    image.ColorSpace, image.BitsPerComponent = colours, 8
    for name in (Name.DecodeParms, Name.Decode):
        if name in image:
            del image[name]

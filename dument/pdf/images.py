"""Exhibits that are pictures: one A4 page each, upright, never blown up."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING

from dument.diagnostics import Diagnostic, error, info
from dument.pdf.exhibits import Sheets, unreadable
from dument.pdf.photographs import (
    can_read_heic,
    heic_to_jpeg,
    is_heic,
    tells_place,
    without_metadata,
)
from dument.pdf.press import Press

if TYPE_CHECKING:
    from PIL.Image import Image

SIGNATURES = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG"}
MARGIN, HEAD = 12.0, 20.0  # the stamp and the page number keep clear of the picture
SHORT_SIDE, LONG_SIDE = 210.0, 297.0
LOWEST_RESOLUTION = 150
EXIF_ORIENTATION = 0x0112
# EXIF orientation → the turn and the mirror that put the picture upright.
UPRIGHT = {
    2: "scaleX(-1)",
    3: "rotate(180deg)",
    4: "scaleY(-1)",
    5: "rotate(90deg) scaleY(-1)",
    6: "rotate(90deg)",
    7: "rotate(-90deg) scaleY(-1)",
    8: "rotate(-90deg)",
}
LYING = {5, 6, 7, 8}

PAGE = """<!DOCTYPE html><html lang="fr"><head><title>{title}</title><style>
@page {{ size: {page_width}mm {page_height}mm; margin: 0 }}
body {{ margin: 0 }}
img {{ position: absolute; image-orientation: none; image-rendering: crisp-edges;
  left: {left:.3f}mm; top: {top:.3f}mm; width: {width:.3f}mm; height: {height:.3f}mm;
  transform: {turn} }}
</style></head><body><img src="asset:{asset}" alt="{title}"></body></html>"""


@dataclass(frozen=True, slots=True)
class Picture:
    """A readable picture: its file, stored size in pixels and how to turn it upright."""

    kind: str
    data: bytes
    width: int
    height: int
    orientation: int

    @property
    def is_lying(self) -> bool:
        """Whether upright width and height are the stored height and width."""
        return self.orientation in LYING


def is_picture(data: bytes) -> bool:
    """Whether a file is a picture of a kind that is known: PNG, JPEG or HEIC."""
    return is_heic(data) or any(data.startswith(signature) for signature in SIGNATURES)


def look_at_picture(
    data: bytes, name: str, *, is_scrubbed: bool = False
) -> tuple[Sheets | None, list[Diagnostic]]:
    """Look at a picture without printing it: one page, no text.

    Diagnostics: piece/format (HEIC without its library), piece/illisible, piece/localisee (the
    picture says where it was taken, and is not to be scrubbed).
    """
    if is_heic(data) and not can_read_heic():
        return None, [_undecodable(name)]
    if _read_picture(data) is None:
        return None, [unreadable(name, "est une image abîmée, incomplète ou démesurée")]
    tells = not is_scrubbed and not is_heic(data) and tells_place(data)
    return Sheets(1, False), [_located(name)] if tells else []


def image_to_pdf(
    data: bytes, name: str, press: Press, *, is_scrubbed: bool = False
) -> tuple[bytes | None, list[Diagnostic]]:
    """Lay a picture on one A4 page, upright by its EXIF mark, at 150 dpi or finer.

    The pixels of a JPEG are kept as they are; its metadata too, unless it is scrubbed.
    Diagnostics: piece/illisible.
    """
    picture = _read_picture(data)
    if picture is None:
        return None, [unreadable(name, "est une image abîmée, incomplète ou démesurée")]
    asset = f"image.{picture.kind.lower()}"
    is_cleaned = is_scrubbed and picture.kind == "JPEG"
    content = without_metadata(picture.data) if is_cleaned else picture.data
    printed = press.print_plain(_page(picture, name, asset), {asset: content}, styled=False)
    gc.collect(1)  # the engine's boxes know one another and hold the picture: many would add up
    return printed.pdf, list(printed.diagnostics)


def is_whole_picture(data: bytes) -> bool:
    """Tell whether a file is a PNG or JPEG with all its pixels, or says it is an SVG drawing."""
    return data.lstrip().startswith((b"<svg", b"<?xml")) or _read_picture(data) is not None


def _read_picture(data: bytes) -> Picture | None:
    """Decode every pixel: a picture cut short is refused rather than shown half grey."""
    from PIL import Image

    if is_heic(data):
        decoded = heic_to_jpeg(data) if can_read_heic() else None
        return None if decoded is None else _read_picture(decoded)
    try:
        with _strict_decoding(), Image.open(BytesIO(data), formats=("PNG", "JPEG")) as image:
            image.load()
            orientation = image.getexif().get(EXIF_ORIENTATION, 1)
            if image.mode.startswith("I"):
                data = _eight_bits(image)  # the engine does not know sixteen-bit greys
            return Picture(image.format or "", data, image.width, image.height, orientation)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None


def _eight_bits(image: Image) -> bytes:
    target = BytesIO()
    image.convert("I").point([level // 256 for level in range(65536)], "L").save(target, "PNG")
    return target.getvalue()


@contextmanager
def _strict_decoding() -> Iterator[None]:
    """WeasyPrint tells Pillow to accept truncated images, for the whole process."""
    from PIL import Image, ImageFile

    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _page(picture: Picture, name: str, asset: str) -> str:
    width, height = picture.width, picture.height
    shown = (height, width) if picture.is_lying else (width, height)
    upright, sideways = (SHORT_SIDE, LONG_SIDE), (LONG_SIDE, SHORT_SIDE)
    page = sideways if _pixel(sideways, shown) > _pixel(upright, shown) else upright
    (page_width, page_height), pixel = page, _pixel(page, shown)
    return PAGE.format(
        title=escape(name),
        asset=asset,
        page_width=page_width,
        page_height=page_height,
        width=width * pixel,
        height=height * pixel,
        left=(page_width - width * pixel) / 2,
        top=(page_height - height * pixel) / 2,
        turn=UPRIGHT.get(picture.orientation, "none"),
    )


def _pixel(page: tuple[float, float], shown: tuple[int, int]) -> float:
    """Return the side of a pixel, in millimetres, on a page of this width and height."""
    room = page[0] - 2 * MARGIN, page[1] - 2 * HEAD
    return min(25.4 / LOWEST_RESOLUTION, room[0] / shown[0], room[1] / shown[1])


def _undecodable(name: str) -> Diagnostic:
    return error(
        "piece/format",
        f"la pièce « {name} » est une photo HEIC, que cette installation ne sait pas lire",
        hint="installez « dument[photos] », ou enregistrez-la en JPEG",
    )


def _located(name: str) -> Diagnostic:
    return info(
        "piece/localisee",
        f"la pièce « {name} » dit où la photo a été prise",
        hint="« epuree: oui » l’ôte des copies ; l’original n’est pas touché",
    )

"""A page as the reader sees it: its frame, and room to write that its content cannot disturb."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream

A4_WIDTH, A4_HEIGHT = 595.28, 841.89
MILLIMETRE = 72 / 25.4

Corners = tuple[float, float, float, float]
# What of a page reaches outside the page, or means nothing once it is moved to another document.
PAGE_BAGGAGE = ("/AA", "/StructParents", "/Tabs", "/B", "/AF", "/PieceInfo", "/Metadata", "/Thumb")


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible rectangle of a page, upright: width and height as displayed, in points.

    `matrix` sends a point of that rectangle (origin at its bottom left) to the page's own space.
    """

    width: float
    height: float
    matrix: tuple[float, float, float, float, float, float]

    @classmethod
    def of(cls, page: Page) -> Self:
        """Read the frame of a page: CropBox within MediaBox, /Rotate, /UserUnit."""
        left, bottom, right, top = visible_box(page)
        unit = user_unit(page)
        width, height = right - left, top - bottom
        rotation = _rotation(page)
        match rotation:
            case 90:
                turned = (0.0, 1.0, -1.0, 0.0, right, bottom)
            case 180:
                turned = (-1.0, 0.0, 0.0, -1.0, right, top)
            case 270:
                turned = (0.0, -1.0, 1.0, 0.0, left, top)
            case _:
                turned = (1.0, 0.0, 0.0, 1.0, left, bottom)
        if rotation % 180:
            width, height = height, width
        a, b, c, d, e, f = turned
        scaled = (a / unit, b / unit, c / unit, d / unit, e, f)
        return cls(width * unit, height * unit, scaled)

    @property
    def scale(self) -> float:
        """How large to write here: 1 on A4, more on a plan, less on a ticket."""
        return min(max(min(self.width, self.height) / A4_WIDTH, 0.4), 4.0)


def visible_box(page: Page) -> Corners:
    """Return the rectangle that viewers show: left, bottom, right, top."""
    media = _corners(page.obj.get("/MediaBox")) or (0.0, 0.0, A4_WIDTH, A4_HEIGHT)
    crop = _corners(page.obj.get("/CropBox")) or media
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    return (left, bottom, right, top) if right - left > 1 and top - bottom > 1 else media


def _rotation(page: Page) -> int:
    """Return by how much viewers turn the page, clockwise: 0, 90, 180 or 270."""
    try:
        return int(page.obj.get("/Rotate", 0)) % 360
    except (TypeError, ValueError):
        return 0


def user_unit(page: Page) -> float:
    """Return how many points one unit of the page is worth."""
    try:
        unit = float(page.obj.get("/UserUnit", 1))
    except (TypeError, ValueError):
        return 1.0
    return unit if 0 < unit < 1000 else 1.0


def _corners(box: Object | None) -> Corners | None:
    """Read a rectangle whichever corners it names; None when it is none."""
    try:
        x1, y1, x2, y2 = (float(value) for value in box)  # type: ignore[union-attr]
    except (TypeError, ValueError):
        return None
    left, right = sorted((x1, x2))
    bottom, top = sorted((y1, y2))
    return (left, bottom, right, top) if right - left > 1 and top - bottom > 1 else None


def write_over(pdf: Pdf, page: Page, drawing: bytes, font: Object) -> None:
    """Draw over a page, whose former content is shut in a form: its state cannot leak.

    The drawing is written in the coordinates of the page's Frame and calls its face `/F`.
    """
    matrix = " ".join(f"{value:.4f}" for value in Frame.of(page).matrix)
    overlay = b"/Page Do q %s cm /Artifact BMC\n%s\nEMC Q" % (matrix.encode(), drawing)
    former = _as_form(pdf, page)
    page.obj.Contents = pdf.make_stream(overlay)
    page.obj.Resources = Dictionary(XObject=Dictionary(Page=former), Font=Dictionary(F=font))


def _as_form(pdf: Pdf, page: Page) -> Object:
    """Shut the content of a page in a form, reusing its stream where it has a single one."""
    contents = page.obj.get(Name.Contents)
    if not isinstance(contents, Stream) or Name.Subtype in contents:
        contents = pdf.make_stream(_joined(contents))
    contents.Type, contents.Subtype = Name.XObject, Name.Form
    contents.BBox = Array(visible_box(page))
    contents.Resources = page.obj.get(Name.Resources, Dictionary())
    if Name.Group in page.obj:
        contents.Group = page.obj.Group
    return contents


def _joined(contents: Object | None) -> bytes:
    """Read the content of a page, whose pieces may be cut anywhere between two words."""
    if isinstance(contents, Stream):
        return contents.read_bytes()
    if not isinstance(contents, Array):
        return b""
    return b"\n".join(piece.read_bytes() for piece in contents if isinstance(piece, Stream))


def unload(page: Page) -> None:
    """Drop what ties a page to the document it comes from."""
    for key in PAGE_BAGGAGE:
        if key in page.obj:
            del page.obj[key]


def annotations_of(page: Page) -> list[Object]:
    """List the well-formed annotations of a page."""
    found = page.obj.get(Name.Annots)
    if not isinstance(found, Array):
        return []
    return [annotation for annotation in found if isinstance(annotation, Dictionary)]

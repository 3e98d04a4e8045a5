"""A page as the reader sees it: its frame, and room to write that its content cannot disturb."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream, String

A4_WIDTH, A4_HEIGHT = 595.28, 841.89
MILLIMETRE = 72 / 25.4

Corners = tuple[float, float, float, float]
# What of a page reaches outside the page, or means nothing once it is moved to another document.
PAGE_BAGGAGE = frozenset(
    {"/AA", "/StructParents", "/Tabs", "/B", "/AF", "/PieceInfo", "/Metadata", "/Thumb"}
)
# pikepdf reads a dictionary faster than it builds one.
LINK = b"<< /Type /Annot /Subtype /Link /Border [0 0 0] /Rect %b >>"


@dataclass(frozen=True)
class Frame:
    """The visible rectangle of a page, upright: width and height as displayed, in points.

    `matrix` sends a point of that rectangle (origin at its bottom left) to the page's own space;
    `box` is the rectangle there, as PDF writes it.
    """

    width: float
    height: float
    matrix: tuple[float, float, float, float, float, float]
    box: Corners

    @staticmethod
    def of(page: Page) -> Frame:
        """Read the frame of a page: CropBox within MediaBox, /Rotate, /UserUnit."""
        keys = page.obj.keys()
        rotation = _rotation(page) if "/Rotate" in keys else 0
        unit = user_unit(page) if "/UserUnit" in keys else 1.0
        return _frame(visible_box(page, has_crop="/CropBox" in keys), rotation, unit)

    @property
    def scale(self) -> float:
        """How large to write here: 1 on A4, more on a plan, less on a ticket."""
        return min(max(min(self.width, self.height) / A4_WIDTH, 0.4), 4.0)

    def on_page(self, corners: Corners) -> Corners:
        """Return a rectangle of the frame in the page's own space."""
        a, b, c, d, e, f = self.matrix
        x1, y1, x2, y2 = corners
        across = sorted((a * x1 + c * y1 + e, a * x2 + c * y2 + e))
        along = sorted((b * x1 + d * y1 + f, b * x2 + d * y2 + f))
        return across[0], along[0], across[1], along[1]

    @cached_property
    def opening(self) -> bytes:
        """What a drawing in the frame's coordinates begins with, once the page is drawn."""
        matrix = " ".join(f"{value:.4f}" for value in self.matrix)
        return b"/Page Do q %s cm /Artifact BMC\n" % matrix.encode()

    @cached_property
    def written_box(self) -> bytes:
        """The rectangle in the page's own space, as PDF writes it."""
        return _written(self.box)


@lru_cache(maxsize=256)
def _frame(box: Corners, rotation: int, unit: float) -> Frame:
    left, bottom, right, top = box
    width, height = right - left, top - bottom
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
    return Frame(width * unit, height * unit, scaled, box)


def visible_box(page: Page, *, has_crop: bool = True) -> Corners:
    """Return the rectangle that viewers show: left, bottom, right, top."""
    media = _corners(page.obj.get("/MediaBox")) or (0.0, 0.0, A4_WIDTH, A4_HEIGHT)
    crop = (_corners(page.obj.get("/CropBox")) if has_crop else None) or media
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    return (left, bottom, right, top) if right - left > 1 and top - bottom > 1 else media


def _rotation(page: Page) -> int:
    """Return by how much viewers turn the page, clockwise: 0, 90, 180 or 270."""
    try:
        return int(page.obj.get("/Rotate", 0)) // 90 * 90 % 360
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
    if not isinstance(box, Array):
        return None
    try:
        return _upright(box.unparse(resolved=True))
    except ValueError:  # one of its numbers stands elsewhere in the document
        return _read_corners(box)


@lru_cache(maxsize=256)
def _upright(written: bytes) -> Corners | None:
    return _sorted(float(value) for value in written.strip(b"[] ").split())


def _read_corners(box: Object) -> Corners | None:
    try:
        return _sorted(float(value) for value in box)
    except (TypeError, ValueError):
        return None


def _written(box: Corners) -> bytes:
    return b"[%.4f %.4f %.4f %.4f]" % box


def _sorted(sides: Iterable[float]) -> Corners | None:
    x1, y1, x2, y2 = sides
    left, right = sorted((x1, x2))
    bottom, top = sorted((y1, y2))
    return (left, bottom, right, top) if right - left > 1 and top - bottom > 1 else None


def write_over(pdf: Pdf, page: Page, frame: Frame, drawing: bytes, fonts: Object) -> None:
    """Draw over a page, whose former content is shut in a form: its state cannot leak.

    The drawing is written in the coordinates of the page's frame and calls its face `/F`, which is
    the one entry of `fonts`.
    """
    sheet = page.obj
    former = _as_form(pdf, sheet, frame)
    sheet.Contents = pdf.make_stream(b"%s%s\nEMC Q" % (frame.opening, drawing))
    sheet.Resources = Dictionary(XObject=Dictionary(Page=former), Font=fonts)


def _as_form(pdf: Pdf, sheet: Object, frame: Frame) -> Object:
    """Shut the content of a page in a form, reusing its stream where it has a single one."""
    keys = sheet.keys()
    contents = sheet.get("/Contents")
    if not isinstance(contents, Stream) or "/Subtype" in contents:
        contents = pdf.make_stream(_joined(contents))
    contents.Subtype = Name.Form
    contents.BBox = Object.parse(frame.written_box)
    contents.Resources = sheet.Resources if "/Resources" in keys else Dictionary()
    if "/Group" in keys:
        contents.Group = sheet.Group
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
    for key in PAGE_BAGGAGE & page.obj.keys():
        del page.obj[key]


def annotations_of(page: Page) -> list[Object]:
    """List the well-formed annotations of a page."""
    found = page.obj.get(Name.Annots)
    if not isinstance(found, Array):
        return []
    return [annotation for annotation in found if isinstance(annotation, Dictionary)]


def link(pdf: Pdf, page: Page, box: Corners, target: Page, says: str) -> None:
    """Lay a link to another page over a rectangle of a page's own space."""
    sheet = page.obj
    annotation = Object.parse(LINK % _written(box))
    annotation.Dest = Array([target.obj, Name.Fit])
    annotation.Contents = String(says)
    if Name.Annots not in sheet:
        sheet.Annots = Array()
    sheet.Annots.append(pdf.make_indirect(annotation))

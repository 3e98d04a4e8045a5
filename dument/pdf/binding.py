"""The bundle: every part in order, one numbering, bookmarks, and links that know their page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from urllib.parse import unquote

from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Page, Pdf, String

from dument.diagnostics import Diagnostic, error
from dument.pdf.actives import still
from dument.pdf.destinations import Destinations, settle
from dument.pdf.exhibits import UNREADABLE, is_sound
from dument.pdf.lettering import Lettering
from dument.pdf.linking import Citation, citations_of
from dument.pdf.press import Press
from dument.pdf.sheets import MILLIMETRE, Frame, annotations_of, unload, write_over
from dument.pdf.stamping import INK, saved

LINK_SCHEME = "dument:partie-"
NUMBER_SIZE = 7.5
NUMBER_RIGHT, NUMBER_FOOT = 9 * MILLIMETRE, 5.5 * MILLIMETRE


@dataclass(frozen=True, slots=True)
class Part:
    """One document of the bundle: `key` is what links name, `level` 0 the outermost bookmark.

    `cites` when the exhibits it names are those of the bundle. A path rather than bytes spares
    the memory of a large exhibit.
    """

    key: str
    title: str
    pdf: bytes | Path
    level: int = 0
    cites: bool = False


@dataclass(frozen=True, slots=True)
class Bound:
    """The bundle, the page (from 1) where each part begins, and what went wrong."""

    pdf: bytes
    page_count: int
    first_pages: Mapping[str, int]
    diagnostics: tuple[Diagnostic, ...]


def first_pages(page_counts: Sequence[tuple[str, int]]) -> dict[str, int]:
    """Tell on which page each part begins, from keys and page counts in order.

    >>> first_pages([("sommaire", 2), ("lettre", 1), ("piece-1", 4)])
    {'sommaire': 1, 'lettre': 3, 'piece-1': 4}
    """
    starts = accumulate((count for _, count in page_counts), initial=1)
    return {key: start for (key, _), start in zip(page_counts, starts, strict=False)}


def bind(
    parts: Sequence[Part],
    press: Press,
    *,
    title: str,
    language: str = "fr",
    numbered: bool = True,
    cited: Mapping[str, str] | None = None,
) -> Bound:
    """Bind parts into one PDF; same parts, same bytes.

    Every page carries « n / N », equal to its place in the file, unless `numbered` is false.
    `<a href="dument:partie-KEY">` in any part leads to the first page of part KEY; `cited` gives
    the key of each exhibit's reference, and « pièce n° 3 » in a part that cites leads there too.
    Scripts, launch actions and embedded files of the parts stay behind, and so do PDF/A and
    PDF/UA claims.

    Diagnostics: liasse/partie-illisible (the part is left out), liasse/lien-perdu.
    """
    faults: list[Diagnostic] = []
    with Pdf.new() as bundle:
        starts: dict[str, int] = {}
        bookmarks: list[tuple[int, OutlineItem]] = []
        citations: list[tuple[int, Citation]] = []
        for part in parts:
            start = len(bundle.pages)
            if not _append(bundle, part):
                faults.append(_unreadable_part(part))
                continue
            starts.setdefault(part.key, start)
            bookmarks.append((part.level, OutlineItem(part.title, start, "Fit")))
            if part.cites and cited:
                citations += [(start, one) for one in citations_of(_content(part))]
        faults += _settle_links(bundle, starts)
        _link_citations(bundle, citations, starts, cited or {})
        _dress(bundle, bookmarks, title, language)
        if numbered:
            _number(bundle, press.lettering("0123456789 /"))
        pages = {key: start + 1 for key, start in starts.items()}
        return Bound(saved(bundle), len(bundle.pages), pages, tuple(faults))


def _append(bundle: Pdf, part: Part) -> bool:
    """Add the pages of a part; pikepdf copies their streams at once, so its source is closed."""
    start = len(bundle.pages)
    try:
        content = _content(part)
        with Pdf.open(BytesIO(content)) as source:
            if not is_sound(source.get_warnings(), content):
                return False
            still(source)
            destinations = Destinations(source)
            for page in source.pages:
                unload(page)
                destinations.mark(page)
            bundle.pages.extend(source.pages)
        settle(bundle, start)
    except UNREADABLE:
        del bundle.pages[start:]
        return False
    return True


def _content(part: Part) -> bytes:
    return part.pdf.read_bytes() if isinstance(part.pdf, Path) else part.pdf


def _link_citations(
    bundle: Pdf,
    citations: Sequence[tuple[int, Citation]],
    starts: Mapping[str, int],
    cited: Mapping[str, str],
) -> None:
    """Lead from each exhibit that is cited to its first page."""
    for start, one in citations:
        key = cited.get(one.reference, "")
        if key not in starts:
            continue
        page = bundle.pages[start + one.page]
        link = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array(one.box),
            Border=Array([0, 0, 0]),
            Dest=Array([bundle.pages[starts[key]].obj, Name.Fit]),
            Contents=String(f"Pièce n° {one.reference}"),
        )
        if Name.Annots not in page.obj:
            page.obj.Annots = Array()
        page.obj.Annots.append(bundle.make_indirect(link))


def _settle_links(bundle: Pdf, starts: Mapping[str, int]) -> list[Diagnostic]:
    """Turn `dument:` addresses into places of the bundle."""
    lost: dict[str, None] = {}
    for page in bundle.pages:
        for annotation, key in _own_links(page):
            if key in starts:
                target = bundle.pages[starts[key]]
                annotation.Dest = Array([target.obj, Name.Fit])
            else:
                lost[key] = None
            del annotation.A
    return [_lost_link(key) for key in lost]


def _own_links(page: Page) -> Iterator[tuple[Object, str]]:
    for annotation in annotations_of(page):
        action = annotation.get("/A")
        address = action.get("/URI") if isinstance(action, Dictionary) else None
        if isinstance(address, String) and str(address).startswith(LINK_SCHEME):
            yield annotation, unquote(str(address).removeprefix(LINK_SCHEME))


def _dress(
    bundle: Pdf, bookmarks: Sequence[tuple[int, OutlineItem]], title: str, language: str
) -> None:
    bundle.docinfo["/Title"] = title
    bundle.Root.Lang = String(language)
    bundle.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    bundle.Root.PageMode = Name.UseOutlines
    bundle.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
    with bundle.open_outline() as outline:
        path: list[tuple[int, OutlineItem]] = []
        for level, item in bookmarks:
            while path and path[-1][0] >= level:
                path.pop()
            (path[-1][1].children if path else outline.root).append(item)
            path.append((level, item))


def _number(bundle: Pdf, lettering: Lettering) -> None:
    font = lettering.embed(bundle)
    total = len(bundle.pages)
    for number, page in enumerate(bundle.pages, start=1):
        drawing = _number_drawing(f"{number} / {total}", lettering, Frame.of(page))
        write_over(bundle, page, drawing, font)


def _number_drawing(text: str, lettering: Lettering, frame: Frame) -> bytes:
    """Draw the page number on a white ground, so that it reads on a dark scan too."""
    scale = frame.scale
    size, pad = NUMBER_SIZE * scale, 2 * scale
    width = lettering.width(text, size)
    left = frame.width - NUMBER_RIGHT * scale - width
    foot = NUMBER_FOOT * scale
    ground = f"{left - pad:.3f} {foot - pad:.3f} {width + 2 * pad:.3f} {size + pad:.3f}"
    return (
        f"1 1 1 rg {ground} re f {INK} rg "
        f"BT /F {size:.3f} Tf {left:.3f} {foot:.3f} Td {lettering.encoded(text).decode()} Tj ET"
    ).encode()


def _unreadable_part(part: Part) -> Diagnostic:
    return error(
        "liasse/partie-illisible",
        f"« {part.title} » ne peut pas être placé dans la liasse : son PDF est abîmé",
        hint="remplacez le fichier par une copie lisible ; la liasse est faite sans lui",
    )


def _lost_link(key: str) -> Diagnostic:
    return error(
        "liasse/lien-perdu",
        f"un lien de la liasse mène à la partie « {key} », qui n’y figure pas",
        hint="vérifiez le sommaire et la liste des pièces",
    )

"""The bundle: every part in order, one numbering, bookmarks, and links that know their page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from urllib.parse import unquote

from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Page, Pdf, String

from dument.diagnostics import Diagnostic, error
from dument.pdf.linking import Citation, citations_of, rows_of
from dument.pdf.overlaying import overlay
from dument.pdf.piling import Pile
from dument.pdf.press import Press
from dument.pdf.sheets import annotations_of, link
from dument.pdf.stamping import Stamp, save_named

LIGHT = 10_000_000  # bytes: up to there a bundle goes by message, where a tenth less may count
LINK_SCHEME = "dument:partie-"


@dataclass(frozen=True, slots=True)
class Part:
    """One document of the bundle: `key` is what links name, `level` 0 the outermost bookmark.

    `cites` when the exhibits it names are those of the bundle; `rows` gives the titles of those it
    lists, by reference; `stamp` goes on its first page. A path rather than bytes spares the memory
    of a large exhibit.
    """

    key: str
    title: str
    pdf: bytes | Path
    level: int = 0
    cites: bool = False
    stamp: Stamp | None = None
    rows: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bound:
    """What was bound: the page (from 1) where each part begins, and what went wrong."""

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
    target: Path,
    *,
    title: str,
    language: str = "fr",
    numbered: bool = True,
    cited: Mapping[str, str] | None = None,
) -> Bound:
    """Bind parts into one PDF, written to `target`; same parts, same bytes.

    Every page carries « n / N », equal to its place in the file, unless `numbered` is false.
    `<a href="dument:partie-KEY">` in any part leads to the first page of part KEY; `cited` gives
    the key of each exhibit's reference, and « pièce n° 3 » in a part that cites leads there too.
    The number on the first page of each part leads back to the first part.
    Scripts, launch actions and embedded files of the parts stay behind, and so do PDF/A and
    PDF/UA claims. The parts never stand in memory all together.

    Diagnostics: liasse/partie-illisible (the part is left out), liasse/lien-perdu.
    """
    faults: list[Diagnostic] = []
    with Pile(target) as pile:
        starts: dict[str, int] = {}
        bound: list[tuple[int, Part]] = []
        for part in parts:
            start = pile.append(part.pdf)
            if start is None:
                faults.append(_unreadable_part(part))
                continue
            starts.setdefault(part.key, start)
            bound.append((start, part))
        bundle, pages = pile.plant(), pile.pages
        faults += _settle_links(pages, pile.annotated, starts)
        _link_citations(bundle, pages, bound, starts, cited or {})
        _dress(bundle, pages, bound, title, language)
        stamps = {start: part.stamp for start, part in bound if part.stamp}
        openings = {start for start, _ in bound if start}
        overlay(bundle, pages, stamps, press, numbered=numbered, openings=openings)
        save_named(bundle, target, pile.name, packs=pile.weight <= LIGHT)
        firsts = {key: start + 1 for key, start in starts.items()}
        return Bound(len(pages), firsts, tuple(faults))


def _link_citations(
    bundle: Pdf,
    pages: Sequence[Page],
    bound: Sequence[tuple[int, Part]],
    starts: Mapping[str, int],
    cited: Mapping[str, str],
) -> None:
    """Lead from each exhibit that is cited to its first page."""
    for start, one in _citations(bound) if cited else ():
        key = cited.get(one.reference, "")
        if key in starts:
            target = pages[starts[key]]
            link(bundle, pages[start + one.page], one.box, target, f"Pièce n° {one.reference}")


def _citations(bound: Sequence[tuple[int, Part]]) -> Iterator[tuple[int, Citation]]:
    for start, part in bound:
        if part.cites:
            yield from ((start, one) for one in citations_of(part.pdf))
        if part.rows:
            yield from ((start, one) for one in rows_of(part.pdf, part.rows))


def _settle_links(
    pages: Sequence[Page], annotated: Iterable[int], starts: Mapping[str, int]
) -> list[Diagnostic]:
    """Turn `dument:` addresses into places of the bundle."""
    lost: dict[str, None] = {}
    for index in annotated:
        for annotation, key in _own_links(pages[index]):
            if key in starts:
                annotation.Dest = Array([pages[starts[key]].obj, Name.Fit])
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
    bundle: Pdf,
    pages: Sequence[Page],
    bound: Sequence[tuple[int, Part]],
    title: str,
    language: str,
) -> None:
    bundle.docinfo["/Title"] = title
    bundle.Root.Lang = String(language)
    bundle.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    bundle.Root.PageMode = Name.UseOutlines
    bundle.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
    with bundle.open_outline() as outline:
        path: list[tuple[int, OutlineItem]] = []
        for start, part in bound:
            while path and path[-1][0] >= part.level:
                path.pop()
            item = OutlineItem(part.title, Array([pages[start].obj, Name.Fit]))
            (path[-1][1].children if path else outline.root).append(item)
            path.append((part.level, item))


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

"""What a page draws: whether there is text in it, and whether it can be drawn at all.

A form (a drawing with a name) may draw others. Some files are made so that this never ends, or
unpack to gigabytes: every viewer stops on them, ours and those of the readers of the bundle.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Stream

_CALLS = {"Do": "/XObject", "scn": "/Pattern", "SCN": "/Pattern", "gs": "/ExtGState"}
TEXT_OPERATORS = "Tj TJ ' \""
DEEPEST_FORM = 24  # viewers stop a little further
MOST_FORMS = 100_000  # drawn by one page, as often as each is
LARGEST_CONTENT = 32 * 2**20  # of one page, unpacked: a second or so a million bytes
_DENSEST = 1_032  # how many times Deflate may unpack what it is given
_STEP = 2**16


class Drawings:
    """What the pages of one document draw; each form is looked at once."""

    def __init__(self) -> None:
        self._texts: dict[tuple[int, ...], bool] = {}
        self._counts: dict[tuple[int, ...], int] = {}

    def is_endless(self, page: Page) -> bool:
        """Whether a page draws forms without end, or more than anybody waits for."""
        return self._count(page, page.obj.get(Name.Resources), 0) > MOST_FORMS

    def has_text(self, page: Page) -> bool:
        """Whether a page draws text, itself or by a form."""
        return self._shows_text(page, page.obj.get(Name.Resources), 0)

    def _count(self, content: Page | Object, resources: Object | None, depth: int) -> int:
        """Count the forms that a content draws, up to the first beyond `MOST_FORMS`."""
        called = _called(resources) if depth < DEEPEST_FORM else {}
        if not any(_called(_own(one, resources)) for one in called.values()):
            return 1  # drawn once each time they are named: nothing grows
        total = 1
        for operands, operator in pikepdf.parse_content_stream(content, " ".join(_CALLS)):
            room = _CALLS[str(operator)]
            one = called.get((room, str(operands[-1]))) if operands else None
            if one is not None:
                total += self._count_of(one, _own(one, resources), depth + 1)
            if total > MOST_FORMS:
                break
        return total

    def _count_of(self, form: Object, resources: Object | None, depth: int) -> int:
        key = (*form.objgen, depth)
        if key not in self._counts:
            self._counts[key] = self._count(form, resources, depth)
        return self._counts[key]

    def _shows_text(self, content: Page | Object, resources: Object | None, depth: int) -> bool:
        if any(True for _ in pikepdf.parse_content_stream(content, TEXT_OPERATORS)):
            return True
        return depth < DEEPEST_FORM and any(
            self._form_shows_text(form, depth + 1) for form in _forms(resources).values()
        )

    def _form_shows_text(self, form: Object, depth: int) -> bool:
        if form.objgen not in self._texts:
            self._texts[form.objgen] = False  # what it adds, if it draws itself
            self._texts[form.objgen] = self._shows_text(form, form.get(Name.Resources), depth)
        return self._texts[form.objgen]


def is_oversized(page: Page) -> bool:
    """Whether the content of a page unpacks to more than `LARGEST_CONTENT`."""
    contents = page.obj.get(Name.Contents)
    pieces = list(contents) if isinstance(contents, Array) else [contents]
    sizes = (_unpacked_size(one) for one in pieces if isinstance(one, Stream))
    return sum(sizes) > LARGEST_CONTENT


def _forms(resources: Object | None) -> dict[str, Object]:
    named = resources.get(Name.XObject) if isinstance(resources, Dictionary) else None
    if not isinstance(named, Dictionary):
        return {}
    return {
        name: drawn
        for name, drawn in named.items()
        if isinstance(drawn, Stream) and drawn.get(Name.Subtype) == Name.Form
    }


def _called(resources: Object | None) -> dict[tuple[str, str], Object]:
    """Return what a content may draw by name: forms, patterns, masks."""
    if not isinstance(resources, Dictionary):
        return {}
    found = {("/XObject", name): form for name, form in _forms(resources).items()}
    for room in ("/Pattern", "/ExtGState"):
        named = resources.get(room)
        for name, one in named.items() if isinstance(named, Dictionary) else ():
            drawn = _mask(one) if room == "/ExtGState" else one
            if isinstance(drawn, Stream):
                found[room, name] = drawn
    return found


def _mask(state: Object) -> Object | None:
    mask = state.get(Name.SMask) if isinstance(state, Dictionary) else None
    return mask.get(Name.G) if isinstance(mask, Dictionary) else None


def _own(form: Object, resources: Object | None) -> Object | None:
    """Return the resources of a form: those of what draws it when it has none."""
    return form.get(Name.Resources, resources)


def _unpacked_size(stream: Stream) -> int:
    """Measure what a stream unpacks to, without keeping it; no further than is useful."""
    filters = stream.get(Name.Filter)
    named = list(filters) if isinstance(filters, Array) else [filters]
    times = sum(one in (Name.FlateDecode, Name.Fl) for one in named)
    raw = stream.read_raw_bytes()
    if len(raw) * _DENSEST**times <= LARGEST_CONTENT:
        return 0
    chunks: Iterable[bytes] = (raw,)
    for _ in range(times):
        chunks = _inflated(chunks)
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > LARGEST_CONTENT:
            break
    return size


def _inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Unpack bit by bit; what is damaged ends there."""
    inflate = zlib.decompressobj()
    for chunk in chunks:
        while chunk:
            try:
                yield inflate.decompress(chunk, _STEP)
            except zlib.error:
                return
            chunk = inflate.unconsumed_tail

"""Links inside a document that must still lead to the right page once it is bound in another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pikepdf import Array, Dictionary, Name, NameTree, Object, Page, Pdf, String

from dument.pdf.sheets import annotations_of

MARK = "/DumentPage"


class Destinations:
    """The places that links of one document name, as page indices."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._indices: dict[tuple[int, int], int] | None = None
        self.are_marked = False

    def mark(self, page: Page) -> None:
        """Write on each inner link the index of its page; drop the links that lead nowhere.

        Copying pages to another document empties the destinations it does not know yet.
        """
        for annotation in annotations_of(page):
            if MARK in annotation:  # several pages may share a link
                continue
            place = annotation.get("/Dest", _goto(annotation))
            if place is None:
                continue
            target = self._resolve(place)
            for key in ("/Dest", "/A"):
                if key in annotation:
                    del annotation[key]
            if target is not None:
                index, view = target
                self.are_marked = True
                annotation[MARK] = index
                annotation.Dest = Array([None, *view])

    def _resolve(self, place: Object | None) -> tuple[int, list[Object]] | None:
        if isinstance(place, (Name, String)):
            place = self._named(str(place))
        if isinstance(place, Dictionary):
            place = place.get("/D")
        if not isinstance(place, Array) or len(place) < 2:
            return None
        index = self._page_indices().get(getattr(place[0], "objgen", (0, 0)))
        return None if index is None else (index, list(place)[1:])

    def _named(self, name: str) -> Object | None:
        older = self._pdf.Root.get("/Dests")
        if isinstance(older, Dictionary):
            key = name if name.startswith("/") else f"/{name}"
            if key in older:
                return older[key]
        names = self._pdf.Root.get("/Names")
        tree = names.get("/Dests") if isinstance(names, Dictionary) else None
        return NameTree(tree).get(name) if isinstance(tree, Dictionary) else None

    def _page_indices(self) -> dict[tuple[int, int], int]:
        if self._indices is None:
            pages = enumerate(self._pdf.pages)
            self._indices = {page.obj.objgen: index for index, page in pages}
        return self._indices


def _goto(annotation: Object) -> Object | None:
    action = annotation.get("/A")
    if isinstance(action, Dictionary) and action.get("/S") == Name.GoTo:
        return action.get("/D")
    return None


def settle(pages: Sequence[Page]) -> None:
    """Give back their pages to the links marked before these pages of a document were copied."""
    for annotation in _marked(pages):
        index = int(annotation[MARK])
        del annotation[MARK]
        view = list(annotation.Dest)[1:]
        annotation.Dest = Array([pages[index].obj, *view])


def _marked(pages: Sequence[Page]) -> Iterator[Object]:
    for page in pages:
        for annotation in annotations_of(page):
            if MARK in annotation:
                yield annotation

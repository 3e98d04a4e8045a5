"""Pages as a browser would take them in: tags, attributes, anchors, words."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from dument.pdf import page_texts

VOID = frozenset("br hr img input link meta rect line circle path col wbr".split())
SILENT = frozenset({"title", "desc", "style", "script"})


class Page(HTMLParser):
    """One page: every tag with its attributes, the ids, the words, the headings."""

    def __init__(self, markup: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.headings: list[int] = []
        self.open: list[str] = []
        self.unclosed: list[str] = []
        self.words: list[str] = []
        self.feed(markup.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag[0] == "h" and tag[1:].isdigit():
            self.headings.append(int(tag[1:]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.unclosed.append(tag)

    def handle_data(self, data: str) -> None:
        if not SILENT & set(self.open):
            self.words.append(data)

    @property
    def text(self) -> str:
        """The words of the page, letter for letter."""
        return "".join(self.words)

    @property
    def ids(self) -> list[str]:
        """Every id, in order."""
        return [attributes["id"] for _, attributes in self.tags if "id" in attributes]

    def values(self, *names: str) -> Iterator[tuple[str, str]]:
        """Yield each value of some attributes, with its tag."""
        for tag, attributes in self.tags:
            yield from ((tag, attributes[name]) for name in names if name in attributes)


def read_pages(files: Mapping[str, bytes]) -> dict[str, Page]:
    """Read every page of a site."""
    return {name: Page(made) for name, made in files.items() if name.endswith(".html")}


def broken_links(files: Mapping[str, bytes], beside: Mapping[str, bytes]) -> list[str]:
    """Return every link that leads to no file, to no anchor or to no page of a PDF of the site."""
    pages, every = read_pages(files), {**files, **beside}
    return [
        f"{name}: {address}"
        for name, page in pages.items()
        for _, address in page.values("href", "src")
        if not urlsplit(address).scheme and not _resolves(name, address, pages, every)
    ]


def _resolves(
    name: str, address: str, pages: Mapping[str, Page], every: Mapping[str, bytes]
) -> bool:
    parts = urlsplit(address)
    target = name
    if parts.path:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
    if target not in every:
        return False
    if target.endswith(".pdf"):
        return not parts.fragment or _is_page(parts.fragment, every[target])
    return not parts.fragment or unquote(parts.fragment) in pages[target].ids


def _is_page(fragment: str, pdf: bytes) -> bool:
    name, _, number = fragment.partition("=")
    return name == "page" and number.isdigit() and 1 <= int(number) <= len(page_texts(pdf))

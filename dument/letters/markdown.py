"""Markdown to HTML and to plain text. Only importer of markdown_it."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from dument.french import typeset


def to_html(markdown: str, deeper: int = 0) -> str:
    """Turn Markdown into HTML: no raw HTML, tables on, French typography in the words.

    Headings go down by `deeper` levels: an annex printed after a letter stands under its title.
    """
    return _converter().render(markdown, {"deeper": deeper})


@cache
def _converter() -> MarkdownIt:
    converter = MarkdownIt("commonmark", {"html": False}).enable("table")
    converter.core.ruler.push("mise-en-forme", _dress)
    return converter


def _dress(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "th_open":
            token.attrSet("scope", "col")
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{int(token.tag[1]) + state.env['deeper']}"
        for child in token.children or ():
            if child.type == "text":
                child.content = typeset(child.content)


def to_text(markup: str) -> str:
    """Return the words of an HTML document as plain text, one block a line."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    lines = "".join(reader.parts).split("\n")
    kept = [re.sub(r"[ \t]+", " ", line).strip(" |") for line in lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


class _Reader(HTMLParser):
    """Collects text; blocks end a line, table cells are parted by a bar."""

    _BLOCKS = frozenset(
        "address article aside blockquote br div dl dt dd footer h1 h2 h3 h4 header hr li main "
        "ol p section table tbody tfoot thead tr ul".split()
    )
    _SILENT = frozenset({"style", "script", "title", "svg"})

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in self._SILENT:
            self.silent += 1
        elif tag in self._BLOCKS:
            self.parts.append("\n")
        elif tag in ("td", "th"):
            self.parts.append(" | ")
        elif tag == "span":
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._SILENT:
            self.silent -= 1
        elif tag in self._BLOCKS:
            self.parts.append("\n")
        elif tag == "span":
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data.replace("\n", " "))

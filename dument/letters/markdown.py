"""Markdown to HTML and to plain text. Only importer of markdown_it."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from dument.french import typeset

_TEXT, _ORDINAL = re.compile(r">[^<]+"), re.compile(r"\b1er\b")


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


def raise_ordinals(page: str) -> str:
    """Raise the ending of « 1er » in the texts of a page's body, as French print does.

    >>> raise_ordinals('<body title="1er"><p>le 1er mai</p>')
    '<body title="1er"><p>le 1<sup>er</sup> mai</p>'
    """
    head, body, rest = page.partition("<body")
    raised = _TEXT.sub(lambda text: _ORDINAL.sub("1<sup>er</sup>", text[0]), rest)
    return head + body + raised


def to_text(markup: str) -> str:
    """Return the words of an HTML document as plain text: a line a block, bars between cells."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    lines = "".join(reader.parts).split("\n")
    kept = [re.sub(r"[ \t]+", " ", line).strip() for line in lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


class _Reader(HTMLParser):
    """Collects text; blocks stand apart, lines follow each other, bars part the cells of a row."""

    _BLOCKS = frozenset(
        "address article aside blockquote div dl footer h1 h2 h3 h4 header hr main ol p section "
        "table ul".split()
    )
    _LINES = frozenset("br dd dt li tr".split())
    _SILENT = frozenset({"style", "script", "title", "svg"})
    _TIGHT = frozenset(
        "contact destinataire envoi expediteur mentions references reglement signature".split()
    )
    """The divisions of a sheet whose paragraphs are lines, such as an address."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.silent = 0
        self.bars = 0
        self.is_bare = True  # nothing but blanks stands on the line yet
        self.tight: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "div":
            self.tight.append(self._is_tight() or dict(attrs).get("class") in self._TIGHT)
        if tag in self._SILENT:
            self.silent += 1
        elif tag in self._BLOCKS or tag in self._LINES:
            self._end_line()
        elif tag in ("td", "th"):
            self.bars += 1
        elif tag == "span":
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._SILENT:
            self.silent -= 1
        elif tag == "span":
            self.parts.append(" ")
        elif tag in self._BLOCKS and not (tag == "p" and self._is_tight()):
            self._end_line()
        if tag == "div":
            self.tight.pop()

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        if data.strip():
            self.parts.append("" if self.is_bare else " |" * self.bars + " " * bool(self.bars))
            self.bars, self.is_bare = 0, False
        self.parts.append(data.replace("\n", " "))

    def _is_tight(self) -> bool:
        return bool(self.tight) and self.tight[-1]

    def _end_line(self) -> None:
        self.parts.append("\n")
        self.bars, self.is_bare = 0, True

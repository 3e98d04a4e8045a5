"""A hand-over in one file: summary, décompte and letters on one page that asks for nothing else.

It is made from the pages already rendered: their `<main>` one after the other, their ids told
apart, the style and its fonts within. A link to a page that is not there keeps its words alone.
"""

from __future__ import annotations

import base64
import html
import posixpath
import re
from collections.abc import Mapping
from hashlib import sha256
from html.parser import HTMLParser

SINGLE = "dossier.html"
_STYLE = "assets/site.css"
_HEAD = ("index.html", "decompte.html")
_VOID = frozenset("br hr img input link meta col wbr".split())
_NAMING = {"id", "for", "aria-labelledby", "aria-describedby", "aria-controls", "headers"}
_DROPPED = {
    "details": "apercu", "div": "fichiers", "p": "renvoi", "section": "emporter",
    "ul": "documents",
}  # fmt: skip
_ASSET = re.compile(r'url\("([^"]+)"\)')
_MAIN = re.compile(rb"<main[^>]*>(.*)</main>", re.S)
_TITLE = re.compile(rb"<title>.*? \xe2\x80\x93 (.*?)</title>", re.S)
_FOOT = re.compile(rb'<footer class="pied">.*?</footer>', re.S)


def single_page(made: Mapping[str, bytes]) -> bytes:
    """Return the page, from the rendered pages and the assets of a site."""
    letters = sorted(name for name in made if name.startswith("lettres/"))
    names = [*(one for one in _HEAD if one in made), *letters]
    parts = "".join(_section(name, made[name], names) for name in names)
    style = _inlined(made)
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
    title, foot = _TITLE.search(made[_HEAD[0]]), _FOOT.search(made[_HEAD[0]])
    return (
        '<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex, nofollow, noarchive">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{title[1].decode() if title else ''}</title>\n<style>{style}</style>\n"
        f'</head>\n<body class="page-unique">\n<main id="contenu">\n{parts}</main>\n'
        f"{foot[0].decode() if foot else ''}\n</body>\n</html>\n"
    ).encode()


def _section(name: str, page: bytes, names: list[str]) -> str:
    found = _MAIN.search(page)
    reader = _Mover(name, names)
    reader.feed(found[1].decode() if found else "")
    reader.close()
    return f'<section id="{_prefix(name)}">\n{"".join(reader.out)}</section>\n'


def _inlined(made: Mapping[str, bytes]) -> str:
    """Return the style with what it asks for within it."""

    def within(match: re.Match[str]) -> str:
        data = made[posixpath.normpath(f"assets/{match[1]}")]
        kind = "font/woff2" if match[1].endswith(".woff2") else "image/svg+xml"
        return f'url("data:{kind};base64,{base64.b64encode(data).decode()}")'

    return _ASSET.sub(within, made[_STYLE].decode())


def _prefix(name: str) -> str:
    return name.removesuffix(".html").replace("/", "-")


class _Mover(HTMLParser):
    """Copies a page's markup with its ids told apart and its links led within the one page."""

    def __init__(self, name: str, names: list[str]) -> None:
        super().__init__(convert_charrefs=False)
        self.name, self.names = name, names
        self.out: list[str] = []
        self.links: list[bool] = []
        self.skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        is_dropped = _DROPPED.get(tag, "?") in (dict(attrs).get("class") or "").split()
        if self.skipped or is_dropped:
            self.skipped += tag not in _VOID
            return
        if tag == "a":
            target = self._target(dict(attrs).get("href") or "")
            self.links.append(target is not None)
            if target is None:
                return
            attrs = [(key, target if key == "href" else value) for key, value in attrs]
        if tag == "section":  # many bear the same name here, which landmarks may not
            attrs = [(key, value) for key, value in attrs if key != "aria-labelledby"]
        told = "".join(self._attribute(key, value) for key, value in attrs)
        self.out.append(f"<{tag}{told}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.skipped:
            told = "".join(self._attribute(key, value) for key, value in attrs)
            self.out.append(f"<{tag}{told}/>")

    def handle_endtag(self, tag: str) -> None:
        if self.skipped:
            self.skipped -= 1
        elif tag != "a" or self.links.pop():
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._copy(data)

    def handle_entityref(self, name: str) -> None:
        self._copy(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._copy(f"&#{name};")

    def _copy(self, text: str) -> None:
        if not self.skipped:
            self.out.append(text)

    def _attribute(self, key: str, value: str | None) -> str:
        if value is None:
            return f" {key}"
        if key in _NAMING:
            value = " ".join(f"{_prefix(self.name)}--{one}" for one in value.split())
        return f' {key}="{html.escape(value)}"'

    def _target(self, address: str) -> str | None:
        """Return where a link leads on the one page; None when nowhere."""
        if re.match(r"https?:|mailto:", address):
            return address
        path, _, anchor = address.partition("#")
        folder = posixpath.dirname(self.name)
        page = posixpath.normpath(posixpath.join(folder, path)) if path else self.name
        if page not in self.names:
            return None
        return f"#{_prefix(page)}{f'--{anchor}' if anchor else ''}"

"""What each address answers: the index, a dossier's pages and files, and the service's own.

Addresses are looked up by name in what is held in memory: none of them is ever a path on disk.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, unquote, urlsplit

from dument.diagnostics import Diagnostic
from dument.french import plural
from dument.serving.studio import Studio

SERVICE = "_dument"
WAIT = 20  # seconds a page waits for a change before it asks again
HTML = "text/html; charset=utf-8"
MEDIA_TYPES = {
    "html": HTML,
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "woff2": "font/woff2",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "eml": "message/rfc822",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""By ending; not Python's own table, which reads the machine's settings."""
POLICY = "default-src 'none';"
FORMER_PAGE = "La page dessous est la dernière qui fut sans erreur."
NO_PAGE_YET = "La page se montrera dès que le fichier sera corrigé."
BARE_PAGE = """<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"></head>
<body class="dument-seule"><main><h1>{title}</h1></main></body></html>"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to the browser; `place` is where it must go instead."""

    status: int
    kind: str
    body: bytes
    place: str | None = None


class Desk:
    """Answers for a studio; `as_text` writes findings as the terminal shows them."""

    def __init__(
        self,
        studio: Studio,
        as_text: Callable[[Sequence[Diagnostic]], str],
        *,
        reloads: bool = True,
    ) -> None:
        self._studio, self._as_text, self._reloads = studio, as_text, reloads

    def answer(self, address: str) -> Answer:
        """Return the answer to an address such as `/2026-014/index.html`."""
        asked = urlsplit(address)
        first, slash, rest = unquote(asked.path).removeprefix("/").partition("/")
        if first == SERVICE:
            return self._service(rest, parse_qs(asked.query))
        shelves = self._studio.shelves
        if not first and len(shelves) == 1:
            return _moved(next(iter(shelves)))
        if first in shelves and (slash or first not in self._studio.index()[0]):
            return self._dossier(first, rest or "index.html") if slash else _moved(first)
        return self._index(f"{first}{slash}{rest}" or "index.html")

    def _dossier(self, name: str, path: str) -> Answer:
        version = self._studio.version(name)  # first: a change meanwhile then shows as one
        content, found = self._studio.file(name, path)
        faults = (*self._studio.made(name).faults, *found)
        if content is None:
            return self._lacking(name, version, faults)
        if _media_type(path) != HTML:
            return Answer(200, _media_type(path), content)
        notice = self._told(faults, FORMER_PAGE)
        return Answer(200, HTML, self._dressed(content.decode(), name, version, notice))

    def _index(self, path: str) -> Answer:
        version = self._studio.version()
        files, unread = self._studio.index()
        if path not in files:
            return self._lacking("", version, self._studio.shared_faults)
        if _media_type(path) != HTML:
            return Answer(200, _media_type(path), files[path])
        said = f"{plural(unread, 'dossier reste', 'dossiers restent')} à lire…"
        notice = f'<p class="dument-note" role="status">{said}</p>' if unread else ""
        return Answer(200, HTML, self._dressed(files[path].decode(), "", version, notice))

    def _lacking(self, name: str, version: str, faults: Sequence[Diagnostic]) -> Answer:
        """Return the page of what cannot be made, or of what there is not."""
        page = BARE_PAGE.format(title=html.escape(name) if faults else "Page introuvable")
        dressed = self._dressed(page, name, version, self._told(faults, NO_PAGE_YET))
        return Answer(500 if faults else 404, HTML, dressed)

    def _service(self, path: str, query: dict[str, list[str]]) -> Answer:
        if path == "version":
            name, known = (query.get(key, [""])[0] for key in ("dossier", "connue"))
            version = self._studio.wait(name, known, WAIT)
            return Answer(200, MEDIA_TYPES["txt"], version.encode())
        found = self._studio.kit.files("site/_service", "*").get(path)
        if found is None:
            return Answer(404, MEDIA_TYPES["txt"], b"")
        return Answer(200, _media_type(path), found.read_bytes())

    def _dressed(self, page: str, name: str, version: str, notice: str) -> bytes:
        """Return a page with a notice above it, that reloads when its dossier changes."""
        head = f'<link rel="stylesheet" href="/{SERVICE}/service.css">'
        if self._reloads:
            told = f'data-dossier="{html.escape(name)}" data-version="{version}"'
            head += f'<script src="/{SERVICE}/rechargement.js" defer {told}></script>'
            page = page.replace(POLICY, f"{POLICY} connect-src 'self';", 1)
        page = page.replace("</head>", f"{head}\n</head>", 1)
        start = page.find(">", page.find("<body")) + 1
        return f"{page[:start]}{notice}{page[start:]}".encode()

    def _told(self, faults: Sequence[Diagnostic], said: str) -> str:
        """Return the faults as the terminal shows them; nothing when there is none."""
        if not faults:
            return ""
        told = html.escape(self._as_text(faults))
        return ('<aside class="dument-fautes" role="alert" aria-labelledby="dument-fautes">'
                f'<h2 id="dument-fautes">À corriger</h2><p>{said}</p>'
                f'<pre tabindex="0">{told}</pre></aside>')  # fmt: skip


def _moved(name: str) -> Answer:
    return Answer(302, MEDIA_TYPES["txt"], b"", f"/{quote(name)}/index.html")


def _media_type(path: str) -> str:
    return MEDIA_TYPES.get(path.rpartition(".")[2].lower(), "application/octet-stream")

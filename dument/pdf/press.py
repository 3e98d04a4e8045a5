"""From HTML to PDF: one press a run, the same bytes each time, everything the engine says kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from dument.diagnostics import Diagnostic, error
from dument.pdf.engine import (
    Shelf,
    engine_diagnostics,
    load_engine,
    recorded_log,
    stopped_at,
)
from dument.pdf.fonts import SURE, covered_characters, missing_characters, only_fonts_of
from dument.pdf.lettering import USUAL, Lettering, lettering_face

Relationship = Literal["Source", "Data", "Alternative", "Supplement", "Unspecified"]
UNREAD = {"head", "script", "style", "title", "template"}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
REMEMBERED_ASSETS = 8
HEAVIEST_REMEMBERED = 2**20  # bytes
ABSENT_GLYPH = ".notdef glyph"  # how the engine tells what pdf/caractere-absent says in French


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file attached inside a PDF/A-3, with its relationship to the document."""

    name: str
    content: bytes
    description: str
    relationship: Relationship = "Supplement"
    modified: date | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed document and what the press had to say about it."""

    pdf: bytes
    page_count: int
    diagnostics: tuple[Diagnostic, ...]


class Press:
    """What all the documents of one run share: faces, parsed styles, decoded images.

    `fonts` are the folders of the faces, the only ones used: the kit's own comes last. `styles`
    are the texts of the style sheets laid under every document, one over the other. The engine is
    loaded at the first print, or by `warm_up` before workers are forked; it raises EngineMissing
    where it cannot be, and EngineFault where a style or a document stops it.
    """

    def __init__(self, fonts: Path | Sequence[Path], styles: Sequence[str] = ()) -> None:
        self._fonts = (fonts,) if isinstance(fonts, Path) else tuple(fonts)
        self._styles = tuple(styles)
        self._style_messages: list[str] = []
        self._images: dict[str, dict[str, Any]] = {}
        self._letterings = lru_cache(maxsize=64)(self._cut_lettering)

    def warm_up(self) -> None:
        """Load the engine and everything shared, so that forked workers inherit it."""
        _ = self._font_configuration, self._sheets, self._covered

    def print(
        self, html: str, assets: Mapping[str, bytes], *, attachments: Sequence[Enclosure] = ()
    ) -> Printed:
        """Print a document as tagged PDF/A-3u and PDF/UA-1.

        The HTML carries title, language and date (`<meta name="dcterms.created">`, the only
        source of dates). `asset:NAME` is the only kind of address it can load.

        Diagnostics: pdf/ressource-refusee, pdf/caractere-absent, pdf/avertissement-moteur.
        """
        from dument.pdf.archive import archive

        printed = self._print(
            html,
            assets,
            self._sheets,
            pdf_variant="pdf/a-3u",
            pdf_tags=True,
            attachments=attachments,
        )
        return Printed(archive(printed.pdf), printed.page_count, printed.diagnostics)

    def print_plain(
        self, html: str, assets: Mapping[str, bytes], *, styled: bool = True
    ) -> Printed:
        """Print without tags nor archival claims: covers, pages made of an image.

        `styled=False` leaves out the shared style sheets. Same diagnostics as `print`.
        """
        return self._print(html, assets, self._sheets if styled else ())

    def lettering(self, text: str) -> Lettering:
        """Return a small embedded face able to write this text on an existing page."""
        return self._letterings("".join(sorted(set(text) - USUAL)))

    def _print(
        self,
        html: str,
        assets: Mapping[str, bytes],
        sheets: Sequence[Any],
        attachments: Sequence[Enclosure] = (),
        **variant: Any,
    ) -> Printed:
        shelf = Shelf(assets, self._styles)
        with recorded_log() as messages, self._images_of(assets) as images:
            parsed = load_engine_html(html, shelf)
            options = {
                "stylesheets": sheets,
                "cache": images,
                "attachments": list(_attached(attachments, parsed)),
                **variant,
            }
            fonts = self._font_configuration
            with stopped_at(_title_of(parsed.etree_element)):
                document = parsed.render(font_config=fonts, **options)
                pdf = document.write_pdf(**options)
        absent = self.absent_characters(_read_texts(parsed.etree_element))
        said = [*(self._style_messages if sheets else ()), *messages]
        if absent:
            said = [message for message in said if not message.startswith(ABSENT_GLYPH)]
        found = engine_diagnostics(said, shelf) + absent
        if found:
            self._images.clear()  # what failed to load must be said again next time
        return Printed(pdf, len(document.pages), tuple(found))

    @cached_property
    def _font_configuration(self) -> Any:
        with only_fonts_of(self._fonts):
            load_engine()
            from weasyprint.text.fonts import FontConfiguration

            return FontConfiguration()

    @cached_property
    def _sheets(self) -> tuple[Any, ...]:
        fonts = self._font_configuration
        css = load_engine().CSS
        fetcher = Shelf({}, self._styles).fetcher()
        with recorded_log() as messages, stopped_at("une feuille de style"):
            sheets = tuple(
                css(string=style, font_config=fonts, url_fetcher=fetcher) for style in self._styles
            )
        self._style_messages += messages
        return sheets

    @cached_property
    def _covered(self) -> frozenset[str]:
        return covered_characters(self._fonts)

    @contextmanager
    def _images_of(self, assets: Mapping[str, bytes]) -> Iterator[dict[str, Any]]:
        """Give the decoded images of these very assets: names alone repeat between dossiers.

        A dict of images is emptied before it is let go: each image of it knows the dict, and the
        collector would come late. Heavy ones are let go at once.
        """
        if sum(map(len, assets.values())) > HEAVIEST_REMEMBERED:
            passing: dict[str, Any] = {}
            yield passing
            passing.clear()
            return
        mark = sha256()
        for name, content in sorted(assets.items()):
            mark.update(f"{name}\0{len(content)}\0".encode())
            mark.update(content)
        while len(self._images) >= REMEMBERED_ASSETS:
            self._images.pop(next(iter(self._images))).clear()
        yield self._images.setdefault(mark.hexdigest(), {})

    def undrawn(self, texts: Iterable[str]) -> list[str]:
        """Return the characters of the texts that no face draws, in code order."""
        doubtful = missing_characters(texts, SURE)
        return missing_characters(doubtful, self._covered) if doubtful else []

    def absent_characters(self, texts: Iterable[str]) -> list[Diagnostic]:
        """Say which characters of the texts no face draws; the engine is not loaded for that.

        Diagnostics: pdf/caractere-absent.
        """
        absent = self.undrawn(texts)
        if not absent:
            return []
        named = ", ".join(f"« {character} » (U+{ord(character):04X})" for character in absent)
        return [
            error(
                "pdf/caractere-absent",
                f"aucune police fournie ne dessine {named}",
                hint="remplacez ces caractères : l’alphabet latin, la ponctuation française "
                "et les signes usuels sont couverts",
            )
        ]

    def _cut_lettering(self, characters: str) -> Lettering:
        return Lettering.cut(lettering_face(self._fonts[-1]), characters)


def load_engine_html(html: str, shelf: Shelf) -> Any:
    """Parse the HTML with WeasyPrint, closed on the shelf."""
    return load_engine().HTML(string=html, url_fetcher=shelf.fetcher())


def _title_of(root: Any) -> str:
    title = root.findtext(".//title")
    return f"« {title.strip()} »" if title else "un document sans titre"


def _read_texts(element: Any) -> Iterator[str]:
    """Yield every text that will be drawn."""
    if element.tag not in UNREAD:
        yield element.text or ""
        for child in element:
            yield from _read_texts(child)
            yield child.tail or ""


def _attached(enclosures: Sequence[Enclosure], parsed: Any) -> Iterator[Any]:
    engine = load_engine()
    created = _created(parsed.etree_element)
    for enclosure in enclosures:
        day = enclosure.modified
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else created
        yield engine.Attachment(
            file_obj=BytesIO(enclosure.content),
            name=enclosure.name,
            description=enclosure.description,
            created=moment,
            modified=moment,
            relationship=enclosure.relationship,
        )


def _created(root: Any) -> datetime:
    """Read the document's own date; a fixed one where it has none."""
    for meta in root.iter("meta"):
        if meta.get("name") == "dcterms.created":
            return _moment(meta.get("content", ""))
    return EPOCH


def _moment(written: str) -> datetime:
    """Read a date; the engine reports one that cannot be read."""
    try:
        return datetime.fromisoformat(written[:10]).replace(tzinfo=UTC)
    except ValueError:
        return EPOCH

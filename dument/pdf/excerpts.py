"""Some pages of a document, the right way up, and a document without its date of birth."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from pikepdf import Name, Pdf

from dument.pdf.actives import still
from dument.pdf.layers import carry_layers
from dument.pdf.stamping import saved


def arrange(pdf: bytes, pages: Sequence[int] | None, turn: int = 0) -> bytes:
    """Keep some pages (from 1, in that order; None keeps all), turned by a quarter or more.

    `turn` is in degrees, clockwise. Raises IndexError for a page that is not there.
    """
    if pages is None and not turn:
        return pdf
    with Pdf.open(BytesIO(pdf)) as source, Pdf.new() as kept:
        still(source)  # a form belongs to its document: its fields become ink first
        wanted = range(1, len(source.pages) + 1) if pages is None else pages
        kept.pages.extend(source.pages[number - 1] for number in wanted)
        carry_layers(source, kept)
        for page in kept.pages:
            page.rotate(turn, relative=True)
        return saved(kept)


def undated(pdf: bytes) -> bytes:
    """Take out what changes at each conversion: dates, identifiers, metadata."""
    with Pdf.open(BytesIO(pdf)) as opened:
        for name in list(opened.docinfo):
            del opened.docinfo[name]
        for name in (Name.DocChecksum, Name.ID):
            if name in opened.trailer:
                del opened.trailer[name]
        if Name.Metadata in opened.Root:
            del opened.Root.Metadata
        return saved(opened)


def page_count_of(pdf: bytes) -> int:
    """Count the pages of a document that was looked at."""
    with Pdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)

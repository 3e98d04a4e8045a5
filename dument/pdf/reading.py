"""The text of a PDF, page by page: what the search of a case site finds. Uses PDFium."""

from __future__ import annotations

from pypdfium2 import PdfDocument, PdfiumError, PdfPage


def page_texts(pdf: bytes) -> tuple[str, ...]:
    """Return the text of each page, empty for a page that is but a picture.

    Empty for a file that PDFium refuses: the exhibit itself was judged when it was read.
    """
    try:
        with PdfDocument(pdf) as document:
            return tuple(_text(page) for page in document)
    except PdfiumError:
        return ()


def _text(page: PdfPage) -> str:
    try:
        return page.get_textpage().get_text_bounded()
    finally:
        page.close()

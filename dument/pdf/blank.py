"""Blank pages, which stand for a document that is not shown."""

from __future__ import annotations

from io import BytesIO

import pikepdf

_A4 = (595, 842)


def blank_pages(count: int, title: str) -> bytes:
    """Return a PDF of some blank A4 pages, at least one; the same bytes for the same title."""
    target = BytesIO()
    with pikepdf.Pdf.new() as pdf:
        for _ in range(max(1, count)):
            pdf.add_blank_page(page_size=_A4)
        pdf.docinfo["/Title"] = title
        pdf.save(target, deterministic_id=True)
    return target.getvalue()

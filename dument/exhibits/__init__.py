"""Exhibits: read whatever they are, numbered once, printed with their stamp."""

from __future__ import annotations

from dument.exhibits.printing import PrintedExhibit, print_exhibits
from dument.exhibits.reading import Looks, digests_of, read_exhibits, read_images

__all__ = [
    "Looks",
    "PrintedExhibit",
    "digests_of",
    "print_exhibits",
    "read_exhibits",
    "read_images",
]

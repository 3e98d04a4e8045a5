"""Exhibits: read whatever they are, numbered once, printed with their stamp."""

from __future__ import annotations

from dument.exhibits.printing import print_exhibits
from dument.exhibits.reading import read_exhibits, read_images

__all__ = ["print_exhibits", "read_exhibits", "read_images"]

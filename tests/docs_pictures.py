"""The pictures of the README, redrawn from a shipped example. `python tests/docs_pictures.py`

A letter as it is printed, three pages of its site as Chromium shows them. Small: few colours.
"""

from __future__ import annotations

import io
import tempfile
from datetime import date
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

from dument.kit import open_kit
from dument.pipeline import prepare
from dument.printing import print_letters
from dument.workshop import open_workshop
from tests.browsers import chromium
from tests.test_pages import printed

IMAGES = Path(__file__).parent.parent / "docs/images"
EXAMPLE, DAY = "garage-tilleul", date(2026, 11, 21)
LETTER = "mise-en-demeure"
# A page of the site: its picture, its theme, where it is cut, in pixels.
PAGES = {
    "index.html": ("synthese", "light", (0, 0, 1180, 1010)),
    "decompte.html": ("decompte", "dark", (300, 865, 880, 700)),
    "chronologie.html": ("chronologie", "light", (0, 0, 390, 960)),
}
PAPER_EDGE = "#c8c8c8"
COLOURS = 256


def draw() -> None:
    """Write the pictures."""
    kit = open_kit(IMAGES.parent)
    workshop, _ = open_workshop(kit)
    dossier, faults = prepare(workshop, kit.find_case(EXAMPLE), DAY)
    if dossier is None:
        raise ValueError(faults)
    letters, _ = print_letters(workshop, dossier)
    letter = next(one for one in dossier.letters if one.kind == LETTER)
    keep(LETTER, first_sheet(letters[f"lettres/{letter.stem}.pdf"].pdf))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        site, profile = Path(folder, "site"), Path(folder, "profil")
        profile.mkdir()
        for name, content in workshop.site.pages(dossier, printed(dossier)).items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_bytes(content)
        with chromium(profile) as browser:
            for page, (name, theme, place) in PAGES.items():
                browser.open((site / page).as_uri())
                keep(name, Image.open(io.BytesIO(browser.picture(theme, place))))


def first_sheet(pdf: bytes) -> Image.Image:
    """Return the first page of a PDF with the edge of its paper."""
    with pypdfium2.PdfDocument(pdf) as document:
        sheet = document[0].render(scale=1.5).to_pil().convert("RGB")
    return ImageOps.expand(sheet, border=1, fill=PAPER_EDGE)


def keep(name: str, image: Image.Image) -> None:
    """Write a picture in few colours."""
    image.convert("RGB").quantize(COLOURS).save(IMAGES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    draw()

"""The twenty questions of the manual: every click is there, and the answer where it leads."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

from dument.kit import open_kit
from dument.pages.frame import page_saying
from dument.pdf import page_texts
from dument.workshop import open_workshop
from tests.site_reader import Page
from tests.test_pages import lay, printed, work
from tests.test_pages_search import pdf_saying

ROOT = Path(__file__).parent.parent
MOST_CLICKS = 2
LINES = re.findall(
    r"^\| (.+ \?) \| ([\w-]+) \| (`.+`) \| « (.+) » \|$",
    (ROOT / "docs/vingt-questions.md").read_text(encoding="utf-8"),
    re.M,
)


@cache
def site(example: str) -> dict[str, bytes]:
    """Return the pages of an example, and its exhibits as they are filed."""
    workshop = open_workshop(open_kit(ROOT))[0]
    dossier = work(workshop, ROOT / "data/exemples" / example)
    files = printed(dossier) | {one.file: one.read() for one in dossier.exhibits}
    return files | workshop.site.pages(dossier, files)


def joined(text: str) -> str:
    return " ".join(text.split())


def test_there_are_twenty():
    assert len({question for question, *_ in LINES}) == 20


@pytest.mark.parametrize(("question", "example", "path", "answer"), LINES)
def test_a_question_finds_its_answer_in_two_clicks(question, example, path, answer):
    made = site(example)
    here, *clicks = re.findall(r"`([^`]+)`", path)
    assert here == "index.html"
    assert len(clicks) <= MOST_CLICKS
    for click in clicks:
        links = {
            posixpath.normpath(posixpath.join(posixpath.dirname(here), unquote(address)))
            for _, address in Page(made[here]).values("href")
            if not address.startswith("#")
        }
        links |= {f"{here}#{one}" for one in Page(made[here]).ids}
        assert click in links
        here = urldefrag(click).url
    is_page = here.endswith(".html")
    text = Page(made[here]).text if is_page else " ".join(page_texts(made[here]))
    assert joined(answer) in joined(text)


def test_the_page_of_an_exhibit_that_says_a_number_is_named():
    texts = ["Conditions générales", "Facture n° F 2026-0117", "F2026-0117, suite"]
    assert page_saying(texts, ["F2026-0117"]) == 2
    assert page_saying(texts, ["F2026-0999", None]) is None
    assert page_saying(texts[1:2], ["F2026-0117"]) is None


def test_an_exhibit_of_several_pages_is_opened_at_the_page_that_proves(tmp_path):
    workshop = open_workshop(open_kit(ROOT))[0]
    folder = lay(tmp_path / "essai")
    (folder / "pieces/facture.pdf").write_bytes(pdf_saying("Conditions", "Facture F-1"))
    dossier = work(workshop, folder)
    files = {one.file: one.read() for one in dossier.exhibits}
    page = Page(workshop.site.pages(dossier, files)["chronologie.html"])
    assert ("a", "pieces/02-facture-f-1.pdf#page=2") in set(page.values("href"))
    assert "Pièce n° 2, p. 2" in joined(page.text)
    assert "Pièce n° 1, p." not in joined(page.text)

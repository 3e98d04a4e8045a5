"""The site in the hands of its reader: Chromium and Firefox, on files, off the network.

A browser that is not here is not asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from dument.kit import open_kit
from dument.workshop import open_workshop
from tests.browsers import BROWSERS, Browser, type_in, wait_for
from tests.test_pages import lay, work
from tests.test_pages_search import ONLY_IN_A_LETTER, ONLY_IN_AN_EXHIBIT, lay_site

LINKS = "Array.from(document.querySelectorAll('#resultats a'), (one) => one.getAttribute('href'))"
IS_OPEN = "!document.getElementById('resultats').hidden"
ON_A_PHONE = """(() => {
  const one = document.createElement("iframe");
  one.id = "telephone"; one.width = 390; one.srcdoc = document.documentElement.outerHTML;
  document.body.append(one);
})()"""
PHONE = "document.getElementById('telephone').contentDocument"
FOCUSED = "document.activeElement.id"


@pytest.fixture(scope="module")
def site(root, tmp_path_factory) -> Path:
    return lay_site(root, tmp_path_factory.mktemp("remise"))


@pytest.fixture(scope="module", params=sorted(BROWSERS))
def browser(request, tmp_path_factory) -> Iterator[Browser]:
    program, start = BROWSERS[request.param]
    if program is None:
        pytest.skip(f"no {request.param} here")
    with start(tmp_path_factory.mktemp(request.param)) as started:
        yield started


def search(browser: Browser, page: Path, words: str) -> list[str]:
    """Type words into the box of a page; return where the results lead."""
    browser.open(page.as_uri())
    browser.press("/")
    type_in(browser, words)
    wait_for(browser, IS_OPEN)
    return browser.run(LINKS)


@pytest.mark.parametrize(("page", "word", "link"), [
    ("index.html", ONLY_IN_AN_EXHIBIT.lower() + "s", "pieces/01-devis-accepte.pdf#page=2"),
    ("droit.html", ONLY_IN_A_LETTER, "lettres/"),
    ("chronologie.html", "hostile", "chronologie.html#"),
])  # fmt: skip
def test_a_word_is_found_in_the_files_alone(browser, site, page, word, link):
    found = search(browser, site / page, word)
    assert found[0].startswith(link)
    assert browser.run("document.querySelectorAll('#resultats mark').length")
    assert not browser.run("document.querySelectorAll('#resultats x-y').length")
    asked = (
        "performance.getEntriesByType('resource').filter((one) => !one.name.startsWith('file:'))"
    )
    assert browser.run(f"{asked}.length") == 0


def test_the_keyboard_is_enough_to_search(browser, site):
    first, second, *_ = search(browser, site / "index.html", "facture")
    here = "document.activeElement.getAttribute('href')"
    browser.press("ArrowDown")
    assert browser.run(here) == first
    browser.press("ArrowDown")
    assert browser.run(here) == second
    browser.press("ArrowUp")
    browser.press("ArrowUp")
    assert browser.run(FOCUSED) == "recherche"
    browser.press("Escape")
    assert not browser.run(IS_OPEN)
    assert browser.run(FOCUSED) == "recherche"


def test_the_results_close_when_the_keyboard_goes_elsewhere(browser, site):
    search(browser, site / "index.html", "facture")
    browser.press("ArrowDown")
    browser.run("document.querySelector('#contenu a').focus()")
    assert not browser.run(IS_OPEN)


def test_enter_opens_the_first_result(browser, site):
    [link] = search(browser, site / "index.html", ONLY_IN_A_LETTER)[:1]
    browser.press("Enter")
    wait_for(browser, f"location.pathname.endsWith({link!r})")


def test_a_folder_is_verified_and_one_flipped_byte_turns_one_line_red(browser, site):
    exhibit = site / "pieces/01-devis-accepte.pdf"
    whole = exhibit.read_bytes()
    try:
        assert verdicts(browser, site) == {"conforme"}
        exhibit.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        assert verdicts(browser, site) == {"conforme", "altere"}
    finally:
        exhibit.write_bytes(whole)
    red = "Array.from(document.querySelectorAll('tr.altere'), (one) => one.dataset.fichier)"
    assert browser.run(red) == ["pieces/01-devis-accepte.pdf"]


def verdicts(browser: Browser, site: Path) -> set[str]:
    """Pick the folder of a site on its own page; return what is said of its files."""
    browser.open((site / "verifier.html").as_uri())
    browser.pick("#dossier-remis", site)
    wait_for(browser, "document.getElementById('verifier').dataset.etat")
    lines = "document.querySelectorAll('tr[data-fichier]')"
    return set(browser.run(f"Array.from({lines}, (one) => one.className)"))


def test_what_a_sum_has_become_is_read_on_a_phone_without_scrolling(browser, root, tmp_path):
    workshop = open_workshop(open_kit(root))[0]
    dossier = work(workshop, lay(tmp_path / "essai"))
    sums = dict.fromkeys(("principal", "interets", "total"), Decimal("123456.78"))
    since = replace(dossier.handed(""), on=date(2026, 10, 1), sums=sums)
    made = workshop.site.pages(replace(dossier, since=since), {})
    for name in ("remise.html", *(one for one in made if one.startswith("assets/"))):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(made[name])
    browser.open((tmp_path / "remise.html").as_uri())
    browser.run(ON_A_PHONE)
    wait_for(browser, f"{PHONE}?.readyState === 'complete' && !!{PHONE}.querySelector('.ecarts')")
    assert browser.run(f"{PHONE}.documentElement.clientWidth") <= 390
    table = f"{PHONE}.querySelector('.tableau')"
    assert browser.run(f"{table}.scrollWidth <= {table}.clientWidth")

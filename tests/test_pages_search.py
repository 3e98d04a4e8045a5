"""The search of a site: complete, deaf to private notes, at work in a browser off the network.

The browser and node are asked for where they are; without them those tests are skipped.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from dument.kit import open_kit
from dument.pages.search import INDEX, stem, words
from dument.pdf import page_texts
from dument.workshop import open_workshop
from tests.projects import blank_pdf
from tests.test_pages import CANARY, CASE, HOSTILE, lay, printed, work

NODE = shutil.which("node")
BROWSER = next((found for name in ("chromium", "chromium-browser", "google-chrome")
                if (found := shutil.which(name))), None)  # fmt: skip
ONLY_IN_AN_EXHIBIT = "Zinguerie"
ONLY_IN_A_LETTER = "remercions"


def pdf_saying(*pages: str) -> bytes:
    """Return a PDF with one line of text a page."""
    target = BytesIO()
    with pikepdf.Pdf.new() as pdf:
        font = pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1,
                               BaseFont=pikepdf.Name.Helvetica))  # fmt: skip
        for text in pages:
            page = pdf.add_blank_page(page_size=(595, 842))
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            page.Contents = pdf.make_stream(f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode())
        pdf.save(target, static_id=True)
    return target.getvalue()


@pytest.fixture(scope="module")
def folder(root, tmp_path_factory) -> Path:
    """A site on disk, as its reader has it: one exhibit says a word that nothing else says."""
    summary = f"resume: '{HOSTILE.replace(chr(39), chr(39) * 2)} hostile'"
    text = CASE.replace("resume: Règlement annoncé.", summary)
    case = lay(tmp_path_factory.mktemp("recherche") / "essai", text)
    exhibit = pdf_saying("Devis", f"{ONLY_IN_AN_EXHIBIT} de la toiture")
    (case / "pieces/devis.pdf").write_bytes(exhibit)
    workshop = open_workshop(open_kit(root))[0]
    dossier = work(workshop, case)
    files = printed(dossier) | {dossier.exhibit("devis").file: exhibit}
    site = tmp_path_factory.mktemp("site")
    for name, content in {**files, **workshop.site.pages(dossier, files)}.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(content)
    return site


@pytest.fixture(scope="module")
def index(folder) -> dict:
    text = (folder / INDEX).read_text(encoding="utf-8")
    head, _, rest = text.partition(" = ")
    assert head == "var DUMENT_RECHERCHE"
    return json.loads(rest.rstrip().removesuffix(";"))


def found(index: dict, word: str) -> list[dict]:
    ranks = index["mots"].get(stem(next(words(word))), [])
    return [index["documents"][rank] for rank in ranks]


def test_the_text_of_each_page_of_a_pdf_is_read():
    assert [one.strip() for one in page_texts(pdf_saying("un", "deux"))] == ["un", "deux"]
    assert page_texts(blank_pdf()) == ("",)
    assert page_texts(b"%PDF-") == ()


@pytest.mark.parametrize(("one", "other"), [
    ("facture", "Factures"), ("pénalité", "PENALITES"), ("tribunal", "tribunaux"),
    ("payé", "payées"), ("payer", "payée"), ("travail", "travail"), ("œuvre", "oeuvres"),
    ("1 440", "1\u202f440"), ("bureau", "bureaux"),
])  # fmt: skip
def test_accents_plurals_and_the_spaces_of_numbers_do_not_count(one, other):
    assert [stem(word) for word in words(one)] == [stem(word) for word in words(other)]


def test_a_word_leads_to_the_page_of_the_exhibit_that_says_it(index):
    [only] = found(index, ONLY_IN_AN_EXHIBIT)
    assert (only["sorte"], only["page"]) == ("piece", 2)
    assert only["lien"] == "pieces/01-devis-accepte.pdf#page=2"


def test_letters_invoices_facts_articles_and_findings_are_indexed(index):
    kinds = {one["sorte"] for one in index["documents"]}
    assert kinds >= {"lettre", "facture", "fait", "piece", "article"}
    assert all(0 <= rank < len(index["documents"])
               for ranks in index["mots"].values() for rank in ranks)  # fmt: skip


def test_private_notes_are_not_indexed(folder):
    assert CANARY.lower() not in (folder / INDEX).read_text(encoding="utf-8").lower()


@pytest.mark.skipif(NODE is None, reason="node is not here")
def test_the_browser_folds_words_as_the_index_does(root, index):
    texts = [f"{one['titre']} {one['texte']}" for one in index["documents"]]
    texts += [
        "Œuvre, ŒDÈME ; 12 345 678,90 €, l’an 2026 117 x",
        "½ ² ﬁn Ⅻ İ ß Ça",
        "tuyaux eaux aux",
    ]
    script = (
        f"const r = require({json.dumps(str(root / 'site/assets/recherche.js'))});"
        "let t = ''; process.stdin.on('data', (d) => t += d).on('end', () => console.log("
        "JSON.stringify(JSON.parse(t).map((un) => r.mots(un).map(r.racine)))))"
    )
    said = subprocess.run([NODE, "-e", script], input=json.dumps(texts), text=True,
                          capture_output=True, check=True, timeout=30)  # fmt: skip
    assert json.loads(said.stdout) == [[stem(word) for word in words(text)] for text in texts]


def browse(page: Path, fragment: str = "") -> str:
    """Return a page as a browser without a network makes it of its file."""
    said = subprocess.run(
        [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=4000",
         "--host-resolver-rules=MAP * ~NOTFOUND", "--dump-dom", f"{page.as_uri()}{fragment}"],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return said.stdout


@pytest.mark.skipif(BROWSER is None, reason="no Chromium here")
@pytest.mark.parametrize(("page", "word", "link"), [
    ("index.html", ONLY_IN_AN_EXHIBIT.lower() + "s", "pieces/01-devis-accepte.pdf#page=2"),
    ("droit.html", ONLY_IN_A_LETTER, "lettres/"),
    ("chronologie.html", "hostile", "chronologie.html#"),
])  # fmt: skip
def test_a_browser_finds_a_word_in_the_files_alone(folder, page, word, link):
    made = browse(folder / page, f"#q={word}")
    results = made[made.index('id="resultats"') : made.index("</header>")]
    assert f'href="{link}' in results
    assert "<mark>" in results
    assert "<x-y" not in results


def test_without_scripts_the_box_is_not_there(folder):
    for page in folder.glob("*.html"):
        assert re.search(r'<div class="chercher"[^>]* hidden ', page.read_text(encoding="utf-8"))

"""The search of a site: complete, deaf to private notes; node folds words where it is here."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from dument.kit import open_kit
from dument.output import manifest_bytes
from dument.pages.search import INDEX, stem, words
from dument.pdf import page_texts
from dument.workshop import open_workshop
from tests.projects import blank_pdf
from tests.site_reader import broken_links
from tests.test_pages import CANARY, CASE, HOSTILE, lay, printed, work

NODE = shutil.which("node")
ONLY_IN_AN_EXHIBIT = "Zinguerie"
ONLY_IN_A_LETTER = "remercions"
MANIFEST = "manifest.json"


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


def lay_site(root: Path, parent: Path) -> Path:
    """Write a whole site, as its reader has it: one exhibit says a word that nothing else says."""
    summary = f"resume: '{HOSTILE.replace(chr(39), chr(39) * 2)} hostile'"
    text = CASE.replace("resume: Règlement annoncé.", summary)
    case = lay(parent / "essai", text)
    exhibit = pdf_saying("Devis", f"{ONLY_IN_AN_EXHIBIT} de la toiture")
    (case / "pieces/devis.pdf").write_bytes(exhibit)
    workshop = open_workshop(open_kit(root))[0]
    dossier = work(workshop, case)
    files = printed(dossier) | {one.file: one.read() for one in dossier.exhibits}
    files |= workshop.site.pages(dossier, files)
    for name, content in {**files, MANIFEST: manifest_bytes({}, files)}.items():
        (parent / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (parent / "site" / name).write_bytes(content)
    return parent / "site"


@pytest.fixture(scope="module")
def folder(root, tmp_path_factory) -> Path:
    """A site on disk."""
    return lay_site(root, tmp_path_factory.mktemp("recherche"))


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


def test_every_result_leads_somewhere(folder, index):
    names = [path for path in folder.rglob("*") if path.is_file()]
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in names}
    links = "".join(f'<a href="{html.escape(one["lien"])}">' for one in index["documents"])
    listed = {**files, "resultats.html": links.encode()}
    assert any("#page=" in one["lien"] for one in index["documents"])
    assert broken_links(listed, {}) == []
    wrong = {**files, "faux.html": b'<a href="pieces/01-devis-accepte.pdf#page=3">'}
    assert broken_links(wrong, {}) == ["faux.html: pieces/01-devis-accepte.pdf#page=3"]


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


def test_without_scripts_the_box_is_not_there(folder):
    for page in folder.glob("*.html"):
        assert re.search(r'<div class="chercher"[^>]* hidden ', page.read_text(encoding="utf-8"))

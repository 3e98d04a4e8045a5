"""The four layouts of letters/_papier, judged on the PDF they give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import page as validator
import pikepdf
import pypdfium2
import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dument.pdf import Press, Printed

PAPER = Path(__file__).parent.parent / "letters" / "_papier"
TEMPLATES = Environment(autoescape=True, loader=FileSystemLoader(PAPER), undefined=StrictUndefined)
POINTS_PER_MM = 72 / 25.4
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h3v3z"/></svg>'
QR = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 57 57"><title>Code à scanner</title>'
    '<path d="M4 4h49v49H4z"/></svg>'
)
SENTENCE = "Nos factures échues demeurent impayées malgré nos relances de ce printemps. "
PARAGRAPH = Markup(f"<p>{SENTENCE * 4}</p>")


@pytest.fixture(scope="module")
def press() -> Press:
    return Press(PAPER / "polices", [(PAPER / "papier.css").read_text(encoding="utf-8")])


def table(rows: int) -> Markup:
    cells = Markup().join(
        Markup(
            '<tr><td>F2026-{:04d}</td><td style="text-align:right">{} 000,00 €</td></tr>'
        ).format(number, number)
        for number in range(1, rows + 1)
    )
    return Markup(
        '<table><thead><tr><th scope="col">Facture</th><th scope="col" class="droite">Montant'
        "</th></tr></thead><tbody>{}</tbody><tfoot><tr><th scope='row'>Somme due</th>"
        '<td class="droite">1 440,00 €</td></tr></tfoot></table>'
    ).format(cells)


LETTER: Mapping[str, Any] = {
    "langue": "fr",
    "titre": "Mise en demeure",
    "cree_le": "2026-05-04",
    "auteur": "Atelier Lumen",
    "projet": False,
    "expediteur": {
        "nom": "Atelier Lumen",
        "lignes": ["SARL d’architecture intérieure", "8 quai des Célestins", "69002 LYON"],
        "contact": ["04 78 00 00 00", "comptabilite@atelier-lumen.example"],
        "logo": None,
    },
    "destinataire": {"lignes": ["GARAGE MARTIN", "12 RUE DES TANNEURS", "69005 LYON"]},
    "lieu_date": "Lyon, le 4 mai 2026",
    "envoi": ["Lettre recommandée avec avis de réception", "n° 1A 234 567 8901 2"],
    "references": [{"nom": "Nos références", "valeur": "2026-014"}],
    "objet": "MISE EN DEMEURE",
    "corps": PARAGRAPH,
    "signataire": {"nom": "Claire Lumen", "qualite": "Gérante", "image": None},
    "pieces_jointes": ["Facture F2026-0117", "Décompte"],
    "reglement": {
        "titulaire": "Atelier Lumen",
        "iban": "FR76 3000 6000 0112 3456 7890 189",
        "bic": "AGRIFRPP",
        "reference": "2026-014",
        "qr": QR,
    },
    "mentions_legales": ["Atelier Lumen, SARL au capital de 8 000 €", "732 829 320 RCS Lyon"],
}
ACT: Mapping[str, Any] = {
    "titre": "REQUÊTE AUX FINS D’INJONCTION DE PAYER",
    "juridiction": "À Monsieur le Président du tribunal de commerce de Lyon",
    "sous_titre": "Articles 1405 et suivants du code de procédure civile",
    "corps": Markup("<h2>Exposé</h2>") + PARAGRAPH + Markup("<h3>Les factures</h3>") + table(3),
    "lieu_date": "Fait à Lyon, le 2 juin 2026",
    "signataire": {"nom": "Claire Lumen", "qualite": "Gérante", "image": "griffe.svg"},
    "projet": False,
    "references": [{"nom": "Dossier", "valeur": "2026-014"}],
    "pieces_jointes": ["Facture F2026-0117"],
    "cree_le": "2026-06-02",
    "auteur": "Atelier Lumen",
}
ANNEX: Mapping[str, Any] = {
    "titre": "Décompte",
    "objet": "Décompte",
    "reserve": None,
    "sous_titre": "Arrêté au 4 mai 2026",
    "references": [{"nom": "Dossier", "valeur": "2026-014"}],
    "corps": table(40),
    "projet": False,
    "cree_le": "2026-05-04",
    "auteur": "Atelier Lumen",
}
BUNDLE: Mapping[str, Any] = {
    "titre": "Atelier Lumen contre Garage Martin",
    "reference": "Dossier 2026-014",
    "creancier": "Atelier Lumen (SARL), Lyon",
    "debiteur": "Garage Martin (SARL), Lyon",
    "juridiction": "tribunal de commerce de Lyon",
    "avocat": None,
    "arrete_le": "4 mai 2026",
    "avertissement": "Copie de lecture : les originaux sont à côté.",
    "entrees": [
        {"cle": "lettre-1", "titre": "Mise en demeure", "niveau": 0, "page": 2},
        {"cle": "piece-1", "titre": "Pièce n° 1", "niveau": 1, "page": 14},
    ],
    "cree_le": "2026-05-04",
    "auteur": "Atelier Lumen",
}
LAYOUTS = {"lettre": LETTER, "acte": ACT, "annexe": ANNEX, "liasse": BUNDLE}
ASSETS = {"griffe.svg": SVG, "logo.svg": SVG}


def printed(press: Press, layout: str, **changes: object) -> Printed:
    html = TEMPLATES.get_template(f"{layout}.html").render(LAYOUTS[layout] | changes)
    return press.print(html, ASSETS)


@dataclass(frozen=True, slots=True)
class Ink:
    """A character and where its ink stands, in millimetres from the top left of the sheet."""

    character: str
    left: float
    top: float
    right: float
    bottom: float


def ink_of(document: Printed, page_index: int = 0) -> list[Ink]:
    sheet = pypdfium2.PdfDocument(document.pdf)[page_index]
    text, height = sheet.get_textpage(), sheet.get_height()
    return list(_characters(text, height))


def _characters(text: Any, height: float) -> Iterator[Ink]:
    for index in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(index)
        character = text.get_text_range(index, 1)
        if character.strip() and right > left:
            corners = (left, height - top, right, height - bottom)
            yield Ink(character, *(length / POINTS_PER_MM for length in corners))


def texts_of(document: Printed) -> list[str]:
    sheets = pypdfium2.PdfDocument(document.pdf)
    return [sheet.get_textpage().get_text_range() for sheet in sheets]


def is_dark(document: Printed, left: float, top: float) -> bool:
    """Look for ink within half a millimetre of a place, on a rendering of the first page."""
    picture = pypdfium2.PdfDocument(document.pdf)[0].render(scale=4).to_pil().convert("L")
    pixels = 4 * POINTS_PER_MM
    box = [int((side) * pixels) for side in (left - 0.5, top - 0.5, left + 0.5, top + 0.5)]
    return bool(picture.crop(box).getextrema()[0] < 220)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_prints_without_a_word_from_the_engine(press, layout):
    assert printed(press, layout).diagnostics == ()


@pytest.mark.parametrize("profile", ["pdf/a-3u", "pdf/ua-1"])
@pytest.mark.parametrize("projet", [False, True])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_conforms(press, layout, projet, profile):
    document = printed(press, layout, projet=projet)
    report = validator.validate_pdf_bytes(document.pdf, profile=profile)
    assert [failure.message for failure in report.failures] == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_uses_the_shipped_faces_only(press, layout):
    with pikepdf.open(BytesIO(printed(press, layout).pdf)) as pdf:
        names = [str(found.get("/FontName", "")) for found in pdf.objects if is_descriptor(found)]
    assert names
    assert all("+Dument-" in name for name in names)


def is_descriptor(found: Any) -> bool:
    return isinstance(found, pikepdf.Dictionary) and found.get("/Type") == "/FontDescriptor"


WIDE_LINE = "SOCIETE MARITIME DES GRANDS MAGASINS W"  # 38 characters, the most La Poste allows


def address_of(document: Printed) -> list[Ink]:
    return [ink for ink in ink_of(document) if ink.left > 105 and 45 < ink.top < 92]


def test_six_address_lines_stay_in_the_window_wherever_the_sheet_slides(press):
    lines = [WIDE_LINE, "Àçéj" * 8, "Bâtiment B", "12 RUE DES TANNEURS", "CS 40112", "69005 LYON"]
    address = address_of(printed(press, "lettre", destinataire={"lignes": lines}))
    assert len(address) == sum(len(line.replace(" ", "")) for line in lines)
    assert min(ink.left for ink in address) >= 110
    assert max(ink.right for ink in address) <= 190
    assert min(ink.top for ink in address) >= 55
    assert max(ink.bottom for ink in address) <= 79


def test_nothing_but_the_address_can_show_in_the_window(press):
    long_name = {
        "nom": "Société lyonnaise d’architecture intérieure et d’aménagement",
        "lignes": ["Immeuble Le Grand Large, bâtiment C"] * 8,
        "contact": ["comptabilite-fournisseurs@architecture-interieure.example"] * 3,
        "logo": "logo.svg",
    }
    document = printed(press, "lettre", expediteur=long_name)
    seen = [ink for ink in ink_of(document) if ink.right > 90 and ink.bottom > 44 and ink.top < 90]
    assert seen == address_of(document)


@pytest.mark.parametrize("height", [99, 198])
def test_the_first_page_has_a_fold_mark(press, height):
    assert is_dark(printed(press, "lettre"), 6, height)


def test_the_date_stands_under_the_window(press):
    letter = ink_of(printed(press, "lettre", envoi=[]))
    assert min(ink.top for ink in letter if ink.top > 85) == pytest.approx(94, abs=2)


def test_each_page_says_its_number_and_the_total(press):
    document = printed(press, "lettre", corps=PARAGRAPH * 12)
    total = document.page_count
    assert total > 1
    for number, text in enumerate(texts_of(document), start=1):
        assert f"Page {number} / {total}" in text


def test_each_page_carries_the_running_reference(press):
    document = printed(press, "lettre", corps=PARAGRAPH * 12)
    assert all("Nos références : 2026-014" in text for text in texts_of(document))


def test_legal_mentions_stand_on_the_first_page_alone(press):
    document = printed(press, "lettre", corps=PARAGRAPH * 12)
    found = ["732 829 320 RCS Lyon" in text for text in texts_of(document)]
    assert found == [True] + [False] * (document.page_count - 1)


def test_three_legal_mentions_do_not_touch_the_text(press):
    mentions = ["ZZZ un", "ZZZ deux", "ZZZ trois"]
    document = printed(press, "lettre", corps=PARAGRAPH * 12, mentions_legales=mentions)
    first = ink_of(document)
    top_of_mentions = min(ink.top for ink in first if ink.character == "Z")
    text = [ink.bottom for ink in first if ink.top < top_of_mentions - 1]
    assert max(text) < top_of_mentions - 2


@pytest.mark.parametrize("layout", ["lettre", "acte", "annexe"])
def test_every_page_of_a_draft_says_so(press, layout):
    document = printed(press, layout, projet=True, corps=PARAGRAPH * 16)
    assert document.page_count > 1
    assert all("PROJET — non envoyé" in text for text in texts_of(document))


@pytest.mark.parametrize("projet", [False, True])
def test_a_following_page_says_on_one_line_to_whom_from_when_and_which_it_is(press, projet):
    document = printed(press, "lettre", projet=projet, corps=PARAGRAPH * 12)
    second = texts_of(document)[1]
    assert re.search(rf"^Suite – .*2026, page 2 / {document.page_count}\b", second, re.MULTILINE)


@pytest.mark.parametrize("layout", ["lettre", "acte", "annexe"])
def test_a_finished_document_does_not_say_projet(press, layout):
    assert "PROJET" not in "".join(texts_of(printed(press, layout)))


def test_the_draft_mark_is_drawn_across_the_page(press):
    whole, draft = (
        pypdfium2.PdfDocument(printed(press, "lettre", projet=projet).pdf)[0].render(scale=0.5)
        for projet in (False, True)
    )
    tinted = sum(a != b for a, b in zip(whole.buffer, draft.buffer, strict=True))
    assert tinted > len(whole.buffer) // 20


def test_headers_and_footers_are_artifacts_for_a_screen_reader(press):
    with pikepdf.open(BytesIO(printed(press, "lettre", projet=True).pdf)) as pdf:
        for sheet in pdf.pages:
            assert sheet.Contents.read_bytes().count(b"/Artifact <</Type /Pagination>>") >= 3


@pytest.mark.parametrize("count", range(1, 16))
def test_the_signature_is_never_alone_on_its_page(press, count):
    corps = PARAGRAPH * count
    document = printed(press, "lettre", corps=corps, reglement=None, pieces_jointes=[])
    last = texts_of(document)[-1]
    assert "Claire Lumen" in last
    assert "relances" in last


def test_a_table_repeats_its_header_on_each_page(press):
    document = printed(press, "annexe", corps=table(120))
    assert document.page_count > 2
    assert all("Facture" in text for text in texts_of(document))


def test_a_table_gives_its_total_once(press):
    document = printed(press, "annexe", corps=table(120))
    assert "".join(texts_of(document)).count("Somme due") == 1


@pytest.mark.parametrize("rows", range(34, 44))
def test_the_total_of_a_table_never_stands_without_a_row(press, rows):
    last = texts_of(printed(press, "annexe", corps=table(rows)))[-1]
    assert f"F2026-{rows:04d}" in last


@pytest.mark.parametrize("profile", ["pdf/a-3u", "pdf/ua-1"])
def test_a_letter_with_its_annexes_conforms(press, profile):
    annexes = [{"titre": "Décompte", "corps": Markup("<h3>Pénalités</h3>") + table(50)}] * 2
    report = validator.validate_pdf_bytes(
        printed(press, "lettre", annexes=annexes).pdf, profile=profile
    )
    assert [failure.message for failure in report.failures] == []


def test_each_annex_begins_a_page(press):
    annexes = [{"titre": title, "corps": table(2)} for title in ("Décompte", "Bordereau")]
    texts = texts_of(printed(press, "acte", annexes=annexes))
    assert texts[-2].startswith("Annexe 1 – Décompte")
    assert texts[-1].startswith("Annexe 2 – Bordereau")


def test_a_short_table_is_not_cut_by_the_end_of_a_page(press):
    for count in range(6, 12):
        document = printed(press, "acte", corps=PARAGRAPH * count + table(4))
        pages = [text for text in texts_of(document) if "F2026-" in text]
        assert len(pages) == 1


@pytest.mark.parametrize("height", range(203, 217, 2))
def test_an_item_never_stands_apart_from_its_list(press, height):
    rules = Markup("<h2>Règles</h2><ul>") + Markup("<li>Article</li>") * 4 + Markup("</ul>")
    filling = Markup('<div style="height: {}mm"></div>').format(height)
    sheets = texts_of(printed(press, "annexe", corps=filling + rules))
    counts = [sheet.count("Article") for sheet in sheets]
    assert counts in ([4], [2, 2], [0, 4])


def test_figures_of_a_column_stand_one_under_the_other(press):
    document = printed(press, "annexe", corps=table(40))
    euros = {round(ink.right, 1) for ink in ink_of(document) if ink.character == "€"}
    assert len(euros) == 1


def test_a_missing_value_is_seen(press):
    corps = Markup('<p>Monsieur <mark class="manque">⟦nom⟧</mark>,</p>')
    document = printed(press, "lettre", corps=corps)
    assert "⟦nom⟧" in texts_of(document)[0]
    assert document.diagnostics == ()


def test_what_the_user_typed_comes_out_letter_for_letter(press):
    typed = "*Étoile* & <b>Fils</b> {{ 7 }} — « l’œuvre », n° 5 €"
    document = printed(press, "lettre", objet=typed)
    assert typed in texts_of(document)[0]


def test_the_outline_of_a_letter_begins_with_its_object(press):
    with pikepdf.open(BytesIO(printed(press, "lettre").pdf)) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Objet\u00a0: MISE EN DEMEURE"]


def test_the_contents_of_a_bundle_link_to_its_parts(press):
    with pikepdf.open(BytesIO(printed(press, "liasse").pdf)) as pdf:
        links = [str(link.A.URI) for link in pdf.pages[0].Annots]
    assert links == ["dument:partie-lettre-1", "dument:partie-piece-1"]


def test_the_contents_of_a_bundle_give_page_numbers(press):
    text = texts_of(printed(press, "liasse"))[0]
    assert [line.split()[-1] for line in text.splitlines() if "...." in line] == ["2", "14"]

"""The address in the window of the envelope: written by La Poste's rules, measured on the PDF."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dument.case import Address, Debtor, Representative
from dument.diagnostics import Level
from dument.kit import Kit, open_kit
from dument.letters.postal import PostalRules, postal_block, read_postal_rules
from dument.pdf import Press
from dument.pdf.ink import Box, read_ink
from dument.pdf.window import Window, check_window, measure, read_windows
from tests.test_pdf_papier import LETTER, PAPER

ROOT = Path(__file__).parent.parent
KIT = open_kit(ROOT)
RULES, _ = read_postal_rules(KIT)
WINDOWS, FAULTS = read_windows(KIT)
ONE_A_PAGE = """
@page lettre {
  margin-top: 92mm; margin-bottom: 23mm;
  @top-left { content: none }
  @bottom-left { padding-top: 15mm }
}
.tete { break-before: page }
"""
SHEET = Environment(
    autoescape=True, loader=FileSystemLoader(PAPER), undefined=StrictUndefined
).get_template("lettre.html")


@pytest.fixture(scope="module")
def press() -> Press:
    return Press(PAPER / "polices", [(PAPER / "papier.css").read_text(encoding="utf-8")])


NAMES = [
    {"kind": "societe", "company_name": "Garage du Tilleul"},
    {
        "kind": "societe",
        "company_name": "Société coopérative d’intérêt collectif des menuisiers œuvrant à l’Haÿ",
        "representative": Representative(
            name="Marie-Élisabeth de La Rochefoucauld", role="gérante"
        ),
    },
    {"kind": "societe", "company_name": "ÉTABLISSEMENTS WÜRTHWEIN & FILS WAGGONFABRIK WWWWW"},
    {
        "kind": "particulier",
        "civility": "Madame",
        "first_name": "Anne-Charlotte Ségolène",
        "last_name": "Nguyễn-Łódźski",
    },
    {"kind": "societe", "company_name": "« L’Étoile du Nord » – S.A.R.L. (en sommeil)"},
]
PLACES: list[dict[str, Any]] = [
    {"street": "1 rue X", "postcode": "75001", "city": "Paris"},
    {
        "street": "12 bis avenue du Maréchal-de-Lattre-de-Tassigny",
        "postcode": "54000",
        "city": "Nancy",
    },
    {
        "street": "145, rue de l’Abbé-Grégoire ; escalier C",
        "locality": "BP 40 112",
        "postcode": "69123",
        "city": "Lyon Cedex 03",
    },
    {"street": "Lieu-dit « Les Œillets »", "postcode": "97441", "city": "Sainte-Suzanne"},
    {"street": "RN 3, PK 12,5 côté mer", "postcode": "98714", "city": "Papeete", "country": "PF"},
    {"street": "Friedrichstraße 12-14", "postcode": "10117", "city": "Berlin", "country": "DE"},
    {"street": "10 Downing Street", "postcode": "SW1A 2AA", "city": "London", "country": "GB"},
    {
        "street": "1234 boulevard des Anciens-Combattants-d’Afrique-du-Nord 🏭",
        "postcode": "51290",
        "city": "Saint-Remy-en-Bouzemont-Saint-Genest",
    },
    {"street": "Hameau", "postcode": "20000", "city": "Ajaccio", "locality": "L’Île-d’Abeau 12°"},
    {"street": "Place du Marché-aux-Œufs", "postcode": "01000", "city": "Bourg-en-Bresse"},
]
EXTRAS = [
    {},
    {"extra": "Bât. B, 3ᵉ étage"},
    {"service": "Comptabilité fournisseurs"},
    {"service": "Service de la comptabilité des fournisseurs"},
]


def ugly_debtors() -> Iterator[Debtor]:
    for name, place, more in product(NAMES, PLACES, EXTRAS):
        extra = {key: value for key, value in more.items() if key == "extra"}
        service = {key: value for key, value in more.items() if key == "service"}
        yield Debtor(**name, **service, address=Address(**place, **extra))


UGLY = list(ugly_debtors())
FITTING = [one for one in UGLY if len(postal_block(one, RULES)) <= RULES.most_lines(one.address)]


def lines_of(debtor: Debtor, rules: PostalRules = RULES) -> list[str]:
    return [line.text for line in postal_block(debtor, rules)]


def drawn(**changes: Any) -> str:
    return SHEET.render(
        {**LETTER, "corps": "", "reglement": None, "pieces_jointes": [], **changes}
    )


def found_on(press: Press, lines: list[str], windows=WINDOWS, **changes: Any) -> list[Any]:
    html = drawn(destinataire={"lignes": lines}, **changes)
    return check_window(press.print_plain(html, {}).pdf, lines, windows)


def test_two_hundred_ugly_addresses_are_written():
    assert len(UGLY) == 200
    assert len(FITTING) > 170


@pytest.mark.parametrize("envelope", ["DL", "C4"])
def test_every_glyph_of_an_ugly_address_shows_and_nothing_else_does(printed_addresses, envelope):
    windows = [one for one in WINDOWS if one.name.startswith(envelope)]
    assert windows
    found = {
        tuple(lines): faults
        for lines, ink in printed_addresses
        if (faults := [one.message for one in measure(ink, lines, windows)])
    }
    assert found == {}


@pytest.fixture(scope="module")
def printed_addresses():
    """Print one address a page: the same sheet, two hundred times."""
    style = (PAPER / "papier.css").read_text(encoding="utf-8")
    press = Press(PAPER / "polices", [style, ONE_A_PAGE])
    blocks = [lines_of(one) for one in FITTING]
    pages = [drawn(destinataire={"lignes": lines}) for lines in blocks]
    head, _, _ = pages[0].partition('<div class="tete">')
    bodies = [page.split('<div class="tete">')[1].split("</body>")[0] for page in pages]
    html = head + "".join(f'<div class="tete">{body}' for body in bodies) + "</body></html>"
    pdf = press.print_plain(html, {}).pdf
    return [(lines, read_ink(pdf, rank)) for rank, lines in enumerate(blocks)]


@pytest.mark.parametrize("debtor", UGLY)
def test_no_word_of_an_address_is_lost(debtor):
    bare = "".join(lines_of(debtor)).casefold()
    assert debtor.address.postcode.casefold().replace(" ", "") in bare.replace(" ", "")
    assert "".join(debtor.name.split()).casefold() in bare.replace(" ", "")


@pytest.mark.parametrize("debtor", FITTING)
def test_a_line_has_at_most_thirty_eight_characters(debtor):
    assert max(len(line) for line in lines_of(debtor)) <= 38


def french(**fields: str) -> list[str]:
    given = {"street": "12 rue des Tanneurs", "postcode": "69005", "city": "Lyon", **fields}
    return lines_of(Debtor(kind="societe", company_name="A", address=Address(**given)))[1:]


def test_the_last_lines_are_capitals_without_signs():
    assert french(street="1, rue de l’Église", locality="B.P. n° 12", city="Saint-Étienne") == [
        "1 RUE DE L EGLISE",
        "B P N 12",
        "69005 SAINT ETIENNE",
    ]


def test_a_street_of_thirty_two_characters_is_not_abbreviated():
    assert (
        french(street="4 avenue des Fleurs et des Jardins")[0]
        == "4 AVENUE DES FLEURS ET DES JARDINS"
    )


def test_a_longer_street_is_abbreviated_as_little_as_needed():
    street = "4 avenue du Général-des-Grands-Jardins-Fleuris"
    assert french(street=street)[0] == "4 AV DU GAL DES GRANDS JARDINS FLEURIS"


def test_a_cedex_town_keeps_its_number():
    assert french(city="Lyon Cedex 03")[-1] == "69005 LYON CEDEX 03"


def test_a_foreign_address_ends_with_its_country_in_capitals():
    lines = french(street="Friedrichstraße 12-14", postcode="10117", city="Berlin", country="DE")
    assert lines == ["Friedrichstraße 12-14", "10117 BERLIN", "ALLEMAGNE"]


@pytest.mark.parametrize("code", ["FR", "RE", "NC", "MC", "re"])
def test_where_french_postal_codes_serve_no_country_is_written(code):
    assert french(country=code)[-1] == "69005 LYON"


def test_the_attention_line_gives_way_to_the_six_lines():
    debtor = Debtor(
        kind="societe",
        company_name="A",
        service="S",
        representative=Representative(name="Jean Martin", role="gérant"),
        address=Address(street="1", extra="E", locality="L", postcode="69005", city="Lyon"),
    )
    assert lines_of(debtor) == ["A", "S", "E", "1", "L", "69005 LYON"]


def test_the_shipped_windows_are_read():
    assert FAULTS == []
    assert [one.level for one in WINDOWS] == [Level.ERROR, Level.ERROR, Level.WARNING]


MINE = "{nom: X, montre: %s, peut_montrer: {gauche: 1, haut: 1, droite: 2, bas: 2}, gravite: info}"


@pytest.mark.parametrize(
    "windows",
    [
        "[{nom: X}]",
        "[]",
        "",
        "x",
        f"[{MINE % '{gauche: nan, haut: 1, droite: 2, bas: 2}'}]",
        f"[{MINE % '{gauche: 1, haut: 1, droite: inf, bas: 2}'}]",
        f"[{MINE % '{gauche: 3, haut: 1, droite: 2, bas: 2}'}]",
    ],
)
def test_a_window_ill_described_is_said(tmp_path, windows):
    (tmp_path / "dument.yaml").touch()
    (tmp_path / "letters/_papier").mkdir(parents=True)
    (tmp_path / "letters/_papier/fenetres.yaml").write_text(f"fenetres: {windows}\n")
    windows, faults = read_windows(Kit(KIT.base, tmp_path))
    assert (windows, [one.id for one in faults]) == ((), ["papier/fenetre-illisible"])


def test_a_line_too_wide_leaves_by_the_right_and_the_distance_is_said(press):
    lines = ["A", "W" * 36, "1 RUE X", "69005 LYON"]
    first = found_on(press, lines)[0]
    assert first.id == "pdf/adresse-hors-fenetre"
    right = max(glyph.box.right for glyph in _ink(press, lines) if glyph.character == "W")
    assert f"dépasse de {right - 190:.1f}".replace(".", ",") in first.message
    assert "la droite de la fenêtre" in first.message


def _ink(press: Press, lines: list[str]) -> list[Any]:
    html = drawn(destinataire={"lignes": lines})
    return list(read_ink(press.print_plain(html, {}).pdf).glyphs)


def test_too_many_lines_leave_by_the_bottom(press):
    lines = [f"LIGNE {rank}" for rank in range(9)]
    found = found_on(press, lines, WINDOWS[:1])
    assert [one.id for one in found] == ["pdf/adresse-hors-fenetre"]
    assert "« LIGNE 8 »" in found[0].message
    assert "le bas" in found[0].message


def test_a_sheet_that_prints_no_address_is_refused(press):
    html = drawn(destinataire={"lignes": []})
    found = check_window(press.print_plain(html, {}).pdf, ["A", "69005 LYON"], WINDOWS)
    assert [one.id for one in found] == ["pdf/adresse-introuvable"]


def test_the_same_address_in_the_text_is_not_taken_for_the_block(press):
    lines = ["Madame Odile Lambert", "15 CHEMIN DES VIGNES", "21190 MEURSAULT"]
    assert found_on(press, lines, objet=" ".join(lines)) == []


INTRUDER = "<p style='position: absolute; left: 70mm; top: -50mm'>intrus</p>"
STAIN = "<div style='position: absolute; left: 70mm; top: -50mm; border: 2mm solid'>&nbsp;</div>"


@pytest.mark.parametrize(("mark", "named"), [(INTRUDER, "« intrus »"), (STAIN, "un dessin")])
def test_what_else_could_show_is_refused(press, mark, named):
    lines = ["Garage", "1 RUE X", "69005 LYON"]
    html = drawn(destinataire={"lignes": lines}).replace("</body>", f"{mark}</body>")
    html = html.replace("<body", "<body style='position: relative'")
    found = check_window(press.print_plain(html, {}).pdf, lines, WINDOWS[:1])
    assert [one.id for one in found] == ["pdf/fenetre-encombree"]
    assert named in found[0].message


def test_the_depth_of_an_intruder_is_that_of_the_nearest_way_out(press):
    lines = ["Garage", "1 RUE X", "69005 LYON"]
    boxes = [one.box for one in _ink(press, lines)]
    top = min(box.top for box in boxes if box.top > 90 and box.left > 105)  # the date
    window = Window("essai", WINDOWS[0].shown, Box(90, 44, 200, top + 1.2), Level.ERROR)
    (found,) = found_on(press, lines, [window])
    assert "« Lyon, le 4 mai 2026 » entre de 1,2\u00a0mm par le bas" in found.message


def test_two_blocks_that_meet_are_refused(press):
    mark = "<p style='position: absolute; left: 0; top: 1mm; font-size: 14pt'>par-dessus</p>"
    lines = ["Garage", "1 RUE X", "69005 LYON"]
    html = drawn(destinataire={"lignes": lines}, lieu_date="Lyon, le 4 mai 2026")
    html = html.replace('<p class="lieu-date">', f'{mark}<p class="lieu-date" style="margin: 0">')
    html = html.replace("<body", "<body style='position: relative'")
    found = check_window(press.print_plain(html, {}).pdf, lines, WINDOWS)
    assert [one.id for one in found] == ["pdf/blocs-superposes"]

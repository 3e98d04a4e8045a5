"""The case site: whole, closed upon itself, true to the décompte, and without a leak."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from dument.case import EventKind, JournalEntry, Promise
from dument.diagnostics import Position, error, info, warning
from dument.dossier import Dossier
from dument.french import long_date, typeset
from dument.kit import Kit, open_kit
from dument.ledger import draw_up, other_readings
from dument.money import format_euros, format_rate
from dument.pages import Site, portfolio_entry
from dument.pages.chronology import chronology, is_shared, promise
from dument.pages.curve import MOST_DAYS, debt_curve
from dument.pages.drawing import NARROW, WIDE, draw
from dument.pages.frame import Desk
from dument.pages.lawbook import web_link
from dument.pipeline import prepare
from dument.workshop import Workshop, open_workshop
from tests.examples import shipped_examples
from tests.projects import blank_pdf
from tests.site_reader import Page, broken_links, read_pages

TODAY = date(2026, 11, 21)
CANARY = "CANARI"
HOSTILE = """<x-y onclick="a">&amp; {{ 7*7 }} *é* </script> "q" 'p' «\u202fœ\u202f»"""
CASE = """\
reference: 2026-014
creancier:
  type: societe
  denomination: Atelier Lumen
  siren: 000 100 107
  representant: {nom: Claire Morel, qualite: gérante}
  adresse: {voie: 3 rue des Ormes, code_postal: 01000, commune: Bourg-en-Bresse}
  banque: {titulaire: Atelier Lumen, iban: FR76 9999 9000 0100 0000 1234 537}
debiteur:
  type: societe
  denomination: Garage du Tilleul
  siren: 000 142 505
  adresse: {voie: 12 rue des Tanneurs, code_postal: 69005, commune: Lyon}
creance: {fondement: devis accepté, piece: devis}
conditions: {penalites: bce+10, clause_penale: 10 %}
factures:
  - {numero: F-1, objet: éclairage, emise_le: 2026-03-02, prestation_le: 2026-02-27,
     echeance: 2026-04-01, ttc: '1 440,00', piece: facture-1}
  - numero: F-2
    emise_le: 2026-04-10
    echeances: [{le: 2026-05-10, montant: 600,00}, {le: 2026-12-10, montant: 400,00}]
    ttc: '1 000,00'
avoirs: [{numero: A-1, le: 2026-06-01, montant: 90,00, sur: F-2}]
paiements: [{le: 2026-05-12, montant: 500,00, moyen: virement, sur: F-1}]
journal:
  - {le: 2026-04-08, type: appel, resume: Règlement annoncé., note: CANARI-1,
     promesse: {le: 2026-04-20, montant: '1 440,00'}}
  - {le: 2026-05-02, type: courriel, avec: CANARI-2, note: CANARI-3}
  - {le: 2026-05-03, type: reconnaissance, note: CANARI-4}
lettres:
  - {modele: relance-amiable, le: 2026-04-15, envoi: {canal: courriel, envoyee_le: 2026-04-15}}
  - modele: mise-en-demeure
    le: 2026-06-08
    envoi: {canal: lrar, numero: 1A 234 567 8901 2, envoyee_le: 2026-06-08,
            presentee_le: 2026-06-10, issue: distribue, issue_le: 2026-06-11, preuve: avis}
  - {modele: requete-injonction-de-payer, le: 2026-11-20, envoi: {canal: greffe}}
pieces:
  - {id: devis, titre: Devis accepté, le: 2026-02-16, fichier: pieces/devis.pdf}
  - {id: facture-1, titre: Facture F-1, fichier: pieces/facture.pdf}
  - {id: avis, titre: Avis de réception, le: 2026-06-11, fichier: pieces/avis.pdf}
juridiction: {type: tribunal-de-commerce, ville: Lyon}
"""
EVENTS = """\
acomptes: [{le: 2026-02-20, montant: 100,00, sur: F-1, moyen: carte, piece: devis}]
compensations: [{le: 2026-07-01, montant: 40,00}]
frais: [{le: 2026-10-12, objet: signification, montant: 72,49, recuperable: oui, piece: avis}]
ordonnance: {rendue_le: 2026-09-15, signifiee_le: 2026-10-12, acte: facture-1}
"""


@pytest.fixture(scope="module")
def kit(root) -> Kit:
    return open_kit(root)


@pytest.fixture(scope="module")
def workshop(kit) -> Workshop:
    return open_workshop(kit)[0]


def lay(folder: Path, text: str = CASE) -> Path:
    """Write a dossier with its three exhibits, and return its folder."""
    (folder / "pieces").mkdir(parents=True)
    (folder / "dossier.yaml").write_text(text, encoding="utf-8")
    for name in ("devis", "facture", "avis"):
        (folder / f"pieces/{name}.pdf").write_bytes(blank_pdf())
    return folder


def work(workshop: Workshop, folder: Path, day: date = TODAY) -> Dossier:
    dossier, found = prepare(workshop, folder, day)
    assert dossier is not None, found
    return dossier


def printed(dossier: Dossier) -> dict[str, bytes]:
    """Return stand-ins for what steps 7 and 8 make."""
    names = ["liasse.pdf", "bordereau.pdf", "dossier.json"]
    names += [f"decompte.{kind}" for kind in ("pdf", "xlsx", "csv")]
    names += [f"lettres/{letter.stem}.pdf" for letter in dossier.letters]
    names += [exhibit.file for exhibit in dossier.exhibits]
    return dict.fromkeys(names, b"%PDF-")


@pytest.fixture(scope="module")
def dossier(workshop, tmp_path_factory) -> Dossier:
    return work(workshop, lay(tmp_path_factory.mktemp("site") / "essai"))


@pytest.fixture(scope="module")
def site(workshop, dossier) -> dict[str, bytes]:
    return workshop.site.pages(dossier, printed(dossier))


@pytest.fixture(scope="module")
def pages(site) -> dict[str, Page]:
    return read_pages(site)


@pytest.fixture(scope="module")
def hostile(workshop, tmp_path_factory) -> dict[str, bytes]:
    """The site of a dossier whose every free text is hostile, each under its own mark."""

    def quoted(mark: str) -> str:
        return f"'{HOSTILE} {mark}'".replace("'p'", "''p''")

    text = CASE
    for number, (old, key) in enumerate(
        [
            ("denomination: Atelier Lumen", "denomination"),
            ("denomination: Garage du Tilleul", "denomination"),
            ("fondement: devis accepté", "fondement"),
            ("objet: éclairage", "objet"),
            ("moyen: virement", "moyen"),
            ("resume: Règlement annoncé.", "resume"),
            ("titre: Devis accepté", "titre"),
            ("numero: A-1", "numero"),
            ("qualite: gérante", "qualite"),
            ("voie: 12 rue des Tanneurs", "voie"),
            ("reference: 2026-014", "reference"),
        ]
    ):
        assert old in text
        text = text.replace(old, f"{key}: {quoted(f'n{number}')}")
    text += f"statut: {{litige: {{depuis: 2026-06-20, motif: {quoted('n11')}}}}}\n"
    hostile = work(workshop, lay(tmp_path_factory.mktemp("hostile") / "essai", text))
    found = error("essai/hostile", f"{HOSTILE} n12", None, f"{HOSTILE} n13")
    waived = replace(found, waived_because=f"{HOSTILE} n14")
    hostile = replace(hostile, diagnostics=(found, waived))
    return workshop.site.pages(hostile, printed(hostile))


# --- The site is whole and closed upon itself ---------------------------------------------------


def test_every_page_is_there_and_every_letter_has_its_own(dossier, site):
    wanted = {f"{name}.html" for name in (
        "index", "decompte", "echeances", "chronologie", "lettres", "pieces", "calculs",
        "controles", "droit", "juge", "glossaire", "verifier",
    )}  # fmt: skip
    wanted |= {f"lettres/{letter.stem}.html" for letter in dossier.letters}
    assert {name for name in site if name.endswith(".html")} == wanted
    assert len(dossier.letters) == 3


def test_every_link_leads_somewhere_in_the_site(dossier, site):
    assert broken_links(site, printed(dossier)) == []


@pytest.mark.parametrize("name", shipped_examples())
def test_the_site_of_each_example_holds_together(workshop, kit, name):
    example = work(workshop, kit.find_case(name))
    files = printed(example)
    assert broken_links(workshop.site.pages(example, files), files) == []


def test_links_are_made_only_to_files_that_exist(workshop, dossier):
    assert broken_links(workshop.site.pages(dossier, {}), {}) == []


def test_an_anchor_stands_once_on_a_page(pages):
    for page in pages.values():
        assert len(page.ids) == len(set(page.ids))


def test_tags_are_closed_and_headings_step_down_one_by_one(pages):
    for name, page in pages.items():
        assert (page.unclosed, page.open) == ([], []), name
        assert page.headings[0] == page.headings.count(1) == 1, name
        steps = zip(page.headings, page.headings[1:], strict=False)
        assert all(after <= before + 1 for before, after in steps), name


def test_a_page_says_its_language_and_keeps_out_of_indexes(pages):
    for page in pages.values():
        assert ("html", {"lang": "fr"}) in page.tags
        robots = [one for tag, one in page.tags if tag == "meta" and one.get("name") == "robots"]
        assert "noindex" in robots[0]["content"]
        assert ("a", {"class": "evitement", "href": "#contenu"}) in page.tags


def test_nothing_is_ever_asked_of_the_network(site, pages):
    for name, page in pages.items():
        for tag, address in page.values("href", "src", "action", "data", "poster", "srcset"):
            assert tag == "a" or not re.match(r"\w+:|//", address), (name, tag, address)
    css = site["assets/site.css"].decode()
    assert "@import" not in css
    assert all(not re.match(r"['\"]?(\w+:|//)", one) for one in re.findall(r"url\(([^)]*)", css))
    assert b"http" not in site["assets/dument.svg"].replace(b"http://www.w3.org/2000/svg", b"")


def test_the_content_policy_admits_own_files_only_and_pages_respect_it(pages):
    for name, page in pages.items():
        policy = next(
            one["content"]
            for tag, one in page.tags
            if tag == "meta" and one.get("http-equiv") == "Content-Security-Policy"
        )
        assert policy.startswith("default-src 'none';")
        assert not re.search("http|unsafe|data:|blob:", policy)
        assert "script-src 'self';" in policy
        assert not {"style", "base", "form"} & {tag for tag, _ in page.tags}, name
        scripts = [one for tag, one in page.tags if tag == "script"]
        assert all(re.fullmatch(r"(\.\./)?assets/\w+\.js", one["src"]) for one in scripts), name
        attributes = {key for _, one in page.tags for key in one}
        assert not [key for key in attributes if key == "style" or key.startswith("on")], name


def test_links_that_leave_are_plain_and_tell_nothing_of_their_origin(pages):
    left = [
        one
        for page in pages.values()
        for tag, one in page.tags
        if tag == "a" and one.get("href", "").startswith("http")
    ]
    assert left
    assert all("noreferrer" in one["rel"] and "target" not in one for one in left)


@pytest.mark.parametrize("address", [
    None, "", "lu sur papier", "javascript:alert(1)", "data:text/html,x", "//ailleurs.example",
    "https://", "http://[",
])  # fmt: skip
def test_only_a_web_address_becomes_a_link(address):
    assert web_link(address) is None
    assert web_link("https://www.insee.fr/x") == {
        "adresse": "https://www.insee.fr/x",
        "site": "insee.fr",
    }
    copied = web_link("https://github.com/legalize-dev/legalize-fr/blob/main/fr/x.md")
    assert copied["site"] == "github.com/legalize-dev/legalize-fr"


# --- Nothing leaks, nothing is taken for markup -------------------------------------------------


def test_private_notes_are_in_no_byte(dossier, site):
    assert dossier.case.journal[0].note == f"{CANARY}-1"
    assert [name for name, made in site.items() if CANARY.encode() in made] == []


@pytest.mark.parametrize(("entry", "shown"), [
    ({"kind": EventKind.CALL, "note": "x"}, False),
    ({"kind": EventKind.CALL, "with_whom": "Mme Roux", "note": "x"}, False),
    ({"kind": EventKind.CALL, "with_whom": "Mme Roux"}, True),
    ({"kind": EventKind.CALL, "note": "x", "summary": "y"}, True),
    ({"kind": EventKind.CALL, "note": "x", "exhibit": "devis"}, True),
    ({"kind": EventKind.ACKNOWLEDGEMENT, "note": "x"}, True),
])  # fmt: skip
def test_a_journal_entry_that_is_but_a_private_note_stays_private(entry, shown):
    assert is_shared(JournalEntry(on="2026-05-02", **entry)) is shown


def test_where_the_dossier_stands_on_its_owners_disk_is_told_to_nobody(workshop, dossier):
    place = Position("/home/claire/secret/dossier.yaml", 12, 5)
    told = replace(dossier, diagnostics=(warning("essai/lieu", "à revoir", place),))
    made = workshop.site.pages(told, {})["controles.html"]
    assert b"dossier.yaml, ligne 12" in made
    assert b"secret" not in made


@pytest.mark.parametrize("number", range(15))
def test_hostile_text_comes_out_letter_for_letter(hostile, number):
    text = "\n".join(page.text for page in read_pages(hostile).values())
    assert typeset(f"{HOSTILE} n{number}") in typeset(text)


def test_hostile_text_is_never_markup(hostile):
    for page in read_pages(hostile).values():
        assert "x-y" not in {tag for tag, _ in page.tags}
        assert all("src" in one for tag, one in page.tags if tag == "script")
        assert not any("onclick" in one for _, one in page.tags)
        assert (page.unclosed, page.open) == ([], [])


def test_a_site_tells_nothing_of_other_dossiers_and_never_leaves_its_folder(pages):
    for name, page in pages.items():
        root = "../" if "/" in name else ""
        climbs = [one for _, one in page.values("href", "src") if one.startswith("..")]
        assert all(one.startswith(root) and "../../" not in one for one in climbs)
        assert root or not climbs


# --- The figures are those of the décompte ------------------------------------------------------


def test_the_totals_are_those_of_the_statement(dossier, pages):
    statement = dossier.statement
    for amount in (
        statement.principal, statement.interest, statement.fixed_sums, statement.penalty_clause,
        statement.total, statement.interest_accrued, statement.not_yet_due,
    ):  # fmt: skip
        assert amount > 0
        assert format_euros(amount) in pages["decompte.html"].text
    assert format_euros(statement.total) in pages["index.html"].text
    assert f"Total dû{format_euros(statement.total)}" in pages["decompte.html"].text


def test_every_line_of_interest_is_shown_and_written_out(dossier, pages):
    text = re.sub(
        r"\s+", " ", pages["decompte.html"].text.replace("\u202f", "").replace("\xa0", " ")
    )
    assert dossier.statement.lines
    for line in dossier.statement.lines:
        base = f"{line.base:.2f}".replace(".", ",")
        rate = format_rate(line.rate).replace("\xa0", " ")
        assert f"{line.first_day:%d/%m/%Y} – {line.last_day:%d/%m/%Y}" in text
        assert f"{base} × {rate} × {line.days} ÷ {line.year_days} =" in text


def test_a_sum_written_out_gives_the_amount_of_its_line(dossier, pages):
    text = re.sub("[\u202f\xa0]", "", pages["decompte.html"].text)
    found = re.findall(r"([\d,]+) × ([\d,]+)% × (\d+) ÷ (\d+) = ([\d,]+)…? ([\d,]+)€", text)
    assert len(found) == len(dossier.statement.lines)
    for base, rate, days, year, product, amount in (
        [one.replace(",", ".") for one in line] for line in found
    ):
        exact = Decimal(base) * Decimal(rate) * int(days) / (100 * int(year))
        assert 0 <= exact - Decimal(product) < Decimal("0.000001")
        assert abs(exact - Decimal(amount)) <= Decimal("0.005")


def test_the_statement_page_tells_what_is_apart_and_what_the_other_reading_gives(
    workshop, tmp_path
):
    text = CASE.replace("moyen: virement", "moyen: chèque, rejete_le: 2026-05-20").replace(
        "ttc: '1 440,00', piece: facture-1", "ttc: '1 440,00', piece: facture-1,\n     "
        "retenue: {montant: 72,00, jusqu_au: 2027-03-31}",
    )  # fmt: skip
    text += EVENTS + (
        "statut: {litige: {depuis: 2026-06-20, motif: L’enseigne clignote., montant: 200,00,\n"
        "                  facture: F-1, exclu: oui}}\n"
    )
    dossier = work(workshop, lay(tmp_path / "a-part", text))
    page = Page(workshop.site.pages(dossier, printed(dossier))["decompte.html"])
    words = re.sub(r"[\s\u202f\xa0]+", " ", page.text)
    for told in (
        "Ce total ne comprend pas 200,00 € de la facture F-1, que le débiteur conteste",
        "Facture F-1 : 72,00 € jusqu’au 31 mars 2027, pas encore exigible",
        "Le paiement de 500,00 € du 12 mai 2026, par chèque, a été rejeté le 20 mai 2026",
        "du créancier, faute de titre exécutoire à ce jour",
        "par jour à compter du 22 novembre 2026",
        "Un paiement que la banque rejette compte jusqu’à la veille de son rejet.",
    ):
        assert told in words
    readings = other_readings(dossier.case, dossier.law, TODAY)
    assert "rejection" in {one.field for one in readings}
    for one in readings:
        gap = one.total - dossier.statement.total
        sign = "+\u202f" if gap > 0 else ""
        assert f"{format_euros(one.total)}{sign}{format_euros(gap)}" in page.text


def test_each_letter_claims_on_its_page_what_it_claims_on_paper(dossier, pages):
    for letter in dossier.letters:
        page = pages[f"lettres/{letter.stem}.html"]
        total = format_euros(letter.statement.total)
        assert f"Total dû{total}" in page.text
        assert total in letter.text
        assert total in pages["lettres.html"].text


def test_the_curve_says_of_each_day_what_a_statement_of_that_day_says(dossier):
    curve = debt_curve(dossier)
    assert curve.points[-1].total == dossier.statement.total
    for point in curve.points:
        then, _ = draw_up(dossier.case, dossier.law, point.day, dossier.places.root)
        assert point.total == then.total
    for letter in dossier.letters:
        if not letter.is_draft:
            claimed = next(one.total for one in curve.points if one.day == letter.on)
            assert claimed == letter.statement.total


@pytest.mark.parametrize("canvas", [WIDE, NARROW])
def test_the_drawing_stays_inside_its_frame(dossier, canvas):
    drawing = draw(debt_curve(dossier), canvas)
    numbers = [
        (float(x), float(y))
        for trace in [drawing["ligne"], *(one["trace"] for one in drawing["aires"])]
        for x, y in re.findall(r"([\d.]+) ([\d.]+)", trace)
    ]
    assert numbers
    assert all(canvas.left <= x <= canvas.width - canvas.right for x, _ in numbers)
    assert all(canvas.top <= y <= canvas.floor for _, y in numbers)
    assert len(drawing["mois"]) <= canvas.most_labels + 1


def test_a_long_dossier_is_drawn_on_few_days(workshop, tmp_path):
    many = "".join(
        f"  - {{numero: G-{number}, emise_le: 2024-01-01, echeance: 2024-{number % 12 + 1:02d}-"
        f"{number % 27 + 1:02d}, ttc: '100,00'}}\n"
        for number in range(60)
    )
    text = CASE.replace("avoirs:", f"{many}avoirs:")
    curve = debt_curve(work(workshop, lay(tmp_path / "long", text)))
    assert 2 < len(curve.points) <= MOST_DAYS + 1


def test_a_dossier_with_nothing_late_has_no_curve_and_says_so(workshop, tmp_path):
    early = work(workshop, lay(tmp_path / "tot"), date(2026, 3, 20))
    assert debt_curve(early) is None
    page = Page(workshop.site.pages(early, {})["index.html"])
    assert "Rien n’est encore exigible" in page.text


def test_a_paid_dossier_says_that_nothing_is_owed(workshop, tmp_path):
    text = CASE.replace("paiements: [", "paiements: [{le: 2026-03-15, montant: '2 440,00'}, ")
    paid = work(workshop, lay(tmp_path / "paye", text))
    page = Page(workshop.site.pages(paid, {})["index.html"])
    assert "ne doit plus rien à" in page.text
    assert "ont été reçus en trop" in page.text


# --- Checks, chronology, exhibits, law ----------------------------------------------------------


def test_every_finding_is_shown_with_its_hint_and_every_waiver_with_its_reason(workshop, dossier):
    found = (
        error("ESS-1", "une erreur", None, "corriger ceci"),
        warning("ESS-2", "un avertissement"),
        info("ESS-3", "une information"),
        replace(error("ESS-4", "une erreur écartée"), waived_because="vu avec Me Klein"),
    )
    told = replace(dossier, diagnostics=found)
    text = Page(workshop.site.pages(told, {})["controles.html"]).text
    for one in found:
        assert one.id in text
        assert one.message in text
    assert "corriger ceci" in text
    assert "vu avec Me\xa0Klein" in text


def test_a_letter_shows_what_was_found_on_it_and_no_other_does(workshop, dossier):
    place = dossier.places.at("letters", 1, "on")
    told = replace(dossier, diagnostics=(warning("ESS-1", "sur la seconde", place),))
    made = read_pages(workshop.site.pages(told, {}))
    bearing = [
        letter.number
        for letter in dossier.letters
        if "sur la seconde" in made[f"lettres/{letter.stem}.html"].text
    ]
    assert bearing == [2]


def test_a_rule_that_found_something_is_not_among_those_that_are_met(workshop, dossier):
    mention, letter = next((one, on) for one, on in dossier.applied if on is not None)
    place = dossier.places.at("letters", letter.number - 1)
    told = replace(
        dossier, applied=((mention, letter),), diagnostics=(warning(mention.id, "non", place),)
    )
    assert "Règles respectées" not in Page(workshop.site.pages(told, {})["controles.html"]).text
    told = replace(told, diagnostics=())
    assert mention.title in Page(workshop.site.pages(told, {})["controles.html"]).text


def test_the_chronology_runs_in_order_and_marks_what_is_to_come(dossier):
    facts = chronology(Desk(dossier, {}))
    assert [one["le"] for one in facts] == sorted(one["le"] for one in facts)
    # The acknowledgement of 3 May 2026 restarts F-1's period and the prudent one of F-2, which
    # is not due yet: the others are five years from each of its due dates.
    assert [(one["le"], one["sorte"]) for one in facts if one["a_venir"]] == [
        (date(2026, 12, 10), "echeance"), (date(2031, 5, 3), "prescription"),
        (date(2031, 5, 3), "prescription"), (date(2031, 5, 10), "prescription"),
        (date(2031, 12, 10), "prescription"),
    ]  # fmt: skip
    kinds = {one["sorte"] for one in facts}
    assert kinds >= {"facture", "prestation", "paiement", "avoir", "lettre", "presentation",
                     "issue", "delai", "journal", "promesse", "arrete"}  # fmt: skip


@pytest.mark.parametrize(("promised", "amount", "suite"), [
    ("2026-04-20", "1440.00", "non-tenue"),
    ("2026-05-12", "500.00", "tenue"),
    ("2026-05-12", "500.01", "partielle"),
    ("2026-05-12", None, "suivie"),
    ("2026-12-01", "1440.00", "en-cours"),
    ("2026-12-01", "500.00", "tenue"),
])  # fmt: skip
def test_a_promise_is_judged_on_what_was_received_in_time(dossier, promised, amount, suite):
    made = Promise(on=promised, amount=amount)
    entry = JournalEntry(on="2026-04-08", kind=EventKind.CALL, promise=made)
    assert promise(dossier, entry)["suite"] == suite


def test_the_chronology_tells_all_that_happened_each_with_its_proof(workshop, tmp_path):
    text = CASE.replace("moyen: virement", "moyen: chèque, rejete_le: 2026-05-20, piece: avis")
    dossier = work(workshop, lay(tmp_path / "tout", text + EVENTS))
    facts = chronology(Desk(dossier, printed(dossier)))
    told = [
        (one["le"].isoformat(), one.get("nature", one.get("type", one["sorte"])),
         one["piece"] and one["piece"]["numero"])
        for one in facts
        if one["sorte"] in ("paiement", "rejet", "frais")
        or one.get("type") in ("ordonnance", "signification")
    ]  # fmt: skip
    assert told == [
        ("2026-02-20", "acompte", "1"),
        ("2026-05-12", "paiement", "3"),
        ("2026-05-20", "paiement", "3"),  # the bank took it back
        ("2026-07-01", "compensation", None),
        ("2026-09-15", "ordonnance", None),
        ("2026-10-12", "signification", "2"),
        ("2026-10-12", "frais", "3"),
    ]
    page = Page(workshop.site.pages(dossier, printed(dossier))["chronologie.html"])
    assert "Paiement rejeté par la banque" in page.text
    assert "Celui du 12\xa0mai\xa02026, par chèque" in page.text


def test_what_both_the_journal_and_the_order_tell_is_told_once(workshop, tmp_path):
    journal = "journal:\n  - {le: 2026-10-12, type: signification, resume: Remise au gérant.}\n"
    text = CASE.replace("journal:\n", journal) + EVENTS
    dossier = work(workshop, lay(tmp_path / "deux", text))
    assert "Remise au gérant." in Page(workshop.site.pages(dossier, {})["chronologie.html"]).text
    facts = chronology(Desk(dossier, {}))
    served = [one for one in facts if one.get("type") == "signification"]
    assert [one["resume"] for one in served] == ["Remise au gérant."]


def test_a_fact_leads_to_the_pdf_that_proves_it(dossier, pages):
    proof = dossier.exhibit("avis").file
    leading = [one for _, one in pages["chronologie.html"].values("href") if one == proof]
    assert len(leading) == 3  # sent, presented, delivered


def test_every_exhibit_shows_its_number_its_fingerprint_and_its_file(dossier, pages):
    page = pages["pieces.html"]
    for exhibit in dossier.exhibits:
        assert f"piece-{exhibit.number}" in page.ids
        assert exhibit.exhibit.title in page.text
        assert exhibit.sha256 in page.text
        assert ("a", exhibit.file) in list(page.values("href"))
    assert not [one for tag, one in page.values("src") if tag == "iframe"]  # loads on demand


def test_a_letter_is_shown_as_printed_and_offered_in_every_form(workshop, dossier):
    letter = dossier.letters[0]
    files = printed(dossier) | {f"lettres/{letter.stem}.txt": b"Bonjour"}
    page = Page(workshop.site.pages(dossier, files)[f"lettres/{letter.stem}.html"])
    shown = [one["src"] for tag, one in page.tags if tag == "iframe"]
    assert shown == [f"../lettres/{letter.stem}.pdf"]
    linked = {one for tag, one in page.values("href") if tag == "a"}
    assert {f"../lettres/{letter.stem}.pdf", f"../lettres/{letter.stem}.txt"} <= linked
    assert f"version {letter.version.number}" in page.text
    bare = Page(workshop.site.pages(dossier, {})[f"lettres/{letter.stem}.html"])
    assert not [tag for tag, _ in bare.tags if tag == "iframe"]


def test_the_law_page_holds_every_article_cited_and_every_value_used(dossier, pages):
    page = pages["droit.html"]
    for letter in dossier.letters:
        assert set(letter.cited) <= set(page.ids)
    for line in dossier.statement.lines:
        for one in line.ingredients:
            assert typeset(one.used.reference) in page.text
            assert typeset(dossier.law.worded(one.slug, one.used)) in page.text
    assert {"vérifié", "source secondaire", "à vérifier"} <= set(page.words)


def test_the_fixed_sum_cites_the_code_of_its_own_regime(pages):
    cited = [one for _, one in pages["decompte.html"].values("href") if "droit.html#" in one]
    assert "droit.html#c-com-d441-5" in cited
    assert not [one for one in cited if "#ccp-" in one]


def test_every_page_says_its_day_its_engine_and_its_limits(pages):
    for page in pages.values():
        assert f"arrêté au {long_date(TODAY)}" in page.text
        assert re.search(r"Établi avec Dûment \d+\.\d+", page.text)
        assert "Ce site ne remplace pas le conseil d’un avocat" in page.text


# --- Several dossiers, several builds -----------------------------------------------------------


def test_the_owners_index_leads_to_each_dossier_and_adds_them_up(workshop, dossier):
    other = replace(dossier, name="autre")
    index = workshop.site.portfolio([dossier, other])
    pages = workshop.site.pages(dossier, printed(dossier))
    beside = {f"{name}/{page}": b"" for name in ("essai", "autre") for page in pages}
    assert broken_links({"index.html": index["index.html"]}, {**index, **beside}) == []
    page = Page(index["index.html"])
    links = {one for tag, one in page.values("href") if tag == "a"}
    assert {"essai/index.html", "autre/index.html", "#contenu"} <= links
    assert format_euros(2 * dossier.statement.total) in page.text
    assert CANARY not in page.text


def test_the_owners_index_is_the_same_from_light_entries(workshop, dossier):
    light = workshop.site.portfolio([portfolio_entry(dossier)])
    assert light == workshop.site.portfolio([dossier])


def test_the_owners_index_of_nothing_says_so(workshop):
    assert "Aucun dossier" in Page(workshop.site.portfolio([])["index.html"]).text


def test_two_builds_give_the_same_bytes(kit, dossier, site):
    assert Site(kit).pages(dossier, printed(dossier)) == site


def test_a_projects_own_page_wins_over_the_kits(root, dossier, tmp_path):
    (tmp_path / "dument.yaml").touch()
    (tmp_path / "site/assets").mkdir(parents=True)
    frame = (root / "site/_cadre.html").read_text(encoding="utf-8")
    own = frame.replace("Ce site ne remplace pas", "Maison Lumen. Ce site ne remplace pas")
    (tmp_path / "site/_cadre.html").write_text(own, encoding="utf-8")
    (tmp_path / "site/assets/logo.svg").write_bytes(b"<svg/>")
    made = Site(Kit(root, tmp_path)).pages(dossier, {})
    assert b"Maison Lumen." in made["index.html"]
    assert made["assets/logo.svg"] == b"<svg/>"
    assert "assets/site.css" in made

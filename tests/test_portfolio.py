"""The owner's portfolio: what is due and how old, what comes next, and what a build remembers."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

import dument.cli.run
from dument.diagnostics import warning
from dument.kit import Kit, open_kit
from dument.memory import Memory, memory_file, recall, recall_current, remember
from dument.money import format_euros
from dument.pages import PortfolioEntry, portfolio_entry, upcoming
from dument.pages.ageing import BRACKETS, added, drawn
from dument.pages.portfolio import portfolio_view
from dument.pipeline import prepare
from dument.workshop import Workshop, open_workshop
from tests.browsers import BROWSERS, wait_for
from tests.projects import CASE_FILE, dument_says, lay_project
from tests.site_reader import Page

pytestmark = pytest.mark.usefixtures("one_press")
TODAY = date(2026, 11, 21)
DAY = ("--date", TODAY.isoformat())
CASE = """\
reference: R-1
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
conditions: {penalites: bce+10}
factures:
"""
LATE = "  - {numero: F-1, emise_le: 2026-09-01, echeance: 2026-10-01, ttc: '1 000,00'}\n"
REMINDED = (
    "lettres:\n  - {modele: relance-amiable, le: 2026-11-16, delai_jours: 8, "
    "envoi: {canal: courriel, envoyee_le: 2026-11-16}}\n"
)


@pytest.fixture(scope="module")
def workshop(root) -> Workshop:
    return open_workshop(open_kit(root))[0]


@pytest.fixture
def entry_of(workshop, tmp_path):
    """Return the owner's line of a dossier, from the YAML that follows its creditor and debtor."""

    def entry(text: str, day: date = TODAY, name: str = "essai") -> PortfolioEntry:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        (folder / "dossier.yaml").write_text(CASE + text, encoding="utf-8")
        dossier, found = prepare(workshop, folder, day)
        assert dossier is not None, found
        return portfolio_entry(dossier)

    return entry


# --- The aged balance ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "bracket"),
    [(-5, 0), (0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4), (400, 4)],
)
def test_a_debt_ages_by_the_days_since_its_due_date(entry_of, days, bracket):
    due = TODAY - timedelta(days=days)
    invoice = f"  - {{numero: F, emise_le: {due - timedelta(30)}, echeance: {due}, ttc: 90,00}}\n"
    found = entry_of(invoice).age
    assert [rank for rank, amount in enumerate(found) if amount] == [bracket]
    assert found[bracket] == 90


def test_the_brackets_sum_to_the_principal_due_and_not_yet_due(entry_of):
    text = (
        "  - {numero: F-1, emise_le: 2026-06-01, ttc: '700,00', echeances: "
        "[{le: 2026-07-01, montant: 200,00}, {le: 2026-11-01, montant: 200,00}, "
        "{le: 2026-12-24, montant: 300,00}]}\n"
        "paiements: [{le: 2026-07-02, montant: 50,00, sur: F-1, imputation: principal}]\n"
    )
    found = entry_of(text)
    # 200 paid down by 50 on 2 July, 143 days old; 20 days old; to come
    assert found.age == (Decimal(300), Decimal(200), Decimal(0), Decimal(0), Decimal(150))
    assert sum(found.age[1:]) == found.principal


def test_the_drawing_gives_each_bracket_its_share_of_the_height():
    sums = added([[Decimal(10), Decimal(0), Decimal(5), Decimal(0), Decimal(0)]] * 2)
    columns = drawn(sums)["colonnes"]
    assert len(columns) == len(BRACKETS)
    heights = [one["haut"] for one in columns]
    assert heights[0] == 2 * heights[2] > 0 == heights[1]
    assert drawn(added([])) is None


# --- What comes next -----------------------------------------------------------------------------


def tasks(entry: PortfolioEntry) -> list[tuple[str, str, bool, str | None]]:
    return [(str(one.le), one.sorte, one.retard, one.modele) for one in entry.actions]


def test_an_invoice_to_come_calls_for_a_reminder_before_its_day(entry_of):
    text = "  - {numero: F-1, emise_le: 2026-11-01, echeance: 2026-12-01, ttc: '900,00'}\n"
    assert tasks(entry_of(text)) == [("2026-12-01", "echeance", False, "relance-preventive")]


def test_an_invoice_late_without_any_letter_calls_for_a_first_one(entry_of):
    assert tasks(entry_of(LATE)) == [("2026-10-02", "relance", True, "relance-amiable")]


def test_the_time_a_letter_grants_is_waited_for_then_acted_upon(entry_of):
    waited = entry_of(LATE + REMINDED)
    # by e-mail: 16 November and 8 days, a Tuesday
    assert tasks(waited) == [("2026-11-24", "delai", False, None)]
    over = entry_of(LATE + REMINDED, date(2026, 12, 1))
    assert tasks(over) == [("2026-11-25", "delai", True, "relance-amiable")]


def test_a_letter_that_announces_another_names_it_once_its_time_is_over(entry_of):
    told = "  - {modele: dernier-avis, le: 2026-11-02, delai_jours: 8, envoi: {canal: courriel, "
    text = LATE + "lettres:\n" + told + "envoyee_le: 2026-11-02}}\n"
    # 2 November and 8 days; the act within 30 days of that deadline
    assert tasks(entry_of(text)) == [
        ("2026-11-11", "delai", True, "mise-en-demeure"),
        ("2026-12-10", "annonce", False, "mise-en-demeure"),
    ]


def test_a_draft_is_sent_with_the_command_that_seals_it(entry_of):
    text = LATE + "lettres: [{modele: relance-amiable, le: 2026-11-18}]\n"
    (task,) = entry_of(text).actions
    assert (task.sorte, task.retard) == ("projet", True)
    assert task.commande == "dument send essai 1 --le 2026-11-21"
    (early,) = entry_of(text.replace("2026-11-18", "2026-11-25")).actions
    assert (early.retard, early.commande) == (False, "dument send essai 1 --le 2026-11-25")


@pytest.mark.parametrize(
    ("day", "amount", "expected"),
    [
        ("2026-12-05", "", ("2026-12-05", "promesse", False, None)),
        ("2026-11-18", "", ("2026-11-18", "promesse", True, "relance-amiable")),
    ],
)
def test_a_promise_is_awaited_and_its_breach_is_said(entry_of, day, amount, expected):
    promised = f"journal: [{{le: 2026-11-10, type: appel, promesse: {{le: {day}}}}}]\n"
    assert expected in tasks(entry_of(LATE + promised))


def test_an_order_has_its_service_as_a_deadline(entry_of):
    text = LATE + "ordonnance: {rendue_le: 2026-11-05}\n"
    found = [one for one in tasks(entry_of(text)) if one[1] == "ordonnance"]
    # C. pr. civ., 1411: three months for an order made from 1 September 2026, a Friday
    assert found == [("2027-02-05", "ordonnance", False, "demande-signification")]


def test_collective_proceedings_leave_the_declaration_of_the_claim_alone(entry_of):
    opened = "{type: redressement, jugement_le: 2026-11-02, publie_le: 2026-11-10}"
    text = f"{LATE}{REMINDED}statut: {{procedure_collective: {opened}}}\n"
    # two months from the publication (C. com., R. 622-24): 10 January 2027 is a Sunday
    assert tasks(entry_of(text)) == [
        ("2027-01-11", "declaration", False, "declaration-de-creance")
    ]


def test_a_contested_claim_is_chased_no_further(entry_of):
    disputed = "statut: {litige: {depuis: 2026-11-18, motif: malfaçon}}\n"
    assert tasks(entry_of(LATE + disputed)) == []


def test_a_settled_dossier_calls_for_nothing(entry_of):
    paid = "paiements: [{le: 2026-09-30, montant: '1 000,00', sur: F-1}]\n"
    assert tasks(entry_of(LATE + paid)) == []


def test_a_limitation_is_said_in_its_last_year_only(entry_of):
    due, barred = "2021-10-01", date(2026, 10, 1)  # five years (C. com., L. 110-4)
    text = LATE.replace("2026-10-01", due).replace("2026-09-01", "2021-09-01")
    near = entry_of(text, barred - timedelta(90)).actions
    assert "prescription" in [one.sorte for one in near]
    far = entry_of(text, date(2023, 10, 1)).actions
    assert "prescription" not in [one.sorte for one in far]


def test_what_is_late_comes_first_across_dossiers(entry_of):
    entries = [entry_of(LATE + REMINDED, name="a"), entry_of(LATE, name="b")]
    assert [one["nom"] for one in upcoming(entries)] == ["b", "a"]


# --- The page ------------------------------------------------------------------------------------


@pytest.fixture
def index(workshop, entry_of) -> dict[str, bytes]:
    entries = [
        entry_of(LATE.replace("1 000,00", "5 000,00"), name="gros"),
        entry_of(LATE + "journal: [{le: 2026-11-02, type: appel, note: CANARI}]\n", name="petit"),
        entry_of(LATE.replace("2026-10-01", "2026-12-01"), name="futur"),
    ]
    return workshop.site.portfolio(entries, ["<faux>"])


def test_the_page_sorts_by_state_then_by_sum_and_says_what_is_left_out(index):
    page = Page(index["index.html"])
    links = [one for tag, one in page.values("href") if tag == "a" and one.endswith("index.html")]
    assert links[:3] == ["gros/index.html", "petit/index.html", "futur/index.html"]
    assert "<faux>" in page.text
    assert "CANARI" not in page.text
    assert page.unclosed == []
    assert {"etat-du", "etat-a-echoir", "dossiers", "suite", "ages"} <= {*page.ids}
    anchors = {one[1:] for tag, one in page.values("href") if one.startswith("#")}
    assert anchors <= {*page.ids}


def test_the_chart_of_ages_stands_over_a_table_of_the_same_sums(index, entry_of):
    page = Page(index["index.html"])
    assert format_euros(Decimal(6000)) in page.text
    assert [one for tag, one in page.values("role") if tag == "svg"] == ["img"]


def test_what_serves_the_owner_is_in_no_dossiers_site(workshop, index):
    assert {"assets/portefeuille.js", "assets/portefeuille.css"} <= {*index}
    assert not [name for name in workshop.site._assets if "portefeuille" in name]


def test_the_sums_of_a_view_are_those_of_its_entries(entry_of):
    entries = [entry_of(LATE, name="a"), entry_of(LATE, name="b")]
    view = portfolio_view(entries)
    assert view["sommes"]["total"] == 2 * entries[0].total
    assert sum(view["ages"]["total"]) == 2000
    assert [len(one["dossiers"]) for one in view["groupes"]] == [2]


def test_a_browser_filters_and_sorts(index, tmp_path):
    program, start = BROWSERS["chromium"]
    if program is None:
        pytest.skip("no chromium here")
    for path, content in index.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    shown = (
        "[...document.querySelectorAll('#table-dossiers tbody tr:not(.groupe)')]"
        ".filter((one) => one.offsetParent).map((one) => one.querySelector('a')"
        ".getAttribute('href').split('/')[0]).join()"
    )
    header = "document.querySelectorAll('#table-dossiers th')[1]"
    with start(tmp_path / "profil") as browser:
        browser.open((tmp_path / "index.html").as_uri())
        wait_for(browser, f"{shown} === 'gros,petit,futur'")
        browser.run("document.querySelector('#filtres [value=du]').click()")
        wait_for(browser, f"{shown} === 'futur'")
        browser.run("document.querySelector('#filtres [value=du]').click()")
        orders = {"descending": "gros,petit,futur", "ascending": "futur,petit,gros"}
        for direction, order in orders.items():
            browser.run(f"{header}.querySelector('button').click()")
            wait_for(browser, f"{shown} === '{order}'")
            assert browser.run(f"{header}.getAttribute('aria-sort')") == direction
        said = browser.run("document.getElementById('filtre-etat').textContent")
        assert said.startswith("3 dossiers, ")
        assert said.endswith("trié par Total dû (croissant)")


# --- list and next -------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path) -> Path:
    lay_project(tmp_path)
    other = lay_project(tmp_path, "faux") / "dossier.yaml"
    other.write_text("reference: [\n", encoding="utf-8")
    return tmp_path


def test_list_shows_every_dossier_those_in_error_too(project):
    result = dument_says(project, "list", *DAY)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert [one.split()[0] for one in lines[1:-1]] == ["bon", "faux"]
    assert "dument check faux" in lines[2]
    read = json.loads(dument_says(project, "list", "--format", "json", *DAY).stdout)
    assert [one["nom"] for one in read] == ["bon", "faux"]
    assert read[1] == {"nom": "faux", "etat": "erreur"}
    assert Decimal(read[0]["total"]) == sum(
        Decimal(read[0][one]) for one in ("principal", "interets", "autres")
    )


def test_next_says_what_to_use(project):
    result = dument_says(project, "next", "bon", *DAY)
    assert result.exit_code == 0
    assert "en retard  bon : Le délai de la lettre" in result.stdout
    assert "→ lettre « relance-amiable »" in result.stdout
    (read,) = json.loads(dument_says(project, "next", "bon", "--format", "json", *DAY).stdout)
    assert (read["dossier"], read["retard"], read["le"]) == ("bon", True, "2026-04-24")
    assert not (project / "sortie").exists()


# --- What a build remembers ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def once_built(tmp_path_factory) -> Path:
    project = tmp_path_factory.mktemp("construit")
    lay_project(project)
    assert dument_says(project, "build", "bon", *DAY).exit_code == 0
    return project


@pytest.fixture
def built(once_built, tmp_path) -> Path:
    """A project of one dossier, built, with a finding in its memory to be known by."""
    project = tmp_path / "projet"
    shutil.copytree(once_built, project)
    known = recall(project / "sortie/bon")
    told = warning("essai/souvenir", "un souvenir")
    remember(project / "sortie/bon", replace(known, found=(*known.found, told)))
    return project


def is_recalled(project: Path, workshop: Workshop, day: date = TODAY) -> bool:
    """Whether a build would trust its memory, the kit being seen from the project."""
    seen = replace(workshop, kit=Kit(workshop.kit.base, project))
    folder = project / "data/dossiers/bon"
    return recall_current(seen, folder, project / "sortie/bon", day) is not None


def test_a_build_without_a_change_says_again_what_was_found(built, monkeypatch):
    monkeypatch.setattr(dument.cli.run, "prepare", lambda *_: pytest.fail("worked out again"))
    result = dument_says(built, "build", "bon", *DAY)
    assert "essai/souvenir" in result.stderr
    assert "bon : à jour" in result.stderr
    assert dument_says(built, "build", "bon", "--strict", *DAY).exit_code == 1
    assert json.loads(dument_says(built, "list", "--format", "json", *DAY).stdout)


@pytest.mark.parametrize(
    "touch",
    [CASE_FILE, "data/dossiers/bon/pieces/facture.pdf", "data/parties/lumen.yaml"],
)
def test_any_change_of_content_is_worked_out_whatever_its_date(built, workshop, touch):
    assert is_recalled(built, workshop)
    path = built / touch
    times = path.stat().st_atime_ns, path.stat().st_mtime_ns
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    os.utime(path, ns=times)
    assert not is_recalled(built, workshop)


def test_another_day_another_place_or_a_pending_act_is_worked_out(built, workshop):
    assert not is_recalled(built, workshop, date(2026, 11, 22))
    above = replace(workshop, kit=Kit(workshop.kit.base, built.parent))
    folder, output = built / "data/dossiers/bon", built / "sortie/bon"
    assert recall_current(above, folder, output, TODAY) is None
    (folder / "envois/.en-cours").mkdir(parents=True)
    assert not is_recalled(built, workshop)


def test_a_lost_output_is_made_again(built):
    (built / "sortie/bon/index.html").unlink()
    assert "à jour" not in dument_says(built, "build", "bon", *DAY).stderr
    assert (built / "sortie/bon/index.html").is_file()


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"format": 1}', b"\xff", b"[" * 99999])
def test_a_memory_that_cannot_be_read_is_none(built, content):
    memory_file(built / "sortie/bon").write_bytes(content)
    assert recall(built / "sortie/bon") is None


def test_without_memory_a_build_works_its_dossier_out(built):
    memory_file(built / "sortie/bon").unlink()
    said = dument_says(built, "build", "bon", *DAY).stderr
    assert ("bon : à jour" in said, "essai/souvenir" in said) == (True, False)


def test_what_is_remembered_comes_back_the_same(entry_of, tmp_path):
    found = (warning("a/b", "dit « ceci »", hint="cela"),)
    memory = Memory("abc", "ici", ("pieces/a.pdf",), found, entry_of(LATE + REMINDED))
    remember(tmp_path / "x", memory)
    assert recall(tmp_path / "x") == memory


def test_cleaning_forgets(built):
    assert memory_file(built / "sortie/bon").is_file()
    assert dument_says(built, "clean").exit_code == 0
    assert not [*(built / "sortie").rglob("*")]

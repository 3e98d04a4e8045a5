"""The dossier as data: the computed case in JSON, the lines of the décompte in CSV."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from dument.case import Exhibit
from dument.diagnostics import Position, error
from dument.digests import sha256
from dument.dossier import Dossier, NumberedExhibit
from dument.kit import open_kit
from dument.law import Law, read_law
from dument.ledger import draw_up
from dument.records import CSV_COLUMNS, computed_case_json, statement_csv
from dument.rules.limitation_period import limitation
from dument.schema import read_case
from dument.source import parse_yaml

CASE = """\
reference: 2026-014
creancier: {type: societe, denomination: A, adresse: {voie: x, code_postal: 01000, commune: y}}
debiteur: {type: societe, denomination: B, adresse: {voie: x, code_postal: 01000, commune: y}}
conditions: {clause_penale: 10 %}
factures: [{numero: F1, emise_le: 2026-03-02, echeance: 2026-04-01, ttc: 1 440,00}]
paiements: [{le: 2026-05-12, montant: 500,00, moyen: virement}]
journal: [{le: 2026-04-08, type: appel, resume: promis, note: trésorerie tendue}]
"""


@pytest.fixture(scope="module")
def law() -> Law:
    return read_law(open_kit(Path(__file__).parent))[0]


def dossier(law: Law, text: str = CASE) -> Dossier:
    """Return a dossier worked through steps 1 to 4, with one exhibit and one finding."""
    mapping, diagnostics = parse_yaml(text, "dossier.yaml")
    assert diagnostics == []
    case, places, diagnostics = read_case(mapping)
    assert diagnostics == []
    day = date(2026, 9, 30)
    statement, _ = draw_up(case, law, day, places.root)
    limits = [limitation(case, law, invoice, day) for invoice in case.invoices]
    exhibit = Exhibit(id="facture", title="Facture F1", file="pieces/f1.pdf")
    return Dossier(
        name="essai",
        folder=Path("essai"),
        case=case,
        places=places,
        law=law,
        as_of=day,
        statement=statement,
        limitations=tuple(limits),
        letters=(),
        annexes={},
        exhibits=(NumberedExhibit(1, "1", exhibit, Path("f.pdf"), sha256(b"%PDF"), 2, True),),
        applied=(),
        diagnostics=(error("essai/faute", "une faute", Position("dossier.yaml", 5, 3), "aide"),),
    )


@pytest.fixture(scope="module")
def computed(law) -> dict:
    """The JSON of the dossier, read again."""
    return json.loads(computed_case_json(dossier(law)))


def rows(raw: bytes) -> list[list[str]]:
    """Open a CSV as a French spreadsheet does."""
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_the_json_holds_the_keys_that_other_programs_rely_on(computed):
    assert {
        "reference",
        "au",
        "decompte",
        "lettres",
        "pieces",
        "diagnostics",
        "prescription",
    } <= set(computed)


def test_the_statement_holds_its_keys(computed):
    keys = {"principal", "interets", "indemnites", "clause_penale", "total", "lignes"}
    assert keys <= set(computed["decompte"])


def test_each_line_holds_its_keys(computed):
    keys = {"facture", "du", "au", "jours", "base", "taux", "montant"}
    assert all(keys <= set(line) for line in computed["decompte"]["lignes"])


def test_a_line_says_where_its_rate_comes_from(computed):
    [first, *_] = computed["decompte"]["lignes"]
    assert first["origine"].replace("\u00a0", " ") == "taux BCE 2,15 % + 10 points"
    assert first["articles"] == ["c-com-l441-10"]


def test_amounts_are_decimal_strings(computed):
    assert (computed["decompte"]["total"], computed["decompte"]["principal"]) == (
        # 959.65 left; 15.65 to 30 June, then 92 days at 12.40 %: 29.99; and 40.00
        "1045.29",
        "959.65",
    )


def test_days_are_numbers_and_dates_iso(computed):
    [first, *_] = computed["decompte"]["lignes"]
    assert (first["jours"], first["du"], computed["au"]) == (41, "2026-04-02", "2026-09-30")


def test_an_exhibit_holds_its_keys(computed):
    [exhibit] = computed["pieces"]
    assert (exhibit["numero"], exhibit["id"], exhibit["titre"], exhibit["fichier"]) == (
        1,
        "facture",
        "Facture F1",
        "pieces/01-facture-f1.pdf",
    )


def test_a_finding_holds_its_place(computed):
    [found] = computed["diagnostics"]
    keys = ("id", "niveau", "fichier", "ligne", "colonne", "message")
    assert [found[key] for key in keys] == [
        "essai/faute",
        "erreur",
        "dossier.yaml",
        5,
        3,
        "une faute",
    ]


def test_the_limitation_of_each_invoice_is_told(computed):
    [limit] = computed["prescription"]
    assert (limit["facture"], limit["le"]) == ("F1", "2031-04-01")


def test_private_notes_stay_in_the_file(law):
    assert "trésorerie" not in computed_case_json(dossier(law)).decode()


def test_no_figure_is_a_binary_fraction(law):
    def refuse(text: str) -> None:
        pytest.fail(f"a float in the JSON: {text}")

    json.loads(computed_case_json(dossier(law)), parse_float=refuse)


def test_two_runs_give_the_same_bytes(law):
    assert computed_case_json(dossier(law)) == computed_case_json(dossier(law))


def test_the_csv_opens_by_double_click(law):
    raw = statement_csv(dossier(law))
    assert raw.startswith(b"\xef\xbb\xbffacture;echeance;")
    assert raw.count(b"\r\n") == raw.count(b"\n")


def test_the_csv_has_one_row_a_line(law, computed):
    table = rows(statement_csv(dossier(law)))
    assert table[0] == list(CSV_COLUMNS)
    assert len(table) == 1 + len(computed["decompte"]["lignes"])


def test_the_csv_says_the_same_figures_as_the_json(law, computed):
    for row, line in zip(
        rows(statement_csv(dossier(law)))[1:], computed["decompte"]["lignes"], strict=True
    ):
        written = dict(zip(CSV_COLUMNS, row, strict=True))
        for key in ("base", "taux", "montant"):
            assert Decimal(written[key].replace(",", ".")) == Decimal(line[key])
        assert (written["du"], written["jours"]) == (line["du"], str(line["jours"]))


@pytest.mark.parametrize(
    "number", ["=1+1", "+33", "-1", "@SUM(A1)", '=HYPERLINK("http://x";"y")', "=cmd|' /C calc'!A0"]
)
def test_a_text_is_never_a_formula_in_the_csv(law, number):
    text = CASE.replace("F1", "'" + number.replace("'", "''") + "'")
    cells = {row[0] for row in rows(statement_csv(dossier(law, text)))[1:]}
    assert cells == {f"'{number}"}


@pytest.mark.parametrize("number", ["F;1", 'F"1', "F 1, suite", "Œ-1"])
def test_any_text_comes_out_of_the_csv_letter_for_letter(law, number):
    text = CASE.replace("F1", "'" + number.replace("'", "''") + "'")
    cells = {row[0] for row in rows(statement_csv(dossier(law, text)))[1:]}
    assert cells == {number}

"""The workbook of the décompte: same figures as everywhere, living totals, harmless text."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import openpyxl
import pypdfium2
import pytest
from hypothesis import given, settings

from dument.dossier import Dossier
from dument.kit import open_kit
from dument.money import format_euros
from dument.pipeline import prepare
from dument.records import computed_case_json, explanation_json, statement_csv
from dument.spreadsheet import statement_workbook
from dument.workshop import open_workshop
from tests.examples import AS_OF, ROOT, example_folder, shipped_examples
from tests.test_derivation import closing_days, random_dossier
from tests.test_properties import cases

CENT = Decimal("0.01")
SUMS = {
    "Total des lignes": "interets_courus",
    "Intérêts restant dus": "interets",
    "Principal échu": "principal",
    "Indemnités forfaitaires": "indemnites",
    "Total dû": "total",
}


class Recomputed:
    """A workbook computed again from its formulas alone, with Decimal."""

    def __init__(self, data: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(data))
        self.known: dict[tuple[str, str], Any] = {}

    def cell(self, sheet: str, name: str) -> Any:
        """Return a cell's value, a number as Decimal, a date as its number of days."""
        key = (sheet, name.replace("$", ""))
        if key not in self.known:
            self.known[key] = self._value(sheet, self.book[sheet][key[1]].value)
        return self.known[key]

    def _value(self, sheet: str, value: Any) -> Any:
        if isinstance(value, str) and value.startswith("="):
            return self._formula(sheet, value[1:])
        if isinstance(value, datetime):
            return Decimal(value.toordinal())
        return Decimal(str(value)) if isinstance(value, int | float) else value

    def _formula(self, sheet: str, text: str) -> Decimal:
        """Turn the few functions used into Python, and compute."""
        place = r"(?:'([^']+)'!)?(\$?[A-Z]+\$?\d+)(?::(\$?[A-Z]+\$?\d+))?"

        def word(found: re.Match[str]) -> str:
            if found[4]:
                return found[0] if found[4].isalpha() else f"Decimal({found[4]!r})"
            there = found[1] or sheet
            if found[3]:
                return f"area({there!r}, {found[2]!r}, {found[3]!r})"
            return f"cell({there!r}, {found[2]!r})"

        quoted: list[str] = []
        bare = re.sub(r'"([^"]*)"', lambda one: quoted.append(one[1]) or "§", text)
        python = re.sub(rf"{place}|([A-Z]+(?=\()|\d+)", word, bare)
        for one in quoted:
            python = python.replace("§", repr(one), 1)
        names = {"cell": self.cell, "area": self._area, **FUNCTIONS}
        return Decimal(eval(python, {"__builtins__": {}}, names))

    def _area(self, sheet: str, first: str, last: str) -> Column:
        cells = self.book[sheet][f"{first}:{last}".replace("$", "")]
        return Column([self.cell(sheet, one.coordinate) for row in cells for one in row])


class Column:
    """A range, multiplied cell by cell."""

    def __init__(self, items: list[Any]) -> None:
        self.items = items

    def __iter__(self) -> Iterator[Any]:
        return iter(one for one in self.items if one is not None)

    def __mul__(self, other: Column) -> Column:
        return Column([a * (b or 0) for a, b in zip(self.items, other.items, strict=True)])


def rounded(amount: Decimal, digits: Decimal) -> Decimal:
    assert digits == 2
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def exact(column: Column, wanted: str) -> Column:
    return Column([Decimal(one == wanted) for one in column.items])


FUNCTIONS = {
    "Decimal": Decimal,
    "EXACT": exact,
    "ROUND": rounded,
    "SUM": sum,
    "SUMPRODUCT": sum,
}


def sums_of(data: bytes) -> dict[str, Decimal]:
    """Recompute the totals under the lines by their label."""
    sheet = Recomputed(data)
    rows = sheet.book["Décompte"].iter_rows(min_col=1, max_col=1)
    return {one.value: sheet.cell("Décompte", f"I{one.row}") for [one] in rows
            if one.value in {*SUMS, "Clause pénale"}}  # fmt: skip


def figures_of(dossier: Dossier) -> dict[str, Any]:
    return json.loads(computed_case_json(dossier))["decompte"]


def assert_same_everywhere(dossier: Dossier) -> None:
    said, told = figures_of(dossier), json.loads(explanation_json(dossier))["calculs"]
    data = statement_workbook(dossier)
    sums = sums_of(data)
    for label, name in SUMS.items():
        assert (label, sums[label]) == (label, Decimal(said[name]))
        assert sums[label] == Decimal(told[f"decompte.{name}"]["valeur"])
    raw = io.StringIO(statement_csv(dossier).decode("utf-8-sig"), newline="")
    lines = list(csv.DictReader(raw, delimiter=";"))
    sheet = Recomputed(data)
    for rank, line in enumerate(lines, 1):
        amounts = {
            Decimal(line["montant"].replace(",", ".")),
            Decimal(told[f"decompte.lignes.{rank}"]["valeur"]),
            sheet.cell("Décompte", f"I{rank + 1}"),
        }
        assert len(amounts) == 1
    assert len(lines) == len(said["lignes"])


@pytest.fixture(scope="module")
def workshop():
    return open_workshop(open_kit(ROOT))[0]


@pytest.fixture(scope="module", params=shipped_examples())
def example(request, workshop) -> Dossier:
    return prepare(workshop, example_folder(request.param), AS_OF)[0]


def test_a_figure_is_the_same_in_explain_json_csv_and_workbook(example):
    assert_same_everywhere(example)


@settings(max_examples=25)
@given(cases(), closing_days)
def test_a_figure_of_any_case_is_the_same_everywhere(case, day):
    assert_same_everywhere(random_dossier(case, day))


@settings(max_examples=25)
@given(cases(), closing_days)
def test_each_invoice_recomputes_to_what_is_left_of_it(case, day):
    dossier = random_dossier(case, day)
    sheet = Recomputed(statement_workbook(dossier))
    for row, one in enumerate(dossier.statement.invoices, 2):
        told = [sheet.cell("Factures", f"{column}{row}") for column in "ILOP"]
        assert told == [one.principal, one.interest, one.fixed_sum, one.total]


def test_a_figure_is_the_same_on_paper_and_on_the_page(example, workshop):
    figures = figures_of(example)
    printed = workshop.press.print(example.annexes["decompte"].document, {}).pdf
    pages = pypdfium2.PdfDocument(printed)
    paper = " ".join(page.get_textpage().get_text_bounded() for page in pages)
    screen = workshop.site.pages(example, {})["decompte.html"].decode()
    amounts = [figures["total"], *(line["montant"] for line in figures["lignes"])]
    for amount in map(format_euros, map(Decimal, amounts)):
        assert amount in screen
        assert bare(amount) in bare(paper)


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_values_kept_are_those_of_the_formulas(example):
    data = statement_workbook(example)
    kept, again = openpyxl.load_workbook(io.BytesIO(data), data_only=True), Recomputed(data)
    for sheet in again.book:
        for cell in (one for row in sheet for one in row if str(one.value).startswith("=")):
            value = Decimal(str(kept[sheet.title][cell.coordinate].value))
            assert value == again.cell(sheet.title, cell.coordinate), (
                sheet.title,
                cell.coordinate,
            )


def test_amounts_are_numbers_and_days_are_dates(example):
    book = openpyxl.load_workbook(io.BytesIO(statement_workbook(example)))
    assert book.sheetnames == ["Décompte", "Factures", "Paiements", "Conventions"]
    [_, first, *_] = book["Décompte"].iter_rows(values_only=True)
    assert [type(one) for one in first[2:4]] == [datetime, datetime]
    assert isinstance(first[5], int | float)
    assert "€" in book["Décompte"]["F2"].number_format


def test_the_same_dossier_gives_the_same_bytes(example):
    assert statement_workbook(example) == statement_workbook(example)


def test_the_workbook_bears_no_date_but_the_dossiers_and_no_macro(example):
    data = zipfile.ZipFile(io.BytesIO(statement_workbook(example)))
    assert {one.date_time for one in data.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert not [name for name in data.namelist() if "vba" in name.lower()]
    assert "2026-11-21T00:00:00Z" in data.read("docProps/core.xml").decode()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", '=HYPERLINK("http://x")', "\t=1"])
def test_a_text_that_looks_like_a_formula_stays_a_text(workshop, text):
    dossier = prepare(workshop, example_folder("garage-tilleul"), date(2026, 11, 21))[0]
    [invoice, *others] = dossier.case.invoices
    hostile = invoice.model_copy(update={"subject": text})
    case = dossier.case.model_copy(update={"invoices": (hostile, *others)})
    book = openpyxl.load_workbook(io.BytesIO(statement_workbook(replace(dossier, case=case))))
    cell = book["Factures"]["B2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert cell.value.strip() == text.strip()

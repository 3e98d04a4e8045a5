"""The décompte as a workbook for the commissaire de justice: numbers, dates, living totals.

Every text of the user's is written as a text, never as a formula. Only importer of xlsxwriter.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dument.dossier import Dossier
from dument.ledger import InvoiceBalance
from dument.letters import statement_figures
from dument.money import ZERO
from dument.rules.accrual import interest

LINES, INVOICES, PAYMENTS, CONVENTIONS = "Décompte", "Factures", "Paiements", "Conventions"
LINE_COLUMNS = (
    "Facture", "Échéance", "Du", "Au", "Jours", "Base", "Taux", "Année", "Montant",
    "Origine du taux", "Textes",
)  # fmt: skip
INVOICE_COLUMNS = (
    "Facture", "Objet", "Émise le", "Échéance", "TTC", "Avoirs", "Paiements sur le principal",
    "Reste non compté", "Principal échu", "Intérêts courus", "Intérêts réglés", "Intérêts dus",
    "Indemnité", "Indemnité réglée", "Indemnité due", "Total dû",
)  # fmt: skip
PAYMENT_COLUMNS = (
    "Le", "Nature", "Origine", "Facture", "Intérêts", "Principal", "Indemnité", "Montant",
)  # fmt: skip
CONVENTION_COLUMNS = ("Convention", "Choix", "Sens")
LONGEST_TEXT = 32_767  # a cell's
_A4 = 9  # by Excel's own numbers of paper
_SETTLED = ("interets", "principal", "indemnite")
_ACTIVE = ("=", "+", "-", "@", "\t", "\r")
_FORMATS = {
    "text": {},
    "quoted": {"quote_prefix": True},
    "day": {"num_format": "dd/mm/yyyy", "align": "left"},
    "euros": {"num_format": '#,##0.00\\ "€"'},
    "rate": {"num_format": "0.00####%"},
    "whole": {"num_format": "0"},
    "head": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1},
    "label": {"bold": True},
    "total": {"bold": True, "num_format": '#,##0.00\\ "€"', "top": 1},
}


class Formula(NamedTuple):
    """A cell that recomputes, with the value it has today: days when it is a whole number."""

    text: str
    value: Decimal | int


class Percent(NamedTuple):
    """A rate in percent a year."""

    value: Decimal


Cell = str | date | Decimal | int | Formula | Percent | None


class _Sheet:
    """One sheet, written row by row; rows are counted from 1 as formulas do."""

    def __init__(self, book: Workbook, name: str, columns: Sequence[str],
                 formats: dict[str, Format], widths: Sequence[int]) -> None:  # fmt: skip
        self.sheet: Worksheet = book.add_worksheet(name)
        self.formats = formats
        self.row = 1
        self.sheet.freeze_panes(1, 1)
        self.sheet.set_landscape()
        self.sheet.set_paper(_A4)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(0)
        for rank, (title, width) in enumerate(zip(columns, widths, strict=True)):
            self.sheet.set_column(rank, rank, width)
            self.sheet.write_string(0, rank, title, formats["head"])

    def add(self, cells: Iterable[Cell], *, is_total: bool = False) -> int:
        """Write a row under the last one and return its number."""
        for column, cell in enumerate(cells):
            self._write(self.row, column, cell, is_total)
        self.row += 1
        return self.row

    def _write(self, row: int, column: int, cell: Cell, is_total: bool) -> None:
        euros = self.formats["total" if is_total else "euros"]
        match cell:
            case None:
                return
            case Formula(text, value):
                shape = self.formats["whole"] if isinstance(value, int) else euros
                self.sheet.write_formula(row, column, text, shape, value)
            case Percent(value):
                self.sheet.write_number(row, column, value / 100, self.formats["rate"])
            case Decimal():
                self.sheet.write_number(row, column, cell, euros)
            case date():
                self.sheet.write_datetime(row, column, cell, self.formats["day"])
            case int():
                self.sheet.write_number(row, column, cell, self.formats["whole"])
            case str():
                self._text(row, column, cell, is_total)

    def _text(self, row: int, column: int, text: str, is_total: bool) -> None:
        shape = "label" if is_total else "quoted" if text.startswith(_ACTIVE) else "text"
        self.sheet.write_string(row, column, text[:LONGEST_TEXT], self.formats[shape])


def statement_workbook(dossier: Dossier) -> bytes:
    """Return the décompte as XLSX, the same bytes for the same dossier."""
    figures = statement_figures(dossier.case, dossier.law, dossier.statement)
    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True, "strings_to_formulas": False,
                             "strings_to_urls": False, "strings_to_numbers": False})  # fmt: skip
    made_on = datetime(dossier.as_of.year, dossier.as_of.month, dossier.as_of.day)  # noqa: DTZ001
    book.set_properties({"title": f"Décompte {dossier.case.reference}", "created": made_on})
    formats = {name: book.add_format(shape) for name, shape in _FORMATS.items()}
    lines = _Sheet(book, LINES, LINE_COLUMNS, formats, (16, 11, 11, 11, 7, 14, 9, 7, 14, 34, 40))
    invoices = _Sheet(book, INVOICES, INVOICE_COLUMNS, formats, (16, 30, 11, 11, *[14] * 12))
    payments = _Sheet(book, PAYMENTS, PAYMENT_COLUMNS, formats, (11, 11, 24, 16, *[14] * 4))
    conventions = _Sheet(book, CONVENTIONS, CONVENTION_COLUMNS, formats, (14, 18, 90))
    _write_lines(lines, figures)
    _write_payments(payments, figures)
    _write_invoices(invoices, dossier, figures)
    _write_totals(lines, figures, len(dossier.statement.invoices))
    for one in figures["conventions"]:
        conventions.add([one["nom"], one["choix"], one["sens"]])
    book.close()
    return target.getvalue()


def _write_lines(sheet: _Sheet, figures: dict[str, Any]) -> None:
    """Write the lines invoice by invoice; days and amount recompute when a day is changed."""
    for row, line in enumerate(figures["lignes"], 2):
        made = interest(line["base"], line["taux"], line["jours"], line["annee"])
        sheet.add([
            line["facture"], line["echeance"], line["du"], line["au"],
            Formula(f"=D{row}-C{row}+1", line["jours"]),
            line["base"], Percent(line["taux"]), line["annee"],
            _living(f"=ROUND(F{row}*G{row}*E{row}/H{row},2)", made, line["montant"]),
            line["origine"], " ; ".join(line["articles_cites"]),
        ])  # fmt: skip


def _write_payments(sheet: _Sheet, figures: dict[str, Any]) -> None:
    """Write where each payment and each credit note went."""
    for row, one in enumerate(figures["imputations"], 2):
        nature = "avoir" if one["avoir"] else "paiement"
        sheet.add([
            one["le"], nature, one["source"], one["facture"], one["interets"], one["principal"],
            one["indemnite"], Formula(f"=SUM(E{row}:G{row})", one["montant"]),
        ])  # fmt: skip


def _write_invoices(sheet: _Sheet, dossier: Dossier, figures: dict[str, Any]) -> None:
    """Write what each invoice has become, from the two other sheets, and the sums."""
    last = len(figures["imputations"]) + 1
    subtotals = {one["facture"]: one for one in figures["sous_totaux"]}
    dues = {one["facture"]: one["montant"] for one in figures["indemnites_lignes"]}
    parts = _settled_parts(figures)
    columns: list[list[Decimal]] = []
    for row, one in enumerate(dossier.statement.invoices, 2):
        due, subtotal = dues.get(one.number, ZERO), subtotals.get(one.number)
        accrued: Decimal = subtotal["total"] if subtotal else ZERO
        settled, principal, fixed = (parts[one.number, False, key] for key in _SETTLED)
        credited = parts[one.number, True, "principal"]
        left = one.gross - credited - principal
        cells: list[Formula | Decimal] = [
            one.gross,
            Formula(_settled("F", row, last, "avoir"), credited),
            Formula(_settled("F", row, last, "paiement"), principal),
            left - one.principal,
            Formula(f"=E{row}-F{row}-G{row}-H{row}", one.principal),
            Formula(_accrued(subtotal), accrued),
            Formula(_settled("E", row, last, "paiement"), settled),
            _living(f"=J{row}-K{row}", accrued - settled, one.interest),
            due,
            Formula(_settled("G", row, last, "paiement"), fixed),
            _living(f"=M{row}-N{row}", due - fixed, one.fixed_sum),
            Formula(f"=I{row}+L{row}+O{row}", one.total),
        ]
        sheet.add([*_identity(dossier, one), *cells])
        columns.append([cell.value if isinstance(cell, Formula) else cell for cell in cells])
    count = len(columns)
    sums = [
        Formula(f"=SUM({letter}2:{letter}{count + 1})", sum(column, ZERO))
        for letter, column in zip("EFGHIJKLMNOP", zip(*columns, strict=True), strict=True)
    ]
    sheet.add(["Total", None, None, None, *sums], is_total=True)


def _identity(dossier: Dossier, one: InvoiceBalance) -> list[Cell]:
    """Return an invoice's number, subject, day and due date, or due dates in words."""
    invoice = dossier.case.invoice(one.number)
    days = [debt.due_on for debt in one.debts]
    told = days[0] if len(days) == 1 else ", ".join(f"{day:%d/%m/%Y}" for day in days)
    known = [invoice.subject, invoice.issued_on] if invoice else [None, None]
    return [one.number, *known, told]


def _settled_parts(figures: dict[str, Any]) -> defaultdict[tuple[str, bool, str], Decimal]:
    """Return what payments, then credit notes, settled of each invoice."""
    parts: defaultdict[tuple[str, bool, str], Decimal] = defaultdict(lambda: ZERO)
    for one in figures["imputations"]:
        for key in _SETTLED:
            parts[one["facture"], one["avoir"], key] += one[key]
    return parts


def _living(text: str, computed: Decimal, value: Decimal) -> Formula | Decimal:
    """Return a formula, or the plain value where another entry moved it."""
    return Formula(text, value) if computed == value else value


def _accrued(subtotal: dict[str, Any] | None) -> str:
    """Return the sum of an invoice's lines, on their own sheet."""
    if subtotal is None:
        return "=0"
    return f"=SUM('{LINES}'!I{subtotal['debut'] + 2}:I{subtotal['fin'] + 1})"


def _settled(column: str, row: int, last: int, nature: str) -> str:
    """Return the sum of a column of the payments' sheet for the invoice of a row."""
    if last < 2:
        return "=0"

    def span(letter: str) -> str:
        return f"'{PAYMENTS}'!{letter}$2:{letter}${last}"

    same = f'EXACT({span("D")},A{row})*EXACT({span("B")},"{nature}")'
    return f"=SUMPRODUCT({same}*{span(column)})"


def _write_totals(sheet: _Sheet, figures: dict[str, Any], invoices: int) -> None:
    """Write the sums of the décompte under its lines."""
    total, last = invoices + 2, len(figures["lignes"]) + 1
    lines = f"=SUM(I2:I{last})" if last > 1 else "=0"

    def column(letter: str) -> str:
        return f"='{INVOICES}'!{letter}{total}"

    def add(label: str, cell: Cell) -> int:
        return sheet.add([label, *[None] * 7, cell], is_total=True)

    sheet.row += 1
    accrued = add("Total des lignes", Formula(lines, figures["interets_courus"]))
    paid = add("Intérêts déjà réglés", Formula(f"='{INVOICES}'!L{total}-I{accrued}",
                                               -figures["interets_payes"]))  # fmt: skip
    parts = [
        add("Intérêts restant dus", Formula(f"=I{accrued}+I{paid}", figures["interets"])),
        add("Principal échu", Formula(column("I"), figures["principal"])),
        add("Indemnités forfaitaires", Formula(column("O"), figures["indemnites"])),
    ]
    if figures["clause_penale_ligne"]:
        parts.append(add("Clause pénale", figures["clause_penale"]))
    if figures["frais"]:
        parts.append(add("Frais de justice", figures["frais"]))
    terms = "+".join(f"I{row}" for row in parts)
    add("Total dû", Formula(f"={terms}", figures["total"]))
    if figures["trop_percu"]:
        add("Reçu en trop", figures["trop_percu"])

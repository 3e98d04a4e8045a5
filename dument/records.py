"""The dossier as data for other programs: the computed case (JSON) and the décompte (CSV)."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

from dument.dossier import Dossier
from dument.letters import statement_figures

CSV_COLUMNS = (
    "facture", "echeance", "du", "au", "jours", "base", "taux", "annee", "montant", "origine",
)  # fmt: skip


def computed_case(dossier: Dossier) -> dict[str, Any]:
    """Return the computed case; amounts are decimal strings, dates ISO, nothing private."""
    figures = statement_figures(dossier.case, dossier.law, dossier.statement)
    return {
        "reference": dossier.case.reference,
        "titre": dossier.title,
        "au": dossier.as_of,
        "regime": dossier.case.regime.value,
        "decompte": figures,
        "lettres": [
            {
                "modele": one.kind,
                "version": one.version.number,
                "le": one.on,
                "objet": one.subject,
                "projet": one.is_draft,
                "total": one.statement.total,
                "fichier": f"lettres/{one.stem}.pdf",
            }
            for one in dossier.letters
        ],
        "pieces": [
            {
                "numero": one.number,
                "id": one.exhibit.id,
                "titre": one.exhibit.title,
                "le": one.exhibit.on,
                "pages": one.page_count,
                "fichier": one.file,
                "sha256": one.sha256,
            }
            for one in dossier.exhibits
        ],
        "diagnostics": [
            {
                "id": one.id,
                "niveau": one.level.value,
                "fichier": one.position.file if one.position else None,
                "ligne": one.position.line if one.position else None,
                "colonne": one.position.column if one.position else None,
                "message": one.message,
                "derogation": one.waived_because,
            }
            for one in dossier.diagnostics
        ],
        "prescription": [
            {
                "facture": one.invoice,
                "le": one.last_day,
                "prudence": one.prudent_day,
                "interrompue_le": one.interrupted_on,
            }
            for one in dossier.limitations
        ],
    }


def computed_case_json(dossier: Dossier) -> bytes:
    """Return the computed case as JSON, stable and readable."""
    text = json.dumps(computed_case(dossier), ensure_ascii=False, indent=2, default=_as_text)
    return f"{text}\n".encode()


def explanation_json(dossier: Dossier) -> str:
    """Return the derivation of every figure: recomputing this tree alone gives the same cents."""
    figures = statement_figures(dossier.case, dossier.law, dossier.statement)
    content = {"reference": dossier.case.reference, "decompte": figures}
    return json.dumps(content, ensure_ascii=False, indent=2, default=_as_text) + "\n"


def statement_csv(dossier: Dossier) -> bytes:
    """Return the lines of the décompte as CSV: semicolons and decimal commas, UTF-8 with BOM.

    That is what a French spreadsheet opens by double click.
    """
    lines = statement_figures(dossier.case, dossier.law, dossier.statement)["lignes"]
    sheet = io.StringIO()
    writer = csv.writer(sheet, delimiter=";", lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for line in lines:
        writer.writerow([_for_spreadsheet(line[column]) for column in CSV_COLUMNS])
    return ("\ufeff" + sheet.getvalue()).encode()


def _as_text(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _for_spreadsheet(value: object) -> str:
    """Write a cell; a text that a spreadsheet would take for a formula is quoted away."""
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text

"""The dossier as data for other programs: the computed case (JSON) and the décompte (CSV)."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

from dument.case import Reader
from dument.derivation import Tree, derivation_figures, derive
from dument.diagnostics import Diagnostic
from dument.digests import sha256
from dument.dossier import Dossier, NumberedExhibit
from dument.ledger import other_readings
from dument.letters import (
    Letter,
    deadline_figures,
    letter_files,
    order_figures,
    sms_length,
    statement_figures,
)
from dument.rules.limitation_period import Limitation
from dument.schema import in_french

CSV_COLUMNS = (
    "facture", "echeance", "du", "au", "jours", "base", "taux", "annee", "montant", "origine",
)  # fmt: skip


def computed_case(dossier: Dossier) -> dict[str, Any]:
    """Return the computed case; amounts are decimal strings, dates ISO, nothing private."""
    computed = {
        "reference": dossier.case.reference,
        "titre": dossier.title,
        "au": dossier.as_of,
        "regime": dossier.case.regime.value,
        "decompte": _statement(dossier),
        "lettres": [_letter(one, dossier) for one in dossier.letters],
        "pieces": [_exhibit(one) for one in dossier.exhibits],
        "diagnostics": [diagnostic_record(one) for one in dossier.diagnostics],
        "prescription": [_limitation(one) for one in dossier.limitations],
        "delais": deadline_figures(dossier.law, dossier.deadlines),
        "ordonnance": order_figures(dossier.law, dossier.order, dossier.order_steps),
    }
    hidden: tuple[str, ...] = () if dossier.reader.sees_checks else ("diagnostics",)
    hidden += () if dossier.reader.sees_deadlines else ("prescription", "delais", "ordonnance")
    return {key: one for key, one in computed.items() if key not in hidden}


def _statement(dossier: Dossier) -> dict[str, Any]:
    """Return the décompte of the day, with what the other readings would give."""
    readings = other_readings(dossier.case, dossier.law, dossier.as_of)
    return statement_figures(dossier.case, dossier.law, dossier.statement, readings)


def _letter(letter: Letter, dossier: Dossier) -> dict[str, Any]:
    files, said = letter_files(letter, dossier.case), letter.announces
    is_owners = dossier.reader is Reader.OWNER  # the drafts of messages are for him
    return {
        "modele": letter.kind,
        "version": letter.version.number,
        "le": letter.on,
        "objet": letter.subject,
        "projet": letter.is_draft,
        "scelle": letter.sealed is not None,
        "sha256": sha256(letter.sealed.pdf) if letter.sealed else None,
        "total": letter.claimed,
        "fichier": files["pdf"],
        "fichiers": files if is_owners else {"pdf": files["pdf"]},
        "sms": _sms(letter.sms) if is_owners and letter.sms is not None else None,
        "envoi": in_french(letter.request.sending) if letter.request.sending else None,
        "annonce": {"modeles": said.kinds, "apres_le": said.deadline, "avant_le": said.by}
        if said
        else None,
    }


def _sms(text: str) -> dict[str, Any]:
    length = sms_length(text)
    return {"alphabet": length.alphabet, "signes": length.units, "segments": length.segments}


def letter_figures_json(letter: Letter) -> bytes:
    """Return what a letter's PDF carries as data: the letter, and its décompte at its date."""
    content = {
        **letter.figures,
        "modele": letter.kind,
        "version": letter.version.number,
        "le": letter.on,
        "objet": letter.subject,
        "total": letter.claimed,
    }
    text = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True, default=_as_text)
    return f"{text}\n".encode()


def _exhibit(exhibit: NumberedExhibit) -> dict[str, Any]:
    return {
        "numero": exhibit.number,
        "reference": exhibit.reference,
        "id": exhibit.exhibit.id,
        "titre": exhibit.exhibit.title,
        "le": exhibit.exhibit.on,
        "pages": exhibit.page_count,
        "fichier": exhibit.file,
        "sha256": exhibit.sha256,
    }


def diagnostic_record(found: Diagnostic) -> dict[str, Any]:
    """Return a finding as data: id, level, place, message, hint, waiver."""
    return {
        "id": found.id,
        "niveau": found.level.value,
        "fichier": found.position.file if found.position else None,
        "ligne": found.position.line if found.position else None,
        "colonne": found.position.column if found.position else None,
        "message": found.message,
        "aide": found.hint,
        "derogation": found.waived_because,
    }


def _limitation(limitation: Limitation) -> dict[str, Any]:
    return {
        "facture": limitation.invoice,
        "echeance": limitation.due_on,
        "le": limitation.last_day,
        "prudence": limitation.prudent_day,
        "interrompue_le": limitation.interrupted_on,
    }


def computed_case_json(dossier: Dossier) -> bytes:
    """Return the computed case as JSON, stable and readable."""
    text = json.dumps(computed_case(dossier), ensure_ascii=False, indent=2, default=_as_text)
    return f"{text}\n".encode()


def explanation_json(dossier: Dossier, name: str | None = None) -> str:
    """Return every figure's derivation, or that of one: recomputed alone it gives the same cents.

    `calculs` holds each figure after those it is made of.
    """
    nodes = derive(dossier)
    content: dict[str, Any] = {"reference": dossier.case.reference, "au": dossier.as_of}
    if name is None:
        content["decompte"] = _statement(dossier)
    else:
        wanted = {node.name for _, _, node, _ in Tree(nodes).below(name)}
        nodes = {key: node for key, node in nodes.items() if key in wanted}
        content["nom"] = name
    content["calculs"] = {
        key: derivation_figures(dossier.law, node) for key, node in nodes.items()
    }
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

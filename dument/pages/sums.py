"""The décompte as its page shows it: lines by invoice, each with its sum written out."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from itertools import groupby
from typing import Any

from dument.days import ONE_DAY
from dument.dossier import Dossier
from dument.ledger import draw_up, other_readings
from dument.letters import statement_figures
from dument.money import ZERO, round_to_cent
from dument.pages.frame import Desk

_SHOWN_DECIMALS = Decimal("0.000001")
_APPLIED_TO_PAYMENTS = "imputation-des-paiements"


def sums(desk: Desk) -> dict[str, Any]:
    """Return the décompte of the day, with what the pages add to it."""
    dossier, statement = desk.dossier, desk.dossier.statement
    readings = other_readings(dossier.case, dossier.law, dossier.as_of)
    figures = statement_figures(dossier.case, dossier.law, statement, readings)
    for rank, line in enumerate(figures["lignes"], 1):
        line["rang"] = rank
        line["produit"], line["exact"] = unrounded(line)
    rejected = [
        rank
        for rank, one in enumerate(dossier.case.settlements, 1)
        if one.is_rejected(dossier.as_of)
    ]
    for rank, rejection in zip(rejected, figures["rejets"], strict=True):
        rejection["rang"] = rank
    for cost in figures["frais_lignes"]:
        cost["piece_liee"] = desk.exhibit_link(cost["piece"])
    return {
        **figures,
        "groupes": [_group(lines) for _, lines in _by_invoice(figures["lignes"])],
        "factures": invoice_rows(desk),
        "regles": rules_used(dossier),
        "indemnites_reglees": sum((due["montant"] for due in figures["indemnites_lignes"]), ZERO)
        - statement.fixed_sums,
        "demain": statement.daily_interest and round_to_cent(statement.daily_interest),
        "lendemain": dossier.as_of + ONE_DAY,
        "retenues": retentions(dossier),
        "taux_inconnu": unknown_rate(dossier),
    }


def unknown_rate(dossier: Dossier) -> dict[str, Any] | None:
    """Return the first day whose rate the law pack does not know yet, and of which parameter.

    None when no interest runs, or when its rate does not follow the half-years.
    """
    parameters = dossier.law.parameters
    running = [one for one in dossier.statement.lines if one.last_day == dossier.as_of]
    ends = [
        parameters[used.slug].values[0].last_day
        for line in running
        for used in line.ingredients
        if parameters[used.slug].is_periodic
    ]
    if not ends:
        return None
    last_known = max(dossier.as_of, min(end for end in ends if end))
    later, _ = draw_up(dossier.case, dossier.law, last_known, dossier.places.root)
    unknown = later and later.unknown
    return unknown and {"le": unknown.day, "parametre": unknown.parameter.slug,
                        "nom": unknown.parameter.title}  # fmt: skip


def retentions(dossier: Dossier) -> list[dict[str, Any]]:
    """Return what the contract lets the debtor keep of each invoice, and until when."""
    return [
        {
            "facture": one.number,
            "montant": one.retention.amount,
            "jusqu_au": one.retention.until,
            "exigible": one.retention.until < dossier.as_of,
        }
        for one in dossier.case.invoices
        if one.retention is not None
    ]


def unrounded(line: dict[str, Any]) -> tuple[Decimal, bool]:
    """Return a line's product before rounding, cut to six decimals, and whether that is all."""
    product = line["base"] * line["taux"] * line["jours"] / (100 * Decimal(line["annee"]))
    shown = product.quantize(_SHOWN_DECIMALS, rounding=ROUND_DOWN)
    return shown, shown == product


def _by_invoice(lines: list[dict[str, Any]]) -> groupby[str, dict[str, Any]]:
    return groupby(lines, key=lambda line: line["facture"])


def _group(lines: Any) -> dict[str, Any]:
    own = list(lines)
    return {
        "facture": own[0]["facture"],
        "lignes": own,
        "total": sum((line["montant"] for line in own), ZERO),
        "plusieurs_echeances": len({line["echeance"] for line in own}) > 1,
    }


def invoice_rows(desk: Desk) -> list[dict[str, Any]]:
    """Return what each invoice has become; the columns sum to the décompte's totals."""
    case = desk.dossier.case
    rows = []
    for one in desk.dossier.statement.invoices:
        invoice = case.invoice(one.number)
        rows.append({
            "numero": one.number,
            "objet": invoice.subject if invoice else None,
            "emise_le": invoice.issued_on if invoice else None,
            "echeances": [debt.due_on for debt in one.debts],
            "ttc": one.gross,
            "avoirs": one.credited,
            "paye": one.paid,
            "principal": one.principal,
            "interets": one.interest,
            "indemnite": one.fixed_sum,
            "total": one.total,
            "a_echoir": sum((d.principal for d in one.debts if not d.is_due), ZERO),
            "piece": invoice and desk.exhibit_link(invoice.exhibit, invoice.number),
        })  # fmt: skip
    return rows


def rules_used(dossier: Dossier) -> list[dict[str, Any]]:
    """Return each rule that made a figure, once: its title, formula, start and articles."""
    statement, law = dossier.statement, dossier.law
    entries = [*statement.lines, *statement.fixed_sum_entries]
    entries += [statement.clause_entry] if statement.clause_entry else []
    used = dict.fromkeys(entry.rule for entry in entries)
    if any(not one.is_credit_note for one in statement.allocations):
        used[_APPLIED_TO_PAYMENTS] = None
    return [
        {
            "regle": slug,
            "titre": law.rules[slug].title,
            "formule": law.rules[slug].formula,
            "depart": law.rules[slug].starts,
            "articles": law.rules[slug].articles,
        }
        for slug in used
        if slug in law.rules
    ]

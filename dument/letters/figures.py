"""The décompte as templates, pages and the computed case see it: French keys, raw values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dument.case import Case, Conventions, Cost, Invoice
from dument.law import Law, kept_sentence
from dument.ledger import (
    Accessories,
    Allocation,
    InvoiceBalance,
    Reading,
    Statement,
    public_accessories,
    what_to_write,
)
from dument.letters.lines import (
    Shared,
    line_figures,
    lines_in_order,
    rates_applied,
    subtotals,
    sum_figures,
)
from dument.money import format_euros
from dument.rules.public_accessories import RULE as ACCESSORY_RULE
from dument.schema import KEYS


def statement_figures(
    case: Case, law: Law, statement: Statement, readings: Sequence[Reading] = ()
) -> dict[str, Any]:
    """Return the décompte: totals, lines, debts, allocations, conventions."""
    lines = lines_in_order(statement)
    shared: Shared = {}
    return {
        "au": statement.as_of,
        "principal": statement.principal,
        "interets": statement.interest,
        "interets_courus": statement.interest_accrued,
        "interets_payes": statement.interest_accrued - statement.interest,
        "indemnites": statement.fixed_sums,
        "nombre_indemnites": len(statement.fixed_sum_entries),
        "indemnites_lignes": [sum_figures(law, one) for one in statement.fixed_sum_entries],
        "clause_penale": statement.penalty_clause,
        "clause_penale_ligne": sum_figures(law, statement.clause_entry)
        if statement.clause_entry
        else None,
        "frais": statement.costs,
        "frais_lignes": [_cost_figures(statement, one) for one in _costs_by(case, statement)],
        "total": statement.total,
        "conteste": _dispute_figures(case, statement),
        "rejets": _rejections(case, statement),
        "reste_a_echoir": statement.not_yet_due,
        "trop_percu": statement.overpaid,
        "par_jour": statement.daily_interest,
        "par_jour_inconnu": _unknown_figures(statement),
        "lignes": [line_figures(law, one, shared) for one in lines],
        "sous_totaux": subtotals(lines),
        "dettes": list(_all_debts(case, statement)),
        "echeances_calculees": due_date_figures(case, law, statement),
        "imputations": [_allocation_figures(one) for one in statement.allocations],
        "taux": rates_applied(law, statement),
        "conventions": convention_figures(statement, readings),
        "textes_conserves": _kept_figures(case, law),
        "accessoires_publics": [
            _accessory_figures(law, one) for one in public_accessories(law, statement)
        ],
    }


def _accessory_figures(law: Law, one: Accessories) -> dict[str, Any]:
    days = int(one.term.ingredient.used.value)
    return {
        "facture": one.invoice,
        "montant": one.left,
        "paye_le": one.term.paid_on,
        "le": one.term.last_day,
        "jours": days,
        "passe": one.is_past,
        "phrase": law.sentence(
            ACCESSORY_RULE,
            "passe" if one.is_past else "a-venir",
            facture=one.invoice,
            paye=one.term.paid_on,
            montant=format_euros(one.left),
            jours=days,
            le=one.term.last_day,
        ),
        "articles": law.rules[ACCESSORY_RULE].articles,
    }


def _kept_figures(case: Case, law: Law) -> list[dict[str, Any]]:
    """Return the articles that a contract older than their renumbering keeps, and why."""
    concluded_on = case.terms.concluded_on
    return [
        {
            "article": one.kept_article,
            "remplace": one.new,
            "phrase": kept_sentence(one, concluded_on),
        }
        for one in law.kept
        if concluded_on is not None
    ]


def _unknown_figures(statement: Statement) -> dict[str, Any] | None:
    """Return what the law pack lacks to tell the next day's interest, and where to write it."""
    unknown = statement.unknown
    if unknown is None:
        return None
    return {
        "le": unknown.day,
        "parametre": unknown.parameter.slug,
        "nom": unknown.parameter.title,
        "fichier": unknown.parameter.position.file,
        "aide": what_to_write(unknown),
    }


def _allocation_figures(one: Allocation) -> dict[str, Any]:
    return {
        "le": one.on,
        "source": one.source,
        "facture": one.invoice,
        "interets": one.interest,
        "principal": one.principal,
        "indemnite": one.fixed_sum,
        "montant": one.interest + one.principal + one.fixed_sum,
        "avoir": one.is_credit_note,
        "rejet": one.is_reversal,
    }


def _rejections(case: Case, statement: Statement) -> list[dict[str, Any]]:
    return [
        {"le": one.on, "rejete_le": one.rejected_on, "montant": one.amount, "moyen": one.means}
        for one in case.settlements
        if one.is_rejected(statement.as_of)
    ]


def _costs_by(case: Case, statement: Statement) -> list[Cost]:
    """Return the costs met by the day, none when only some invoices are looked at."""
    is_whole = len(statement.invoices) == len(case.invoices)
    return [one for one in case.costs if one.on <= statement.as_of] if is_whole else []


def _cost_figures(statement: Statement, cost: Cost) -> dict[str, Any]:
    return {
        "le": cost.on,
        "objet": cost.subject,
        "montant": cost.amount,
        "recuperable": cost.is_recoverable,
        "compte": any(one is cost for one, _ in statement.cost_entries),
        "piece": cost.exhibit,
    }


def _dispute_figures(case: Case, statement: Statement) -> dict[str, Any] | None:
    """Return what the debtor contests of what is left, apart from the claim or within it."""
    dispute = case.status.dispute
    if dispute is None or dispute.since > statement.as_of:
        return None
    balance = statement.invoice(dispute.invoice or "")
    if dispute.invoice and balance is None:
        return None
    debts = balance.debts if balance else [d for one in statement.invoices for d in one.debts]
    left = sum((one.principal for one in debts), statement.set_aside)
    if dispute.amount is not None:
        left = min(dispute.amount, left)
    return {
        "depuis": dispute.since,
        "motif": dispute.reason,
        "facture": dispute.invoice,
        "montant": statement.set_aside if dispute.is_excluded else left,
        "exclu": dispute.is_excluded,
    }


def _all_debts(case: Case, statement: Statement) -> Iterator[dict[str, Any]]:
    invoices = {one.number: one for one in case.invoices}
    for balance in statement.invoices:
        yield from _debts(invoices.get(balance.number), balance)


def _debts(invoice: Invoice | None, balance: InvoiceBalance) -> list[dict[str, Any]]:
    is_settled = not any(one.principal for one in balance.debts)
    return [
        {
            "facture": balance.number,
            "objet": invoice.subject if invoice else None,
            "emise_le": invoice.issued_on if invoice else None,
            "piece": invoice.exhibit if invoice else None,
            "echeance": one.due_on,
            "montant": one.amount,
            "reste": one.principal,
            "interets": one.interest,
            "echue": one.is_due,
            "seule": len(balance.debts) == 1,
            "soldee": is_settled,
        }
        for one in balance.debts
    ]


def due_date_figures(case: Case, law: Law, statement: Statement) -> list[dict[str, Any]]:
    """Return each due date that was computed, with its reading and what the other would give."""
    claimed = {one.number for one in statement.invoices}
    return [
        {
            "facture": one.number,
            "echeance": one.due_on,
            "regle": one.term.rule,
            "depart": one.term.start,
            "jours": one.term.term.days,
            "fin_de_mois": one.term.term.is_end_of_month,
            "lecture": one.term.reading,
            "autre_lecture": one.term.other_day,
            "calcul": law.sentence(
                one.term.rule,
                one.term.reading or "net",
                delai=one.term.term,
                depart=one.term.start,
                autre=one.term.other_day,
            ),
            "parametre": one.term.parameter,
            "articles": law.rules[one.term.rule].articles,
        }
        for one in case.invoices
        if one.number in claimed and one.due_on is not None and one.term is not None
    ]


def convention_figures(
    statement: Statement, readings: Sequence[Reading] = ()
) -> list[dict[str, Any]]:
    """Return each named convention: its key, the choice made, and what the other would give."""
    others = {one.field: one for one in readings}
    figures = []
    for field, key in KEYS[Conventions].items():
        other = others.get(field)
        figures.append({
            "nom": key.name,
            "choix": str(getattr(statement.conventions, field)),
            "sens": key.meaning,
            "autre": other.choice if other else None,
            "total_autre": other.total if other else None,
            "ecart": other.total - statement.total if other else None,
        })  # fmt: skip
    return figures

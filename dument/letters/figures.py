"""The décompte as templates, pages and the computed case see it: French keys, raw values."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from dument.case import Case, Conventions
from dument.law import DatedValue, Law
from dument.ledger import InterestLine, InvoiceBalance, Statement
from dument.money import ZERO
from dument.rules import SumDue
from dument.schema import KEYS


def statement_figures(case: Case, law: Law, statement: Statement) -> dict[str, Any]:
    """Return the décompte: totals, lines, debts, allocations, conventions."""
    lines = lines_in_order(statement)
    return {
        "au": statement.as_of,
        "principal": statement.principal,
        "interets": statement.interest,
        "interets_courus": statement.interest_accrued,
        "interets_payes": statement.interest_accrued - statement.interest,
        "indemnites": statement.fixed_sums,
        "nombre_indemnites": len(statement.fixed_sum_entries),
        "indemnites_lignes": [_sum_figures(law, one) for one in statement.fixed_sum_entries],
        "clause_penale": statement.penalty_clause,
        "clause_penale_ligne": _sum_figures(law, statement.clause_entry)
        if statement.clause_entry
        else None,
        "total": statement.total,
        "reste_a_echoir": statement.not_yet_due,
        "trop_percu": statement.overpaid,
        "par_jour": statement.daily_interest,
        "lignes": [line_figures(law, one) for one in lines],
        "sous_totaux": _subtotals(lines),
        "dettes": [one for invoice in statement.invoices for one in _debts(case, invoice)],
        "imputations": [
            {
                "le": one.on,
                "source": one.source,
                "facture": one.invoice,
                "interets": one.interest,
                "principal": one.principal,
                "indemnite": one.fixed_sum,
                "montant": one.interest + one.principal + one.fixed_sum,
                "avoir": one.is_credit_note,
            }
            for one in statement.allocations
        ],
        "taux": _rates(law, statement),
        "conventions": convention_figures(statement.conventions),
    }


def lines_in_order(statement: Statement) -> list[InterestLine]:
    """Return the lines invoice by invoice, as every décompte shows and numbers them from 1."""
    ranks: dict[str, int] = {}
    for one in statement.lines:
        ranks.setdefault(one.invoice, len(ranks))
    return sorted(statement.lines, key=lambda one: ranks[one.invoice])


def _subtotals(lines: Sequence[InterestLine]) -> list[dict[str, Any]]:
    """Return each invoice's share of the lines, which stand from `debut` to `fin` excluded."""
    subtotals, start = [], 0
    for number, group in groupby(lines, key=lambda one: one.invoice):
        own = list(group)
        subtotals.append({
            "facture": number,
            "debut": start,
            "fin": start + len(own),
            "total": sum((one.amount for one in own), ZERO),
        })  # fmt: skip
        start += len(own)
    return subtotals


def line_figures(law: Law, line: InterestLine) -> dict[str, Any]:
    """Return one line of the décompte, with all that a pocket calculator needs."""
    used = [(one.slug, one.used) for one in line.ingredients]
    return {
        "facture": line.invoice,
        "echeance": line.due_on,
        "du": line.first_day,
        "au": line.last_day,
        "jours": line.days,
        "base": line.base,
        "taux": line.rate,
        "annee": line.year_days,
        "montant": line.amount,
        "regle": line.rule,
        "origine": law.origin(line.rule, used),
        "articles": law.rules[line.rule].articles,
        "articles_cites": [law.articles[slug].cited() for slug in law.rules[line.rule].articles],
        "formule": law.rules[line.rule].formula,
        "sources": [source_figures(law, slug, value) for slug, value in used],
    }


def source_figures(law: Law, slug: str, used: DatedValue) -> dict[str, Any]:
    """Return a value of the law pack with its interval, its reference and how sure it is."""
    return {
        "parametre": slug,
        "nom": law.parameters[slug].title,
        "valeur": law.worded(slug, used),
        "du": used.first_day,
        "au": used.last_day,
        "reference": used.reference,
        "source": used.source,
        "lu_le": used.read_on,
        "statut": str(used.status),
        "fichier": law.parameters[slug].position.file,
    }


def _sum_figures(law: Law, due: SumDue) -> dict[str, Any]:
    used = [(one.slug, one.used) for one in due.ingredients]
    return {
        "facture": due.invoice,
        "le": due.on,
        "montant": due.amount,
        "base": due.base,
        "taux": due.rate,
        "regle": due.rule,
        "origine": law.origin(due.rule, used),
        "articles": law.rules[due.rule].articles,
        "sources": [source_figures(law, slug, value) for slug, value in used],
    }


def _debts(case: Case, balance: InvoiceBalance) -> list[dict[str, Any]]:
    invoice = case.invoice(balance.number)
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
        }
        for one in balance.debts
    ]


def _rates(law: Law, statement: Statement) -> list[dict[str, Any]]:
    """Return each rate that was applied once, oldest first."""
    seen: dict[tuple[Any, str], dict[str, Any]] = {}
    for line in sorted(statement.lines, key=lambda one: one.first_day):
        origin = law.origin(line.rule, [(one.slug, one.used) for one in line.ingredients])
        known = seen.setdefault(
            (line.rate, origin),
            {"taux": line.rate, "origine": origin, "regle": line.rule, "du": line.first_day},
        )
        known["au"] = max(line.last_day, known.get("au", line.last_day))
    return list(seen.values())


def convention_figures(conventions: Conventions) -> list[dict[str, str]]:
    """Return each named convention with its French key and the choice made."""
    keys = KEYS[Conventions]
    return [
        {"nom": key.name, "choix": str(getattr(conventions, field)), "sens": key.meaning}
        for field, key in keys.items()
    ]

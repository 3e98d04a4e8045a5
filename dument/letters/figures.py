"""The décompte as templates, pages and the computed case see it: French keys, raw values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from dument.case import Case, Conventions, Cost, Invoice
from dument.law import DatedValue, Law
from dument.ledger import Allocation, InterestLine, InvoiceBalance, Reading, Statement
from dument.money import ZERO
from dument.rules import SumDue
from dument.rules.interest_capitalisation import RULE as CAPITALISATION
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
        "indemnites_lignes": [_sum_figures(law, one) for one in statement.fixed_sum_entries],
        "clause_penale": statement.penalty_clause,
        "clause_penale_ligne": _sum_figures(law, statement.clause_entry)
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
        "lignes": [line_figures(law, one, shared) for one in lines],
        "sous_totaux": _subtotals(lines),
        "dettes": list(_all_debts(case, statement)),
        "echeances_calculees": due_date_figures(case, law, statement),
        "imputations": [_allocation_figures(one) for one in statement.allocations],
        "taux": _rates(law, statement),
        "conventions": convention_figures(statement, readings),
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


Shared = dict[tuple[object, ...], dict[str, Any]]


def line_figures(law: Law, line: InterestLine, shared: Shared | None = None) -> dict[str, Any]:
    """Return one line of the décompte, with all that a pocket calculator needs.

    `shared` keeps what lines of one rule and rate have alike, told once for thousands of them.
    """
    shared = {} if shared is None else shared
    key = (line.rule, bool(line.capitalised), *(id(one.used) for one in line.ingredients))
    if key not in shared:
        shared[key] = _rule_figures(law, line)
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
        "capitalise": line.capitalised,
        **shared[key],
    }


def _rule_figures(law: Law, line: InterestLine) -> dict[str, Any]:
    used = [(one.slug, one.used) for one in line.ingredients]
    articles = _articles(law, line)
    return {
        "origine": law.origin(line.rule, used),
        "articles": articles,
        "articles_cites": [law.articles[slug].cited() for slug in articles],
        "formule": law.rules[line.rule].formula,
        "sources": [source_figures(law, slug, value) for slug, value in used],
    }


def _articles(law: Law, line: InterestLine) -> tuple[str, ...]:
    """Return the articles of a line's rule, with that of capitalised interest when some is."""
    articles = law.rules[line.rule].articles
    return (*articles, *law.rules[CAPITALISATION].articles) if line.capitalised else articles


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

"""The lines of a décompte as templates see them: rates, rules and sources in words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from dument.law import DatedValue, Law
from dument.ledger import InterestLine, Statement
from dument.money import ZERO
from dument.rules import SumDue
from dument.rules.interest_capitalisation import RULE as CAPITALISATION


def lines_in_order(statement: Statement) -> list[InterestLine]:
    """Return the lines invoice by invoice, as every décompte shows and numbers them from 1."""
    ranks: dict[str, int] = {}
    for one in statement.lines:
        ranks.setdefault(one.invoice, len(ranks))
    return sorted(statement.lines, key=lambda one: ranks[one.invoice])


def subtotals(lines: Sequence[InterestLine]) -> list[dict[str, Any]]:
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


def sum_figures(law: Law, due: SumDue) -> dict[str, Any]:
    """Return a sum that is due once, such as the fixed sum, with what it rests on."""
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


def rates_applied(law: Law, statement: Statement) -> list[dict[str, Any]]:
    """Return each rate that was applied once, oldest first."""
    worded: dict[tuple[object, ...], str] = {}
    seen: dict[tuple[Any, str], dict[str, Any]] = {}
    for line in sorted(statement.lines, key=lambda one: one.first_day):
        key = (line.rule, *(id(one.used) for one in line.ingredients))
        if key not in worded:
            used = [(one.slug, one.used) for one in line.ingredients]
            worded[key] = law.origin(line.rule, used)
        known = seen.setdefault(
            (line.rate, worded[key]),
            {"taux": line.rate, "origine": worded[key], "regle": line.rule, "du": line.first_day},
        )
        known["au"] = max(line.last_day, known.get("au", line.last_day))
    return list(seen.values())

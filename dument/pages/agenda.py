"""What comes next: what is overdue first, then each day that counts, in order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from dument.pages.deadlines import is_before_the_court, must_be_done, next_limits
from dument.pages.frame import Desk

_OPEN_STATES = {"a-faire", "depasse", "court", "attendre", "possible"}
_FAR = 366  # a date to act before that lies further off is not the next thing to look at


def agenda(
    desk: Desk, summary: dict[str, Any], order: dict[str, Any] | None
) -> list[dict[str, Any]]:
    """Return what is to be done or watched, by day.

    `retard` marks what the creditor let pass, `prochaine` the first thing that is not past.
    """
    dossier = desk.dossier
    entries: list[dict[str, Any]] = []
    if dossier.statement.total > 0:
        if not is_before_the_court(dossier):
            entries += _notice(summary["mise_en_demeure"])
        entries += _limits(desk)
    entries += _order(order)
    for draft in summary["projets"]:
        is_late = draft["le"] < dossier.as_of
        entries.append({"sorte": "projet", "le": draft["le"], "lettre": draft, "retard": is_late})
    for one in summary["promesses"]:
        if one["suite"] == "en-cours":
            entries.append({"sorte": "promesse", "le": one["pour_le"], "promesse": one})
    entries += _coming(desk)
    return _ranked(entries, dossier.as_of)


def _ranked(entries: list[dict[str, Any]], as_of: date) -> list[dict[str, Any]]:
    """Put what is overdue first, then the rest in the order of the days."""
    for one in entries:
        one.setdefault("retard", False)
        one["passee"] = one["le"] < as_of
        one["jours"] = (one["le"] - as_of).days
        one["prochaine"] = False
    ranked = sorted(entries, key=lambda one: (not one["retard"], one["le"]))
    coming = next((one for one in ranked if one["jours"] >= 0 and one["jours"] <= _FAR), None)
    if coming:
        coming["prochaine"] = True
    return ranked


def _notice(notice: dict[str, Any] | None) -> Iterator[dict[str, Any]]:
    if notice and notice["reponse_avant"]:
        yield {"sorte": "reponse", "le": notice["reponse_avant"], "lettre": notice}


def _order(order: dict[str, Any] | None) -> Iterator[dict[str, Any]]:
    for step in order["etapes"] if order else ():
        if step["etat"] in _OPEN_STATES:
            is_late = must_be_done(step) and step["etat"] == "depasse"
            yield {"sorte": "etape", "le": step["le"], "etape": step, "retard": is_late}


def _limits(desk: Desk) -> Iterator[dict[str, Any]]:
    """Yield the nearest date to act before: the others stand on their own page."""
    for one in next_limits(desk.dossier)[:1]:
        is_late = one["agir_avant"] < desk.dossier.as_of
        yield {"sorte": "agir", "le": one["agir_avant"], "limite": one, "retard": is_late}


def _coming(desk: Desk) -> Iterator[dict[str, Any]]:
    """Yield the due dates to come on which something will be owed."""
    for balance in desk.dossier.statement.invoices:
        is_alone = len(balance.debts) == 1
        for rank, debt in enumerate(balance.debts, 1):
            if not debt.is_due and debt.principal > 0 and debt.due_on >= desk.dossier.as_of:
                name = "ttc" if is_alone else f"echeances.{rank}.montant"
                figure = f"factures.{balance.number}.{name}"
                yield {"sorte": "echeance", "le": debt.due_on, "facture": balance.number,
                       "montant": debt.principal,
                       "figure": figure if debt.principal == debt.amount else ""}  # fmt: skip

"""The summary: what is due and why, what was done, what stops, by when to act."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from dument.case import FORMAL_NOTICE, EventKind
from dument.dossier import Dossier
from dument.pages.chronology import open_limitations, promise
from dument.pages.frame import Desk

# What the journal and the order tell that a reader looks for first, beside the letters.
_ACTS = {
    EventKind.ACKNOWLEDGEMENT, EventKind.ORDER, EventKind.SERVICE, EventKind.OPPOSITION,
    EventKind.SUMMONS, EventKind.CONSERVATORY, EventKind.ENFORCEMENT,
}  # fmt: skip


def synopsis(
    desk: Desk,
    letters: list[dict[str, Any]],
    sums: dict[str, Any],
    facts: list[dict[str, Any]],
) -> dict[str, Any]:
    """Return what the first page says, from what the other pages hold."""
    dossier = desk.dossier
    sent = [one for one in letters if not one["projet"]]
    notices = [one for one in sent if one["modele"] == FORMAL_NOTICE]
    return {
        "etat": state(dossier),
        "arrets": stops(dossier),
        "parts": shares(sums),
        "fondement": dossier.case.claim and dossier.case.claim.basis,
        "piece_fondement": desk.exhibit_link(dossier.case.claim and dossier.case.claim.exhibit),
        "facture": sum((one.gross for one in dossier.statement.invoices), Decimal("0.00")),
        "credite": sum((one.credited for one in dossier.statement.invoices), Decimal("0.00")),
        "paye": sum((one.amount for one in dossier.case.settlements
                     if one.on <= dossier.as_of and not one.is_rejected(dossier.as_of)),
                    Decimal("0.00")),
        "plus_ancienne": oldest_due(dossier),
        "envoyees": sent,
        "projets": [one for one in letters if one["projet"]],
        "mise_en_demeure": notices[-1] if notices else None,
        "promesses": promises(dossier),
        "faits": deeds(sent, promises(dossier), facts),
        "juridiction": dossier.case.court
        and {"type": dossier.case.court.kind.value, "ville": dossier.case.court.city},
    }  # fmt: skip


def state(dossier: Dossier) -> str:
    """Return the state of the claim in one word: settled, stopped, due, or not yet due."""
    statement = dossier.statement
    if statement.total > 0 and stops(dossier):
        return "arret"
    if statement.total > 0:
        return "du"
    return "a-echoir" if statement.not_yet_due > 0 else "solde"


def stops(dossier: Dossier) -> list[dict[str, Any]]:
    """Return what stops or changes the pursuit on the dossier's day."""
    status, found = dossier.case.status, []
    if status.insolvency and status.insolvency.judgment_on <= dossier.as_of:
        opened = status.insolvency
        found.append({"arret": "procedure", "le": opened.judgment_on, "type": opened.kind})
    if status.over_indebted_since and status.over_indebted_since <= dossier.as_of:
        found.append({"arret": "surendettement", "le": status.over_indebted_since})
    if status.struck_off and status.struck_off.on <= dossier.as_of:
        struck = status.struck_off
        found.append({"arret": "societe", "le": struck.on, "type": struck.kind})
    if status.dispute and status.dispute.since <= dossier.as_of:
        one = status.dispute
        found.append({"arret": "litige", "le": one.since, "motif": one.reason,
                      "montant": one.amount})  # fmt: skip
    past = [one.invoice for one in open_limitations(dossier) if one.last_day < dossier.as_of]
    barred = list(dict.fromkeys(past))
    if barred:
        found.append({"arret": "prescription", "factures": barred})
    return found


def shares(sums: dict[str, Any]) -> list[dict[str, Any]]:
    """Return each part of the total with its place on a bar of 1000 units."""
    names = ("principal", "interets", "indemnites", "clause_penale", "frais")
    parts = [(name, sums[name]) for name in names if sums[name] > 0]
    total, start, drawn = sum((amount for _, amount in parts), Decimal(0)), 0, []
    reached = Decimal(0)
    for name, amount in parts:
        reached += amount
        end = int(1000 * reached / total)
        drawn.append({"nom": name, "montant": amount, "x": start, "largeur": end - start})
        start = end
    return drawn


def oldest_due(dossier: Dossier) -> date | None:
    """Return the oldest due date on which principal is still owed."""
    days = [
        debt.due_on
        for one in dossier.statement.invoices
        for debt in one.debts
        if debt.is_due and debt.principal > 0
    ]
    return min(days, default=None)


def promises(dossier: Dossier) -> list[dict[str, Any]]:
    """Return each promise, with who made it known and what became of it."""
    return [
        {"faite_le": entry.on, "rang": rank, **found}
        for rank, entry in enumerate(dossier.case.journal, 1)
        if (found := promise(dossier, entry))
    ]


def deeds(
    sent: list[dict[str, Any]], promised: list[dict[str, Any]], facts: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return letters sent, promises made and acts of justice, in the order of the days."""
    done = [{"le": one["envoyee_le"], "sorte": "lettre", "lettre": one} for one in sent]
    done += [
        {"le": one["le"], "sorte": "acte", "acte": one}
        for one in facts
        if not one["a_venir"] and (one["sorte"] == "decision" or one.get("type") in _ACTS)
    ]
    done += [{"le": one["faite_le"], "sorte": "promesse", "promesse": one} for one in promised]
    return sorted(done, key=lambda one: one["le"])

"""The deadlines: of each due date, and of what an order for payment opens."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from dument.case import EventKind, Regime
from dument.dossier import Dossier
from dument.letters import deadline_figures, order_figures
from dument.pages.frame import Desk
from dument.rules.limitation_period import Effect

_FILED = {EventKind.FILING, EventKind.ORDER, EventKind.SUMMONS}
_OF_PUBLIC_DEBTS = "prescription-personne-publique"
# What the creditor must do in time; the dossier may not say that a sum was deposited.
_ACTS = {"signification", "consignation-demande", "consignation-opposition", "constitution-avocat"}


def deadlines(desk: Desk) -> dict[str, Any]:
    """Return the dates of each due date, by invoice, and those of the order, with their states."""
    dossier = desk.dossier
    told = deadline_figures(dossier.law, dossier.deadlines)
    order = order_figures(dossier.law, dossier.order, dossier.order_steps)
    stated = dossier.case.order
    return {
        "factures": [
            _invoice(desk, number, list(terms))
            for number, terms in groupby(told, key=lambda one: one["facture"])
        ],
        "ordonnance": order
        and {
            **order,
            "piece": desk.exhibit_link(stated.exhibit if stated else None),
            "etapes": [
                step_view(one, dossier.as_of, is_issued=dossier.order is not None)
                for one in order["etapes"]
            ],
        },
        "marges": sorted({one["marge"] for one in told if one["marge"]}),
        "articles_publics": list(dossier.law.parameters[_OF_PUBLIC_DEBTS].articles)
        if dossier.case.regime is Regime.PUBLIC
        else [],
    }


def _invoice(desk: Desk, number: str, terms: list[dict[str, Any]]) -> dict[str, Any]:
    """Return an invoice with its due dates; what bears on all alike is told once.

    The limitation of a debt of a public body is not worked out, nor what would interrupt it.
    """
    invoice = desk.dossier.case.invoice(number)
    as_of, is_public = desk.dossier.as_of, desk.dossier.case.regime is Regime.PUBLIC
    views = [{**one, **_standing(one, as_of)} for one in terms]
    return {
        "facture": number,
        "objet": invoice.subject if invoice else None,
        "piece": desk.exhibit_link(invoice.exhibit if invoice else None),
        "ouverte": any(one["ouverte"] for one in views),
        "echeances": views,
        "evenements": [] if is_public else _events(views),
    }


def _events(terms: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return each event once, oldest first; `pour` names its due dates unless it bears on all."""
    bearing: list[tuple[dict[str, Any], list[date]]] = []
    for term in terms:
        for event in term["evenements"]:
            known = next((days for one, days in bearing if one == event), None)
            if known is None:
                bearing.append((event, known := []))
            known.append(term["echeance"])
    told = [{**event, "pour": days if len(days) < len(terms) else []} for event, days in bearing]
    return sorted(told, key=lambda one: one["le"])


def _standing(deadline: dict[str, Any], as_of: date) -> dict[str, Any]:
    """Return where a due date stands: counted from when, late by how many days, left to act."""
    late, act_before = deadline["en_retard_depuis"], deadline["agir_avant"]
    barred = deadline["prescription_le"]
    restarts = [one["le"] for one in deadline["evenements"] if one["effet"] == Effect.INTERRUPTS]
    return {
        "compte_du": restarts[-1] if restarts else deadline["prescription_depart"],
        "jours_de_retard": (as_of - late).days + 1 if late else None,
        "reste": (act_before - as_of).days if act_before else None,
        "acquise": bool(barred and barred < as_of),
        "pressante": bool(act_before and act_before < as_of),
    }


def step_view(step: dict[str, Any], as_of: date, *, is_issued: bool) -> dict[str, Any]:
    """Return a step of the order with its state on a day.

    `fait`, `tardif` (done too late), `a-faire`, `depasse` for what the creditor does, `sans-objet`
    for the deposit of a request that was granted; `court` or `expire` for the time to oppose,
    `formee` once opposed; `attendre` or `possible` to enforce.
    """
    is_past = step["le"] < as_of
    done = step["fait_le"]
    if step["etape"] == "opposition":
        state = "formee" if done else "expire" if is_past else "court"
    elif step["etape"] == "execution":
        state = "fait" if done else "possible" if step["le"] <= as_of else "attendre"
    elif step["etape"] == "consignation-demande" and is_issued:
        state = "sans-objet"
    elif done:
        state = "tardif" if done > step["le"] else "fait"
    else:
        state = "depasse" if is_past else "a-faire"
    return {**step, "etat": state, "jours": (step["le"] - as_of).days}


def next_limits(dossier: Dossier) -> list[dict[str, Any]]:
    """Return the dates to act before on what is still owed, the nearest first."""
    told = deadline_figures(dossier.law, dossier.deadlines)
    still_open = [one for one in told if one["ouverte"] and one["agir_avant"]]
    return sorted(still_open, key=lambda one: one["agir_avant"])


def is_before_the_court(dossier: Dossier) -> bool:
    """Whether a court has been asked by the day: what a letter granted is then of the past."""
    return any(day <= dossier.as_of and kind in _FILED for day, kind in dossier.case.acts)


def must_be_done(step: dict[str, Any]) -> bool:
    """Whether a step is one that the creditor takes, before its day."""
    return step["etape"] in _ACTS

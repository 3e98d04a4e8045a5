"""Deadlines as pages and the computed case see them: French keys, dates, a sentence for each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dument.case import PaymentOrder
from dument.law import Law
from dument.ledger import Deadline
from dument.rules.limitation_period import MARGIN, LimitationEvent
from dument.rules.limitation_period import RULE as LIMITATION
from dument.rules.payment_order import RULE as ORDER
from dument.rules.payment_order import OrderStep


def deadline_figures(law: Law, deadlines: Iterable[Deadline]) -> list[dict[str, Any]]:
    """Return, for each due date: late since, barred on, prudent date, by when to act, events."""
    return [_deadline(law, one) for one in deadlines]


def _deadline(law: Law, deadline: Deadline) -> dict[str, Any]:
    found = deadline.limitation
    slug, used = (found.ingredient.slug, found.ingredient.used) if found else (None, None)
    return {
        "facture": deadline.invoice,
        "echeance": deadline.due_on,
        "ouverte": deadline.is_open,
        "en_retard_depuis": deadline.late_since,
        "prescription_depart": found.start if found else None,
        "prescription_le": found.last_day if found else None,
        "prudence_le": found.prudent_day if found else None,
        "agir_avant": found.act_before if found else None,
        "delai": law.worded(slug, used) if slug and used else None,
        "parametre": slug,
        "marge": MARGIN if found else None,
        "articles": list(law.parameters[slug].articles) if slug else [],
        "evenements": [_event(law, one) for one in deadline.events],
    }


def _event(law: Law, event: LimitationEvent) -> dict[str, Any]:
    return {
        "le": event.on,
        "type": event.kind,
        "effet": event.effect.value,
        "prescription_le": event.last_day,
        "motif": law.sentence(LIMITATION, event.reason),
    }


def order_figures(
    law: Law, order: PaymentOrder | None, steps: Iterable[OrderStep]
) -> dict[str, Any] | None:
    """Return the order and the steps it opens; None when nothing was filed nor made."""
    told = [_step(law, one) for one in steps]
    if order is None and not told:
        return None
    return {
        "rendue_le": order.issued_on if order else None,
        "signifiee_le": order.served_on if order else None,
        "signifiee_a_personne": order.served_in_person if order else None,
        "opposition_le": order.opposed_on if order else None,
        "opposition_prolongee": law.sentence(ORDER, "opposition-prolongee")
        if order and order.served_on and not order.served_in_person
        else None,
        "etapes": told,
    }


def _step(law: Law, step: OrderStep) -> dict[str, Any]:
    return {
        "etape": step.name,
        "depart": step.start,
        "le": step.day,
        "avant_report": step.calendar_day,
        "reporte": step.day != step.calendar_day,
        "fait_le": step.done_on,
        "regle": law.sentence(ORDER, step.name),
        "lecture_refusee": law.sentence(ORDER, f"{step.name}-naif"),
        "lecture_refusee_le": step.naive_day,
        "articles": step.articles,
        "parametres": [
            {
                "parametre": one.slug,
                "valeur": law.worded(one.slug, one.used),
                "du": one.used.first_day,
                "au": one.used.last_day,
                "reference": one.used.reference,
                "statut": str(one.used.status),
            }
            for one in step.ingredients
        ],
    }

"""The sentences of what comes next: one for each kind of task, as the owner reads it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from dument.french import short_date, typeset
from dument.money import format_euros

STEPS = {
    "consignation-demande": "Consigner les frais de greffe de la requête.",
    "signification": "Faire signifier l’ordonnance, dernier jour.",
    "opposition": "Fin du délai d’opposition à l’ordonnance.",
    "execution": "Aucune exécution de l’ordonnance avant ce jour.",
    "consignation-opposition": "Consigner les frais de l’opposition.",
    "constitution-avocat": "Constituer avocat.",
}


def reminder(number: str) -> str:
    """Say that an invoice is late and that nothing has left."""
    return _said("La facture {} est en retard : aucune lettre n’est partie.", number)


def coming(number: str, amount: Decimal) -> str:
    """Say that an invoice falls due."""
    return _said("Échéance de la facture {} : {}.", number, format_euros(amount))


def draft(title: str) -> str:
    """Say that a letter waits for its owner."""
    return _said("{} : en projet, à relire et à envoyer.", title)


def promised(told: dict[str, Any], *, is_late: bool) -> str:
    """Say what the debtor promised, and whether the day has passed without it."""
    amount = f" de {format_euros(told['montant'])}" if told["montant"] else ""
    outcome = "promis, non reçu" if is_late else "promis pour ce jour"
    return _said("Règlement{} {}.", amount, outcome)


def instalment(amount: Decimal) -> str:
    """Say what a payment schedule foresees."""
    return _said("Versement de {} prévu par l’échéancier.", format_euros(amount))


def granted(title: str, *, is_over: bool, announces: bool) -> str:
    """Say when the time that a letter grants ends, or that it has ended in silence."""
    if is_over and announces:
        return _said("Le délai de la lettre « {} » a expiré : faire ce qu’elle annonce.", title)
    if is_over:
        return _said("Le délai de la lettre « {} » a expiré sans suite.", title)
    return _said("Fin du délai donné par la lettre « {} ».", title)


def announced(title: str, day: str) -> str:
    """Say that a letter announced an act for the day at the latest."""
    return _said("Dernier jour de ce qu’annonce la lettre « {} » du {}.", title, day)


def suspended(services: str) -> str:
    """Say what a letter announced would be suspended."""
    return _said("Suspension annoncée : {}.", services)


def limited(told: dict[str, Any], *, is_barred: bool) -> str:
    """Say by when to act, and the day on which the claim is barred."""
    day = short_date(told["prescription_le"])
    if is_barred:
        return _said("La facture {} paraît prescrite depuis le {}.", told["facture"], day)
    return _said("Agir avant la prescription de la facture {}, le {}.", told["facture"], day)


def declared() -> str:
    """Say the last day to declare a claim in collective proceedings."""
    return "Déclarer la créance au mandataire judiciaire, dernier jour."


def _said(sentence: str, *values: object) -> str:
    """Set the spaces of a sentence, then put the values in as they are."""
    return typeset(sentence).format(*values)

"""Who a letter is from and for: its version names two roles, the case says who fills them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dument.case import (
    Agent,
    Case,
    Creditor,
    Party,
    Professional,
    Reader,
    Representative,
    Visibility,
)
from dument.letters.postal import address_lines, place_lines, sentence
from dument.schema import in_french

EXHIBIT_LIST = "bordereau"  # the annex that names the exhibits
CREDITOR, REPRESENTATIVE, AGENT = "creancier", "representant", "mandataire"
SENDERS = (CREDITOR, REPRESENTATIVE, AGENT)
"""Who writes and signs: the creditor by his signatory or by his legal representative, or one who
collects for him."""

DEBTOR, COURT = "debiteur", "juridiction"
RECIPIENTS: Mapping[str, str] = {
    DEBTOR: "debiteur.adresse.voie",
    COURT: "juridiction.ville",
    "avocat": "avocat.nom",
    "commissaire": "commissaire.nom",
    "mandataire-judiciaire": "statut.procedure_collective.mandataire.nom",
    "aucun": "reference",
}
"""Whom a letter is for, and the path of the case without which it cannot be addressed."""


_CLOSED = {"avocat": Visibility.COUNSEL, "commissaire": Visibility.BAILIFF}
_READERS = {"avocat": Reader.COUNSEL, "commissaire": Reader.BAILIFF}


def openness(recipient: str) -> Visibility:
    """Return who may see a letter, by the role of the one it is for."""
    return _CLOSED.get(recipient, Visibility.COMMUNICATED)


def reader_of(recipient: str) -> Reader:
    """Return what reader a letter's recipient is; whoever is not one of ours is the opponent."""
    return _READERS.get(recipient, Reader.OPPONENT)


def sender_of(case: Case, role: str) -> Creditor | Agent:
    """Return whose letterhead it is; the creditor's where the case names no agent."""
    return case.agent if role == AGENT and case.agent is not None else case.creditor


def signatory_of(case: Case, role: str) -> Representative | None:
    """Return who signs: a power is signed by the legal representative himself."""
    own = case.creditor.representative
    return own if role == REPRESENTATIVE and own else sender_of(case, role).signs


def recipient_of(case: Case, role: str) -> Party | Professional | None:
    """Return whose address the window shows; None for a court, or where the case names nobody."""
    opened = case.status.insolvency
    known: dict[str, Party | Professional | None] = {
        DEBTOR: case.debtor,
        "avocat": case.lawyer,
        "commissaire": case.bailiff,
        "mandataire-judiciaire": opened.trustee if opened else None,
    }
    return known.get(role)


def told(who: Party | Professional) -> dict[str, Any]:
    """Return a person in French, with his name and his address as a letter writes them."""
    signs = getattr(who, "signs", None)
    notified = getattr(who, "notification_address", None)
    return {
        **in_french(who),
        "nom_complet": who.name,
        "personne_physique": who.is_natural_person,
        "adresse_lignes": address_lines(who),
        "adresse_lieu": place_lines(who.address),
        "adresse_phrase": sentence(who.address),
        **({"signe": in_french(signs)} if signs else {}),
        **({"adresse_notification_phrase": sentence(notified)} if notified else {}),
    }


def correspondents(case: Case, sender: str, recipient: str) -> dict[str, Any]:
    """Return the variables of the two ends of a letter, and of all who act beside the parties."""
    found = recipient_of(case, recipient)
    signs = signatory_of(case, sender)
    named = {"avocat": case.lawyer, "commissaire": case.bailiff, "mandataire": case.agent}
    return {
        "expediteur": told(sender_of(case, sender)),
        "destinataire": told(found) if found else {"adresse_lignes": []},
        "destine_a": recipient,
        "signe": in_french(signs) if signs else {},
        **{key: told(who) for key, who in named.items() if who is not None},
    }

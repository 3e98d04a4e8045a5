"""The variables of the sheets of `letters/_papier/`: what stands around the body."""

from __future__ import annotations

from typing import Any

from dument.case import Bank
from dument.letters.context import FILTERS, Subject
from dument.letters.correspondence import DEBTOR, sender_of, signatory_of
from dument.letters.kinds import PAPERS, Version
from dument.letters.payment_code import payment_code, transfer_payload
from dument.templating import safe


def sheet_variables(
    subject: Subject, version: Version, head: dict[str, list[str]]
) -> dict[str, Any]:
    """Return the variables of the sheets of `letters/_papier/`."""
    case, sender = subject.case, sender_of(subject.case, version.sender)
    creditor = case.creditor
    one = {key: values[0] for key, values in head.items()}
    signs = signatory_of(case, version.sender)
    bank = (sender.bank or creditor.bank) if version.recipient == DEBTOR else None
    return {
        "langue": "fr",
        "titre": version.title,
        "cree_le": subject.on.isoformat(),
        "auteur": sender.name,
        "projet": version.is_sendable and not subject.request.is_sent,
        "expediteur": {
            "nom": sender.name,
            "lignes": head.get("expediteur", []),
            "contact": head.get("contact", []),
            "logo": sender is creditor and creditor.logo and f"logo/{creditor.logo}",
        },
        "destinataire": {
            "nom": one.get("suite", ""),
            "lignes": head.get("destinataire", []),
        },
        "lieu_date": one.get("lieu_date", ""),
        "envoi": head.get("envoi", []),
        "references": [_reference(line) for line in head.get("reference", [])],
        "objet": one.get("objet", version.title),
        "juridiction": one.get("juridiction", ""),
        "sous_titre": one.get("sous_titre", ""),
        "reserve": one.get("reserve", ""),
        "signataire": {
            "nom": signs.name if signs else "",
            "qualite": signs.role if signs else "",
            "image": signs == creditor.signs
            and creditor.signature
            and f"signature/{creditor.signature}",
        },
        "pieces_jointes": head.get("piece_jointe", []),
        "reglement": bank and _settlement(subject, version, bank),
        "mentions_legales": head.get("mention", []),
    }


def _settlement(subject: Subject, version: Version, bank: Bank) -> dict[str, Any]:
    """Return where to pay; a letter has the code of what it claims, where there is a claim."""
    reference = subject.case.reference
    payload = transfer_payload(bank, version.claimed(subject.statement), reference)
    return {
        "titulaire": bank.holder,
        "iban": FILTERS["iban"](bank.iban),
        "bic": bank.bic,
        "reference": reference,
        "qr": safe(payment_code(payload)) if payload and version.paper == PAPERS[0] else None,
    }


def _reference(line: str) -> dict[str, str]:
    name, _, value = line.partition("|")
    return {"nom": name.strip(), "valeur": value.strip()}

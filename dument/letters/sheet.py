"""The variables of the sheets of `letters/_papier/`: what stands around the body."""

from __future__ import annotations

from typing import Any

from dument.letters.context import FILTERS, Subject
from dument.letters.kinds import Version


def sheet_variables(
    subject: Subject, version: Version, head: dict[str, list[str]]
) -> dict[str, Any]:
    """Return the variables of the sheets of `letters/_papier/`."""
    creditor = subject.case.creditor
    one = {key: values[0] for key, values in head.items()}
    signs = creditor.signs
    bank = creditor.bank
    return {
        "langue": "fr",
        "titre": version.title,
        "cree_le": subject.on.isoformat(),
        "auteur": creditor.name,
        "projet": version.paper != "annexe" and not subject.request.is_sent,
        "expediteur": {
            "nom": creditor.name,
            "lignes": head.get("expediteur", []),
            "contact": head.get("contact", []),
            "logo": creditor.logo and f"logo/{creditor.logo}",
        },
        "destinataire": {"lignes": head.get("destinataire", [])},
        "lieu_date": one.get("lieu_date", ""),
        "envoi": head.get("envoi", []),
        "references": [_reference(line) for line in head.get("reference", [])],
        "objet": one.get("objet", version.title),
        "juridiction": one.get("juridiction", ""),
        "sous_titre": one.get("sous_titre", ""),
        "signataire": {
            "nom": signs.name if signs else "",
            "qualite": signs.role if signs else "",
            "image": creditor.signature and f"signature/{creditor.signature}",
        },
        "pieces_jointes": head.get("piece_jointe", []),
        "reglement": bank
        and {
            "titulaire": bank.holder,
            "iban": FILTERS["iban"](bank.iban),
            "bic": bank.bic,
            "reference": subject.case.reference,
            "qr": None,
        },
        "mentions_legales": head.get("mention", []),
    }


def _reference(line: str) -> dict[str, str]:
    name, _, value = line.partition("|")
    return {"nom": name.strip(), "valeur": value.strip()}

"""The court before which an order for payment is asked for, and each reason for it."""

from __future__ import annotations

from typing import Any

from dument.dossier import Dossier
from dument.rules.competent_court import RULE, competent_court, designation, reasons


def court(dossier: Dossier) -> dict[str, Any]:
    """Return the court that the file names, else the computed one, and the steps to the latter.

    `nom` is None when neither is known: the last reason then says why. `autre` is the computed
    court where the file names another one.
    """
    case, law = dossier.case, dossier.law
    found = competent_court(case, law, dossier.as_of)
    chosen = case.court or found.court
    differs = case.court and found.court and case.court != found.court
    return {
        "nom": designation(law, chosen) if chosen else None,
        "choisie": case.court is not None,
        "autre": designation(law, found.court) if differs and found.court else None,
        "titre": law.rules[RULE].title,
        "motifs": [
            {"texte": one.text, "articles": list(one.articles)} for one in reasons(law, found)
        ],
    }

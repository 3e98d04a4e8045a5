"""The keys of those who act beside the parties, and of the powers and securities they hold."""

from __future__ import annotations

from dument import case
from dument.case import correspondents
from dument.schema.party_keys import PARTY, Key, Keys

CORRESPONDENT_KEYS: dict[type[case.Record], Keys] = {
    case.Professional: {
        "name": Key("nom", "Prénom et nom, sans « Maître »."),
        "firm": Key("denomination", "Cabinet, étude ou société d’exercice."),
        "civility": Key("civilite", "Formule d’appel ; à défaut, « Maître »."),
        "address": Key("adresse", "Adresse du cabinet ou de l’étude."),
        "email": Key("courriel", "Adresse électronique."),
        "phone": Key("telephone", "Numéro de téléphone."),
    },
    case.Agent: PARTY
    | {
        "bank": Key("banque", "Le compte dédié où payer ; à défaut, celui du créancier."),
        "signatory": Key("signataire", "Qui signe, si ce n’est pas le représentant."),
        "agreement_on": Key("convention_le", "Date de la convention écrite qui lui donne pouvoir de recevoir (CPCE, R. 124-3)."),
        "insurance": Key("assurance", "Assurance de responsabilité civile professionnelle : assureur et police (CPCE, R. 124-2)."),
        "has_dedicated_account": Key("compte_dedie", "oui si les fonds reçus vont sur un compte réservé à cet usage."),
        "declared_on": Key("declaration_le", "Date de la déclaration écrite au procureur de la République."),
    },
    case.PowerOfAttorney: {
        "name": Key("nom", "Prénom et nom de qui reçoit le pouvoir."),
        "role": Key("qualite", "Sa qualité : salarié, expert-comptable…"),
        "address": Key("adresse", "Son adresse, s’il n’est pas salarié du créancier."),
        "purpose": Key("pour", "L’acte, et lui seul : requete-injonction-de-payer ou declaration-de-creance."),
        "on": Key("le", "Date du pouvoir."),
        "exhibit": Key("piece", "Pièce : le pouvoir signé."),
    },
    correspondents.Security: {
        "kind": Key("nature", "Nature et rang : « clause de réserve de propriété »."),
        "on": Key("le", "Date de l’acte qui la constitue."),
        "exhibit": Key("piece", "Pièce qui la prouve."),
    },
}  # fmt: skip

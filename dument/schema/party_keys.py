"""The keys that a creditor and a debtor share, and what a key is."""

from __future__ import annotations

from typing import NamedTuple


class Key(NamedTuple):
    """The French key of a field, and its meaning in one sentence for the user."""

    name: str
    meaning: str


Keys = dict[str, Key]

PARTY_KEYS = ("creancier", "debiteur", "avocat", "commissaire", "mandataire")
"""The keys of a case that may name a file of `parties/` instead of holding a block."""

PARTY: Keys = {
    "kind": Key(
        "type", "societe, entrepreneur_individuel, particulier, personne_publique ou association."
    ),
    "company_name": Key("denomination", "Dénomination d’une personne morale."),
    "legal_form": Key("forme", "Forme juridique : SARL, SAS, commune…"),
    "activity": Key(
        "activite",
        "commerciale, artisanale, liberale, agricole ou civile ; à défaut, ce que dit la forme.",
    ),
    "capital": Key("capital", "Capital social, tel qu’il doit être imprimé : « 8 000 € »."),
    "civility": Key(
        "civilite", "« Monsieur » ou « Madame », pour l’adresse et la formule d’appel."
    ),
    "last_name": Key("nom", "Nom d’une personne physique."),
    "first_name": Key("prenom", "Prénoms d’une personne physique."),
    "occupation": Key("profession", "Profession d’une personne physique."),
    "nationality": Key("nationalite", "Nationalité d’une personne physique (requête)."),
    "birth": Key("naissance", "Date et lieu de naissance d’une personne physique (requête)."),
    "siren": Key("siren", "Numéro SIREN, neuf chiffres dont une clé."),
    "siret": Key("siret", "Numéro SIRET, quatorze chiffres dont une clé."),
    "vat_number": Key("tva", "Numéro de TVA intracommunautaire."),
    "register_city": Key("rcs", "Ville du greffe d’immatriculation au registre du commerce."),
    "representative": Key("representant", "Représentant légal : nom et qualité."),
    "address": Key("adresse", "Adresse du siège ou du domicile."),
    "email": Key("courriel", "Adresse électronique."),
    "phone": Key("telephone", "Numéro de téléphone, non surtaxé."),
}

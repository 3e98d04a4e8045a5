"""The keys of what an invoice itself carries."""

from __future__ import annotations

from dument.schema.party_keys import Key, Keys

INVOICE_MENTIONS: Keys = {
    "late_interest": Key("penalites", "Le taux des pénalités de retard."),
    "fixed_sum": Key("indemnite", "L’indemnité forfaitaire pour frais de recouvrement."),
    "discount": Key("escompte", "Les conditions d’escompte, ou leur absence."),
    "billing_address": Key("adresse_facturation", "L’adresse de facturation, si elle diffère."),
    "order": Key("commande", "Le bon de commande de l’acheteur, s’il en a établi un."),
    "detail": Key(
        "detail", "Quantités, désignations, prix, taxe par taux, jour de la prestation."
    ),
    "debtor_siren": Key("siren_client", "Le SIREN du client."),
    "delivery_address": Key("adresse_livraison", "L’adresse de livraison, si elle diffère."),
    "category": Key("categorie", "Livraison de biens, prestation de services, ou les deux."),
    "tax_on_debits": Key("option_debits", "L’option pour la taxe d’après les débits, si prise."),
    "exemption": Key("franchise", "La mention de la franchise en base, sur une facture sans TVA."),
    "structured_file": Key(
        "fichier_structure", "Le fichier structuré est conservé, pas un PDF seul."
    ),
    "is_original": Key(
        "original", "La pièce est l’original inchangé, ou une copie marquée telle."
    ),
}

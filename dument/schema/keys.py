"""The one bilingual table: each field of the case, its French key, and what it means.

The manual's page of keys, the editor's hover help and the templates' variables come from here.
"""

from __future__ import annotations

from dument import case
from dument.case import party, terms
from dument.schema.correspondent_keys import CORRESPONDENT_KEYS
from dument.schema.invoice_keys import INVOICE_MENTIONS
from dument.schema.letter_keys import LETTER_KEYS
from dument.schema.party_keys import PARTY, Key, Keys

KEYS: dict[type[case.Record], Keys] = LETTER_KEYS | CORRESPONDENT_KEYS | {
    case.Case: {
        "reference": Key("reference", "Référence du dossier, rappelée sur chaque lettre."),
        "title": Key("intitule", "Titre du dossier sur le site ; à défaut « créancier c/ débiteur »."),
        "creditor": Key("creancier", "Le créancier, ou le nom d’un fichier de parties/."),
        "debtor": Key("debiteur", "Le débiteur, ou le nom d’un fichier de parties/."),
        "claim": Key("creance", "Le fondement de la créance : contrat, devis accepté, commande."),
        "terms": Key("conditions", "Les conditions de règlement convenues."),
        "invoices": Key("factures", "Les factures impayées ou payées en retard."),
        "credit_notes": Key("avoirs", "Les avoirs, qui diminuent le prix."),
        "payments": Key("paiements", "Les paiements reçus."),
        "deposits": Key("acomptes", "Les acomptes versés avant la facture dont ils se déduisent."),
        "set_offs": Key("compensations", "Ce que le créancier doit au débiteur et qui s’est compensé."),
        "costs": Key("frais", "Les frais de la poursuite, récupérables ou non."),
        "journal": Key("journal", "Les appels, courriels et autres événements."),
        "letters": Key("lettres", "Les lettres demandées ou envoyées."),
        "exhibits": Key("pieces", "Les pièces justificatives ; elles sont numérotées dans cet ordre, et un numéro communiqué ne change plus."),
        "exhibit_prefix": Key("prefixe_pieces", "Lettres qui précèdent le numéro des pièces, comme « C » pour « C-3 » ; à défaut, rien."),
        "status": Key("statut", "Ce qui arrête ou change la poursuite."),
        "lawyer": Key("avocat", "L’avocat à qui le dossier est transmis, ou le nom d’un fichier de parties/."),
        "bailiff": Key("commissaire", "Le commissaire de justice chargé du dossier, ou le nom d’un fichier de parties/."),
        "agent": Key("mandataire", "Qui recouvre à l’amiable pour le créancier, ou le nom d’un fichier de parties/."),
        "power": Key("pouvoir", "Le pouvoir spécial de qui signe à la place du représentant légal."),
        "court": Key("juridiction", "La juridiction saisie ; à défaut, celle de la commune du débiteur."),
        "order": Key("ordonnance", "L’ordonnance d’injonction de payer et sa signification."),
        "judgment": Key("jugement", "La décision exécutoire obtenue : {executoire_le, taux}."),
        "waivers": Key("derogations", "Les contrôles écartés, avec leur motif écrit."),
    },
    case.Creditor: PARTY
    | {
        "bank": Key("banque", "Le compte où payer."),
        "signatory": Key("signataire", "Qui signe, si ce n’est pas le représentant."),
        "logo": Key("logo", "Image du logo, dans le dossier ou dans parties/."),
        "signature": Key("signature", "Image de la signature, dans le dossier ou dans parties/."),
        "mediator": Key("mediateur", "Médiateur de la consommation : nom, adresse, site."),
        "size": Key("taille", "grande-entreprise, eti, pme ou micro-entreprise : fixe le jour d’où ses factures portent les mentions de la facturation électronique."),
        "notification_address": Key("adresse_notification", "Adresse, durable, où le greffe écrit ; à défaut, celle du créancier (CPC, art. 1418)."),
    },
    case.Debtor: PARTY
    | {
        "stated_regime": Key("regime", "professionnel, consommateur ou public ; obligatoire pour une association."),
        "category": Key("categorie", "Acheteur public : etat-collectivite, sante ou entreprise-publique ; fixe son délai de paiement."),
        "accepts_electronic_registered_mail": Key("consentement_lre", "oui si un particulier a consenti à la lettre recommandée électronique."),
        "service": Key("service", "Service destinataire, sur la deuxième ligne de l’adresse."),
    },
    case.Address: {
        "street": Key("voie", "Numéro et voie."),
        "extra": Key("complement", "Bâtiment, étage, résidence."),
        "locality": Key("lieu_dit", "Lieu-dit, boîte postale."),
        "postcode": Key("code_postal", "Code postal : cinq chiffres en France."),
        "city": Key("commune", "Commune, ou bureau distributeur CEDEX."),
        "insee": Key("insee", "Code INSEE de la commune, quand son nom et le code postal ne suffisent pas."),
        "country": Key("pays", "Code du pays en deux lettres, FR par défaut."),
    },
    party.Birth: {
        "on": Key("le", "Date de naissance."),
        "place": Key("lieu", "Lieu de naissance."),
    },
    case.Representative: {
        "name": Key("nom", "Prénom et nom."),
        "role": Key("qualite", "Qualité : gérante, président…"),
    },
    case.Bank: {
        "holder": Key("titulaire", "Titulaire du compte."),
        "iban": Key("iban", "IBAN, clé contrôlée."),
        "bic": Key("bic", "BIC."),
    },
    case.Claim: {
        "basis": Key("fondement", "Ce dont naît la créance : « devis n° 12 accepté le 3 mars 2026 »."),
        "contract": Key("contrat", "Référence du contrat, du devis ou de la commande."),
        "exhibit": Key("piece", "Pièce qui le prouve."),
        "refer_on_opposition": Key("renvoi_sur_opposition", "oui pour demander le renvoi en cas d’opposition (CPC, art. 1408)."),
        "asks_capitalisation": Key("capitalisation_demandee", "oui pour demander au juge que les intérêts dus pour une année entière produisent intérêt."),
        "security": Key("surete", "Sûreté qui garantit la créance ; à défaut, elle est chirographaire."),
    },
    case.Terms: {
        "concluded_on": Key("contrat_du", "Date du contrat : conclu avant un changement de texte, il garde l’article de sa date (L. 441-6 avant le 26 avril 2019)."),
        "late_interest": Key("penalites", "bce+10 (défaut), 3x-taux-legal, un taux comme « 12 % », ou aucune."),
        "penalty_clause": Key("clause_penale", "Clause pénale : un taux, ou {taux, minimum}."),
        "capitalisation": Key("capitalisation", "oui si une clause, dont « piece » est la preuve, fait produire intérêt aux intérêts dus pour une année entière."),
        "deferred_payment": Key("paiement_differe", "oui pour un contrat à paiement différé d’un an ou plus : le jugement d’ouverture n’arrête pas ses intérêts (C. com., L622-28)."),
        "delay": Key("delai", "Délai de paiement convenu : « 30 jours », « 60 jours date de facture », « 45 jours fin de mois »."),
        "exhibit": Key("piece", "Pièce qui prouve les conditions."),
        "conventions": Key("conventions", "Les choix de calcul là où le droit n’est pas fixé."),
    },
    terms.PenaltyClause: {
        "rate": Key("taux", "Part du principal, en pour cent."),
        "minimum": Key("minimum", "Montant minimal de la clause."),
    },
    case.Conventions: {
        "year": Key("annee", "365 (défaut) ou reelle : diviseur des intérêts."),
        "rate": Key("taux", "glissant (défaut) ou fige : le taux suit chaque semestre ou reste celui du premier jour."),
        "credit_note": Key("avoir", "a-sa-date (défaut) ou a-l-echeance : effet d’un avoir."),
        "fixed_sum": Key("indemnite", "apres-principal (défaut) ou avec-interets : rang des 40 € dans un paiement."),
        "rejection": Key("rejet", "sans-effet (défaut) ou a-sa-date : un paiement rejeté n’a jamais compté, ou compte jusqu’à son rejet."),
        "rounding": Key("arrondi", "par-ligne (défaut) ou par-echeance : ce qui s’arrondit au centime."),
        "month_end": Key("fin_de_mois", "jours-puis-fin (défaut) ou fin-puis-jours : lecture de « 45 jours fin de mois »."),
    },
    case.Invoice: {
        "number": Key("numero", "Numéro de la facture."),
        "subject": Key("objet", "Ce qui a été vendu ou fait."),
        "nature": Key("nature", "transport ou communications-electroniques, dont la prescription est d’un an."),
        "issued_on": Key("emise_le", "Date de la facture."),
        "received_on": Key("recue_le", "Date de réception par le débiteur, d’où court le délai d’un acheteur public."),
        "due_on": Key("echeance", "Date d’échéance ; à défaut, calculée sur « conditions.delai », ou sur « recue_le » et « debiteur.categorie » pour un acheteur public."),
        "instalments": Key("echeances", "Plusieurs échéances : une liste de {le, montant}."),
        "performed_on": Key("prestation_le", "Date de livraison ou d’achèvement."),
        "net": Key("ht", "Montant hors taxes."),
        "gross": Key("ttc", "Montant toutes taxes comprises."),
        "order": Key("commande", "Numéro de commande du client."),
        "mentions": Key("mentions", "Ce que la facture porte, oui ou non ; une clé vide n’a pas été vérifiée."),
        "retention": Key("retenue", "Part que le contrat laisse retenir : {montant, jusqu_au}."),
        "exhibit": Key("piece", "Pièce : la facture elle-même."),
        "delivery_exhibit": Key("piece_prestation", "Pièce qui prouve l’exécution : bon de livraison, réception."),
    },
    case.InvoiceMentions: INVOICE_MENTIONS,
    case.Instalment: {
        "due_on": Key("le", "Date d’échéance."),
        "amount": Key("montant", "Montant dû ce jour-là."),
    },
    case.CreditNote: {
        "number": Key("numero", "Numéro de l’avoir."),
        "on": Key("le", "Date de l’avoir."),
        "amount": Key("montant", "Montant toutes taxes comprises, positif."),
        "invoice": Key("sur", "Numéro de la facture."),
        "exhibit": Key("piece", "Pièce : l’avoir."),
    },
    case.Payment: {
        "on": Key("le", "Jour où les fonds sont disponibles."),
        "amount": Key("montant", "Montant reçu."),
        "means": Key("moyen", "virement, chèque, carte…"),
        "designated": Key("sur", "Facture que le débiteur a désignée, ou une liste de {facture, montant}."),
        "allocation": Key("imputation", "interets (défaut, art. 1343-1 C. civ.) ou principal, si convenu."),
        "rejected_on": Key("rejete_le", "Jour où la banque a repris un paiement impayé ou annulé."),
        "reference": Key("reference", "Libellé du paiement."),
        "exhibit": Key("piece", "Pièce : relevé, avis."),
    },
    case.Share: {
        "invoice": Key("facture", "Numéro de la facture."),
        "amount": Key("montant", "Ce que le débiteur lui destine."),
    },
    case.Deposit: {
        "on": Key("le", "Jour où les fonds sont disponibles."),
        "amount": Key("montant", "Montant reçu."),
        "invoice": Key("sur", "Facture dont l’acompte se déduit."),
        "means": Key("moyen", "virement, chèque, carte…"),
        "exhibit": Key("piece", "Pièce : relevé, facture d’acompte."),
    },
    case.SetOff: {
        "on": Key("le", "Jour où la compensation a joué."),
        "amount": Key("montant", "Montant éteint."),
        "invoice": Key("facture", "Facture éteinte d’autant ; à défaut, l’ordre des paiements."),
        "exhibit": Key("piece", "Pièce : accord, facture du débiteur, décision."),
    },
    case.Cost: {
        "on": Key("le", "Date."),
        "subject": Key("objet", "Acte ou démarche : « signification de l’ordonnance »."),
        "amount": Key("montant", "Montant toutes taxes comprises."),
        "is_recoverable": Key("recuperable", "oui si le débiteur doit le supporter (dépens, exécution forcée), non s’il reste au créancier."),
        "exhibit": Key("piece", "Pièce : facture, état de frais."),
    },
    case.Judgment: {
        "kind": Key("type", "jugement (défaut), refere ou arret ; une injonction de payer s’écrit sous « ordonnance »."),
        "enforceable_on": Key("executoire_le", "Jour où la décision est devenue exécutoire."),
        "rate": Key("taux", "legal si elle accorde le taux légal, contractuel si elle accorde celui de la créance."),
        "interest_since": Key("interets_depuis", "Premier jour des intérêts au taux légal ; à défaut, le lendemain de executoire_le."),
        "capitalisation_since": Key("capitalisation_depuis", "Jour depuis lequel la décision ordonne la capitalisation."),
        "exhibit": Key("piece", "Pièce : la décision."),
    },
    case.Retention: {
        "amount": Key("montant", "Montant retenu."),
        "until": Key("jusqu_au", "Jour où il devient dû."),
    },
    case.Exhibit: {
        "id": Key("id", "Identifiant : minuscules, chiffres et tirets."),
        "title": Key("titre", "Titre au bordereau."),
        "on": Key("le", "Date du document."),
        "file": Key("fichier", "Fichier PDF, image, courriel (.eml) ou texte, dans le dossier."),
        "pages": Key("pages", "Extrait : « 3-5 », ou « 3-5, 8 » ; à défaut, toutes les pages."),
        "turn": Key("tourner", "90, 180 ou 270 degrés, dans le sens des aiguilles d’une montre."),
        "is_scrubbed": Key("epuree", "oui pour ôter des copies le lieu et l’appareil d’une photo ; l’original reste intact."),
        "withdrawn_on": Key("retiree_le", "Date où la pièce a été retirée ; son numéro, s’il a été communiqué, reste vide."),
        "visible": Key("visible", "Qui peut voir la pièce : prive, conseil, commissaire ou communique (par défaut), chacun ouvrant à un lecteur de plus."),
    },
    case.Status: {
        "dispute": Key("litige", "Contestation du débiteur : {depuis, motif, montant}."),
        "insolvency": Key("procedure_collective", "Sauvegarde, redressement ou liquidation : {type, jugement_le}."),
        "over_indebted_since": Key("surendettement_recevable_le", "Date de recevabilité du surendettement d’un particulier."),
        "struck_off": Key("societe", "Société dissoute ou radiée : {type, le}."),
        "register_read_on": Key("bodacc_lu_le", "Jour où le BODACC et le registre ont été consultés sans qu’une procédure y paraisse."),
    },
    case.Dispute: {
        "since": Key("depuis", "Date de la contestation."),
        "reason": Key("motif", "Ce que le débiteur conteste."),
        "amount": Key("montant", "Montant contesté ; à défaut, toute la facture."),
        "invoice": Key("facture", "Facture contestée."),
        "is_excluded": Key("exclu", "oui pour ne pas réclamer ce qui est contesté ; non par défaut."),
    },
    case.Insolvency: {
        "kind": Key("type", "sauvegarde, redressement ou liquidation."),
        "judgment_on": Key("jugement_le", "Date du jugement d’ouverture."),
        "published_on": Key("publie_le", "Date de publication au BODACC."),
        "trustee": Key("mandataire", "Mandataire judiciaire ou liquidateur, à qui la créance se déclare."),
    },
    case.StruckOff: {
        "kind": Key("type", "dissoute ou radiee."),
        "on": Key("le", "Date."),
    },
    case.Court: {
        "kind": Key("type", "tribunal-de-commerce, tribunal-des-activites-economiques, chambre-commerciale, tribunal-mixte-de-commerce, tribunal-judiciaire, tribunal-de-premiere-instance ou juge-des-contentieux-de-la-protection."),
        "city": Key("ville", "Ville du siège, avec son article : « Lyon », « le Havre »."),
        "address": Key("adresse", "Adresse du greffe."),
    },
    case.PaymentOrder: {
        "issued_on": Key("rendue_le", "Date de l’ordonnance : elle choisit les délais qui suivent."),
        "served_on": Key("signifiee_le", "Date de la signification au débiteur."),
        "served_in_person": Key("signifiee_a_personne", "oui si l’acte a été remis au débiteur lui-même, non sinon."),
        "opposed_on": Key("opposition_le", "Date où l’opposition a été formée ou notifiée, la plus ancienne connue."),
        "enforceable_on": Key("executoire_le", "Jour où l’ordonnance est devenue exécutoire : la majoration de l’intérêt légal en court."),
        "rate": Key("taux", "legal si elle accorde le taux légal, contractuel si elle accorde celui de la créance."),
        "interest_since": Key("interets_depuis", "Premier jour des intérêts au taux légal ; à défaut, le lendemain de executoire_le."),
        "exhibit": Key("acte", "Pièce : l’acte de signification."),
    },
    case.Waiver: {
        "rule": Key("controle", "Identifiant du contrôle écarté : MED-002."),
        "reason": Key("motif", "Motif écrit, montré sur le site."),
        "letter": Key("lettre", "Modèle de lettre concerné ; à défaut, toutes."),
        "on": Key("le", "Date de la dérogation."),
        "by": Key("par", "Qui l’a décidée."),
    },
}  # fmt: skip


def key_of(model: type[case.Record], field: str) -> str:
    """Return the French key of a field."""
    return KEYS[model][field].name


def field_of(model: type[case.Record], key: str) -> str | None:
    """Return the field a French key stands for, if any."""
    return next((field for field, known in KEYS[model].items() if known.name == key), None)


__all__ = ["KEYS", "Key", "field_of", "key_of"]

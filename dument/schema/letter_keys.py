"""The keys of the journal and of the letters: what was said, what is sent, and how."""

from __future__ import annotations

from dument import case
from dument.schema.party_keys import Key, Keys

LETTER_KEYS: dict[type[case.Record], Keys] = {
    case.JournalEntry: {
        "on": Key("le", "Date."),
        "ended_on": Key("fin", "Date de fin, pour une médiation ou une conciliation."),
        "kind": Key("type", "appel, courriel, sms, courrier, rencontre, reponse, reclamation, reconnaissance…"),
        "with_whom": Key("avec", "Interlocuteur."),
        "summary": Key("resume", "Ce qui s’est dit, pour qui peut voir l’entrée."),
        "note": Key("note", "Note privée : elle ne sort jamais du fichier."),
        "promise": Key("promesse", "Promesse de paiement : {le, montant}."),
        "letter": Key("lettre", "Lettre envoyée, ou dont l’envoi est annulé : écrite par « dument send »."),
        "exhibit": Key("piece", "Pièce qui le prouve."),
        "visible": Key("visible", "Qui peut voir l’entrée : prive, conseil, commissaire (par défaut) ou communique, chacun ouvrant à un lecteur de plus."),
    },
    case.Promise: {
        "on": Key("le", "Date promise."),
        "amount": Key("montant", "Montant promis."),
    },
    case.LetterRequest: {
        "kind": Key("modele", "Modèle de lettre : relance-amiable, mise-en-demeure…"),
        "version": Key("version", "Version du modèle, pour la figer."),
        "on": Key("le", "Date de la lettre : le décompte est arrêté à ce jour."),
        "days": Key("delai_jours", "Délai accordé, en jours."),
        "deadline": Key("date_limite", "Date limite, si elle ne doit pas être calculée."),
        "invoices": Key("factures", "Numéros des factures visées ; à défaut, toutes celles qui restent dues."),
        "tone": Key("ton", "courtois (par défaut) ou ferme, si le modèle connaît les deux."),
        "instalments": Key("echeances", "Échéances d’un échéancier : liste de {le, montant}, dont la somme est le total dû."),
        "suspension": Key("suspension", "Ce qui est suspendu, et quand : {le, prestations}."),
        "proposal": Key("amiable", "La voie proposée : {voie, tiers}."),
        "termination_clause": Key("clause_resolutoire", "La clause résolutoire dont la mise en demeure se prévaut, citée."),
        "may_terminate": Key("resolution", "oui : la mise en demeure avertit que le contrat pourra être résolu."),
        "paragraph": Key("paragraphe", "Paragraphe libre, repris tel quel."),
        "sending": Key("envoi", "Canal, numéro, dates d’envoi et de présentation."),
    },
    case.Suspension: {
        "on": Key("le", "Premier jour de la suspension."),
        "services": Key("prestations", "Les prestations visées, comme la lettre les nomme : « la maintenance de… »."),
    },
    case.AmicableProposal: {
        "way": Key("voie", "conciliation (par défaut) ou mediation."),
        "third": Key("tiers", "La personne proposée : nom, qualité, adresse."),
    },
    case.Sending: {
        "channel": Key("canal", "courriel, lettre, lrar, lre, remise ou greffe."),
        "number": Key("numero", "Numéro de recommandé."),
        "sent_on": Key("envoyee_le", "Date d’envoi ; vide tant que la lettre est un projet."),
        "presented_on": Key("presentee_le", "Date de première présentation."),
        "outcome": Key("issue", "distribue, refuse, non-reclame ou npai."),
        "outcome_on": Key("issue_le", "Date de distribution, de refus ou de retour."),
        "qualified_provider": Key("prestataire", "Prestataire qualifié d’une lettre recommandée électronique."),
        "exhibit": Key("preuve", "Pièce : preuve de dépôt, avis de réception."),
    },
}  # fmt: skip

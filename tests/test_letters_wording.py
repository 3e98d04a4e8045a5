"""What agrees in the letters: the court with its judge, a name with its article."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from dument.case.journal import EventKind
from dument.case.terms import Conventions
from dument.french import squeeze
from dument.letters import Letter
from dument.schema.keys import KEYS
from tests.examples import ROOT, patched_example, shipped_examples, written_example


def letter(slug: str, kind: str, changes: dict[str, Any]) -> Letter:
    found = [one for one in patched_example(slug, changes).letters if one.kind == kind]
    return found[-1]


@pytest.mark.parametrize(
    ("court", "judge"),
    [
        ("tribunal-de-commerce", "le président du tribunal de commerce de Chambéry"),
        (
            "chambre-commerciale",
            "le président de la chambre commerciale du tribunal judiciaire de Chambéry",
        ),
        (
            "juge-des-contentieux-de-la-protection",
            "le juge des contentieux de la protection du tribunal judiciaire de Chambéry",
        ),
    ],
)
def test_who_made_the_order_is_named_as_his_court_has_it(court, judge):
    asked = letter("restaurant-gentiane", "demande-signification", {"juridiction.type": court})
    assert f"Le 12 octobre 2026, {judge} a enjoint à" in squeeze(asked.text)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Commune de Valbrune", "sur la commune de Valbrune :"),
        ("Département du Modèle", "sur le département du Modèle :"),
        ("Office public de l’habitat", "sur l’office public de l’habitat :"),
        ("Valbrune Habitat", "sur Valbrune Habitat :"),
    ],
)
def test_a_public_buyer_has_its_article(name, said):
    changes = {"debiteur.denomination": name}
    assert said in squeeze(letter("commune-valbrune", "transmission-avocat", changes).text)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("liquidation", "Liquidation judiciaire ouverte par jugement"),
        ("redressement", "Redressement judiciaire ouvert par jugement"),
        ("sauvegarde", "Sauvegarde ouverte par jugement"),
    ],
)
def test_an_opening_judgment_agrees_with_its_procedure(kind, said):
    changes = {"statut.procedure_collective": {"type": kind, "jugement_le": "2026-08-03"}}
    sent = letter("restaurant-gentiane", "transmission-commissaire", changes)
    assert f"{said} du 3 août 2026." in squeeze(sent.text)


def test_a_following_page_names_the_whole_addressee():
    name = "Société nouvelle des Éditions du Passage et de la Librairie"
    sent = letter("garage-tilleul", "mise-en-demeure", {"debiteur.denomination": name})
    assert f"Suite – {name}, Bourg-en-Bresse, le 8 juin 2026" in squeeze(sent.document)


@pytest.mark.parametrize("field", Conventions.model_fields)
def test_the_statement_has_words_for_every_reading(field):
    page = (ROOT / "letters/decompte/v3.md").read_text(encoding="utf-8")
    key = f'"{KEYS[Conventions][field].name}": {{'
    [words] = [line for line in page.splitlines() if key in line]
    choices = get_args(Conventions.model_fields[field].annotation)
    assert [choice for choice in choices if f'"{choice}": "' not in words] == []


def test_the_call_sheet_says_each_event_in_words():
    page = (ROOT / "letters/fiche-appel/v2.md").read_text(encoding="utf-8")
    plain = {"appel", "courriel", "courrier", "rencontre", "reconnaissance", "ordonnance",
             "signification", "opposition", "assignation", "envoi", "autre"}  # fmt: skip
    assert [kind for kind in EventKind if kind not in plain and f'"{kind}": "' not in page] == []


@pytest.mark.parametrize(
    ("slug", "kind", "changes", "said"),
    [
        (
            "garage-tilleul",
            "requete-injonction-de-payer",
            {},
            "du 2 mars 2026 (pièce n° 3), éclairage de l’atelier, "
            "prestation achevée le 27 février 2026 (pièce n° 2).",
        ),
        (
            "garage-tilleul",
            "requete-injonction-de-payer",
            {"factures.0.prestation_le": ""},
            "éclairage de l’atelier, prestation exécutée (pièce n° 2).",
        ),
        (
            "ebenisterie-vial",
            "declaration-de-creance",
            {"factures.0.piece_prestation": "conditions"},
            "prestation achevée le 12 juin 2026 (pièce n° 1) ;",
        ),
    ],
)
def test_the_proof_that_the_work_was_done_follows_its_day(slug, kind, changes, said):
    assert said in squeeze(letter(slug, kind, changes).text)


@pytest.mark.parametrize("slug", shipped_examples())
def test_no_list_ends_its_line_with_a_space_that_breaks(slug):
    assert [one.kind for one in written_example(slug).letters if " ;\n" in one.text] == []


def test_the_prudent_date_is_told_by_where_it_starts():
    changes = {"factures.0.prestation_le": "", "factures.0.emise_le": "2026-04-11"}
    sent = squeeze(letter("restaurant-gentiane", "transmission-commissaire", changes).text)
    assert "| 13/05/2026 | 13/05/2031 | 11/04/2031 " in sent  # five years from each start
    assert "de l’achèvement de la prestation ou, à défaut, de la date de la facture" in sent


def test_the_limitation_of_a_public_debt_is_said_not_to_be_reckoned():
    sent = squeeze(letter("commune-valbrune", "transmission-avocat", {}).text)
    assert "suit sa propre règle : ce dossier ne la calcule pas." in sent
    assert "Date prudente" not in sent


def test_a_request_for_service_bears_on_the_sum_of_the_order_and_joins_the_copy():
    asked = squeeze(letter("restaurant-gentiane", "demande-signification", {}).text)
    assert "cette ordonnance, pour la somme qu’elle fixe, et notre requête du 21 sept" in asked
    assert "Signifier au débiteur la copie certifiée conforme, ci-jointe, de la requête" in asked
    joined = asked[asked.index("Pièces jointes") :]
    assert "Copie certifiée conforme de la requête et de l’ordonnance du 12 octobre 2026" in joined
    assert asked.index("Pièces jointes") < asked.index("Décompte arrêté")


def test_a_request_for_service_without_a_request_in_the_case_gives_it_no_day():
    changes = {"lettres.4": {"modele": "relance-amiable", "le": "2026-09-21"}}
    asked = squeeze(letter("restaurant-gentiane", "demande-signification", changes).text)
    assert "pour la somme qu’elle fixe, et notre requête (article 1411" in asked


def test_a_request_for_service_shows_the_day_of_the_order_it_lacks():
    asked = letter("restaurant-gentiane", "demande-signification", {"ordonnance": None})
    assert "⟦ordonnance.rendue_le⟧" in asked.text
    assert "notre requête du 21 septembre 2026" in squeeze(asked.text)


def test_a_statement_names_its_parties():
    statement = written_example("garage-tilleul").annexes[0]
    assert "Atelier Lumen c/ Garage du Tilleul – arrêté au 21 nov" in squeeze(statement.document)


def test_the_court_heads_the_exhibits_of_an_act_not_those_of_a_letter_to_a_bailiff():
    court = "Devant le tribunal de commerce de Chambéry."
    said = {
        kind: squeeze(letter("restaurant-gentiane", kind, {}).text)
        for kind in ("requete-injonction-de-payer", "demande-signification")
    }
    assert [kind for kind, text in said.items() if court in text] == [
        "requete-injonction-de-payer"
    ]
    assert court in squeeze(written_example("restaurant-gentiane").annexes[1].text)


def test_a_notice_recalls_what_the_agent_wrote_and_says_where_to_pay_now():
    said = squeeze(letter("restaurant-gentiane", "mise-en-demeure", {}).text)
    assert (
        "Notre mandataire, la société Recouvrement Exemple, vous a écrit les 1er et 22 juin 2026 "
        "sans recevoir de paiement complet ; votre règlement se fait désormais sur notre compte."
    ) in said


def test_a_notice_recalls_no_letter_of_an_agent_that_did_not_leave():
    unsent = {f"lettres.{rank}.envoi": {"canal": "lettre"} for rank in (0, 1)}
    said = squeeze(letter("restaurant-gentiane", "mise-en-demeure", unsent).text)
    assert "Recouvrement Exemple" not in said


def test_a_notice_cites_each_article_for_what_it_says():
    said = squeeze(letter("garage-tilleul", "mise-en-demeure", {}).text)
    assert "injonction de payer (article 1405 du code de procédure civile) ; les dépens" in said
    assert "la partie perdante (article 696 du même code)." in said


def test_who_files_a_request_himself_is_said_without_an_agent():
    said = squeeze(letter("garage-tilleul", "requete-injonction-de-payer", {}).text)
    assert "Le requérant forme cette requête lui-même. Il demande que toute notification" in said


@pytest.mark.parametrize(
    "whole", ["69005 Lyon", "pièce n° 2", "pièces n° 1", "article 1103", "articles L. 441-10"]
)
def test_no_line_ends_inside_a_reference(whole):
    asked = letter("garage-tilleul", "requete-injonction-de-payer", {})
    assert whole.replace(" ", "\u00a0") in asked.text

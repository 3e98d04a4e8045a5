"""Letters not for the debtor, or not from the creditor: address, sums, words, refusals."""

from __future__ import annotations

from datetime import date

import pytest

from dument.case import Regime
from dument.french import squeeze
from dument.kit import PROJECT_FILE, Kit, open_kit
from dument.letters import read_kinds
from dument.rules.claim_declaration import declaration_deadline
from tests.examples import (
    ROOT,
    found_ids,
    patched_example,
    shipped_examples,
    workshop,
    written_example,
)

LAW = workshop(ROOT).law
KINDS = workshop(ROOT).writer.kinds.versions
AVOCAT = {
    "nom": "Ada Lenoir",
    "adresse": {"voie": "1 rue du Palais", "code_postal": "73000", "commune": "Chambéry"},
}
POWER = {"nom": "Paul Aubin", "qualite": "comptable", "le": "2026-09-01", "piece": "devis"}
JUDICIAL = (
    "requete-petites-creances", "transmission-avocat", "transmission-commissaire",
    "demande-signification", "declaration-de-creance", "pouvoir", "lettre-mandataire",
)  # fmt: skip
BUSINESS = "restaurant-gentiane"
CONSUMER = {
    "debiteur": {
        "type": "particulier", "civilite": "Madame", "nom": "Perret", "prenom": "Anne",
        "adresse": {"voie": "3 rue Haute", "code_postal": "73000", "commune": "Chambéry"},
    },
    "conditions.penalites": "aucune",
    "juridiction": {"type": "tribunal-judiciaire", "ville": "Chambéry"},
}  # fmt: skip


def letter_of(slug: str, changes: dict, number: int):
    return patched_example(slug, changes).letters[number]


def last_letter(kind: str, on: str, **changes):
    """Write one more letter at the end of the business example."""
    given = {"avocat": AVOCAT, "pouvoir": POWER | {"pour": "requete-injonction-de-payer"}}
    asked = {"lettres.6": {"modele": kind, "le": on}}
    return patched_example(BUSINESS, given | changes | asked)


# --- To whom, from whom --------------------------------------------------------------------


def test_every_judicial_kind_is_sent_by_an_example():
    sent = {one.kind for slug in shipped_examples() for one in written_example(slug).letters}
    assert set(JUDICIAL) <= sent


@pytest.mark.parametrize("kind", JUDICIAL)
def test_every_regime_of_a_kind_lacks_nothing(kind):
    version = KINDS[kind][-1]
    for regime in version.regimes:
        if kind == "declaration-de-creance":
            written = written_example("ebenisterie-vial").letters[2]
        elif regime == Regime.PUBLIC:
            written = written_example("commune-valbrune").letters[2]
        else:
            changes = CONSUMER if regime == Regime.CONSUMER else {}
            written = last_letter(kind, "2026-11-10", **changes).letters[6]
        assert written.kind == kind
        assert written.missing == ()
        assert "⟦" not in written.text


@pytest.mark.parametrize(
    ("slug", "number", "name"),
    [
        ("commune-valbrune", 2, "Maître Camille Noël"),
        ("chantier-lambert", 2, "Maître Irène Duval"),
        ("ebenisterie-vial", 2, "Maître Inès Garnier"),
        (BUSINESS, 0, "Restaurant La Gentiane"),
    ],
)
def test_the_window_shows_whom_the_letter_is_for(slug, number, name):
    letter = written_example(slug).letters[number]
    assert letter.address[0].text == name


def test_one_writes_maitre_to_a_professional_and_no_bank_account_is_shown_to_him():
    text = written_example(BUSINESS).letters[3].text
    assert "\nMaître,\n" in text
    assert "IBAN" not in text


def test_a_letter_asks_for_the_professional_whom_the_case_does_not_name():
    seen = patched_example(BUSINESS, {"commissaire": None})
    statement = seen.letters[3].statement
    _, faults = workshop(ROOT).writer.write(seen.case, LAW, statement, 4, seen.places.root)
    assert [(one.id, "« commissaire.nom »" in one.message) for one in faults] == [
        ("lettre/donnee-manquante", True)
    ]


@pytest.mark.parametrize(
    "line", ["destinataire: huissier", "expediteur: banque", "arrete_au: hier"]
)
def test_a_role_that_does_not_exist_is_a_fault_of_the_front_matter(tmp_path, line):
    source = (ROOT / "letters/pouvoir/v1.md").read_text(encoding="utf-8")
    key = line.partition(":")[0]
    kept = [one for one in source.splitlines() if not one.startswith(f"{key}:")]
    folder = tmp_path / "letters/pouvoir"
    folder.mkdir(parents=True)
    (tmp_path / PROJECT_FILE).touch()
    (folder / "v1.md").write_text("\n".join([kept[0], line, *kept[1:]]), encoding="utf-8")
    _, faults = read_kinds(Kit(open_kit(ROOT).base, tmp_path))
    assert [(one.id, f"« {key} » vaut" in one.message) for one in faults] == [
        ("lettre/en-tete", True)
    ]


def test_an_agent_writes_on_his_paper_signs_and_gives_his_account():
    letter = written_example(BUSINESS).letters[0]
    assert letter.text.startswith("Recouvrement Exemple\n")
    assert "Sylvie Carlier\nprésidente" in letter.text
    assert "FR76 9999 9000 0100 0006 0001 017" in squeeze(letter.text)


def test_an_agent_without_an_account_gives_the_creditors():
    letter = letter_of(BUSINESS, {"mandataire": {
        "type": "particulier", "nom": "Roy", "prenom": "Léo", "convention_le": "2026-01-12",
        "adresse": {"voie": "1 rue Basse", "code_postal": "69001", "commune": "Lyon"},
    }}, 0)  # fmt: skip
    assert "FR76 9999 9000 0100 0000 1234 537" in squeeze(letter.text)


def test_a_creditor_recalls_his_own_letters_and_tells_a_judge_all_of_them():
    letters = written_example(BUSINESS).letters
    assert "déjà écrit" not in letters[2].text
    assert "1er juin 2026 : lettre du mandataire" in squeeze(letters[4].text)
    assert "transmission" not in letters[4].text.lower()


# --- The collection agent ------------------------------------------------------------------


def test_the_agents_letter_quotes_the_law_word_for_word():
    article = (ROOT / "legal/articles/cpce-l111-8.md").read_text(encoding="utf-8")
    body = article.partition("---\n")[2].partition("---\n")[2].strip()
    said = squeeze(written_example(BUSINESS).letters[0].text).replace("’", "'")
    for paragraph in body.split("\n\n")[1:3]:
        assert squeeze(paragraph) in said


# --- The order and its service -------------------------------------------------------------


@pytest.mark.parametrize(
    ("issued", "last_day", "delay"),
    [
        # Made on 31 August 2026: six months, 28 February 2027 is a Sunday, so Monday 1 March.
        ("2026-08-31", "1er mars 2027", "6 mois"),
        # Made on 1 September 2026: three months.
        ("2026-09-01", "1er décembre 2026", "3 mois"),
    ],
)
def test_the_date_of_the_order_chooses_the_time_to_serve_it(issued, last_day, delay):
    changes = {
        "ordonnance": {"rendue_le": issued}, "journal": None,
        "lettres.5": {"modele": "demande-signification", "le": "2026-09-21"},
    }  # fmt: skip
    text = squeeze(letter_of(BUSINESS, changes, 5).text)
    assert f"à faire le {last_day} au plus tard" in text
    assert f"à signifier le {last_day} au plus tard, dans le délai de {delay}" in text


def test_a_handed_over_case_has_a_title_only_once_the_order_may_be_enforced():
    # Served on 10 September 2026: a month ends on Saturday 10 October, so Monday the 12th.
    order = {"ordonnance": {"rendue_le": "2026-08-31", "signifiee_le": "2026-09-10"}}
    early, late = (
        last_letter("transmission-commissaire", on, **order, journal=None).letters[6].text
        for on in ("2026-10-12", "2026-10-13")
    )
    assert "pas encore de titre exécutoire" in early
    assert "Un titre a été obtenu" in late


# --- Insolvency ----------------------------------------------------------------------------


def test_a_claim_is_declared_as_of_the_judgment_whatever_the_letters_date():
    # 4 980,00 × 12,40 % × 52 days (15 August to 5 October, the eve) ÷ 365 = 87,9757…
    early, late = (
        letter_of("ebenisterie-vial", {"lettres.2.le": on}, 2)
        for on in ("2026-10-20", "2026-12-10")
    )
    for letter in (early, late):
        text = squeeze(letter.text)
        assert letter.statement.as_of == date(2026, 10, 6)
        assert "5 107,98 € échus et 2 160,00 € à échoir" in text
        assert "2 160,00 € le 23 octobre 2026" in text


@pytest.mark.parametrize(
    ("creditor", "debtor", "last_day"),
    [
        # Published on 14 October 2026: two months, Monday 14 December.
        ("39300", "38000", date(2026, 12, 14)),
        # A creditor overseas, a court in the mainland: two months more, Sunday 14 February.
        ("97400", "38000", date(2027, 2, 15)),
        # Both in the same territory overseas, then in two of them.
        ("97400", "97410", date(2026, 12, 14)),
        ("97400", "97200", date(2027, 2, 15)),
    ],
)
def test_distance_lengthens_the_time_to_declare(creditor, debtor, last_day):
    places = {
        "creancier.adresse.code_postal": creditor, "creancier.adresse.commune": "Ville",
        "debiteur.adresse.code_postal": debtor, "debiteur.adresse.commune": "Ville",
    }  # fmt: skip
    case = patched_example("ebenisterie-vial", places).case
    assert declaration_deadline(case, LAW) == last_day


def test_a_secured_claim_names_its_security_and_another_is_unsecured():
    secured = written_example("ebenisterie-vial").letters[2].text
    bare = letter_of("ebenisterie-vial", {"creance.surete": None}, 2).text
    assert "clause de réserve de propriété" in secured
    assert "chirographaire" not in secured
    assert "à titre chirographaire" in bare


# --- Powers --------------------------------------------------------------------------------


def test_a_power_is_signed_by_the_legal_representative_and_used_by_the_other():
    power, declaration = written_example("ebenisterie-vial").letters[1:]
    assert power.text.rstrip().endswith("Denis Courtois\nprésident")
    assert (
        "faite par Nadia Leroy, responsable comptable, en vertu d’un pouvoir spécial"
        in squeeze(declaration.text)
    )


def test_a_request_says_who_holds_the_power_and_is_silent_without_it():
    signs = {"creancier.signataire": {"nom": "Paul Aubin", "qualite": "comptable"}}
    power = {"pouvoir": POWER | {"pour": "requete-injonction-de-payer"}}
    held = patched_example("garage-tilleul", signs | power)
    bare = patched_example("garage-tilleul", signs)
    assert "représenté par Paul Aubin, comptable, en vertu d’un pouvoir" in held.letters[3].text
    assert "IP-013" not in found_ids(held)
    assert "IP-013" in found_ids(bare)


# --- What the law closes -------------------------------------------------------------------


def test_a_small_claim_between_traders_is_refused_from_the_day_of_the_law():
    small = {"factures.0.ht": "2 000,00", "factures.0.ttc": "2 400,00"}
    after = last_letter("requete-petites-creances", "2026-11-20", **small)
    craftsman = {"debiteur.type": "entrepreneur_individuel", "debiteur.nom": "Perret",
                 "debiteur.prenom": "Bruno", "debiteur.activite": "artisanale",
                 "debiteur.rcs": None, "debiteur.denomination": None}  # fmt: skip
    assert "PET-005" in found_ids(after)
    other = last_letter("requete-petites-creances", "2026-11-20", **small, **craftsman)
    assert "PET-005" not in found_ids(other)


def test_a_small_claim_counts_principal_and_interest_alone():
    # 4 980,00 of principal and 20,00 of fixed sum or clause would pass 5 000,00, not alone.
    letter = last_letter("requete-petites-creances", "2026-11-20").letters[6]
    assert letter.claimed == letter.statement.principal + letter.statement.interest

"""The competent court: communes, dates, qualities, reasons, and the tables themselves.

The courts of a commune were looked up by hand (C. com., annexes 7-1 to 7-3; COJ, tableau IV), not
copied from our own output.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dument.case import Address, Case, CourtKind
from dument.kit import open_kit
from dument.law import CourtTable, Law, form_quality, read_law
from dument.rules.competent_court import (
    Competence,
    Outcome,
    competent_court,
    designation,
    reasons,
)
from dument.schema import read_case
from dument.source import parse_yaml
from tests.examples import ROOT, findings, patched_example

DAY = date(2026, 11, 21)
PLACE = "adresse: {voie: 1 rue des Essais, code_postal: 69005, commune: Lyon}"
COMPANY = f"type: societe, denomination: Essai, forme: SARL, {PLACE}"
PERSON = f"type: entrepreneur_individuel, nom: Essai, prenom: Ada, {PLACE}"
INVOICES = "factures: [{numero: F1, emise_le: 2026-03-02, echeance: 2026-04-01, ttc: 1 000,00}]"


@pytest.fixture(scope="module")
def law() -> Law:
    read, diagnostics = read_law(open_kit(ROOT))
    assert diagnostics == []
    return read


def case(debtor: str = COMPANY, creditor: str = COMPANY) -> Case:
    text = f"reference: R\ncreancier: {{{creditor}}}\ndebiteur: {{{debtor}}}\n{INVOICES}\n"
    mapping, diagnostics = parse_yaml(text, "d.yaml")
    read, _, found = read_case(mapping)
    assert [*diagnostics, *found] == []
    return read


def at(postcode: str, city: str, insee: str | None = None, debtor: str = COMPANY) -> Case:
    address = Address(street="1 rue", postcode=postcode, city=city, insee=insee)
    whole = case(debtor)
    return whole.model_copy(update={"debtor": whole.debtor.model_copy(
        update={"address": address})})  # fmt: skip


def named(law: Law, found: Competence) -> str | None:
    return designation(law, found.court) if found.court else None


def last_reason(law: Law, found: Competence) -> str:
    return reasons(law, found)[-1].text


# Communes.

TRADERS = [
    ("69005", "Lyon", "tribunal des activités économiques de Lyon"),
    ("69100", "Villeurbanne", "tribunal des activités économiques de Lyon"),
    ("69400", "Villefranche-sur-Saône", "tribunal de commerce de Villefranche-Tarare"),
    ("59000", "Lille", "tribunal de commerce de Lille Métropole"),
    ("59200", "Tourcoing", "tribunal de commerce de Lille Métropole"),
    ("62400", "Béthune", "tribunal de commerce d’Arras"),
    ("67000", "Strasbourg", "chambre commerciale du tribunal judiciaire de Strasbourg"),
    ("67500", "Haguenau", "chambre commerciale du tribunal judiciaire de Strasbourg"),
    ("57000", "Metz", "chambre commerciale du tribunal judiciaire de Metz"),
    ("68100", "Mulhouse", "chambre commerciale du tribunal judiciaire de Mulhouse"),
    ("97400", "Saint-Denis", "tribunal mixte de commerce de Saint-Denis de La Réunion"),
    ("97410", "Saint-Pierre", "tribunal mixte de commerce de Saint-Pierre de La Réunion"),
    ("97200", "Fort-de-France", "tribunal mixte de commerce de Fort-de-France"),
    ("97110", "Pointe-à-Pitre", "tribunal mixte de commerce de Pointe-à-Pitre"),
    ("97600", "Mamoudzou", "tribunal mixte de commerce de Mamoudzou"),
    ("97500", "Saint-Pierre", "tribunal de première instance de Saint-Pierre-et-Miquelon"),
    ("98714", "Papeete", "tribunal mixte de commerce de Papeete"),
    ("76600", "Le Havre", "tribunal des activités économiques du Havre"),
    ("72000", "Le Mans", "tribunal des activités économiques du Mans"),
    ("43000", "Le Puy-en-Velay", "tribunal de commerce du Puy-en-Velay"),
    ("17000", "La Rochelle", "tribunal de commerce de La Rochelle"),
    ("75013", "Paris 13e", "tribunal des activités économiques de Paris"),
    ("75013", "Paris", "tribunal des activités économiques de Paris"),
    ("13008", "Marseille", "tribunal des activités économiques de Marseille"),
    ("92100", "Boulogne-Billancourt", "tribunal des activités économiques de Nanterre"),
    ("93200", "Saint-Denis", "tribunal de commerce de Bobigny"),
    ("22000", "Saint-Brieuc", "tribunal des activités économiques de Saint-Brieuc"),
    ("25000", "Besançon", "tribunal de commerce de Besançon"),
    ("74000", "Annecy", "tribunal de commerce d’Annecy"),
    ("06400", "Cannes", "tribunal de commerce de Cannes"),
    ("06600", "Antibes", "tribunal de commerce d’Antibes"),
    ("30100", "Alès", "tribunal de commerce de Nîmes"),
    ("85100", "Les Sables-d’Olonne", "tribunal de commerce de La Roche-sur-Yon"),
    ("20000", "Ajaccio", "tribunal de commerce d’Ajaccio"),
]
CONSUMERS = [
    ("59000", "Lille", "Lille", None),
    ("69100", "Villeurbanne", "Lyon", "Villeurbanne"),
    ("62400", "Béthune", "Béthune", None),
    ("21200", "Beaune", "Dijon", "Beaune"),
    ("26100", "Romans-sur-Isère", "Valence", "Romans-sur-Isère"),
    ("93200", "Saint-Denis", "Bobigny", "Saint-Denis (Seine-Saint-Denis)"),
    ("06400", "Cannes", "Grasse", "Cannes"),
    ("30100", "Alès", "Alès", None),
    ("85100", "Les Sables-d’Olonne", "les Sables-d’Olonne", None),
    ("67500", "Haguenau", "Strasbourg", "Haguenau"),
]


@pytest.mark.parametrize(("postcode", "city", "expected"), TRADERS)
def test_traders_are_judged_where_the_debtor_sits(law, postcode, city, expected):
    assert named(law, competent_court(at(postcode, city), law, DAY)) == expected


@pytest.mark.parametrize(("postcode", "city", "town", "chamber"), CONSUMERS)
def test_a_consumer_is_judged_where_he_lives(law, postcode, city, town, chamber):
    person = f"type: particulier, nom: Essai, prenom: Ada, {PLACE}"
    found = competent_court(at(postcode, city, debtor=person), law, DAY)
    assert (found.court.kind, found.court.city, found.chamber) == (
        CourtKind.JUDICIAL, town, chamber,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "city"),
    [
        ("SAINT ETIENNE", "Saint-Étienne"),
        ("St-Etienne", "Saint-Étienne"),
        ("saint etienne cedex 2", "Saint-Étienne"),
        ("Saint-Étienne", "Saint-Étienne"),
    ],
)
def test_a_commune_is_found_however_it_is_spelled(law, written, city):
    (found,) = law.courts.find("42000", written)
    assert found.name == city


@pytest.mark.parametrize(
    ("postcode", "written", "insee"),
    [
        ("69110", "Ste Foy les Lyon", "69202"),
        ("94240", "L'Hay les Roses", "94038"),
        ("27480", "Lyons la foret", "27377"),
        ("67100", "STRASBOURG", "67482"),
        ("51100", "reims", "51454"),
    ],
)
def test_accents_case_hyphens_and_saints_do_not_matter(law, postcode, written, insee):
    assert [one.insee for one in law.courts.find(postcode, written)] == [insee]


def test_a_cedex_that_no_table_lists_is_found_by_its_town(law):
    found = competent_court(at("69409", "LYON CEDEX 03"), law, DAY)
    assert named(law, found) == "tribunal des activités économiques de Lyon"


def test_a_cedex_that_is_no_commune_asks_for_the_insee_code(law):
    found = competent_court(at("92927", "PARIS LA DEFENSE CEDEX"), law, DAY)
    assert found.outcome is Outcome.UNDECIDED
    assert "« insee »" in last_reason(law, found)


def test_the_insee_code_settles_it(law):
    found = competent_court(at("92927", "PARIS LA DEFENSE CEDEX", "92026"), law, DAY)
    assert named(law, found) == "tribunal des activités économiques de Nanterre"


@pytest.mark.parametrize("insee", ["69123", "69385"])
def test_a_whole_city_and_its_arrondissement_have_insee_codes(law, insee):
    found = competent_court(at("69005", "Lyon", insee), law, DAY)
    assert named(law, found) == "tribunal des activités économiques de Lyon"


def test_a_postal_code_written_as_an_insee_code_is_seen(law):
    found = competent_court(at("69005", "Lyon", "69005"), law, DAY)  # 69005 is Ambérieux
    assert found.outcome is Outcome.UNDECIDED
    assert "Ambérieux" in last_reason(law, found)


def test_an_insee_code_of_nowhere_is_said(law):
    found = competent_court(at("69005", "Lyon", "69999"), law, DAY)
    assert found.outcome is Outcome.UNDECIDED
    assert "69999" in last_reason(law, found)


def test_an_ambiguous_postal_code_lists_its_communes(law):
    # 01200: eight communes of the Ain, and Éloise, in Haute-Savoie.
    found = competent_court(at("01200", "Bellegarde"), law, DAY)
    assert found.court is None
    assert {"01033", "74109"} <= {one.insee for one in found.choices}


def test_an_ambiguous_postal_code_names_one_commune_of_each_court(law):
    said = last_reason(law, competent_court(at("01200", "Bellegarde"), law, DAY))
    assert "Valserhône (01033)" in said
    assert "Éloise (74109)" in said


def test_the_commune_settles_an_ambiguous_postal_code(law):
    found = competent_court(at("01200", "Eloise"), law, DAY)
    assert named(law, found) == "tribunal de commerce de Thonon-les-Bains"


def test_an_unknown_commune_is_no_matter_where_its_neighbours_share_the_court(law):
    found = competent_court(at("25000", "Saint-Ferjeux"), law, DAY)  # a quarter of Besançon
    assert named(law, found) == "tribunal de commerce de Besançon"


def test_homonymous_communes_are_told_apart_by_their_postal_code(law):
    codes = ("97400", "93200", "97410", "97500")
    names = ("Saint-Denis", "Saint-Denis", "Saint-Pierre", "Saint-Pierre")
    courts = {
        named(law, competent_court(at(*one), law, DAY)) for one in zip(codes, names, strict=True)
    }
    assert len(courts) == 4


def test_lille_metropole_sits_at_tourcoing(law):
    (commune,) = law.courts.find("59000", "Lille")
    assert (commune.commercial.name, commune.commercial.town) == ("Lille Métropole", "Tourcoing")


# Dates.


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2024-12-31", CourtKind.COMMERCIAL),
        ("2025-01-01", CourtKind.ECONOMIC),
        ("2028-12-31", CourtKind.ECONOMIC),
        ("2029-01-01", CourtKind.COMMERCIAL),
    ],
)
def test_twelve_courts_bear_another_name_for_four_years(law, day, kind):
    found = competent_court(at("69005", "Lyon"), law, date.fromisoformat(day))
    assert (found.court.kind, found.court.city) == (kind, "Lyon")


@pytest.mark.parametrize(
    ("day", "kind"),
    [("2021-12-31", CourtKind.JUDICIAL), ("2022-01-01", CourtKind.COMMERCIAL)],
)
def test_craftsmen_answer_to_traders_judges_since_2022(law, day, kind):
    found = competent_court(
        at("25000", "Besançon", debtor=f"{PERSON}, activite: artisanale"),
        law,
        date.fromisoformat(day),
    )
    assert found.court.kind is kind


# Qualities.

TRADE, CIVIL = CourtKind.ECONOMIC, CourtKind.JUDICIAL
FIRM = f"type: societe, denomination: Essai, {PLACE}"
GROUP = f"type: association, denomination: Essai, regime: professionnel, {PLACE}"
QUALITIES = [
    (COMPANY, TRADE),
    (f"{FIRM}, forme: S.A.R.L.", TRADE),
    (f"{FIRM}, forme: SAS à capital variable", TRADE),
    (f"{FIRM}, forme: société par actions simplifiée", TRADE),
    (f"{FIRM}, forme: SASU, activite: liberale", TRADE),  # the form prevails: L210-1
    (f"{FIRM}, forme: SELARL", CIVIL),
    (f"{FIRM}, forme: SELAS, activite: commerciale", CIVIL),
    (f"{FIRM}, forme: SCI", CIVIL),
    (f"{FIRM}, forme: Société civile de moyens", CIVIL),
    (f"{FIRM}, forme: SCI, activite: commerciale", TRADE),
    (f"{FIRM}, forme: EARL", CIVIL),
    (f"{FIRM}, forme: GIE, activite: commerciale", TRADE),
    (f"{FIRM}, forme: GIE", None),
    (FIRM, None),
    (PERSON, None),
    (f"{PERSON}, rcs: Lyon", TRADE),
    (f"{PERSON}, rcs: Lyon, activite: liberale", CIVIL),
    (f"{PERSON}, activite: commerciale", TRADE),
    (f"{PERSON}, activite: artisanale", TRADE),
    (f"{PERSON}, activite: liberale", CIVIL),
    (f"{PERSON}, activite: agricole", CIVIL),
    (GROUP, CIVIL),
    (f"type: particulier, nom: Essai, prenom: Ada, {PLACE}", CIVIL),
]


@pytest.mark.parametrize(("debtor", "kind"), QUALITIES)
def test_the_nature_of_the_court_follows_the_debtor(law, debtor, kind):
    found = competent_court(case(debtor), law, DAY)
    assert (found.court.kind if found.court else None) is kind


@pytest.mark.parametrize("debtor", [FIRM, PERSON, f"{FIRM}, forme: GIE"])
def test_an_unknown_quality_is_asked_for_never_guessed(law, debtor):
    found = competent_court(case(debtor), law, DAY)
    assert found.outcome is Outcome.UNDECIDED
    assert "« activite: commerciale »" in last_reason(law, found)


def test_a_firm_of_a_liberal_profession_sues_before_civil_judges_too(law):
    found = competent_court(case(COMPANY, f"{FIRM}, forme: SELARL"), law, DAY)
    assert found.court.kind is CourtKind.JUDICIAL


def test_a_civil_creditor_may_choose_between_two_courts(law):
    found = competent_court(case(COMPANY, f"{PERSON}, activite: liberale"), law, DAY)
    assert [found.court.kind, found.other.kind] == [CourtKind.ECONOMIC, CourtKind.JUDICIAL]


def test_the_creditors_quality_is_not_asked_for_when_it_changes_nothing(law):
    found = competent_court(case(COMPANY, PERSON), law, DAY)
    assert (found.court.kind, found.other) == (CourtKind.ECONOMIC, None)


def test_no_order_for_payment_is_asked_against_a_public_body(law):
    found = competent_court(
        case(f"type: personne_publique, denomination: Commune d’Essai, {PLACE}"), law, DAY
    )
    assert (found.outcome, found.court) == (Outcome.CLOSED, None)


def test_no_order_for_payment_is_asked_against_a_debtor_abroad(law):
    abroad = COMPANY.replace("commune: Lyon", "commune: Lyon, pays: BE")
    assert competent_court(case(abroad), law, DAY).outcome is Outcome.CLOSED


def test_islands_with_their_own_procedure_are_said(law):
    said = [one.text for one in reasons(law, competent_court(at("98800", "Nouméa"), law, DAY))]
    assert "leur propre procédure civile" in said[-1]


# Reasons.


def test_the_reasons_go_from_the_parties_to_the_place(law):
    found = competent_court(at("76600", "Le Havre"), law, DAY)
    assert [step.slug for step in found.steps] == [
        "forme-commerciale",
        "forme-commerciale",
        "ordre-commercial",
        "domicile-du-debiteur",
        "ressort-economique",
    ]


def test_the_reasons_cite_the_articles_that_decide(law):
    found = competent_court(at("76600", "Le Havre"), law, DAY)
    cited = {slug for one in reasons(law, found) for slug in one.articles}
    assert {"cpc-1406", "c-com-l721-3", "c-com-l210-1", "loi-2023-1059-26"} <= cited


def test_the_reasons_say_that_a_clause_of_the_contract_is_unwritten(law):
    said = " ".join(
        one.text for one in reasons(law, competent_court(at("76600", "Le Havre"), law, DAY))
    )
    assert "réputée non écrite" in said


def test_every_word_of_the_reasons_stands_in_the_rules_file(law):
    rule = law.rules["competence"]
    assert {kind.value for kind in CourtKind} == set(rule.names)
    assert {slug for one in rule.reasons.values() for slug in one.articles} <= set(rule.articles)


@pytest.mark.parametrize(("debtor", "kind"), QUALITIES)
def test_no_mark_is_left_in_a_reason(law, debtor, kind):
    found = competent_court(case(debtor), law, DAY)
    assert not [one.text for one in reasons(law, found) if "{" in one.text or "()" in one.text]


# The letter and the checks.


def requests(changes: dict[str, object], slug: str = "garage-tilleul"):
    inspection = patched_example(slug, changes)
    (letter,) = [one for one in inspection.letters if one.kind == "requete-injonction-de-payer"]
    return letter


def test_a_request_without_a_court_is_written_to_the_competent_one():
    given, computed = requests({}), requests({"juridiction": None})
    assert computed.missing == ()
    assert computed.document == given.document


def test_a_request_contracts_the_name_of_the_town():
    place = {"debiteur.adresse.code_postal": "76600", "debiteur.adresse.commune": "Le Havre"}
    text = requests({**place, "juridiction": None}).text
    assert "président du tribunal des activités économiques du Havre" in text


def test_a_request_is_written_to_the_court_that_the_case_names():
    text = requests({"juridiction": {"type": "tribunal-de-commerce", "ville": "Vienne"}}).text
    assert "tribunal de commerce de Vienne" in text


def test_a_court_that_is_not_found_is_missing_from_the_request():
    letter = requests({"juridiction": None, "debiteur.forme": "GIE"})
    assert "juridiction.ville" in letter.missing


def test_a_court_of_another_place_is_shown_the_right_one():
    (found,) = findings(
        patched_example("garage-tilleul", {"juridiction.ville": "Paris"}), "IP-004"
    )
    assert "attendue : tribunal des activités économiques de Lyon" in found.message


def test_a_shortened_name_of_the_right_court_is_let_pass():
    place = {
        "debiteur.adresse.code_postal": "91000",
        "debiteur.adresse.commune": "Evry-Courcouronnes",
    }
    court = {"type": "tribunal-de-commerce", "ville": "Évry"}
    inspection = patched_example("garage-tilleul", {**place, "juridiction": court})
    assert findings(inspection, "IP-004") == []


def test_a_civil_creditor_may_name_either_court():
    changes = {
        "creancier.forme": "SCI",
        "juridiction": {"type": "tribunal-judiciaire", "ville": "Lyon"},
    }
    inspection = patched_example("garage-tilleul", changes)
    assert [found for rule in ("IP-003", "IP-004", "IP-035")
            for found in findings(inspection, rule)] == []  # fmt: skip


# The tables.

OFFICIAL = {
    "tribunal-de-commerce": 134,
    "chambre-commerciale": 7,
    "tribunal-mixte-de-commerce": 9,
    "tribunal-judiciaire": 164,
    "tribunal-de-premiere-instance": 4,
    "chambre-de-proximite": 125,
}


def test_there_are_as_many_courts_as_the_law_has(law):
    assert Counter(seat.kind for seat in law.courts.seats) == OFFICIAL


def test_every_renamed_court_is_a_commercial_court_of_the_table(law):
    known = {seat.name for seat in law.courts.seats if seat.kind == "tribunal-de-commerce"}
    assert [len(one.names) for one in law.courts.renamings] == [12]
    assert all(one.names <= known for one in law.courts.renamings)


def test_the_communes_are_sorted_by_postal_code_then_insee_code():
    lines = (ROOT / "legal/juridictions/communes.csv").read_text(encoding="utf-8").splitlines()[1:]
    keys = [line.split(";")[:2] for line in lines]
    assert keys == sorted(keys)


def test_a_form_is_read_by_its_first_words(law):
    said = {word: form_quality(law.legal_forms, word) for word in ("SARL", "SARLAT", "SA", "SCOP")}
    assert said == {"SARL": "commerciale", "SARLAT": None, "SA": "commerciale", "SCOP": None}


def test_a_letter_that_names_no_court_reads_no_table(law):
    unread = replace(law, courts=CourtTable(Path("absent.csv"), Path("absent.csv")))
    inspection = patched_example("garage-tilleul", {"juridiction": None})
    kept = tuple(one for one in inspection.letters if one.kind == "relance-amiable")
    assert kept
    assert findings(replace(inspection, law=unread, letters=kept), "IP-004") == []


def test_a_table_is_read_when_it_is_asked():
    with pytest.raises(FileNotFoundError):
        CourtTable(Path("absent.csv"), Path("absent.csv")).find("69005", "Lyon")


def test_the_script_gives_the_committed_tables_again(root, tmp_path):
    source = root.parent / "shared/donnees/tribunaux"
    script = root / "maintenance/juridictions.py"
    if not (source / "communes_tribunaux.csv").is_file() or not script.is_file():
        pytest.skip("the source tables are not here")
    subprocess.run([sys.executable, str(script), str(source), str(tmp_path)], check=True)
    for name in ("communes.csv", "tribunaux.csv"):
        kept = (root / "legal/juridictions" / name).read_bytes()
        assert (tmp_path / name).read_bytes() == kept

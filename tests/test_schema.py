"""Step 2, typer: every fault at once, at its place, with what to write instead."""

from __future__ import annotations

import re
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from dument import case as cases
from dument.case import Case, InterestBasis, LateInterest, Record
from dument.kit import Kit
from dument.schema import (
    KEYS,
    check_links,
    field_of,
    in_french,
    json_schema,
    key_of,
    read_case,
    with_parties,
)
from dument.source import parse_yaml, read_yaml

PARTIES = """\
reference: R
creancier: {type: societe, denomination: A, adresse: {voie: x, code_postal: 01000, commune: y}}
debiteur: {type: societe, denomination: B, adresse: {voie: x, code_postal: 01000, commune: y}}
"""
INVOICE = "factures: [{numero: F1, emise_le: 2026-03-02, echeance: 2026-04-01, ttc: 1 440,00}]\n"


def read(text: str) -> tuple[Case | None, list[tuple[str, str, str | None]]]:
    """Return the case and its faults: place, id, hint."""
    mapping, diagnostics = parse_yaml(text, "d.yaml")
    assert diagnostics == []
    read_, places, diagnostics = read_case(mapping)
    if read_ is not None:
        diagnostics += check_links(read_, places)
    return read_, [
        (f"{one.position.line}:{one.position.column}", one.id, one.hint) for one in diagnostics
    ]


def typed(text: str) -> Case:
    """Return the case of a text without faults."""
    read_, faults = read(text)
    assert faults == []
    return read_


def places(text: str) -> list[tuple[str, str]]:
    """Return the faults of a text: place, id."""
    return [(place, fault) for place, fault, _ in read(text)[1]]


def place_of(text: str, part: str) -> str:
    """Return where a part of a text stands, as `line:column`."""
    start = text.index(part)
    return f"{text.count(chr(10), 0, start) + 1}:{start - text.rfind(chr(10), 0, start)}"


def hints(text: str) -> list[str | None]:
    return [hint for _, _, hint in read(text)[1]]


def test_a_number_keeps_its_leading_zeros():
    invoice = INVOICE.replace("F1", "0012")
    assert typed(PARTIES + invoice).invoices[0].number == "0012"


def test_a_postcode_keeps_its_leading_zero():
    assert typed(PARTIES + INVOICE).debtor.address.postcode == "01000"


def test_a_siret_keeps_its_leading_zero_up_to_its_key():
    text = PARTIES.replace("denomination: B", "denomination: B, siret: 01234567000012")
    assert places(text + INVOICE) == [(place_of(text, "01234567000012"), "schema/siret-cle")]


def test_norway_is_not_no():
    text = PARTIES.replace("commune: y}", "commune: y, pays: NO}", 1)
    assert typed(text + INVOICE).creditor.address.country == "NO"


def test_a_day_that_does_not_exist_is_refused():
    text = PARTIES + INVOICE.replace("2026-04-01", "2026-02-30")
    assert places(text) == [(place_of(text, "2026-02-30"), "schema/date-impossible")]


def test_a_time_is_not_a_date():
    text = PARTIES + INVOICE.replace("2026-04-01", "12:30")
    assert places(text) == [(place_of(text, "12:30"), "schema/date-illisible")]


def test_an_amount_with_two_readings_is_refused():
    text = PARTIES + INVOICE.replace("1 440,00", "1.440")
    assert places(text) == [(place_of(text, "1.440"), "schema/montant-ambigu")]


@pytest.mark.parametrize("written", ["true", "yes", "1", "Oui !"])
def test_yes_is_written_oui(written):
    text = PARTIES.replace("denomination: B", f"denomination: B, consentement_lre: {written}")
    place = place_of(text, f"{written}, adresse")
    assert places(text + INVOICE) == [(place, "schema/oui-non")]


def test_an_amount_in_flow_braces_is_read_right():
    text = PARTIES + INVOICE + "paiements: [{le: 2026-05-12, montant: 1 440,00 €, sur: F1}]\n"
    assert typed(text).payments[0].amount == Decimal("1440.00")


@pytest.mark.parametrize("empty", ["", "~", "null"])
def test_an_empty_value_is_an_absent_one(empty):
    text = f"{PARTIES}{INVOICE}statut: {{litige: {empty}}}\n"
    assert typed(text).status.dispute is None


def test_the_fault_shown_in_the_manual_is_said_so():
    text = PARTIES + "factures:\n  - numero: F1\n    emise_le: 2026-01-29\n    "
    text += "echance: 2026-02-28\n    ttc: 1 440,00\n"
    assert read(text)[1] == [
        ("7:5", "schema/cle-inconnue", "vouliez-vous dire « echeance » ?"),
    ]


def test_every_fault_of_a_file_is_said_in_one_go():
    text = """\
reference:
creancier:
  type: societe
  siren: 732 829 321
  adresse: {voie: x, code_postal: 1000, commune: y}
debiteur: {type: particulier, adresse: {voie: x, code_postal: 01000, commune: y}}
conditions: {penalites: 12}
factures:
  -
  - {numero: F1, emise_le: 02/03/2026, echeance: 2026-04-31, ttc: 1.440}
  - {numero: F2, emise_le: 2026-03-02, ttc: -1}
paiements: {le: 2026-05-12, montant: 500,00}
lettres: [{modele: relance-amiable, le: 2026-04-15, envoi: {canal: lrr}}]
statut: {litige: oui}
coucou: 1
"""
    assert sorted(places(text)) == sorted(
        [
            ("1:1", "schema/cle-manquante"),  # reference
            ("3:3", "schema/cle-manquante"),  # denomination
            ("4:10", "schema/siren-cle"),
            ("5:35", "schema/code-postal"),
            ("6:11", "schema/cle-manquante"),  # nom
            ("6:11", "schema/cle-manquante"),  # prenom
            ("7:25", "schema/taux-illisible"),
            ("9:4", "schema/forme"),
            ("10:28", "schema/date-illisible"),
            ("10:50", "schema/date-impossible"),
            ("10:67", "schema/montant-ambigu"),
            ("11:5", "schema/cle-manquante"),  # echeance
            ("11:45", "schema/montant-negatif"),
            ("12:12", "schema/forme"),
            ("13:68", "schema/valeur-inconnue"),
            ("14:18", "schema/forme"),
            ("15:1", "schema/cle-inconnue"),
        ]
    )


def test_an_empty_item_does_not_shift_the_places_of_the_next():
    text = PARTIES + "factures:\n  -\n  - x\n  - {numero: F1, emise_le: hier, ttc: 1}\n"
    assert places(text) == [
        ("5:4", "schema/forme"),
        ("7:5", "schema/cle-manquante"),
        ("6:5", "schema/forme"),
        ("7:28", "schema/date-illisible"),
    ]


def test_keys_where_one_word_is_expected_are_a_fault_not_a_crash():
    text = PARTIES + INVOICE + "conditions: {penalites: {taux: 12 %}}\n"
    assert read(text)[1] == [("5:25", "schema/forme", "écrivez une seule valeur")]


def test_a_word_where_keys_are_expected_lists_them():
    text = PARTIES + INVOICE + "statut: {procedure_collective: oui}\n"
    assert hints(text) == ["clés : type, jugement_le, publie_le, mandataire"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("facture:", "factures"),
        ("paiement:", "paiements"),
        ("Reference:", "reference"),
        ("debitteur:", "debiteur"),
        ("condition:", "conditions"),
        ("pièces:", "pieces"),
        ("letres:", "lettres"),
    ],
)
def test_an_unknown_key_proposes_the_nearest(written, meant):
    text = PARTIES + INVOICE + f"{written} x\n"
    assert f"vouliez-vous dire « {meant} » ?" in hints(text)


def test_a_key_like_no_other_lists_those_that_are_known():
    [hint] = hints(PARTIES + INVOICE + "xyz: 1\n")
    assert hint.startswith("clés admises : reference, intitule, creancier")


def test_a_misspelt_key_is_not_said_missing_too():
    text = PARTIES.replace("reference", "referance") + INVOICE
    assert places(text) == [("1:1", "schema/cle-inconnue")]


def test_a_key_of_another_block_is_unknown_here():
    text = PARTIES + INVOICE.replace("ttc", "montant")
    assert "schema/cle-inconnue" in {fault for _, fault in places(text)}


def test_a_merge_key_is_unknown():
    assert places(PARTIES + INVOICE + "<<: {a: 1}\n") == [("5:1", "schema/cle-inconnue")]


def test_one_due_date_or_several_not_both():
    text = PARTIES + INVOICE.replace("ttc", "echeances: [{le: 2026-04-01, montant: 1}], ttc")
    assert [fault for _, fault in places(text)] == ["schema/echeances"]


def test_due_dates_add_up_to_the_invoice():
    text = PARTIES + INVOICE.replace(
        "echeance: 2026-04-01",
        "echeances: [{le: 2026-04-01, montant: 700,00}, {le: 2026-05-01, montant: 700,00}]",
    )
    assert [fault for _, fault in places(text)] == ["schema/echeances-total"]


def test_due_dates_are_ordered_by_day():
    text = PARTIES + INVOICE.replace(
        "echeance: 2026-04-01",
        "echeances: [{le: 2026-05-01, montant: 440,00}, {le: 2026-04-01, montant: 1 000,00}]",
    )
    days = [part.due_on for part in typed(text).invoices[0].schedule]
    assert days == [date(2026, 4, 1), date(2026, 5, 1)]


def test_an_association_states_its_regime():
    text = PARTIES.replace(
        "{type: societe, denomination: B", "{type: association, denomination: B"
    )
    assert places(text + INVOICE) == [("3:11", "schema/cle-manquante")]


def test_a_sole_trader_is_named_with_ei():
    text = PARTIES.replace(
        "type: societe, denomination: B", "type: entrepreneur_individuel, nom: Roux, prenom: Ana"
    )
    assert typed(text + INVOICE).debtor.name == "Ana Roux EI"


@pytest.mark.parametrize(
    ("written", "agreed"),
    [
        ("bce+10", LateInterest(basis=InterestBasis.DEFAULT)),
        ("BCE + 10", LateInterest(basis=InterestBasis.DEFAULT)),
        ("3x-taux-legal", LateInterest(basis=InterestBasis.TRIPLE_LEGAL)),
        ("aucune", LateInterest(basis=InterestBasis.NONE)),
        ("12,5 %", LateInterest(basis=InterestBasis.CONTRACT, rate=Decimal("12.5"))),
    ],
)
def test_the_agreed_interest_is_one_word(written, agreed):
    assert typed(
        f"{PARTIES}{INVOICE}conditions: {{penalites: {written}}}\n"
    ).terms.late_interest == (agreed)


def test_contrat_alone_is_no_rate():
    text = f"{PARTIES}{INVOICE}conditions: {{penalites: contrat}}\n"
    assert places(text) == [("5:25", "schema/taux-illisible")]


def test_a_waiver_wants_a_written_reason():
    text = PARTIES + INVOICE + "derogations: [{controle: MED-002, motif: bof}]\n"
    assert places(text) == [(place_of(text, "bof"), "schema/trop-court")]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("paiements: [{le: 2026-05-12, montant: 5, sur: F2}]", "5:47"),
        ("avoirs: [{numero: A1, le: 2026-05-12, montant: 5, sur: F2}]", "5:56"),
        ("lettres: [{modele: relance-amiable, le: 2026-05-12, factures: [F1, F2]}]", "5:68"),
        ("paiements: [{le: 2026-05-12, montant: 5, piece: releve}]", "5:49"),
        ("creance: {fondement: devis, piece: devis}", "5:36"),
    ],
)
def test_a_name_that_points_nowhere_is_said_at_its_place(text, place):
    assert places(PARTIES + INVOICE + text + "\n") == [(place, "schema/lien-inconnu")]


def test_an_invoice_number_given_twice_is_said_at_the_second():
    twice = INVOICE.replace(
        "}]", "}, {numero: F1, emise_le: 2026-03-02, echeance: 2026-04-01, ttc: 1}]"
    )
    assert [fault for _, fault in places(PARTIES + twice)] == ["schema/doublon"]


@pytest.fixture
def folder(tmp_path) -> Path:
    """A case's folder in a project that shares its parties."""
    here = tmp_path / "data/dossiers/x"
    here.mkdir(parents=True)
    parties = tmp_path / "data/dossiers/parties"
    parties.mkdir()
    (parties / "lumen.yaml").write_text("type: societe\ndenominatio: L\n", encoding="utf-8")
    return here


def share(folder: Path, text: str):
    kit = Kit(folder, folder.parents[2])
    mapping, _ = parse_yaml(text, "d.yaml")
    return with_parties(mapping, folder, kit)


def test_a_fault_in_a_shared_party_is_said_in_its_own_file(folder):
    mapping, _ = share(folder, "creancier: lumen\n")
    found = read_case(mapping)[2]
    assert "data/dossiers/parties/lumen.yaml:2:1" in {str(one.position) for one in found}


def test_an_unknown_party_proposes_the_nearest(folder):
    _, [found] = share(folder, "creancier: lumin\n")
    assert found.hint == "vouliez-vous dire « lumen » ?"


def test_a_party_is_never_read_outside_its_folder(folder):
    (folder / "secret.yaml").write_text("type: societe\n", encoding="utf-8")
    _, [found] = share(folder, "creancier: ../x/secret\n")
    assert found.id == "schema/partie-inconnue"


def records() -> list[type[Record]]:
    """Return every record of the case that is written with keys."""
    found = {
        one
        for name, module in sys.modules.items()
        if name.startswith(cases.__name__)
        for one in vars(module).values()
        if isinstance(one, type) and issubclass(one, Record)
    }
    return sorted(found - {Record, LateInterest, cases.Party}, key=lambda one: one.__name__)


@pytest.mark.parametrize("model", records(), ids=lambda one: one.__name__)
def test_every_field_has_its_french_key(model):
    assert set(KEYS[model]) == set(model.model_fields)


@pytest.mark.parametrize("model", records(), ids=lambda one: one.__name__)
def test_french_keys_are_ascii_and_unique_in_their_block(model):
    names = [key.name for key in KEYS[model].values()]
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", name) for name in names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("model", records(), ids=lambda one: one.__name__)
def test_every_key_is_explained_in_one_sentence(model):
    assert all(key.meaning.endswith((".", "…")) for key in KEYS[model].values())


def test_a_key_and_its_field_are_each_others():
    assert all(
        field_of(model, key_of(model, field)) == field for model in KEYS for field in KEYS[model]
    )


def test_private_notes_never_come_out():
    text = (
        PARTIES + INVOICE + "journal: [{le: 2026-04-08, type: appel, note: trésorerie tendue}]\n"
    )
    assert "trésorerie" not in str(in_french(typed(text)))


def test_what_may_be_shown_comes_out():
    text = PARTIES + INVOICE + "journal: [{le: 2026-04-08, type: appel, resume: promis}]\n"
    assert in_french(typed(text))["journal"] == [
        {"le": date(2026, 4, 8), "type": "appel", "resume": "promis"}
    ]


def test_the_agreed_rate_is_said_as_it_was_written():
    text = f"{PARTIES}{INVOICE}conditions: {{penalites: 12 %}}\n"
    assert in_french(typed(text))["conditions"]["penalites"] == "12,00\u00a0%"


def nodes(value: object) -> list[dict]:
    """Return every object of a JSON document."""
    if isinstance(value, dict):
        return [value, *(one for inner in value.values() for one in nodes(inner))]
    if isinstance(value, list):
        return [one for inner in value for one in nodes(inner)]
    return []


def test_every_property_of_the_json_schema_is_described():
    bare = [
        name
        for node in nodes(json_schema())
        if isinstance(node.get("properties"), dict)
        for name, inner in node["properties"].items()
        if not inner.get("description")
    ]
    assert bare == []


def test_every_reference_of_the_json_schema_resolves():
    schema = json_schema()
    wanted = {node["$ref"] for node in nodes(schema) if isinstance(node.get("$ref"), str)}
    assert wanted <= {f"#/$defs/{name}" for name in schema["$defs"]}


def test_the_json_schema_speaks_french_only():
    schema = json_schema()
    blocks = [schema, *(one for one in schema["$defs"].values() if "properties" in one)]
    written = {name for block in blocks for name in block["properties"]}
    assert written == {key.name for keys in KEYS.values() for key in keys.values()}


def test_the_penalty_clause_is_a_rate_or_a_rate_with_a_minimum():
    clause = json_schema()["$defs"]["PenaltyClause"]
    assert set(clause["properties"]) == {"taux", "minimum"}
    admitted = json_schema()["$defs"]["Terms"]["properties"]["clause_penale"]["anyOf"]
    assert {"$ref": "#/$defs/PenaltyClause"} in admitted
    assert {"type": "string"} in admitted


def test_the_json_schema_refuses_unknown_keys_everywhere():
    blocks = [node for node in nodes(json_schema()) if "properties" in node]
    assert all(block["additionalProperties"] is False for block in blocks)


def test_the_json_schema_asks_for_known_properties_only():
    blocks = [node for node in nodes(json_schema()) if "properties" in node]
    assert all(set(block["required"]) <= set(block["properties"]) for block in blocks)


def test_the_json_schema_uses_the_types_of_the_standard():
    known = {"array", "boolean", "integer", "null", "number", "object", "string"}
    schema = json_schema()
    used = [node["type"] for node in nodes(schema) if isinstance(node.get("type"), str | list)]
    assert {name for one in used for name in ([one] if isinstance(one, str) else one)} <= known


def test_a_shared_party_is_a_word_in_the_json_schema():
    assert {"type": "string"} in json_schema()["properties"]["creancier"]["anyOf"]


def test_the_shipped_examples_are_typed_without_fault(root):
    for path in sorted((root / "data/exemples").glob("*/dossier.yaml")):
        kit = Kit(root, root)
        mapping, _ = read_yaml(path, kit.name_of(path))
        mapping, faults = with_parties(mapping, path.parent, kit)
        assert (path.parent.name, faults + read_case(mapping)[2]) == (path.parent.name, [])

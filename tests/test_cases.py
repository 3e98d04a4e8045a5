"""The legal cases of tests/cas/: written by hand in French, computed here, compared to the cent.

A case holds `nom, source, calcul, dossier, au, attendu`. Parties that its `dossier` leaves out, or
gives by `type` alone, are completed with fictional ones. `attendu` names the figures of the
décompte as `dossier.json` does; what it does not name is not compared.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from dument.kit import open_kit
from dument.law import Law, law_of_contract, read_law
from dument.ledger import draw_up, other_readings
from dument.letters import statement_figures
from dument.rules.due_date import with_due_dates
from dument.rules.limitation_period import known_limitations
from dument.schema import check_links, read_case
from dument.source import Mapping, parse_yaml, plain, read_yaml

FOLDER = Path(__file__).parent / "cas"
FILES = sorted([*FOLDER.glob("*.yaml"), *FOLDER.glob("publies/[!_]*.yaml")])

ADDRESS = "adresse: {voie: 1 rue Haute, code_postal: 01000, commune: Bourg-en-Bresse}"
LEGAL_PERSON = f"{{denomination: Maison Fictive, {ADDRESS}}}"
NATURAL_PERSON = f"{{nom: Fictif, prenom: Camille, {ADDRESS}}}"


@pytest.fixture(scope="module")
def law() -> Law:
    read, diagnostics = read_law(open_kit(Path(__file__).parent))
    assert diagnostics == []
    return read


def completed(dossier: Mapping) -> Mapping:
    """Complete a fragment of a case with its reference and fictional parties."""
    entries = {**parsed("reference: CAS").entries, **dossier.entries}
    for key in ("creancier", "debiteur"):
        given = entries.get(key, parsed("type: societe"))
        kind = plain(given)["type"]
        standard = parsed(
            NATURAL_PERSON if kind in ("particulier", "entrepreneur_individuel") else LEGAL_PERSON
        )
        entries[key] = Mapping({**standard.entries, **given.entries}, given.position)
    return Mapping(entries, dossier.position, dossier.keys)


def parsed(text: str) -> Mapping:
    mapping, diagnostics = parse_yaml(text, "cas.yaml")
    assert diagnostics == []
    return mapping


def computed(dossier: Mapping, day: date, law: Law) -> dict[str, Any]:
    """Return the décompte of a case on a day, its limitations, or what is said instead."""
    case, places, diagnostics = read_case(completed(dossier))
    assert diagnostics == []
    assert check_links(case, places) == []
    law = law_of_contract(law, case.terms.concluded_on)
    case = with_due_dates(case, law)
    statement, diagnostics = draw_up(case, law, day, places.root)
    if statement is None:
        said = " ".join(f"{one.message} {one.hint}" for one in diagnostics)
        return {"erreur": said.replace("\u00a0", " ")}
    return {
        **statement_figures(case, law, statement, other_readings(case, law, day)),
        "prescription": [
            {
                "facture": one.invoice,
                "echeance": one.due_on,
                "le": one.last_day,
                "prudence": one.prudent_day,
                "interrompue_le": one.interrupted_on,
            }
            for one in known_limitations(case, law, day)
        ],
    }


def differences(expected: Any, found: Any, where: str = "") -> list[str]:
    """Say where a computation differs from what a case expects."""
    if where == ".erreur":
        return [
            f"« {words} » n’est pas dans « {found} »" for words in expected if words not in found
        ]
    if isinstance(expected, dict):
        return [
            difference
            for key, value in expected.items()
            for difference in (
                differences(value, found[key], f"{where}.{key}")
                if key in found
                else [f"{where}.{key} : absent"]
            )
        ]
    if isinstance(expected, list):
        if len(expected) != len(found):
            return [f"{where} : {len(expected)} attendu(s), {len(found)} trouvé(s)"]
        pairs = enumerate(zip(expected, found, strict=True), 1)
        return [one for n, (a, b) in pairs for one in differences(a, b, f"{where}[{n}]")]
    written = as_written(found, expected)
    return [] if written == expected else [f"{where} : {expected} attendu, {written} trouvé"]


def as_written(value: Any, like: str) -> str:
    """Write a computed value as the case writes its own: « 1 440,00 », « 12,15 % », oui, ISO."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if not isinstance(value, Decimal):
        return str(value)
    number, _, unit = like.partition(" %")
    decimals = len(number.partition(",")[2])
    if like.endswith("%") and value != round(value, decimals):
        return f"{value} %"
    rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{rounded:,f}".replace(",", " ").replace(".", ",")
    return f"{text} %{unit}" if like.endswith("%") else text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_case_is_computed_as_it_was_worked_out(path, law):
    mapping, diagnostics = read_yaml(path, path.name)
    assert diagnostics == []
    day = date.fromisoformat(plain(mapping.entries["au"]))
    found = computed(mapping.entries["dossier"], day, law)
    assert differences(plain(mapping.entries["attendu"]), found) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_case_says_its_name_its_source_and_its_working(path):
    mapping, _ = read_yaml(path, path.name)
    assert list(mapping.entries) == ["nom", "source", "calcul", "dossier", "au", "attendu"]
    assert all(plain(mapping.entries[key]) for key in mapping.entries)


def test_a_wrong_figure_is_seen():
    assert differences({"total": "1 440,01"}, {"total": Decimal("1440.00")}) == [
        ".total : 1 440,01 attendu, 1 440,00 trouvé"
    ]


def test_a_rate_is_compared_with_all_its_decimals():
    assert differences({"taux": "12,15 %"}, {"taux": Decimal("12.154")}) != []


def test_a_missing_line_is_seen():
    assert differences({"lignes": [{"jours": "1"}]}, {"lignes": []}) != []

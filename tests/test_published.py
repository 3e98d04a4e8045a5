"""Published computations, rates and dates: each is found again, or the difference is explained.

Those that play as a case stand in tests/cas/publies/ and run with the others (test_cases); the
rest is in `_hors-decompte.yaml`, facts copied with their source.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from math import prod
from pathlib import Path

import pytest

from dument.days import add_months
from dument.kit import open_kit
from dument.law import Law, read_law
from dument.rules.accrual import interest
from dument.rules.triple_legal_interest import floor_rate
from dument.source import plain, read_yaml

FOLDER = Path(__file__).parent / "cas/publies"
SHARED = Path(__file__).parents[2] / "shared/cas/exemples-publies.yaml"
MAPPING, _ = read_yaml(FOLDER / "_hors-decompte.yaml", "_hors-decompte.yaml")
PUBLISHED = plain(MAPPING)
REPRODUCED = ("interets", "taux", "points_non_dates", "planchers", "dates")


def number(written: str) -> Decimal:
    return Decimal(written.replace(" ", "").replace(",", "."))


def examples(kind: str) -> list:
    return [
        pytest.param(one, id=f"{one['id']}-{rank}") for rank, one in enumerate(PUBLISHED[kind])
    ]


@pytest.fixture(scope="module")
def law() -> Law:
    return read_law(open_kit(Path(__file__).parent))[0]


@pytest.mark.parametrize("example", examples("interets"))
def test_a_published_line_is_found_again_to_the_cent(example):
    computed = [
        interest(number(one["base"]), number(one["taux"]), int(one["jours"]), int(one["annee"]))
        for one in example["lignes"]
    ]
    assert computed == [number(one["montant"]) for one in example["lignes"]]


@pytest.mark.parametrize("example", [one for one in PUBLISHED["interets"] if "total" in one])
def test_a_published_total_is_the_sum_of_its_rounded_lines(example):
    assert sum(number(one["montant"]) for one in example["lignes"]) == number(example["total"])


def rate(law: Law, rule: str, day: date) -> Decimal:
    """Derive a rate from the law pack, as the rule of that name does."""
    parts = {
        "bce+10": ("taux-bce-semestriel", "majoration-penalites-professionnels"),
        "bce+8": ("taux-bce-semestriel", "majoration-acheteurs-publics"),
        "legal-particulier+5": ("taux-interet-legal-particuliers", "majoration-judiciaire"),
        "legal-autres+5": ("taux-interet-legal-autres", "majoration-judiciaire"),
    }
    if rule == "3x-taux-legal":
        return prod(one.used.value for one in floor_rate(law, day))
    return sum(law.value(slug, day).value for slug in parts[rule])


@pytest.mark.parametrize("example", examples("taux"))
def test_a_published_rate_is_derived_from_the_law_pack(example, law):
    assert rate(law, example["regle"], date.fromisoformat(example["le"])) == number(
        example["taux"]
    )


@pytest.mark.parametrize("example", examples("points_non_dates"))
def test_a_published_rate_stands_on_a_base_that_the_law_pack_knows(example, law):
    base = law.value(example["parametre"], date.fromisoformat(example["le"]))
    assert base.value + number(example["points"]) == number(example["taux"])


@pytest.mark.parametrize("example", examples("planchers"))
def test_a_clause_is_compared_with_the_floor_of_its_half_year(example, law):
    floor = rate(law, "3x-taux-legal", date.fromisoformat(example["le"]))
    assert (number(example["clause"]) < floor) == (example["dessous"] == "oui")


@pytest.mark.parametrize("example", examples("dates"))
def test_a_published_date_is_found_again(example):
    day = date.fromisoformat(example["du"])
    day = add_months(
        day + timedelta(days=int(example.get("jours", 0))), int(example.get("mois", 0))
    )
    if example.get("fin_de_mois") == "oui":
        day = add_months(day.replace(day=1), 1) - timedelta(days=1)
    assert day == date.fromisoformat(example["au"])


@pytest.mark.parametrize("kind", [*REPRODUCED, "expliques"])
def test_every_published_example_names_its_source(kind):
    assert all(one["source"] for one in PUBLISHED[kind])


def test_every_difference_has_its_reason():
    assert all(len(one["raison"]) > 40 for one in PUBLISHED["expliques"])


def reproduced() -> set[str]:
    """Return the ids found again, as a case or apart."""
    cases = {path.name.split(".")[0] for path in FOLDER.glob("[!_]*.yaml")}
    return cases | {one["id"] for kind in REPRODUCED for one in PUBLISHED[kind]}


def explained() -> set[str]:
    return {one["id"] for one in PUBLISHED["expliques"]}


def test_an_example_is_either_found_again_or_explained():
    assert reproduced() & explained() == set()


@pytest.fixture(scope="module")
def collected() -> dict[str, str]:
    """The ids and verdicts of the collection the examples were taken from."""
    if not SHARED.is_file():
        pytest.skip("the collection of published examples is not beside this clone")
    mapping, _ = read_yaml(SHARED, SHARED.name)
    kinds = ("computations", "rate_derivations", "date_examples")
    return {one["id"]: one["verdict"] for kind in kinds for one in plain(mapping)[kind]}


def test_every_example_of_the_collection_is_found_again_or_explained(collected):
    assert set(collected) == reproduced() | explained()


def test_only_what_does_not_reproduce_is_explained(collected):
    wrong = {name for name, verdict in collected.items() if not verdict.startswith("reproduces")}
    assert explained() == wrong - reproduced()

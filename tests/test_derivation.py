"""Where every figure comes from: the tree alone, recomputed, gives the same cents."""

from __future__ import annotations

import calendar
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from math import prod
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dument.derivation import Tree, derive, derive_today
from dument.derivation.court import add_court
from dument.derivation.inputs import Inputs
from dument.diagnostics import Position
from dument.dossier import Dossier
from dument.kit import open_kit
from dument.law import law_of_contract
from dument.ledger import draw_up
from dument.pipeline import prepare, read_dossier
from dument.records import explanation_json
from dument.rules.due_date import with_due_dates
from dument.schema import Places, read_case
from dument.source import plain, read_yaml
from dument.workshop import open_workshop
from tests.examples import AS_OF, ROOT, example_folder, shipped_examples
from tests.test_cases import FILES, completed
from tests.test_properties import FIRST, LAST, LAW, cases, drawn_up

LEAVES = {
    "donnee", "convention", "valeur-du-droit", "date-du-decompte", "constat", "raisonnement",
}  # fmt: skip
CENT = Decimal("0.01")


def rounded(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def years_later(day: date, years: int) -> date:
    last = calendar.monthrange(day.year + years, day.month)[1]
    return date(day.year + years, day.month, min(day.day, last))


def read(figure: Mapping[str, Any]) -> Decimal | date | str:
    """Read a value by its unit, as any program would."""
    if figure["unite"] == "date":
        return date.fromisoformat(figure["valeur"])
    return figure["valeur"] if figure["unite"] == "texte" else Decimal(str(figure["valeur"]))


def recomputed(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Compute every figure from its formula and those before it, with nothing of the engine."""
    values: dict[str, Any] = {}
    for name, figure in figures.items():
        if figure["formule"] in LEAVES:
            values[name] = read(figure)
            continue
        given: dict[str, list[Any]] = {}
        for operand in figure["operandes"]:
            given.setdefault(operand["role"], []).append(values[operand["nom"]])
        values[name] = FORMULAS[figure["formule"]](given)
    return values


def one(given: Mapping[str, list[Any]], role: str) -> Any:
    [value] = given[role]
    return value


FORMULAS = {
    "somme": lambda g: sum(g.get("plus", []), Decimal(0)) - sum(g.get("moins", []), Decimal(0)),
    "produit": lambda g: prod(g["facteur"]),
    "interets": lambda g: rounded(
        one(g, "base") * one(g, "taux") * one(g, "jours") / (100 * one(g, "annee"))
    ),
    "interets-par-jour": lambda g: one(g, "base") * one(g, "taux") / (100 * one(g, "annee")),
    "arrondi": lambda g: rounded(one(g, "valeur")),
    "clause-penale": lambda g: max(
        rounded(one(g, "base") * one(g, "taux") / 100), one(g, "minimum")
    ),
    "moindre": lambda g: min(*g["disponible"], one(g, "du")),
    "partage": lambda g: min(
        rounded(one(g, "disponible") * one(g, "du") / one(g, "ensemble")),
        one(g, "disponible"),
        one(g, "du"),
    ),
    "interets-exacts": lambda g: (
        one(g, "base") * one(g, "taux") * one(g, "jours") / (100 * one(g, "annee"))
    ),
    "cumul-arrondi": lambda g: (
        rounded(one(g, "cumul")) - rounded(g["avant"][0] if "avant" in g else Decimal(0))
    ),
    "jours": lambda g: Decimal((one(g, "au") - one(g, "du")).days + 1),
    "lendemain": lambda g: one(g, "jour") + timedelta(days=1),
    "ajout-jours": lambda g: one(g, "jour") + timedelta(days=int(sum(g["jours"]))),
    "ajout-annees": lambda g: years_later(one(g, "jour"), int(one(g, "annees"))),
}


@pytest.fixture(scope="module")
def workshop():
    return open_workshop(open_kit(ROOT))[0]


@pytest.fixture(scope="module", params=shipped_examples())
def example(request, workshop) -> Dossier:
    """Each shipped example, written."""
    dossier, _ = prepare(workshop, example_folder(request.param), AS_OF)
    assert dossier is not None
    return dossier


def random_dossier(case, day: date) -> Dossier:
    return Dossier(
        name="essai",
        folder=Path("essai"),
        case=case,
        places=Places(Position("dossier.yaml")),
        law=LAW,
        as_of=day,
        statement=drawn_up(case, day),
        limitations=(),
        letters=(),
        annexes={},
        exhibits=(),
        applied=(),
        diagnostics=(),
    )


closing_days = st.dates(FIRST, LAST)


def stated_amounts(nodes: Mapping[str, Any]) -> list[str]:
    """Return the amounts that the tree states without saying what they are made of."""
    return [name for name, node in nodes.items()
            if node.formula == "constat" and node.unit == "euro" and node.value]  # fmt: skip


def assert_recomputes(dossier: Dossier) -> None:
    figures = json.loads(explanation_json(dossier))["calculs"]
    values = recomputed(figures)
    wrong = {name: (values[name], read(figures[name])) for name in figures
             if values[name] != read(figures[name])}  # fmt: skip
    assert wrong == {}


def test_the_tree_alone_gives_the_same_cents(example):
    assert_recomputes(example)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_tree_of_each_legal_case_gives_the_same_cents_from_inputs_and_law(path):
    mapping, _ = read_yaml(path, path.name)
    case, places, _ = read_case(completed(mapping.entries["dossier"]))
    law = law_of_contract(LAW, case.terms.concluded_on)
    case, day = with_due_dates(case, law), date.fromisoformat(plain(mapping.entries["au"]))
    statement, _ = draw_up(case, law, day, places.root)
    if statement is None:
        return  # the law pack does not reach that day: the case says so
    dossier = replace(random_dossier(case, day), law=law, statement=statement)
    assert_recomputes(dossier)
    assert stated_amounts(derive(dossier)) == []


@settings(max_examples=60)
@given(cases(), closing_days)
def test_the_tree_of_any_case_gives_the_same_cents(case, day):
    dossier = random_dossier(case, day)
    assert_recomputes(dossier)


def test_every_amount_of_an_example_comes_from_inputs_and_law(example):
    assert stated_amounts(derive(example)) == []


def test_every_input_has_its_line(example):
    given_ = [node for node in derive(example).values() if node.formula == "donnee"]
    assert given_
    assert [node.name for node in given_ if node.place is None or node.place.line < 2] == []


@settings(max_examples=60)
@given(cases(), closing_days)
def test_totals_are_those_of_the_statement(case, day):
    dossier = random_dossier(case, day)
    nodes, statement = derive_today(dossier), dossier.statement
    figures = {
        "total": statement.total,
        "principal": statement.principal,
        "interets": statement.interest,
        "interets_courus": statement.interest_accrued,
        "indemnites": statement.fixed_sums,
    }
    assert {name: nodes[f"decompte.{name}"].value for name in figures} == figures


def test_a_computed_court_gives_its_reasons_its_articles_and_the_line_of_the_commune(workshop):
    case, places, _ = read_dossier(workshop, example_folder("garage-tilleul"))
    alone = case.model_copy(update={"court": None})
    tree = Tree()
    add_court(Inputs(tree, alone, places), workshop.law, AS_OF)
    court = tree.nodes["juridiction"]
    motives = [tree.nodes[one.node] for one in court.operands if one.role == "motif"]
    assert court.value == "tribunal des activités économiques de Lyon"
    assert len(motives) == len(court.operands) >= 4
    assert all(one.articles for one in motives)
    commune = tree.nodes["juridiction.commune"]
    assert (commune.value, commune.formula) == ("69005 Lyon", "donnee")
    assert commune.place.line == places.at("debtor", "address", "city").line


def test_a_court_that_the_file_names_is_an_input_beside_the_reasons(workshop):
    dossier, _ = prepare(workshop, example_folder("garage-tilleul"), AS_OF)
    nodes = derive(dossier)
    assert nodes["juridiction.choisie"].value == nodes["juridiction"].value
    assert nodes["juridiction.choisie"].place == dossier.places.at("court", "city")
    assert "juridiction.motifs.1" in nodes


def test_where_no_order_can_be_asked_for_the_reason_stands_for_the_court(workshop):
    dossier, _ = prepare(workshop, example_folder("commune-valbrune"), AS_OF)
    nodes = derive(dossier)
    assert nodes["juridiction"].value == nodes["juridiction.motifs.1"].value
    assert "juge administratif" in nodes["juridiction"].value

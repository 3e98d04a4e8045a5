"""Where a rate comes from: values of the law pack, added or multiplied, or the contract."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import prod

from dument.derivation.inputs import Inputs
from dument.derivation.nodes import Node, Operand, Tree
from dument.law import Law
from dument.money import ZERO
from dument.rules import Ingredient


def parameter(tree: Tree, law: Law, ingredient: Ingredient) -> str:
    """Add a value of the law pack with the unit and the articles of its parameter."""
    known = law.parameters[ingredient.slug]
    return tree.parameter(ingredient, known.unit, known.articles)


def rate(
    inputs: Inputs, law: Law, rule: str, value: Decimal, ingredients: Sequence[Ingredient]
) -> str:
    """Add a rate in percent a year, one figure for all the lines that share it."""
    tree, agreed = inputs.tree, inputs.case.terms.late_interest
    if not ingredients and agreed is not None and agreed.rate == value:
        path = ("terms", "late_interest")
        return inputs.given("conditions.penalites", value, "pourcent", path)
    name = _name(tree, rule, value, ingredients)
    operands = [parameter(tree, law, one) for one in ingredients]
    values = [tree.number(one) for one in operands]
    formula, role = "constat", ""
    if operands and sum(values, ZERO) == value:
        formula, role = "somme", "plus"
    elif operands and prod(values) == value:
        formula, role = "produit", "facteur"
    used = tuple(Operand(role, one) for one in operands) if role else ()
    node = Node(name, "taux", value, "pourcent", formula, (), used, rule=rule,
                articles=law.rules[rule].articles)  # fmt: skip
    return tree.add(node)


def _name(tree: Tree, rule: str, value: Decimal, ingredients: Sequence[Ingredient]) -> str:
    since = max((one.used.first_day for one in ingredients), default=None)
    name = f"taux.{rule}.{since.isoformat()}" if since else f"taux.{rule}"
    known = tree.nodes.get(name)
    return name if known is None or known.value == value else f"{name}.{value}"

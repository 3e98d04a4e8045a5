"""A derivation as templates, pages and the computed case see it: French keys, raw values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any

from dument.derivation.nodes import Node, Tree
from dument.law import Law
from dument.letters import source_figures


def derivation_figures(law: Law, node: Node) -> dict[str, Any]:
    """Return a figure with its formula, its operands by role, and where each part comes from."""
    place, used = node.place, node.used
    known = [slug for slug in node.articles if slug in law.articles]
    return {
        "nom": node.name,
        "figure": node.figure,
        "sujet": list(node.about),
        "valeur": node.value,
        "unite": node.unit,
        "formule": node.formula,
        "operandes": [{"role": one.role, "nom": one.node} for one in node.operands],
        "arrondi": node.rounding,
        "saisie": place
        and {
            "fichier": place.file,
            "nom": PurePath(place.file).name,
            "ligne": place.line,
            "colonne": place.column,
        },
        "regle": node.rule,
        "titre_regle": law.rules[node.rule].title if node.rule in law.rules else None,
        "depart": law.rules[node.rule].starts if node.rule in law.rules else None,
        "articles": known,
        "articles_cites": [law.articles[slug].cited() for slug in known],
        "parametre": source_figures(law, node.parameter, used)
        if node.parameter and used
        else None,
    }


def steps(nodes: Mapping[str, Node], name: str, law: Law) -> list[dict[str, Any]]:
    """Return a figure and all it is made of, each once told in full, with its depth and role."""
    return [
        {
            **derivation_figures(law, node),
            "profondeur": depth,
            "role": role,
            "deja": is_known,
            "parts": _parts(nodes, node),
        }
        for depth, role, node, is_known in Tree(dict(nodes)).below(name)
    ]


def _parts(nodes: Mapping[str, Node], node: Node) -> list[dict[str, Any]]:
    """Return the operands with their values, to write the formula with its numbers."""
    return [
        {
            "role": one.role,
            "nom": one.node,
            "valeur": nodes[one.node].value,
            "unite": nodes[one.node].unit,
            "figure": nodes[one.node].figure,
            "formule": nodes[one.node].formula,
        }
        for one in node.operands
    ]


def with_parts(nodes: Mapping[str, Node], law: Law) -> Iterable[dict[str, Any]]:
    """Yield every figure with the values of its operands."""
    for node in nodes.values():
        yield {**derivation_figures(law, node), "parts": _parts(nodes, node)}

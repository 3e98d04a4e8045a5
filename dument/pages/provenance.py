"""Where each figure comes from, as its page shows it: one entry a figure, in parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from dument.derivation import Node, derive_today, with_parts
from dument.dossier import Dossier
from dument.french import slug

_PART_OF_A_LINE = re.compile(r"decompte\.lignes\.\d+\.\w+")
_BY_NAME = (
    ("lignes", ("decompte.lignes.",)),
    ("sommes", ("decompte.",)),
    ("imputations", ("imputations.", "recus.")),
    ("droit", ("taux.", "droit.", "conventions.")),
    ("dates", ("prescription.", "lettres.", "jours.")),
    ("juridiction", ("juridiction",)),
)
TOTAL = "decompte.total"
PARTS = ("sommes", "factures", "lignes", "imputations", "dates", "juridiction", "droit",
         "saisies")  # fmt: skip


def provenance(dossier: Dossier) -> dict[str, Any]:
    """Return the figures of the décompte of the day, by part of the page, with their anchors."""
    nodes = derive_today(dossier)
    shown = [name for name in nodes if not _PART_OF_A_LINE.fullmatch(name)]
    anchors = dict(_anchors(shown))
    parts: dict[str, list[dict[str, Any]]] = {part: [] for part in PARTS}
    for told in with_parts(nodes, dossier.law):
        if told["nom"] in anchors:
            told["ancre"] = anchors[told["nom"]]
            parts[_part(nodes[told["nom"]])].append(told)
    parts["lignes"].sort(key=lambda told: int(told["nom"].rpartition(".")[2]))
    parts["sommes"] = _from_the_total_down(parts["sommes"], nodes)
    parts["sommes"].sort(key=lambda told: told["nom"] != TOTAL)
    return {
        "parties": parts,
        "ancres": anchors,
        "bases": {
            name: one.node
            for name, node in nodes.items()
            for one in node.operands
            if node.figure == "ligne" and one.role == "base"
        },
    }


def _from_the_total_down(
    told: list[dict[str, Any]], nodes: Mapping[str, Node]
) -> list[dict[str, Any]]:
    """Return sums before what they are made of, those of one kind in the order of the case."""
    alike = groupby(reversed(told), key=lambda one: nodes[one["nom"]].figure)
    return [one for _, same in alike for one in reversed([*same])]


def _anchors(names: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each name with an anchor of its own, even when two names are written alike."""
    seen: dict[str, int] = {}
    for name in names:
        anchor = slug(name)
        rank = seen[anchor] = seen.get(anchor, 0) + 1
        yield name, anchor if rank == 1 else f"{anchor}--{rank}"


def _part(node: Node) -> str:
    if node.formula == "donnee":
        return "saisies"
    for part, heads in _BY_NAME:
        if node.name.startswith(heads):
            return part
    return "factures"

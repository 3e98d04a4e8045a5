"""Where every figure comes from: a tree of named figures down to what the user wrote.

A name is stable and dotted: `decompte.total`, `decompte.lignes.3`, `factures.F2026-0117.reste`,
`prescription.F2026-0117`, `lettres.2.date_limite`, `juridiction`. An entry of the ledger that this
room does not know is still told, as a figure that the ledger states: sums always recompute.
"""

from __future__ import annotations

from dument.derivation import days
from dument.derivation.court import add_court
from dument.derivation.inputs import Inputs
from dument.derivation.nodes import Node, Operand, Tree
from dument.derivation.reckoning import Reckoning
from dument.derivation.totals import add_totals
from dument.derivation.wording import derivation_figures, steps, with_parts
from dument.dossier import Dossier
from dument.ledger import Statement, draw_up

__all__ = [
    "Node",
    "Operand",
    "Tree",
    "derivation_figures",
    "derive",
    "derive_today",
    "steps",
    "with_parts",
]


def derive(dossier: Dossier) -> dict[str, Node]:
    """Return every figure of a dossier by name, each after those it is made of."""
    tree, inputs = _today(dossier)
    for letter in dossier.letters:
        head = f"lettres.{letter.number}."
        whole, _ = draw_up(dossier.case, dossier.law, letter.on, dossier.places.root)
        if whole is not None:
            _reckon(dossier, inputs, whole, letter.statement, (head, head))
    return tree.nodes


def derive_today(dossier: Dossier) -> dict[str, Node]:
    """Return the figures of the décompte of the day and the dates, without the letters' sums."""
    return _today(dossier)[0].nodes


def _today(dossier: Dossier) -> tuple[Tree, Inputs]:
    tree = Tree()
    inputs = Inputs(tree, dossier.case, dossier.places)
    _reckon(dossier, inputs, dossier.statement, dossier.statement, ("decompte.", ""))
    for found in dossier.limitations:
        days.limitation(inputs, dossier.law, found)
    for letter in dossier.letters:
        last_day = dossier.answer_day(letter)
        if last_day is not None:
            days.deadline(inputs, dossier.law, letter, last_day)
    add_court(inputs, dossier.law, dossier.as_of)
    inputs.others()
    return tree, inputs


def _reckon(
    dossier: Dossier, inputs: Inputs, whole: Statement, shown: Statement, heads: tuple[str, str]
) -> None:
    book = Reckoning(inputs, dossier.law, whole, *heads)
    book.walk()
    add_totals(book, shown)

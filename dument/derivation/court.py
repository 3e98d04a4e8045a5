"""Why a court is competent: each step of the reasoning, its articles, and the debtor's commune."""

from __future__ import annotations

from datetime import date

from dument.derivation.inputs import Inputs
from dument.derivation.nodes import Node, Operand
from dument.law import Law, Reason
from dument.rules.competent_court import RULE, competent_court, designation, reasons

NAME = "juridiction"
_OF_PLACE = (
    "domicile-du-debiteur", "code-postal-seul", "commune-inconnue", "commune-ambigue",
    "insee-contraire", "insee-inconnu",
)  # fmt: skip


def add_court(inputs: Inputs, law: Law, as_of: date) -> str:
    """Add the court before which an order for payment is asked for, or why there is none.

    The court that the file names prevails, beside the reasons of the computed one; the last
    reason stands for a court when they lead to none.
    """
    chosen, found = inputs.case.court, competent_court(inputs.case, law, as_of)
    told = reasons(law, found)
    motives = [
        Operand("motif", _motive(inputs, rank, step.slug, reason))
        for rank, (step, reason) in enumerate(zip(found.steps, told, strict=True), 1)
    ]
    court = chosen or found.court
    value = designation(law, court) if court else told[-1].text
    if chosen is not None:
        path = ("court", "city")
        written = inputs.given(f"{NAME}.choisie", value, "texte", path)
        motives.insert(0, Operand("donnee", written))
    return inputs.tree.add(
        Node(NAME, NAME, value, "texte", "raisonnement", (), tuple(motives), rule=RULE)
    )


def _motive(inputs: Inputs, rank: int, step: str, reason: Reason) -> str:
    used = (Operand("donnee", _commune(inputs)),) if step in _OF_PLACE else ()
    name = f"{NAME}.motifs.{rank}"
    return inputs.tree.add(
        Node(name, "motif", reason.text, "texte", "raisonnement", (str(rank),), used,
             articles=reason.articles)
    )  # fmt: skip


def _commune(inputs: Inputs) -> str:
    address = inputs.case.debtor.address
    written = f"{address.postcode} {address.city}"
    path = ("debtor", "address", "insee" if address.insee else "city")
    return inputs.given(f"{NAME}.commune", written, "texte", path)

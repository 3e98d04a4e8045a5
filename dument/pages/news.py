"""What is new since the last hand-over to the reader: exhibits, letters, payments, sums."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

from dument.pages.frame import Desk


def news(desk: Desk) -> dict[str, Any] | None:
    """Return what the reader was not given yet; None when nothing was handed over to him."""
    dossier, since = desk.dossier, desk.dossier.since
    if since is None:
        return None
    now, references = dossier.handed(""), dossier.case.exhibit_references
    known = Counter(since.payments)
    paid = []
    for one, mark in zip(dossier.received, now.payments, strict=True):
        known[mark] -= 1
        if known[mark] < 0:
            paid.append({"le": one.on, "montant": one.amount, "moyen": one.means,
                         "piece": desk.exhibit_link(one.exhibit)})  # fmt: skip
    return {
        "le": since.on,
        "pieces": [desk.cited(one) for one in dossier.new_exhibits],
        "retirees": [
            {"numero": references[one.id], "titre": one.title, "le": one.withdrawn_on}
            for one in dossier.withdrawn_exhibits
        ],
        "lettres": [
            desk.letter_link(one)
            for one in dossier.letters
            if since.letters.get(one.stem) != now.letters[one.stem]
        ],
        "paiements": paid,
        "sommes": [
            {"nom": name, "avant": before, "apres": after, "ecart": after - before}
            for name, after in now.sums.items()
            if after != (before := since.sums.get(name, Decimal(0)))
        ],
    }

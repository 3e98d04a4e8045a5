"""The aged balance: open principal by days since its due date, and its drawing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from dument.dossier import Dossier

BRACKETS = ((None, 0), (1, 30), (31, 60), (61, 90), (91, None))
"""First and last day late of each column: the accountants' usual ones, no rule of law."""
ZERO = Decimal("0.00")
_WIDTH, _HEIGHT, _TOP, _FLOOR, _GAP = 700, 220, 24, 190, 24


def aged(dossier: Dossier) -> tuple[Decimal, ...]:
    """Return the open principal of each bracket, what is not yet due first; interest left out."""
    sums = [ZERO] * len(BRACKETS)
    for balance in dossier.statement.invoices:
        for debt in balance.debts:
            days = (dossier.as_of - debt.due_on).days
            sums[_bracket(days if debt.is_due else 0)] += debt.principal
    return tuple(sums)


def added(rows: Iterable[Sequence[Decimal]]) -> tuple[Decimal, ...]:
    """Return the sum of each bracket."""
    sums = [ZERO] * len(BRACKETS)
    for row in rows:
        sums = [one + other for one, other in zip(sums, row, strict=True)]
    return tuple(sums)


def drawn(sums: Sequence[Decimal]) -> dict[str, Any] | None:
    """Return the columns of the balance in the units of a view box; None when all is zero."""
    highest = max(sums)
    if highest <= 0:
        return None
    room = _WIDTH // len(sums)
    tops = [_FLOOR - int((_FLOOR - _TOP) * max(one, ZERO) / highest) for one in sums]
    return {
        "largeur": _WIDTH,
        "hauteur": _HEIGHT,
        "sol": _FLOOR,
        "colonnes": [
            {
                "rang": rank,
                "montant": amount,
                "x": rank * room + _GAP // 2,
                "milieu": rank * room + room // 2,
                "large": room - _GAP,
                "y": top,
                "haut": _FLOOR - top,
            }
            for rank, (amount, top) in enumerate(zip(sums, tops, strict=True))
        ],
    }


def _bracket(days: int) -> int:
    return next(rank for rank, (_, last) in enumerate(BRACKETS) if last is None or days <= last)

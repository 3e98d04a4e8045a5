"""Costs of the pursuit (CPCE, art. L111-8; CPC, art. 695 and 696).

Without an enforceable title they stay with the creditor. Once there is one, those the user calls
recoverable join the claim, from the day of the title at the earliest.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dument.case import Case, Cost
from dument.rules.entries import SumDue

RULE = "frais-de-poursuite"


def costs_due(case: Case, as_of: date) -> Iterator[tuple[Cost, SumDue]]:
    """Yield each cost that the debtor must bear on a day, with the sum it adds."""
    title = case.judged(as_of)
    for cost in case.costs if title else ():
        if title and cost.is_recoverable and cost.on <= as_of:
            on = max(cost.on, title.enforceable_on)
            yield cost, SumDue(None, on, cost.amount, RULE)

"""By when a public buyer pays interest and the fixed sum, once it paid the principal (R2192-36).

The text gives a number of days from the payment of the principal and nothing more: no interest on
interest is added. Limit: the payment counts from the day its funds are available, as elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dument.law import Law
from dument.rules.entries import Ingredient

RULE = "delai-interets-publics"


@dataclass(frozen=True, slots=True)
class AccessoryTerm:
    """The last day to pay what is owed beside a principal that was paid on a day."""

    paid_on: date
    last_day: date
    ingredient: Ingredient


def accessory_term(law: Law, paid_on: date) -> AccessoryTerm:
    """Return the last day to pay the accessories; raises OutsideKnownLaw before the code."""
    used = law.value(RULE, paid_on)
    last_day = paid_on + timedelta(days=int(used.value))
    return AccessoryTerm(paid_on, last_day, Ingredient(RULE, used))

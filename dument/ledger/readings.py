"""What the other reading of each convention would give: the ledger again, one choice changed."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dument.case import Case, Conventions
from dument.law import Law, OutsideKnownLaw
from dument.ledger.engine import apply_rules
from dument.ledger.statement import close_ledger
from dument.rules.due_date import with_due_dates


@dataclass(frozen=True, slots=True)
class Reading:
    """A convention of the case, the choice not made, and the total it would give, in euros."""

    field: str
    choice: str
    total: Decimal


def other_readings(case: Case, law: Law, as_of: date) -> tuple[Reading, ...]:
    """Return the readings that would change the total of a day.

    Each costs a whole run of the ledger: ask for the décompte of the day, not for each letter.
    """
    total = close_ledger(case, apply_rules(case, law, as_of)).total
    return tuple(one for one in _readings(case, law, as_of) if one.total != total)


def _readings(case: Case, law: Law, as_of: date) -> Iterator[Reading]:
    made = case.terms.conventions
    for field, known in Conventions.model_fields.items():
        for choice in typing.get_args(known.annotation):
            if choice == getattr(made, field):
                continue
            conventions = made.model_copy(update={field: choice})
            terms = case.terms.model_copy(update={"conventions": conventions})
            other = case.model_copy(update={"terms": terms})
            try:
                other = with_due_dates(other, law)
                ledger = apply_rules(other, law, as_of)
            except OutsideKnownLaw:
                continue  # this reading needs a value that the law pack does not know
            yield Reading(field, choice, close_ledger(other, ledger).total)

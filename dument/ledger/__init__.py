"""Steps 3 and 4: the case's events under the law, then the décompte on a day."""

from __future__ import annotations

from datetime import date

from dument.case import Case
from dument.diagnostics import Diagnostic, Position, error, warning
from dument.french import long_date
from dument.law import Law, OutsideKnownLaw
from dument.ledger.accessories import Accessories, public_accessories
from dument.ledger.deadlines import Deadline, invoice_deadlines
from dument.ledger.engine import apply_rules
from dument.ledger.entries import Allocation, DebtBalance, InterestLine, Ledger, Spent
from dument.ledger.readings import Reading, other_readings
from dument.ledger.statement import InvoiceBalance, Statement, close_ledger
from dument.rules.due_date import with_due_dates

__all__ = [
    "Accessories",
    "Allocation",
    "Deadline",
    "DebtBalance",
    "InterestLine",
    "InvoiceBalance",
    "Ledger",
    "Reading",
    "Spent",
    "Statement",
    "apply_rules",
    "close_ledger",
    "draw_up",
    "invoice_deadlines",
    "other_readings",
    "public_accessories",
    "set_due_dates",
    "what_to_write",
]


def draw_up(
    case: Case, law: Law, as_of: date, position: Position
) -> tuple[Statement | None, list[Diagnostic]]:
    """Return the décompte of a case on a day; None when the law pack does not reach that far.

    A pack that reaches the day and not its morrow leaves the interest of each more day unknown.
    """
    try:
        statement = close_ledger(case, apply_rules(case, law, as_of))
    except OutsideKnownLaw as outside:
        return None, [_unknown_value(outside, position)]
    unknown = statement.unknown
    return statement, [_unknown_tomorrow(unknown, position)] if unknown else []


def set_due_dates(
    case: Case, law: Law, position: Position
) -> tuple[Case | None, list[Diagnostic]]:
    """Return the case with the due dates its terms give; None when the law pack is too short."""
    try:
        return with_due_dates(case, law), []
    except OutsideKnownLaw as outside:
        return None, [_unknown_value(outside, position)]


def _unknown_tomorrow(outside: OutsideKnownLaw, position: Position) -> Diagnostic:
    message = (
        f"les intérêts par jour à venir sont inconnus : « {outside.parameter.title} » "
        f"n’est pas connu au {long_date(outside.day)}"
    )
    return warning("droit/lendemain-inconnu", message, position, what_to_write(outside))


def _unknown_value(outside: OutsideKnownLaw, position: Position) -> Diagnostic:
    parameter = outside.parameter
    message = f"« {parameter.title} » n’est pas connu au {long_date(outside.day)}"
    return error("droit/valeur-inconnue", message, position, what_to_write(outside))


def what_to_write(outside: OutsideKnownLaw) -> str:
    """Say what to add to the parameter's file: its own advice is for the days to come."""
    known, parameter = outside.parameter.values, outside.parameter
    is_later = bool(known) and outside.day > known[0].first_day
    advice = "vérifiez la date, ou ajoutez la valeur de ce jour avec sa référence"
    if is_later and parameter.to_complete:
        advice = parameter.to_complete.rstrip(".")
    return f"{advice} ({parameter.position.file})"

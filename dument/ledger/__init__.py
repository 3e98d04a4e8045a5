"""Steps 3 and 4: the case's events under the law, then the décompte on a day."""

from __future__ import annotations

from datetime import date

from dument.case import Case
from dument.diagnostics import Diagnostic, Position, error
from dument.french import long_date
from dument.law import Law, OutsideKnownLaw
from dument.ledger.deadlines import Deadline, invoice_deadlines
from dument.ledger.engine import apply_rules
from dument.ledger.entries import Allocation, DebtBalance, InterestLine, Ledger
from dument.ledger.readings import Reading, other_readings
from dument.ledger.statement import InvoiceBalance, Statement, close_ledger
from dument.rules.due_date import with_due_dates

__all__ = [
    "Allocation",
    "Deadline",
    "DebtBalance",
    "InterestLine",
    "InvoiceBalance",
    "Ledger",
    "Reading",
    "Statement",
    "apply_rules",
    "close_ledger",
    "draw_up",
    "invoice_deadlines",
    "other_readings",
    "set_due_dates",
]


def draw_up(
    case: Case, law: Law, as_of: date, position: Position
) -> tuple[Statement | None, list[Diagnostic]]:
    """Return the décompte of a case on a day; None when the law pack does not reach that far."""
    try:
        return close_ledger(case, apply_rules(case, law, as_of)), []
    except OutsideKnownLaw as outside:
        return None, [_unknown_value(outside, position)]


def set_due_dates(
    case: Case, law: Law, position: Position
) -> tuple[Case | None, list[Diagnostic]]:
    """Return the case with the due dates its terms give; None when the law pack is too short."""
    try:
        return with_due_dates(case, law), []
    except OutsideKnownLaw as outside:
        return None, [_unknown_value(outside, position)]


def _unknown_value(outside: OutsideKnownLaw, position: Position) -> Diagnostic:
    parameter = outside.parameter
    message = f"« {parameter.title} » n’est pas connu au {long_date(outside.day)}"
    hint = f"{_what_to_write(outside).rstrip('.')} ({parameter.position.file})"
    return error("droit/valeur-inconnue", message, position, hint)


def _what_to_write(outside: OutsideKnownLaw) -> str:
    """Say what to add to the parameter's file: its own advice is for the days to come."""
    known = outside.parameter.values
    is_later = bool(known) and outside.day > known[0].first_day
    if is_later and outside.parameter.to_complete:
        return outside.parameter.to_complete
    return "vérifiez la date, ou ajoutez la valeur de ce jour avec sa référence"

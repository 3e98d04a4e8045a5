"""The debt through time: what a décompte drawn up on each day that matters would have said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from dument.days import ONE_DAY, add_months, half_year_start
from dument.dossier import Dossier
from dument.ledger import Statement, draw_up

MOST_DAYS = 60  # a décompte is drawn up for each


@dataclass(frozen=True, slots=True)
class Point:
    """The debt at the end of a day: principal, interest, and the other sums, in euros."""

    day: date
    principal: Decimal
    interest: Decimal
    others: Decimal

    @property
    def total(self) -> Decimal:
        """All that was owed that day."""
        return self.principal + self.interest + self.others


@dataclass(frozen=True, slots=True)
class Curve:
    """The points of the curve, and what happened on some of its days."""

    points: tuple[Point, ...]
    events: tuple[tuple[date, dict[str, Any]], ...]

    def rows(self) -> list[dict[str, Any]]:
        """Return the table behind the curve: one row a day on which something happened."""
        happened: dict[date, list[dict[str, Any]]] = {}
        for day, event in self.events:
            happened.setdefault(day, []).append(event)
        return [
            {
                "le": point.day,
                "faits": happened[point.day],
                "principal": point.principal,
                "interets": point.interest,
                "autres": point.others,
                "total": point.total,
            }
            for point in self.points
            if point.day in happened
        ]


def debt_curve(dossier: Dossier) -> Curve | None:
    """Return the curve from the first due date to the dossier's day; None before any is past."""
    due = [debt.due_on for one in dossier.statement.invoices for debt in one.debts]
    if not due or min(due) >= dossier.as_of:
        return None
    events = sorted(_events(dossier), key=lambda dated: dated[0])
    days = _days(min(due), dossier.as_of, [day for day, _ in events])
    points = [point for day in days if (point := _point(dossier, day))]
    return Curve(tuple(points), tuple(events)) if len(points) > 1 else None


def _events(dossier: Dossier) -> Iterable[tuple[date, dict[str, Any]]]:
    """Yield what moved the debt or marked its course, by the dossier's day."""
    case, as_of = dossier.case, dossier.as_of
    for one in dossier.statement.invoices:
        for debt in one.debts:
            if debt.is_due:
                yield debt.due_on + ONE_DAY, {"sorte": "retard", "facture": one.number}
    for payment in case.settlements:
        if payment.on <= as_of:
            yield payment.on, {"sorte": "paiement", "montant": payment.amount}
    for note in case.credit_notes:
        if note.on <= as_of:
            yield note.on, {"sorte": "avoir", "montant": note.amount}
    for letter in dossier.letters:
        if not letter.is_draft and letter.on <= as_of:
            yield letter.on, {"sorte": "lettre", "titre": letter.version.title}
    if dossier.statement.clause_entry:
        yield dossier.statement.clause_entry.on + ONE_DAY, {"sorte": "clause"}
    yield as_of, {"sorte": "arrete"}


def _days(first: date, last: date, events: list[date]) -> list[date]:
    """Return the days to sample: each event with its eve, and each half-year; months if many."""
    days = {first, last}
    for day in events:
        days |= {day, day - ONE_DAY}
    half_year = half_year_start(add_months(first, 6))
    while half_year < last:
        days.add(half_year)
        half_year = add_months(half_year, 6)
    kept = sorted(day for day in days if first <= day <= last)
    return kept if len(kept) <= MOST_DAYS else _evenly(first, last)


def _evenly(first: date, last: date) -> list[date]:
    length = (last - first).days
    return sorted(
        {first + ONE_DAY * (length * rank // MOST_DAYS) for rank in range(MOST_DAYS + 1)}
    )


def _point(dossier: Dossier, day: date) -> Point | None:
    statement: Statement | None = dossier.statement
    if day != dossier.as_of:
        statement, _ = draw_up(dossier.case, dossier.law, day, dossier.places.root)
    if statement is None:
        return None
    others = statement.fixed_sums + statement.penalty_clause + statement.costs
    return Point(day, statement.principal, statement.interest, others)

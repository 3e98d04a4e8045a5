"""The curve as SVG geometry: stacked areas, ticks and markers, in the units of a view box."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any

from dument.days import add_months
from dument.pages.curve import Curve, Point

_STEPS = (1, 2, 5, 10)
_MONTHS_BETWEEN = (1, 2, 3, 6, 12, 24, 60)


@dataclass(frozen=True, slots=True)
class Canvas:
    """The view box and the room its labels take."""

    width: int
    height: int
    left: int
    right: int
    top: int = 16
    bottom: int = 30
    most_labels: int = 8

    @property
    def floor(self) -> int:
        """The ordinate of zero euros."""
        return self.height - self.bottom


WIDE = Canvas(width=760, height=300, left=66, right=14)
NARROW = Canvas(width=360, height=260, left=52, right=10, most_labels=4)


def draw(curve: Curve, canvas: Canvas) -> dict[str, Any]:
    """Return the drawing of a curve: paths of the three areas, ticks, markers."""
    scale = _Scale(curve, canvas)
    layers = (
        ("principal", lambda one: (Decimal(0), one.principal)),
        ("interets", lambda one: (one.principal, one.principal + one.interest)),
        ("autres", lambda one: (one.principal + one.interest, one.total)),
    )
    return {
        "largeur": canvas.width,
        "hauteur": canvas.height,
        "gauche": canvas.left,
        "droite": canvas.width - canvas.right,
        "sol": canvas.floor,
        "haut": canvas.top,
        "aires": [
            {"nom": name, "trace": scale.area(bounds)}
            for name, bounds in layers
            if any(bounds(one)[0] != bounds(one)[1] for one in curve.points)
        ],
        "ligne": scale.line(),
        "graduations": [{"y": scale.y(euros), "montant": euros} for euros in scale.amounts()],
        "mois": [{"x": scale.x(day), "le": day} for day in scale.months()],
        "reperes": list(_markers(curve, scale)),
    }


class _Scale:
    """Days to abscissas, euros to ordinates."""

    def __init__(self, curve: Curve, canvas: Canvas) -> None:
        self.points, self.canvas = curve.points, canvas
        self.first, self.last = curve.points[0].day, curve.points[-1].day
        highest = max(one.total for one in curve.points)
        self.step = _round_step(highest)
        steps = (highest / self.step).to_integral_value(rounding=ROUND_CEILING)
        self.top = self.step * max(steps, Decimal(1))

    def x(self, day: date) -> str:
        room = self.canvas.width - self.canvas.left - self.canvas.right
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return f"{self.canvas.left + room * share:.1f}"

    def y(self, euros: Decimal) -> str:
        room = self.canvas.floor - self.canvas.top
        return f"{self.canvas.floor - room * euros / self.top:.1f}"

    def area(self, bounds: Any) -> str:
        over = [f"{self.x(one.day)} {self.y(bounds(one)[1])}" for one in self.points]
        under = [f"{self.x(one.day)} {self.y(bounds(one)[0])}" for one in reversed(self.points)]
        return f"M{'L'.join([*over, *under])}Z"

    def line(self) -> str:
        return "M" + "L".join(f"{self.x(one.day)} {self.y(one.total)}" for one in self.points)

    def amounts(self) -> list[Decimal]:
        count = int(self.top / self.step)
        return [self.step * rank for rank in range(count + 1)]

    def months(self) -> Iterator[date]:
        """Yield the first days of months that get a label, few enough to be read."""
        span = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        wanted = (one for one in _MONTHS_BETWEEN if span // one <= self.canvas.most_labels)
        every = next(wanted, 120)
        day = date(self.first.year, 1, 1)
        while day <= self.last:
            if day >= self.first:
                yield day
            day = add_months(day, every)


def _round_step(highest: Decimal) -> Decimal:
    """Return a step of 1, 2 or 5 times a power of ten that cuts the height in five at most."""
    least = max(highest, Decimal(1)) / 5
    power = Decimal(1).scaleb(least.adjusted())
    return next(power * one for one in _STEPS if power * one >= least)


def _markers(curve: Curve, scale: _Scale) -> Iterator[dict[str, Any]]:
    totals: dict[date, Point] = {one.day: one for one in curve.points}
    for day, event in curve.events:
        if event["sorte"] in ("paiement", "avoir", "lettre") and day in totals:
            yield {**event, "le": day, "x": scale.x(day), "y": scale.y(totals[day].total)}

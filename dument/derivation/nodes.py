"""The parts of a derivation: figures that know their formula, their operands and their source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from dument.diagnostics import Position
from dument.law import DatedValue
from dument.money import ZERO
from dument.rules import Ingredient

Value = Decimal | date | int | str


@dataclass(frozen=True, slots=True)
class Operand:
    """What a formula takes: a role, such as `base` or `moins`, and the name of a figure."""

    role: str
    node: str


@dataclass(frozen=True, slots=True)
class Node:
    """A figure: euros, percent a year, days, years or a date, by its `unit`.

    `figure` says what it is and `about` of what (an invoice, a rank), for the templates to word.
    `formula` is one of the names told in the manual; `donnee`, `convention`, `valeur-du-droit`,
    `date-du-decompte` and `constat` have no operands. `place` is where an input stands in the
    user's files, `used` the value of the law `parameter` with its interval, source and status.
    """

    name: str
    figure: str
    value: Value
    unit: str
    formula: str
    about: tuple[str, ...] = ()
    operands: tuple[Operand, ...] = ()
    place: Position | None = None
    rule: str | None = None
    articles: tuple[str, ...] = ()
    parameter: str | None = None
    used: DatedValue | None = None
    rounding: str | None = None


@dataclass(slots=True)
class Tree:
    """Figures by name, each after those it is made of: read in order, they recompute."""

    nodes: dict[str, Node] = field(default_factory=dict)

    def add(self, node: Node) -> str:
        """Add a figure unless its name is known; return its name."""
        self.nodes.setdefault(node.name, node)
        return node.name

    def number(self, name: str) -> Decimal:
        """Return the value of a figure that is a number."""
        value = self.nodes[name].value
        return value if isinstance(value, Decimal) else Decimal(str(value))

    def day(self, name: str) -> date:
        """Return the value of a figure that is a date."""
        value = self.nodes[name].value
        return value if isinstance(value, date) else date.fromisoformat(str(value))

    def sum(self, name: str, figure: str, value: Decimal, plus: list[str],
            minus: list[str] | None = None, about: tuple[str, ...] = ()) -> str:  # fmt: skip
        """Add a sum in euros; what its terms do not explain is an operand told as such."""
        minus = minus or []
        found = sum((self.number(one) for one in plus), ZERO)
        found -= sum((self.number(one) for one in minus), ZERO)
        if found != value:
            plus = [*plus, self.stated(f"{name}.ecart", "ecart", value - found, about=about)]
        operands = [Operand("plus", one) for one in plus]
        operands += [Operand("moins", one) for one in minus]
        return self.add(Node(name, figure, value, "euro", "somme", about, tuple(operands)))

    def stated(self, name: str, figure: str, value: Value, unit: str = "euro",
               about: tuple[str, ...] = (), rule: str | None = None) -> str:  # fmt: skip
        """Add a figure as the ledger states it, without a further derivation."""
        return self.add(Node(name, figure, value, unit, "constat", about, rule=rule))

    def parameter(self, ingredient: Ingredient, unit: str, articles: tuple[str, ...]) -> str:
        """Add a value of the law pack, one node for each of its intervals."""
        slug, used = ingredient.slug, ingredient.used
        name = f"droit.{slug}.{used.first_day.isoformat()}"
        return self.add(
            Node(name, "valeur-du-droit", used.value, unit, "valeur-du-droit", (slug,),
                 articles=articles, parameter=slug, used=used)
        )  # fmt: skip

    def below(self, name: str) -> Iterator[tuple[int, str, Node, bool]]:
        """Yield depth, role and figure down to the inputs, and whether it was yielded before."""
        seen: set[str] = set()
        waiting = [(0, "", name)]
        while waiting:
            depth, role, current = waiting.pop()
            node = self.nodes[current]
            yield depth, role, node, current in seen
            if current not in seen:
                seen.add(current)
                waiting += [(depth + 1, one.role, one.node) for one in reversed(node.operands)]


@dataclass(slots=True)
class Balance:
    """A figure that moves with the days; it is written down when something is made of it."""

    name: str
    figure: str
    about: tuple[str, ...]
    node: str | None = None
    value: Decimal = ZERO
    plus: list[str] = field(default_factory=list)
    minus: list[str] = field(default_factory=list)
    written: int = 0

    def add(self, tree: Tree, node: str) -> None:
        """Let a figure raise the balance."""
        self.plus.append(node)
        self.value += tree.number(node)

    def take(self, tree: Tree, node: str) -> None:
        """Let a figure lower the balance."""
        self.minus.append(node)
        self.value -= tree.number(node)

    def write(self, tree: Tree) -> str:
        """Return the name of the balance as it stands."""
        if self.node is not None and not self.plus and not self.minus:
            return self.node
        before = [self.node] if self.node is not None else []
        if not before and len(self.plus) == 1 and not self.minus:
            self.node = self.plus[0]
        else:
            self.written += 1
            name = f"{self.name}.{self.written}"
            plus = [*before, *self.plus]
            self.node = tree.sum(name, self.figure, self.value, plus, self.minus, self.about)
        self.plus, self.minus = [], []
        return self.node

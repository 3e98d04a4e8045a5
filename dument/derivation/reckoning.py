"""The ledger walked again, entry by entry, each one tied to what it is made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from dument.case import Case, CreditNote, Invoice, Payment
from dument.derivation.days import line_days
from dument.derivation.inputs import Inputs
from dument.derivation.nodes import Balance, Node, Operand, Tree
from dument.derivation.rates import parameter, rate
from dument.law import Law
from dument.ledger import Allocation, InterestLine, Statement
from dument.letters import lines_in_order
from dument.money import round_to_cent
from dument.rules import SumDue
from dument.rules.accrual import interest
from dument.rules.payment_allocation import RULE as PAYMENT_ALLOCATION

Source = tuple[date, str, bool]


@dataclass(slots=True)
class Debt:
    """A due date walked through: its open principal, its unpaid interest, its lines to come."""

    invoice: Invoice
    rank: int
    principal: Balance
    interest: Balance
    lines: list[tuple[int, InterestLine]] = field(default_factory=list)
    last: str = ""


class Reckoning:
    """A décompte as a tree; `head` stands before the names of its own figures.

    `head` is `decompte.` and `own` empty for the dossier's, both `lettres.2.` for a letter's.
    """

    def __init__(
        self, inputs: Inputs, law: Law, statement: Statement, head: str, own: str
    ) -> None:
        self.inputs = inputs
        self.tree: Tree = inputs.tree
        self.case: Case = inputs.case
        self.law = law
        self.statement = statement
        self.head = head
        self.own = own
        self.debts = {(one.invoice.number, one.invoice.schedule[one.rank].due_on): one
                      for one in self._open()}  # fmt: skip
        self.by_invoice: defaultdict[str, list[Debt]] = defaultdict(list)
        for debt in self.debts.values():
            self.by_invoice[debt.invoice.number].append(debt)
        self.fixed_sums = {one.invoice: self._fixed_sum(one) for one in
                           statement.fixed_sum_entries if one.invoice}  # fmt: skip
        self.received: dict[Source, Balance] = {}
        self.orders: dict[Source, str] = {}
        self.parts: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self.late: dict[date, list[str]] = {}
        self._receive()

    def walk(self) -> None:
        """Add every line and every part of a payment, in the order of the ledger."""
        for rank, line in enumerate(lines_in_order(self.statement), 1):
            debt = self.debts.get((line.invoice, line.due_on))
            if debt is not None:
                debt.lines.append((rank, line))
        for debt in self.debts.values():
            debt.lines.reverse()  # the next one is taken from the end
        for rank, allocation in enumerate(self.statement.allocations, 1):
            self._note_late_principal(allocation.on)
            self._allocate(rank, allocation)
        self._note_late_principal(date.max)
        for debt in self.debts.values():
            self._accrue(debt, date.max)

    def _open(self) -> Iterator[Debt]:
        for invoice in self.case.invoices:
            for rank, part in enumerate(invoice.schedule):
                name, about = f"{self.own}factures.{invoice.number}", (invoice.number,)
                if len(invoice.schedule) > 1:
                    name, about = f"{name}.echeances.{rank + 1}", (*about, str(rank + 1))
                principal = Balance(f"{name}.principal", "solde", about)
                principal.add(self.tree, self.inputs.instalment(invoice, rank))
                interest = Balance(f"{name}.interets", "interets-courus", about)
                debt = Debt(invoice, rank, principal, interest)
                debt.last = self.inputs.due_date(invoice, rank)
                if part.due_on in (one.due_on for one in invoice.schedule[:rank]):
                    continue
                yield debt

    def _fixed_sum(self, due: SumDue) -> Balance:
        name, number = f"{self.head}indemnites.{due.invoice}", str(due.invoice)
        made_of = [parameter(self.tree, self.law, one) for one in due.ingredients]
        operands = tuple(Operand("plus", one) for one in made_of)
        is_told = sum(map(self.tree.number, made_of), Decimal(0)) == due.amount
        articles = self.law.rules[due.rule].articles
        self.tree.add(
            Node(name, "indemnite", due.amount, "euro", "somme" if is_told else "constat",
                 (number,), operands if is_told else (), rule=due.rule, articles=articles)
        )  # fmt: skip
        balance = Balance(f"{name}.reste", "indemnite-restante", (number,))
        balance.add(self.tree, name)
        return balance

    def _receive(self) -> None:
        """Open a balance for each payment and credit note known on the day of the décompte."""
        for rank, paid in enumerate(self.case.payments):
            if paid.on <= self.statement.as_of:
                key = (paid.on, paid.reference or paid.means or "", False)
                self._add_received(key, self.inputs.payment(paid, rank), paid)
        effective = {
            one.source: one.on for one in self.statement.allocations if one.is_credit_note
        }
        for rank, note in enumerate(self.case.credit_notes):
            if note.on <= self.statement.as_of:
                key = (effective.get(note.number, note.on), note.number, True)
                self._add_received(key, self.inputs.credit_note(note, rank), note)

    def _add_received(self, key: Source, node: str, event: Payment | CreditNote) -> None:
        name = f"{self.own}recus.{len(self.received) + 1}"
        balance = self.received.setdefault(key, Balance(name, "disponible", (key[1],)))
        balance.add(self.tree, node)
        self.orders[key] = getattr(event, "allocation", "interets")

    def _allocate(self, rank: int, allocation: Allocation) -> None:
        debt = self.debts.get((allocation.invoice, allocation.due_on))
        if debt is not None:
            self._accrue(debt, allocation.on)
        source = (allocation.on, allocation.source, allocation.is_credit_note)
        reached = {
            "interets": (allocation.interest, debt and debt.interest),
            "principal": (allocation.principal, debt and debt.principal),
            "indemnite": (allocation.fixed_sum, self.fixed_sums.get(allocation.invoice)),
        }
        order = list(reached)
        if self.orders.get(source) == "principal":
            order = ["principal", "interets", "indemnite"]
        for kind in order:
            amount, owed = reached[kind]
            if amount:
                self._enter(rank, allocation, kind, amount, owed, self.received.get(source))
        self._sum_up(rank, allocation)

    def _enter(
        self, rank: int, allocation: Allocation, kind: str, amount: Decimal,
        owed: Balance | None, received: Balance | None,
    ) -> None:  # fmt: skip
        """Add the part of a payment that went to interest, to principal or to a fixed sum."""
        name, about = (
            f"{self.own}imputations.{rank}.{kind}",
            (allocation.invoice, allocation.source),
        )
        limits = [one for one in (received, owed) if one is not None]
        if len(limits) == 2 and min(one.value for one in limits) == amount:
            roles = zip(
                ("disponible", "du"), [one.write(self.tree) for one in limits], strict=True
            )
            operands = tuple(Operand(role, node) for role, node in roles)
            self.tree.add(
                Node(name, f"imputation-{kind}", amount, "euro", "moindre", about, operands,
                     rule=PAYMENT_ALLOCATION)
            )  # fmt: skip
        else:
            figure = f"imputation-{kind}"
            self.tree.stated(name, figure, amount, about=about, rule=PAYMENT_ALLOCATION)
        for one in limits:
            one.take(self.tree, name)
        group = "avoirs" if allocation.is_credit_note else kind
        self.parts[allocation.invoice, group].append(name)

    def _sum_up(self, rank: int, allocation: Allocation) -> None:
        name = f"{self.own}imputations.{rank}"
        kinds = ("interets", "principal", "indemnite")
        parts = [f"{name}.{kind}" for kind in kinds if f"{name}.{kind}" in self.tree.nodes]
        amount = allocation.interest + allocation.principal + allocation.fixed_sum
        about = (allocation.invoice, allocation.source)
        self.tree.sum(name, "imputation", amount, parts, about=about)

    def _note_late_principal(self, day: date) -> None:
        """Keep the principal late on the day of the penalty clause, before later payments."""
        clause = self.statement.clause_entry
        if clause is None or clause.on in self.late or clause.on >= day:
            return
        self.late[clause.on] = [
            one.principal.write(self.tree)
            for (_, due_on), one in self.debts.items()
            if due_on < clause.on and one.principal.value
        ]

    def _accrue(self, debt: Debt, day: date) -> None:
        """Add the lines of a due date that end by a day, on its principal as it stands."""
        while debt.lines and debt.lines[-1][1].last_day <= day:
            rank, line = debt.lines.pop()
            name = f"{self.head}lignes.{rank}"
            days, debt.last = line_days(self.inputs, name, line, debt.last, self.statement.as_of)
            self._line(debt, name, line, days)
            debt.interest.add(self.tree, name)

    def _line(self, debt: Debt, name: str, line: InterestLine, days: str) -> None:
        tree, about = self.tree, (line.invoice, name.rpartition(".")[2])
        base = (
            debt.principal.write(tree)
            if debt.principal.value == line.base
            else tree.stated(f"{name}.base", "base", line.base)
        )
        used = {
            "base": base,
            "taux": rate(self.inputs, self.law, line.rule, line.rate, line.ingredients),
            "jours": days,
            "annee": self.inputs.year(line.year_days),
        }
        made = interest(line.base, line.rate, line.days, line.year_days)
        is_told = made == line.amount == round_to_cent(line.amount)
        operands = tuple(Operand(role, node) for role, node in used.items())
        tree.add(
            Node(name, "ligne", line.amount, "euro", "interets" if is_told else "constat", about,
                 operands if is_told else (), rule=line.rule,
                 articles=self.law.rules[line.rule].articles, rounding="centime")
        )  # fmt: skip

"""What was received, and where each part of it went: to debts, fixed sums, costs, the clause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from dument.case import Invoice
from dument.derivation.inputs import Inputs
from dument.derivation.nodes import Balance, Node, Operand
from dument.ledger import Allocation, InterestLine, Statement
from dument.ledger.engine import KEPT_UNTIL_REJECTED
from dument.money import ZERO, round_to_cent
from dument.rules.payment_allocation import RULE


@dataclass(slots=True)
class Debt:
    """A due date walked through: its open principal, its unpaid interest, its lines to come.

    `cumulated` names the exact interest so far, where a due date is rounded as a whole.
    """

    invoice: Invoice
    rank: int
    principal: Balance
    interest: Balance
    capitalised: Balance
    lines: list[tuple[int, InterestLine]] = field(default_factory=list)
    last: str = ""
    cumulated: str | None = None

    @property
    def due_on(self) -> date:
        """The due date."""
        return self.invoice.schedule[self.rank].due_on

    @property
    def owed(self) -> Decimal:
        """The open principal and the unpaid interest."""
        return self.principal.value + self.interest.value


Peers = Callable[[Debt, date, str | None], list[Debt]]
Source = tuple[bool, int]


class Receipts:
    """Balances of what was received, emptied allocation by allocation."""

    def __init__(self, inputs: Inputs, statement: Statement, own: str, peers: Peers) -> None:
        self.inputs, self.tree, self.case = inputs, inputs.tree, inputs.case
        self.statement, self.own, self.peers = statement, own, peers
        self.balances: dict[Source, Balance] = {}
        self.sources: dict[Source, str] = {}
        self.shares: dict[tuple[int, int], Balance] = {}
        self.parts: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self.owed = {kind: Balance(f"{own}{kind}.reste", f"{kind}-reste", ())
                     for kind in ("frais", "clause")}  # fmt: skip
        self._done: defaultdict[int, list[tuple[Allocation, dict[str, str]]]] = defaultdict(list)
        self._bounced: set[int] = set()
        self._spent = 0
        self._ensemble: tuple[int, date, str, str] | None = None
        self._served: set[int] = set()
        self._receive()
        self._owe_costs()

    def _receive(self) -> None:
        """Open a balance for each payment and credit note that counts on the day."""
        as_of = self.statement.as_of
        counts = self.case.terms.conventions.rejection == KEPT_UNTIL_REJECTED
        for rank, paid in enumerate(self.case.settlements):
            has_counted = counts and paid.rejected_on != paid.on
            if paid.on <= as_of and (has_counted or not paid.is_rejected(as_of)):
                self._open((False, rank), self.inputs.settlement(rank))
        for rank, note in enumerate(self.case.credit_notes):
            if note.on <= as_of:
                self._open((True, rank), self.inputs.credit_note(note, rank))

    def _open(self, source: Source, node: str) -> None:
        name = f"{self.own}recus.{len(self.balances) + 1}"
        balance = self.balances[source] = Balance(name, "disponible", ())
        balance.add(self.tree, node)
        self.sources[source] = node

    def _owe_costs(self) -> None:
        for cost, _ in self.statement.cost_entries:
            rank = next(at for at, one in enumerate(self.case.costs) if one is cost)
            path = ("costs", rank, "amount")
            name = f"frais.{rank + 1}.montant"
            node = self.inputs.given(name, cost.amount, "euro", path, str(rank + 1))
            self.owed["frais"].add(self.tree, node)

    def owe_clause(self, node: str) -> None:
        """Let the penalty clause be owed, once it is told."""
        self.owed["clause"].add(self.tree, node)

    def allocate(
        self, rank: int, allocation: Allocation, debt: Debt | None, fixed_sum: Balance | None
    ) -> None:
        """Add the parts of an allocation, in the order in which the payment reached them."""
        self.spend(rank - 1)
        name = f"{self.own}imputations.{rank}"
        owed: dict[str, Balance | None] = {
            "interets": debt.interest if debt else None,
            "principal": debt.principal if debt else None,
            "indemnite": fixed_sum,
        }
        amounts = {"interets": allocation.interest, "principal": allocation.principal,
                   "indemnite": allocation.fixed_sum}  # fmt: skip
        order = [kind for kind in self._order(allocation) if amounts[kind]]
        source = (allocation.is_credit_note, allocation.rank)
        nodes: dict[str, str] = {}
        limits: list[Balance] = []
        if allocation.is_reversal:
            nodes = self._reverse(name, allocation, amounts, order)
        else:
            limits = self._limits(name, allocation, debt, sum(amounts.values(), ZERO))
            self._done[allocation.rank].append((allocation, nodes))
        for kind in order:
            if not allocation.is_reversal:
                nodes[kind] = self._part(f"{name}.{kind}", kind, amounts[kind], owed[kind],
                                         limits, allocation)  # fmt: skip
            node = nodes[kind]
            if kind == "interets" and debt is not None:
                self._take_capitalised(name, node, debt)
            for one in (owed[kind], self.balances.get(source)):
                if one is not None:
                    one.take(self.tree, node)
            group = "avoirs" if allocation.is_credit_note else kind
            self.parts[allocation.invoice, group].append(node)

    def _order(self, allocation: Allocation) -> tuple[str, ...]:
        if allocation.is_credit_note:
            return ("principal",)
        paid = self.case.settlements[allocation.rank]
        first = ("principal", "interets") if paid.allocation == "principal" else (
            "interets", "principal")  # fmt: skip
        return (*first, "indemnite")

    def _part(
        self, name: str, kind: str, amount: Decimal, owed: Balance | None,
        limits: list[Balance], allocation: Allocation,
    ) -> str:  # fmt: skip
        """Add what went to interest, principal or a fixed sum: the least of its bounds."""
        about, figure = (allocation.invoice, allocation.source), f"imputation-{kind}"
        bounds = [*limits, *([owed] if owed is not None else [])]
        if owed is None or min(one.value for one in bounds) != amount:
            return self.tree.stated(name, figure, amount, about=about, rule=RULE)
        received = self.balances[allocation.is_credit_note, allocation.rank]
        roles = ["disponible"] * len(limits) + ["du"]
        operands = tuple(Operand(role, one.write(self.tree))
                         for role, one in zip(roles, bounds, strict=True))  # fmt: skip
        self.tree.add(Node(name, figure, amount, "euro", "moindre", about, operands, rule=RULE))
        for one in limits:
            if one is not received:  # which allocate() empties
                one.take(self.tree, name)
        return name

    def _limits(
        self, name: str, allocation: Allocation, debt: Debt | None, amount: Decimal
    ) -> list[Balance]:
        """Return what bounds an allocation: what is left, what was meant for it, its share."""
        received = self.balances[allocation.is_credit_note, allocation.rank]
        meant = self._meant(allocation, amount)
        bounds = [received, *([meant] if meant is not None else [])]
        if allocation.is_credit_note or debt is None:
            return bounds
        left = min(one.value for one in bounds)
        if min(left, debt.owed) == amount:
            return bounds
        named = allocation.invoice if self.case.settlements[allocation.rank].shares else None
        for invoice in dict.fromkeys((named, None)):
            share = self._share(name, allocation, debt, invoice, meant or received)
            if share is not None and share.value == amount:
                return [share, *([meant] if meant is not None else [])]
        return bounds

    def _meant(self, allocation: Allocation, amount: Decimal) -> Balance | None:
        """Return what the debtor meant for an invoice among several and is not used yet."""
        if allocation.is_credit_note:
            return None
        paid = self.case.settlements[allocation.rank]
        if not isinstance(paid.designated, tuple):
            return None
        for part, share in enumerate(paid.shares):
            key = (allocation.rank, part)
            if key not in self.shares:
                name = f"{self.own}recus.{allocation.rank + 1}.sur.{part + 1}"
                self.shares[key] = Balance(name, "destine", (share.invoice,))
                self.shares[key].add(self.tree, self.inputs.share(allocation.rank, part))
            if share.invoice == allocation.invoice and self.shares[key].value >= amount:
                return self.shares[key]
        return None

    def _share(
        self, name: str, allocation: Allocation, debt: Debt, invoice: str | None, left: Balance
    ) -> Balance | None:
        """Share what is left in proportion, among the debts of one day that were not served."""
        tree, key = self.tree, (allocation.rank, debt.due_on)
        known = self._ensemble
        if known is None or known[:2] != key or id(debt) in self._served:
            self._served = set()
            owed = [one.write(tree) for peer in self.peers(debt, allocation.on, invoice)
                    for one in (peer.interest, peer.principal) if one.value]  # fmt: skip
            total = sum(map(tree.number, owed), ZERO)
            ensemble = tree.sum(f"{name}.ensemble", "ensemble", total, owed)
        else:
            total = tree.number(known[2]) - tree.number(known[3])
            ensemble = tree.sum(f"{name}.ensemble", "ensemble", total, [known[2]], [known[3]])
        parts = [one.write(tree) for one in (debt.interest, debt.principal) if one.value]
        own = tree.sum(f"{name}.du", "dette", debt.owed, parts)
        if not total:
            return None
        made = min(round_to_cent(left.value * debt.owed / total), left.value, debt.owed)
        used = (Operand("disponible", left.write(tree)), Operand("du", own),
                Operand("ensemble", ensemble))  # fmt: skip
        about = (allocation.invoice, allocation.source)
        node = Node(f"{name}.part", "part", made, "euro", "partage", about, used, rule=RULE,
                    rounding="centime")  # fmt: skip
        self._ensemble = (*key, ensemble, own)
        self._served.add(id(debt))
        share = Balance(f"{name}.part.reste", "part", about)
        share.add(tree, tree.add(node))
        return share

    def _take_capitalised(self, name: str, node: str, debt: Debt) -> None:
        """Let interest paid lower first what bears interest itself (C. civ., art. 1342-10)."""
        capitalised, paid = debt.capitalised, self.tree.number(node)
        if capitalised.value > 0 and paid > 0:
            used = (Operand("disponible", node), Operand("du", capitalised.write(self.tree)))
            part = Node(f"{name}.capitalises", "imputation-capitalises",
                        min(paid, capitalised.value), "euro", "moindre", (), used)  # fmt: skip
            capitalised.take(self.tree, self.tree.add(part))

    def _reverse(
        self, name: str, allocation: Allocation, amounts: dict[str, Decimal], order: list[str]
    ) -> dict[str, str]:
        """Undo an allocation of a payment that bounced, part by part."""
        self._bounce(allocation.rank)
        done = self._done[allocation.rank]
        for at, (before, nodes) in enumerate(done):
            key = (before.invoice, before.due_on, -before.interest, -before.principal,
                   -before.fixed_sum)  # fmt: skip
            if key == (allocation.invoice, allocation.due_on, *amounts.values()):
                del done[at]
                about = (allocation.invoice, allocation.source)
                return {
                    kind: self.tree.sum(f"{name}.{kind}", f"imputation-{kind}", amounts[kind], [],
                                        [nodes[kind]], about)
                    for kind in order
                }  # fmt: skip
        return {kind: self.tree.stated(f"{name}.{kind}", f"imputation-{kind}", amounts[kind])
                for kind in order}  # fmt: skip

    def _bounce(self, rank: int) -> None:
        if rank not in self._bounced and (False, rank) in self.balances:
            self._bounced.add(rank)
            self.balances[False, rank].take(self.tree, self.sources[False, rank])

    def spend(self, after: int) -> None:
        """Add what went to costs and to the penalty clause before an allocation."""
        spent = self.statement.spent
        while self._spent < len(spent) and spent[self._spent].after <= after:
            self._spent += 1
            one = spent[self._spent - 1]
            received, owed = self.balances[False, one.rank], self.owed[one.kind]
            name, figure = f"{self.own}{one.kind}.regles.{self._spent}", f"{one.kind}-regles"
            if one.amount > 0 and min(received.value, owed.value) == one.amount:
                used = (Operand("disponible", received.write(self.tree)),
                        Operand("du", owed.write(self.tree)))  # fmt: skip
                node = Node(name, figure, one.amount, "euro", "moindre", (), used, rule=RULE)
                self.tree.add(node)
            else:
                self.tree.stated(name, figure, one.amount, rule=RULE)
            received.take(self.tree, name)
            owed.take(self.tree, name)
            self.parts["", one.kind].append(name)

    def finish(self) -> None:
        """Add what the last payments did, and take back those that bounced."""
        self.spend(len(self.statement.allocations))
        for rank, paid in enumerate(self.case.settlements):
            if paid.is_rejected(self.statement.as_of):
                self._bounce(rank)

    def left(self) -> list[str]:
        """Return what remains of each payment once all is extinguished."""
        return [one.write(self.tree) for one in self.balances.values() if one.value]

"""The ledger walked again, entry by entry, each one tied to what it is made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from dument.case import Case
from dument.days import ONE_DAY
from dument.derivation.days import line_days
from dument.derivation.inputs import Inputs
from dument.derivation.nodes import Balance, Node, Operand, Tree
from dument.derivation.rates import parameter, rate
from dument.derivation.receipts import Debt, Receipts
from dument.law import Law
from dument.ledger import Allocation, InterestLine, Statement
from dument.letters import lines_in_order
from dument.money import ZERO, round_to_cent
from dument.rules import SumDue
from dument.rules.accrual import exact_interest, interest
from dument.rules.penalty_clause import first_notice, is_claimed


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
        self.debts = {(one.invoice.number, one.due_on): one for one in self._open()}
        self.by_invoice: defaultdict[str, list[Debt]] = defaultdict(list)
        for debt in self.debts.values():
            self.by_invoice[debt.invoice.number].append(debt)
        self.fixed_sums = {one.invoice: self._fixed_sum(one) for one in
                           statement.fixed_sum_entries if one.invoice}  # fmt: skip
        self._set_aside()
        self.is_clause_told = False
        self.receipts = Receipts(inputs, statement, own, self._peers)

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
        self.receipts.finish()
        for debt in self.debts.values():
            self._accrue(debt, date.max)

    def _open(self) -> Iterator[Debt]:
        for invoice in self.case.invoices:
            for rank, part in enumerate(invoice.schedule):
                name = f"{self.own}factures.{invoice.number}"
                about: tuple[str, ...] = (invoice.number,)
                if len(invoice.schedule) > 1:
                    name, about = f"{name}.echeances.{rank + 1}", (*about, str(rank + 1))
                principal = Balance(f"{name}.principal", "solde", about)
                principal.add(self.tree, self.inputs.instalment(invoice, rank))
                interest = Balance(f"{name}.interets", "interets-courus", about)
                capitalised = Balance(f"{name}.capitalises", "capitalises", about)
                debt = Debt(invoice, rank, principal, interest, capitalised)
                debt.last = self.inputs.due_date(invoice, rank)
                if part.due_on in (one.due_on for one in invoice.schedule[:rank]):
                    continue
                yield debt

    def _set_aside(self) -> None:
        """Take the contested part out of its invoice, when the creditor does not claim it."""
        dispute = self.case.status.dispute
        if not self.statement.set_aside or dispute is None:
            return
        debts = self.by_invoice[dispute.invoice or ""]
        parts = [one.principal.write(self.tree) for one in debts]
        contested = Balance(f"{self.own}conteste", "conteste", ())
        if dispute.amount is None:
            contested.add(self.tree, self.tree.sum(f"{self.own}conteste.prix", "conteste",
                                                   self.statement.set_aside, parts))  # fmt: skip
        else:
            contested.add(self.tree, self.inputs.contested(dispute.amount))
        for rank, debt in enumerate(debts, 1):
            bounds = (contested, debt.principal)
            used = (Operand("disponible", contested.write(self.tree)),
                    Operand("du", debt.principal.write(self.tree)))  # fmt: skip
            node = self.tree.add(
                Node(f"{self.own}conteste.retire.{rank}", "conteste-retire",
                     min(one.value for one in bounds), "euro", "moindre", (debt.invoice.number,),
                     used)
            )  # fmt: skip
            for one in bounds:
                one.take(self.tree, node)

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

    def _allocate(self, rank: int, allocation: Allocation) -> None:
        """Add the parts of an allocation, each with what it is the lesser or the share of."""
        debt = self.debts.get((allocation.invoice, allocation.due_on))
        if debt is not None:
            eve = allocation.on - ONE_DAY if allocation.is_reversal else allocation.on
            self._accrue(debt, eve)
        fixed_sum = self.fixed_sums.get(allocation.invoice)
        if allocation.fixed_sum:
            debt = None
        self.receipts.allocate(rank, allocation, debt, fixed_sum)
        self._sum_up(rank, allocation)

    def _sum_up(self, rank: int, allocation: Allocation) -> None:
        name = f"{self.own}imputations.{rank}"
        kinds = ("interets", "principal", "indemnite")
        parts = [f"{name}.{kind}" for kind in kinds if f"{name}.{kind}" in self.tree.nodes]
        amount = allocation.interest + allocation.principal + allocation.fixed_sum
        about = (allocation.invoice, allocation.source)
        self.tree.sum(name, "imputation", amount, parts, about=about)

    def _note_late_principal(self, day: date) -> None:
        """Owe the penalty clause on the principal late on its day, before later payments."""
        clause = self.statement.clause_entry
        if clause is None or self.is_clause_told or clause.on >= day:
            return
        self.is_clause_told = True
        notice = first_notice(self.case, self.statement.as_of)
        late = [one.principal.write(self.tree) for one in self.debts.values()
                if notice is not None and one.principal.value
                and is_claimed(notice, one.invoice, one.due_on, clause.on)]  # fmt: skip
        self.receipts.owe_clause(self._clause(clause, late))

    def _clause(self, entry: SumDue, late: list[str]) -> str:
        tree, name = self.tree, f"{self.head}clause_penale"
        terms, path = self.case.terms.penalty_clause, ("terms", "penalty_clause")
        if terms is None or entry.base is None or entry.rate is None:
            return tree.stated(f"{name}.montant", "clause-penale", entry.amount)
        given = self.inputs.given
        used = (
            Operand("base", tree.sum(f"{name}.base", "retard", entry.base, late)),
            Operand("taux", given("conditions.clause_penale.taux", entry.rate, "pourcent",
                                  (*path, "rate"))),
            Operand("minimum", given("conditions.clause_penale.minimum", terms.minimum, "euro",
                                     (*path, "minimum"))),
        )  # fmt: skip
        made = max(round_to_cent(entry.base * entry.rate / 100), terms.minimum)
        is_told = made == entry.amount
        return tree.add(
            Node(f"{name}.montant", "clause-penale", entry.amount, "euro",
                 "clause-penale" if is_told else "constat", (), used if is_told else (),
                 rule=entry.rule, articles=self.law.rules[entry.rule].articles,
                 rounding="centime")
        )  # fmt: skip

    def _accrue(self, debt: Debt, day: date) -> None:
        """Add the lines of a due date that end by a day, on its principal as it stands."""
        while debt.lines and debt.lines[-1][1].last_day <= day:
            rank, line = debt.lines.pop()
            name = f"{self.head}lignes.{rank}"
            days, debt.last = line_days(self.inputs, name, line, debt.last, self.statement.as_of)
            self._line(debt, name, line, days)
            debt.interest.add(self.tree, name)

    def _line(self, debt: Debt, name: str, line: InterestLine, days: str) -> None:
        used = {
            "base": self._base(debt, name, line),
            "taux": rate(self.inputs, self.law, line.rule, line.rate, line.ingredients),
            "jours": days,
            "annee": self.inputs.year(line.year_days),
        }
        operands = tuple(Operand(role, node) for role, node in used.items())
        formula, made = "interets", interest(line.base, line.rate, line.days, line.year_days)
        if self.case.terms.conventions.rounding != "par-ligne":
            formula = "cumul-arrondi"
            operands, made = self._cumulated(debt, name, line, operands)
        is_told = made == line.amount == round_to_cent(line.amount)
        self.tree.add(
            Node(name, "ligne", line.amount, "euro", formula if is_told else "constat",
                 (line.invoice, name.rpartition(".")[2]), operands if is_told else (),
                 rule=line.rule, articles=self.law.rules[line.rule].articles, rounding="centime")
        )  # fmt: skip

    def _base(self, debt: Debt, name: str, line: InterestLine) -> str:
        """Return what bears interest: the open principal, and the capitalised interest."""
        tree, capitalised = self.tree, debt.capitalised
        is_known = line.capitalised in (ZERO, capitalised.value, debt.interest.value)
        if not is_known or debt.principal.value + line.capitalised != line.base:
            return tree.stated(f"{name}.base", "base", line.base)
        if line.capitalised != capitalised.value:
            debt.capitalised = Balance(capitalised.name, capitalised.figure, capitalised.about,
                                       written=capitalised.written)  # fmt: skip
            debt.capitalised.add(tree, debt.interest.write(tree))
        if not line.capitalised:
            return debt.principal.write(tree)
        parts = [debt.principal.write(tree), debt.capitalised.write(tree)]
        return tree.sum(f"{name}.base", "base", line.base, parts)

    def _cumulated(
        self, debt: Debt, name: str, line: InterestLine, used: tuple[Operand, ...]
    ) -> tuple[tuple[Operand, ...], Decimal]:
        """Round what the lines of a due date have come to, less what the earlier ones took."""
        tree, before = self.tree, debt.cumulated
        exact = exact_interest(line.base, line.rate, line.days, line.year_days)
        run = tree.add(Node(f"{name}.exact", "exact", exact, "euro", "interets-exacts", (), used))
        total = (tree.number(before) if before else ZERO) + exact
        parts = [before, run] if before else [run]
        debt.cumulated = tree.sum(f"{name}.cumul", "cumul", total, parts)
        made = round_to_cent(total) - (round_to_cent(tree.number(before)) if before else ZERO)
        earlier = (Operand("avant", before),) if before else ()
        return (Operand("cumul", debt.cumulated), *earlier), made

    def _peers(self, debt: Debt, day: date, invoice: str | None) -> list[Debt]:
        """Return the open debts that share a due date, their interest counted to a day."""
        due_on = debt.due_on
        peers = [one for (number, day_), one in self.debts.items()
                 if day_ == due_on and invoice in (None, number)]  # fmt: skip
        for one in peers:
            self._accrue(one, day)
        return [one for one in peers if one.owed > 0]

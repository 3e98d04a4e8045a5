"""The décompte's totals, invoice by invoice and as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from dument.days import ONE_DAY
from dument.derivation.nodes import Node, Operand
from dument.derivation.rates import rate
from dument.derivation.receipts import Debt
from dument.derivation.reckoning import Reckoning
from dument.law import OutsideKnownLaw
from dument.ledger import DebtBalance, InvoiceBalance, Statement
from dument.ledger.accruing import Accrual
from dument.letters import lines_in_order
from dument.money import ZERO, round_to_cent
from dument.rules import interest_rule
from dument.rules.accrual import countable_periods, daily_interest


def add_totals(book: Reckoning, shown: Statement) -> None:
    """Add what each invoice has become and the totals of a décompte, or of a part of it."""
    for one in shown.invoices:
        _invoice(book, one)
    numbers = [one.number for one in shown.invoices]
    parts = _overview(book, shown, numbers)
    parts["interets"] = _interest(book, shown, numbers)
    parts["indemnites"] = _fixed_sums(book, shown, numbers)
    if shown.clause_entry is not None:
        parts["clause_penale"] = _penalty_clause(book, shown)
    if shown.overpaid:
        left = book.receipts.left()
        book.tree.sum(f"{book.head}trop_percu", "trop-percu", shown.overpaid, left)
    if shown.cost_entries:
        parts["frais"] = _costs(book, shown)
    apart = [node for part, node in parts.items() if part != "clause_penale"]
    without = shown.total - shown.penalty_clause
    book.tree.sum(f"{book.head}hors_clause", "hors-clause", without, apart)
    book.tree.sum(f"{book.head}total", "total", shown.total, list(parts.values()))
    _per_day(book, shown)


def _invoice(book: Reckoning, balance: InvoiceBalance) -> None:
    """Add what one invoice has become."""
    tree, number = book.tree, balance.number
    name, about = f"{book.own}factures.{number}", (number,)
    debts = book.by_invoice[number]
    due_on = {one.due_on for one in balance.debts if one.is_due}
    due = [one for one in debts if one.due_on in due_on]
    later = [one for one in debts if one.due_on not in due_on]
    open_ = sum((one.principal for one in balance.debts), ZERO)
    tree.sum(f"{name}.reste", "reste", open_, _written(book, debts), about=about)
    owed, kind = _written(book, due), "principal-facture"
    parts = [tree.sum(f"{name}.principal", kind, balance.principal, owed, about=about)]
    if later:
        to_come = open_ - balance.principal
        tree.sum(f"{name}.a_echoir", "a-echoir", to_come, _written(book, later), about=about)
    unpaid = [one.interest.write(tree) for one in debts if one.interest.value]
    parts.append(
        tree.sum(f"{name}.interets", "interets-facture", balance.interest, unpaid, about=about)
    )
    fixed = book.fixed_sums.get(number)
    owed = [fixed.write(tree)] if fixed else []
    parts.append(
        tree.sum(f"{name}.indemnite", "indemnite-facture", balance.fixed_sum, owed, about=about)
    )
    tree.sum(f"{name}.total", "total-facture", balance.total, parts, about=about)
    paid = [part for kind in ("interets", "principal", "indemnite")
            for part in book.receipts.parts[number, kind]]  # fmt: skip
    tree.sum(f"{name}.paye", "paye", balance.paid, paid, about=about)
    notes = book.receipts.parts[number, "avoirs"]
    tree.sum(f"{name}.avoirs", "avoirs-facture", balance.credited, notes, about=about)


def _written(book: Reckoning, debts: Iterable[Debt]) -> list[str]:
    return [one.principal.write(book.tree) for one in debts]


def _overview(book: Reckoning, shown: Statement, numbers: list[str]) -> dict[str, str]:
    """Add the sums of each column of invoices; return the principal."""
    tree, head = book.tree, book.head

    def column(name: str, figure: str, value: Decimal, key: str) -> str:
        return tree.sum(f"{head}{name}", figure, value, [
            f"{book.own}factures.{number}.{key}" for number in numbers
        ])  # fmt: skip

    known = set(numbers)
    gross = [book.inputs.gross(one) for one in book.case.invoices if one.number in known]
    tree.sum(f"{head}facture", "facture", sum((one.gross for one in shown.invoices), ZERO), gross)
    column("avoirs", "avoirs", sum((one.credited for one in shown.invoices), ZERO), "avoirs")
    column("impute", "impute", sum((one.paid for one in shown.invoices), ZERO), "paye")
    paid = [(rank, one) for rank, one in enumerate(book.case.payments)
            if one.on <= shown.as_of and not one.is_rejected(shown.as_of)]  # fmt: skip
    received = [book.inputs.payment(one, rank) for rank, one in paid]
    tree.sum(f"{head}recu", "recu", sum((one.amount for _, one in paid), ZERO), received)
    if shown.not_yet_due:
        later = [f"{book.own}factures.{number}.a_echoir" for number in numbers]
        later = [one for one in later if one in tree.nodes]
        tree.sum(f"{head}reste_a_echoir", "reste-a-echoir", shown.not_yet_due, later)
    return {"principal": column("principal", "principal", shown.principal, "principal")}


def _interest(book: Reckoning, shown: Statement, numbers: list[str]) -> str:
    tree, head = book.tree, book.head
    own: dict[str, list[str]] = {}
    for rank, one in enumerate(lines_in_order(book.statement), 1):
        own.setdefault(one.invoice, []).append(f"{head}lignes.{rank}")
    parts = []
    for number in [one for one in numbers if one in own]:
        name, subtotal = f"{head}sous_totaux.{number}", sum(map(tree.number, own[number]), ZERO)
        parts.append(tree.sum(name, "sous-total", subtotal, own[number], about=(number,)))
    accrued = tree.sum(f"{head}interets_courus", "interets-courus", shown.interest_accrued, parts)
    paid = [part for number in numbers for part in book.receipts.parts[number, "interets"]]
    settled = shown.interest_accrued - shown.interest
    minus = tree.sum(f"{head}interets_payes", "interets-payes", settled, paid)
    return tree.sum(f"{head}interets", "interets", shown.interest, [accrued], [minus])


def _fixed_sums(book: Reckoning, shown: Statement, numbers: list[str]) -> str:
    tree = book.tree
    entries = [f"{book.head}indemnites.{one.invoice}" for one in shown.fixed_sum_entries]
    paid = [part for number in numbers for part in book.receipts.parts[number, "indemnite"]]
    settled = sum((one.amount for one in shown.fixed_sum_entries), ZERO) - shown.fixed_sums
    minus = [tree.sum(f"{book.head}indemnites_payees", "indemnites-payees", settled, paid)]
    name = f"{book.head}indemnites"
    return tree.sum(name, "indemnites", shown.fixed_sums, entries, minus if settled else [])


def _penalty_clause(book: Reckoning, shown: Statement) -> str:
    """Add what is left of the penalty clause once the payments have reached it."""
    tree, name = book.tree, f"{book.head}clause_penale"
    paid = book.receipts.parts["", "clause"]
    settled = (shown.clause_entry.amount if shown.clause_entry else ZERO) - shown.penalty_clause
    minus = [tree.sum(f"{name}.reglee", "clause-reglee", settled, paid)] if paid else []
    return tree.sum(name, "clause-penale", shown.penalty_clause, [f"{name}.montant"], minus)


def _costs(book: Reckoning, shown: Statement) -> str:
    """Add the costs of justice, and what is left of them."""
    owed = book.receipts.owed["frais"].write(book.tree)
    return book.tree.sum(f"{book.head}frais", "frais", shown.costs, [owed])


def _per_day(book: Reckoning, shown: Statement) -> None:
    """Add what each more day costs: unrounded, then as the pages show it."""
    if not shown.daily_interest:
        return
    tree, name = book.tree, f"{book.head}par_jour"
    rows = [_daily(book, one, one.daily_interest)
            for invoice in shown.invoices for one in invoice.debts
            if one.is_due and one.daily_interest]  # fmt: skip
    tree.sum(name, "par-jour", shown.daily_interest, rows)
    used = (Operand("valeur", name),)
    tree.add(
        Node(f"{name}.arrondi", "par-jour-arrondi", round_to_cent(shown.daily_interest), "euro",
             "arrondi", (), used, rounding="centime")
    )  # fmt: skip


def _daily(book: Reckoning, owed: DebtBalance, amount: Decimal) -> str:
    """Add what a due date costs each more day, unrounded."""
    tree, debt = book.tree, book.debts[owed.invoice, owed.due_on]
    name = f"{debt.principal.name.removesuffix('.principal')}.par_jour"
    while name in tree.nodes:  # two due dates on one day
        name += ".bis"
    about = debt.principal.about
    used = _tomorrow(book, debt, owed)
    if used is None:
        return tree.stated(name, "par-jour-facture", amount, about=about)
    return tree.add(
        Node(name, "par-jour-facture", amount, "euro", "interets-par-jour", about, used)
    )


def _tomorrow(book: Reckoning, debt: Debt, owed: DebtBalance) -> tuple[Operand, ...] | None:
    """Return base, rate and year of the next day's interest; None when they do not make it."""
    case, as_of = book.case, book.statement.as_of
    day, accrual = as_of + ONE_DAY, Accrual(case, book.law, interest_rule(case), as_of)
    account = accrual.open(debt.invoice, debt.invoice.schedule[debt.rank])
    try:
        [period, *_] = accrual.periods(account, day, day)
    except (OutsideKnownLaw, ValueError):
        return None
    [(_, _, _, year), *_] = countable_periods(case.terms.conventions, day, day)
    for extra in (None, debt.capitalised, debt.interest):
        parts = [one for one in (debt.principal, extra) if one is not None and one.value]
        base = sum((one.value for one in parts), ZERO)
        if daily_interest(base, period.rate, year) == owed.daily_interest:
            named = [one.write(book.tree) for one in parts]
            name = f"{debt.principal.name.removesuffix('.principal')}.base_du_jour"
            whole = named[0] if len(named) == 1 else book.tree.sum(name, "base", base, named)
            return (
                Operand("base", whole),
                Operand("taux", rate(book.inputs, book.law, period.rule, period.rate,
                                     period.ingredients)),
                Operand("annee", book.inputs.year(year)),
            )  # fmt: skip
    return None

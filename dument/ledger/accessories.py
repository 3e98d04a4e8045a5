"""What a public buyer still owes on invoices whose principal it paid, and by when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dument.case import Regime
from dument.law import Law, OutsideKnownLaw
from dument.ledger.statement import InvoiceBalance, Statement
from dument.rules.public_accessories import AccessoryTerm, accessory_term


@dataclass(frozen=True, slots=True)
class Accessories:
    """Interest and fixed sum left on an invoice, in euros, and the last day to pay them."""

    invoice: str
    left: Decimal
    term: AccessoryTerm
    is_past: bool


def public_accessories(law: Law, statement: Statement) -> Iterator[Accessories]:
    """Yield each invoice of a public buyer whose principal was paid and not its accessories."""
    if statement.regime is not Regime.PUBLIC:
        return
    for balance in statement.invoices:
        paid = [one.on for one in statement.allocations
                if one.invoice == balance.number and one.principal > 0
                and not one.is_credit_note]  # fmt: skip
        if paid and _has_accessories_alone(balance):
            try:
                term = accessory_term(law, max(paid))
            except OutsideKnownLaw:
                continue  # paid before the code: no time was read for those days
            is_past = term.last_day < statement.as_of
            yield Accessories(balance.number, balance.interest + balance.fixed_sum, term, is_past)


def _has_accessories_alone(balance: InvoiceBalance) -> bool:
    is_paid = not any(one.principal for one in balance.debts)
    return is_paid and balance.interest + balance.fixed_sum > 0

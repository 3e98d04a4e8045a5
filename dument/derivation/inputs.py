"""What the user wrote: figures of the case file with their line and column."""

from __future__ import annotations

from datetime import date

from dument.case import Case, CreditNote, Instalment, Invoice, Payment
from dument.derivation.nodes import Node, Tree, Value
from dument.schema import FieldPath, Places


class Inputs:
    """Adds what the case file says to a tree, each input once, wherever it is used."""

    def __init__(self, tree: Tree, case: Case, places: Places) -> None:
        self.tree = tree
        self.case = case
        self.places = places
        self.days = {one.on: ("avoirs", "credit_notes", rank)
                     for rank, one in enumerate(case.credit_notes)}  # fmt: skip
        self.days |= {one.on: ("paiements", "payments", rank)
                      for rank, one in enumerate(case.payments)}  # fmt: skip
        self.ranks = {one.number: rank for rank, one in reversed([*enumerate(case.invoices)])}

    def given(self, name: str, value: Value, unit: str, path: FieldPath, *about: str) -> str:
        """Add an input by the path of its fields."""
        place = self.places.at(*path)
        node = Node(name, name.rpartition(".")[2], value, unit, "donnee", about, place=place)
        return self.tree.add(node)

    def gross(self, invoice: Invoice) -> str:
        """Add the amount of an invoice, VAT included."""
        path = ("invoices", self.ranks[invoice.number], "gross")
        number = invoice.number
        return self.given(f"factures.{number}.ttc", invoice.gross, "euro", path, number)

    def instalment(self, invoice: Invoice, rank: int) -> str:
        """Add the amount that falls due on one of an invoice's due dates, by rank from 0."""
        if invoice.retention is not None and rank >= len(invoice.schedule) - 2:
            return self._cut(invoice, rank)
        if not invoice.instalments:
            return self.gross(invoice)
        part = invoice.schedule[rank]
        path = (*self._path(invoice, part), "amount")
        name = f"{_of(invoice, rank)}.montant"
        return self.given(name, part.amount, "euro", path, invoice.number, str(rank + 1))

    def _cut(self, invoice: Invoice, rank: int) -> str:
        """Add what the contract lets the debtor keep, or what is left to pay before it is due."""
        number, schedule = invoice.number, invoice.schedule
        path = ("invoices", self.ranks[number], "retention", "amount")
        kept = self.given(f"factures.{number}.retenue", schedule[-1].amount, "euro", path, number)
        if rank == len(schedule) - 1:
            return kept
        whole = schedule[rank].amount + schedule[-1].amount
        part = next((one for one in invoice.instalments if one.amount == whole), None)
        name, about = f"{_of(invoice, rank)}.montant", (number, str(rank + 1))
        agreed = self.gross(invoice) if part is None else self.given(
            f"{name}.convenu", whole, "euro", (*self._path(invoice, part), "amount"), *about
        )  # fmt: skip
        return self.tree.sum(name, "solde", schedule[rank].amount, [agreed], [kept], about)

    def due_date(self, invoice: Invoice, rank: int) -> str:
        """Add a due date of an invoice, by rank from 0."""
        number, part = invoice.number, invoice.schedule[rank]
        if invoice.retention is not None and rank == len(invoice.schedule) - 1:
            path: FieldPath = ("invoices", self.ranks[number], "retention", "until")
            return self.given(f"{_of(invoice, rank)}.echeance", part.due_on, "date", path, number)
        path = (*self._path(invoice, part), "due_on")
        if invoice.term is not None:
            name, rule = f"factures.{number}.echeance", invoice.term.rule
            return self.tree.stated(name, "echeance", part.due_on, "date", (number,), rule)
        if not invoice.instalments:
            return self.given(f"factures.{number}.echeance", part.due_on, "date", path, number)
        name = f"{_of(invoice, rank)}.echeance"
        return self.given(name, part.due_on, "date", path, number, str(rank + 1))

    def _path(self, invoice: Invoice, part: Instalment) -> FieldPath:
        path: FieldPath = ("invoices", self.ranks[invoice.number])
        if part not in invoice.instalments:
            return path
        return (*path, "instalments", invoice.instalments.index(part))

    def invoice_day(self, invoice: Invoice, field: str, figure: str) -> str:
        """Add another day of an invoice: its own, or that of the performance."""
        path = ("invoices", self.ranks[invoice.number], field)
        name = f"factures.{invoice.number}.{figure}"
        return self.given(name, getattr(invoice, field), "date", path, invoice.number)

    def payment(self, payment: Payment, rank: int) -> str:
        """Add the amount of a payment, by rank from 0."""
        path = ("payments", rank, "amount")
        return self._event("paiements", "paiement", payment.amount, path, payment.on, rank)

    def settlement(self, rank: int) -> str:
        """Add the amount of what pays, by its rank among the case's settlements, from 0."""
        case, own = self.case, rank - len(self.case.payments)
        if own < 0:
            return self.payment(case.payments[rank], rank)
        if own < len(case.deposits):
            deposit, path = case.deposits[own], ("deposits", own, "amount")
            return self._event("acomptes", "acompte", deposit.amount, path, deposit.on, own)
        own -= len(case.deposits)
        set_off, path = case.set_offs[own], ("set_offs", own, "amount")
        return self._event("compensations", "compensation", set_off.amount, path, set_off.on, own)

    def share(self, rank: int, part: int) -> str:
        """Add what the debtor meant for one invoice of several, by ranks from 0."""
        share = self.case.settlements[rank].shares[part]
        path = ("payments", rank, "designated", part, "amount")
        name = f"paiements.{rank + 1}.sur.{part + 1}.destine"
        return self.given(name, share.amount, "euro", path, share.invoice, str(rank + 1))

    def credit_note(self, note: CreditNote, rank: int) -> str:
        """Add the amount of a credit note, by rank from 0."""
        path = ("credit_notes", rank, "amount")
        return self._event("avoirs", "avoir", note.amount, path, note.on, rank)

    def _event(
        self, name: str, figure: str, amount: Value, path: FieldPath, day: date, rank: int
    ) -> str:
        place = self.places.at(*path)
        about = (str(rank + 1), day.isoformat())
        node = Node(f"{name}.{rank + 1}", figure, amount, "euro", "donnee", about, place=place)
        return self.tree.add(node)

    def event_of(self, day: date) -> str | None:
        """Add the day of a payment or of a credit note, if there is one on that day."""
        if day not in self.days:
            return None
        key, field, rank = self.days[day]
        path = (field, rank, "on")
        return self.given(f"{key}.{rank + 1}.le", day, "date", path, str(rank + 1))

    def others(self) -> None:
        """Add the amounts that the pages show and that no figure is made of."""
        for rank, entry in enumerate(self.case.journal):
            if entry.promise and entry.promise.amount is not None:
                path = ("journal", rank, "promise", "amount")
                name = f"journal.{rank + 1}.promesse"
                self.given(name, entry.promise.amount, "euro", path, str(rank + 1))
        dispute = self.case.status.dispute
        if dispute is not None and dispute.amount is not None:
            self.contested(dispute.amount)

    def contested(self, amount: Value) -> str:
        """Add the amount that the debtor contests."""
        return self.given("statut.litige", amount, "euro", ("status", "dispute", "amount"))

    def year(self, days: int) -> str:
        """Add the length of the year by which interest is divided, a convention."""
        path = ("terms", "conventions", "year")
        place = self.places.at(*path) if path in self.places.known else None
        name = f"conventions.annee.{days}"
        return self.tree.add(Node(name, "annee", days, "jours", "convention", place=place))


def _of(invoice: Invoice, rank: int) -> str:
    return f"factures.{invoice.number}.echeances.{rank + 1}"

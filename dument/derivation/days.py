"""Where dates come from: an interest line's days, limitation, a letter's deadline."""

from __future__ import annotations

from datetime import date

from dument.days import ONE_DAY, add_years, days_between
from dument.derivation.inputs import Inputs
from dument.derivation.nodes import Node, Operand
from dument.derivation.rates import parameter
from dument.law import Law
from dument.ledger import InterestLine
from dument.letters import Letter
from dument.rules import Ingredient, response_deadline
from dument.rules.limitation_period import RULE as LIMITATION
from dument.rules.limitation_period import Limitation


def line_days(
    inputs: Inputs, name: str, line: InterestLine, previous: str, as_of: date
) -> tuple[str, str]:
    """Add the number of days of a line; return its name and that of its last day."""
    tree = inputs.tree
    first = _first_day(inputs, f"{name}.du", line, previous)
    last = _last_day(inputs, f"{name}.au", line, as_of)
    if days_between(line.first_day, line.last_day) != line.days:
        return tree.stated(f"{name}.jours", "jours", line.days, "jours"), last
    used = (Operand("du", first), Operand("au", last))
    return tree.add(Node(f"{name}.jours", "jours", line.days, "jours", "jours", (), used)), last


def _first_day(inputs: Inputs, name: str, line: InterestLine, previous: str) -> str:
    tree = inputs.tree
    for before in (previous, *_presentations(inputs, line.first_day)):
        if tree.nodes[before].value == line.first_day - ONE_DAY:
            used = (Operand("jour", before),)
            node = Node(name, "du", line.first_day, "date", "lendemain", (), used, rule=line.rule)
            return tree.add(node)
    return tree.stated(name, "du", line.first_day, "date", rule=line.rule)


def _presentations(inputs: Inputs, day: date) -> list[str]:
    """Return the days on which a letter was presented, or left, the eve of a day."""
    found = []
    for rank, letter in enumerate(inputs.case.letters):
        for field, key in (("presented_on", "presentee_le"), ("sent_on", "envoyee_le")):
            if letter.sending and getattr(letter.sending, field) == day - ONE_DAY:
                path = ("letters", rank, "sending", field)
                name = f"lettres.{rank + 1}.{key}"
                found.append(inputs.given(name, day - ONE_DAY, "date", path, str(rank + 1)))
    return found


def _last_day(inputs: Inputs, name: str, line: InterestLine, as_of: date) -> str:
    tree = inputs.tree
    if line.last_day == as_of:
        return closing_day(inputs, as_of)
    event = inputs.event_of(line.last_day)
    if event is not None:
        return event
    return tree.stated(name, "au", line.last_day, "date", rule=line.rule)


def closing_day(inputs: Inputs, as_of: date) -> str:
    """Add the day on which a décompte is drawn up."""
    name = f"jours.{as_of.isoformat()}"
    return inputs.tree.add(Node(name, "arrete", as_of, "date", "date-du-decompte"))


def limitation(inputs: Inputs, law: Law, found: Limitation) -> str:
    """Add the day from which a due date of an invoice is barred, and the prudent one."""
    invoice = inputs.case.invoice(found.invoice)
    if invoice is None:
        return ""
    due_days = [part.due_on for part in invoice.schedule]
    term = due_days.index(found.due_on)
    starts = [inputs.due_date(invoice, term)]
    field, figure = ("performed_on", "prestation") if invoice.performed_on else (
        "issued_on", "emission")  # fmt: skip
    prudent = [inputs.invoice_day(invoice, field, figure), *starts]
    if found.interrupted_on is not None:
        starts = prudent = _interruptions(inputs, found.interrupted_on)
    name, number = f"prescription.{found.invoice}", found.invoice
    if len(set(due_days)) > 1:
        name += f".echeances.{term + 1}"
    _years_after(inputs, law, f"{name}.prudence", number, prudent, found.prudent_day, found)
    return _years_after(inputs, law, name, number, starts, found.last_day, found)


def _years_after(
    inputs: Inputs, law: Law, name: str, number: str, starts: list[str], day: date,
    found: Limitation,
) -> str:  # fmt: skip
    tree, years = inputs.tree, int(found.ingredient.used.value)
    figure = "prudence" if name.endswith(".prudence") else "prescription"
    for start in starts:
        if add_years(tree.day(start), years) == day:
            delay = parameter(tree, law, found.ingredient)
            used = (Operand("jour", start), Operand("annees", delay))
            articles = law.parameters[found.ingredient.slug].articles
            return tree.add(
                Node(name, figure, day, "date", "ajout-annees", (number,), used,
                     rule=LIMITATION, articles=articles)
            )  # fmt: skip
    return tree.stated(name, figure, day, "date", (number,), LIMITATION)


def _interruptions(inputs: Inputs, day: date) -> list[str]:
    return [
        inputs.given(f"journal.{rank + 1}.le", day, "date", ("journal", rank, "on"), entry.kind)
        for rank, entry in enumerate(inputs.case.journal)
        if entry.on == day
    ]


def deadline(inputs: Inputs, law: Law, letter: Letter, day: date) -> str:
    """Add the day by which a letter asks to be paid."""
    tree, request, number = inputs.tree, letter.request, str(letter.number)
    name, path = f"lettres.{number}.date_limite", ("letters", letter.number - 1)
    if request.deadline is not None:
        return inputs.given(name, request.deadline, "date", (*path, "deadline"), number)
    start = inputs.given(f"lettres.{number}.le", request.on, "date", (*path, "on"), number)
    added = _days_added(inputs, law, letter)
    spent = sum(int(tree.number(one)) for one in added)
    moved = (day - request.on).days - spent
    if moved:
        added.append(tree.stated(f"{name}.report", "report", moved, "jours", (number,)))
    used = (Operand("jour", start), *(Operand("jours", one) for one in added))
    node = Node(name, "date-limite", day, "date", "ajout-jours", (number,), used,
                rule=response_deadline.RULE)  # fmt: skip
    return tree.add(node)


def _days_added(inputs: Inputs, law: Law, letter: Letter) -> list[str]:
    request, case = letter.request, inputs.case
    slugs = [response_deadline.POST_DAYS] if response_deadline.is_posted(request) else []
    added = []
    if request.days is None:
        slugs.append(response_deadline.usage_parameter(case))
    else:
        name, path = f"lettres.{letter.number}.delai", ("letters", letter.number - 1, "days")
        added.append(inputs.given(name, request.days, "jour", path, str(letter.number)))
    days = [Ingredient(slug, law.value(slug, request.on)) for slug in slugs]
    return [*added, *(parameter(inputs.tree, law, one) for one in days)]

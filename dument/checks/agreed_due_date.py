"""`echeance-convenue`: a due date that is stated is the one that the agreed time gives."""

from __future__ import annotations

from collections.abc import Iterator

from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import say
from dument.law import Mention, OutsideKnownLaw
from dument.letters import Letter
from dument.rules.due_date import computed_due_date

TYPE = "echeance-convenue"
BEARS_ON_LETTERS = False


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield each stated due date that differs: `contredit`, `autre-lecture` or `public`."""
    case = inspection.case
    for rank, invoice in enumerate(case.invoices):
        if invoice.due_on is None or invoice.term is not None:
            continue
        try:
            computed = computed_due_date(case, inspection.law, invoice)
        except OutsideKnownLaw:
            continue  # the invoice is older than the text that fixes a public buyer's time
        if computed is None or computed[0] == invoice.due_on:
            continue
        day, applied = computed
        found = "autre-lecture" if applied.other_day == invoice.due_on else "contredit"
        found = "public" if applied.parameter else found
        yield from say(mention, found, ("invoices", rank, "due_on"), facture=invoice.number,
                       echeance=invoice.due_on, date=day, delai=applied.term,
                       depart=applied.start, lecture=applied.reading)  # fmt: skip

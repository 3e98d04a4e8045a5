"""`delai-convenu`: the invoice falls due within the longest time the law allows."""

from __future__ import annotations

from collections.abc import Iterator

from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import say
from dument.law import Mention, OutsideKnownLaw
from dument.letters import Letter

TYPE = "delai-convenu"
BEARS_ON_LETTERS = False


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield each invoice whose last due date comes after `options.parametre` days."""
    slug = str(mention.options["parametre"])
    for rank, invoice in enumerate(inspection.case.invoices):
        try:
            longest = int(inspection.law.value(slug, invoice.issued_on).value)
        except OutsideKnownLaw:
            continue  # the invoice is older than the text this rule rests on
        days = (invoice.schedule[0].due_on - invoice.issued_on).days
        if days > longest:
            yield from say(mention, "long", ("invoices", rank), facture=invoice.number,
                           jours=days, maximum=longest)  # fmt: skip

"""`pieces-cles`: the claim, each invoice and the formal notice have their exhibit."""

from __future__ import annotations

from collections.abc import Iterator

from dument.case import FORMAL_NOTICE
from dument.checks.claimed import named_invoices
from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import say
from dument.law import Mention
from dument.letters import Letter

TYPE = "pieces-cles"
BEARS_ON_LETTERS = True


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield each fact that no exhibit proves."""
    if letter is None:
        return
    case = inspection.case
    if case.claim is None or case.claim.exhibit is None:
        yield from say(mention, "fondement", ("claim",))
    for invoice in named_invoices(case, letter):
        if invoice.exhibit is None:
            path = ("invoices", case.invoices.index(invoice))
            yield from say(mention, "facture", path, facture=invoice.number)
    for rank, one in enumerate(case.letters):
        proof = one.sending.exhibit if one.sending else None
        if one.kind == FORMAL_NOTICE and one.is_sent and proof is None:
            yield from say(mention, "mise-en-demeure", ("letters", rank), date=one.on)

"""`mentions-de-facture`: what the user read on his invoices, and what he has not read yet.

`options.cles` are keys of `factures[].mentions`; `options.vaut` the answer that is a fault (`oui`
or `non`), or `inconnu` for what was not looked at. `options.depuis` gives the first day of the
duty by the size of who invoices: before it, or when the size is not said, the key is not asked
for. `options.sans_tva` keeps invoices that bear no tax.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dument.case import Creditor, Invoice, InvoiceMentions
from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import listed, say
from dument.days import parse_date
from dument.french import join_words
from dument.law import Mention
from dument.letters import Letter
from dument.schema import field_of

TYPE = "mentions-de-facture"
BEARS_ON_LETTERS = False
_FAULTS = {"oui": True, "non": False, "inconnu": None}


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield each key whose answer is the fault, in the words of the case named after the key.

    A rule that words a case `ensemble` yields one finding an invoice, with all its keys.
    """
    for rank, invoice in enumerate(inspection.case.invoices):
        if not _is_asked(mention, inspection.case.creditor, invoice):
            continue
        found = list(_faults(mention, invoice, rank))
        told = join_words([one.detail for one in found if one.detail])
        together = say(mention, "ensemble", ("invoices", rank), facture=invoice.number,
                       mentions=told)  # fmt: skip
        yield from (list(together) or found) if found else ()


def _faults(mention: Mention, invoice: Invoice, rank: int) -> Iterator[Finding]:
    fault = _FAULTS[str(mention.options["vaut"])]
    for key in listed(mention, "cles"):
        field = field_of(InvoiceMentions, key) or key
        if getattr(invoice.mentions, field) is fault:
            path = ("invoices", rank, "mentions", field)
            yield from say(mention, key, path, facture=invoice.number)


def _is_asked(mention: Mention, creditor: Creditor, invoice: Invoice) -> bool:
    if mention.options.get("sans_tva") and invoice.net != invoice.gross:
        return False
    first_days = mention.options.get("depuis")
    if not isinstance(first_days, dict):
        return True
    return _first_day(first_days, creditor) <= invoice.issued_on


def _first_day(first_days: dict[str, str], creditor: Creditor) -> date:
    known = first_days.get(creditor.size.value) if creditor.size else None
    return parse_date(known) if known else date.max

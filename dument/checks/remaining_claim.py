"""`reste-du`: something past its due date is still owed when the letter leaves."""

from __future__ import annotations

from collections.abc import Iterator

from dument.checks.claimed import is_late, latest_statement, named_invoices
from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import listed
from dument.law import Mention
from dument.letters import Letter

TYPE = "reste-du"
BEARS_ON_LETTERS = True


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield one finding when nothing is left of the invoices claimed."""
    if letter is None or letter.request.is_sent:
        return
    was_late = any(is_late(one, letter) for one in named_invoices(inspection.case, letter))
    statement = latest_statement(inspection, letter)
    parts = [statement.interest, statement.fixed_sums]
    if letter.kind not in listed(mention, "sans_principal"):
        parts += [statement.principal, statement.penalty_clause]
    if was_late and not any(parts):
        yield Finding()

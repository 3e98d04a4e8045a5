"""`frais-justifies`: a cost that the debtor would bear has its exhibit."""

from __future__ import annotations

from collections.abc import Iterator

from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import say
from dument.law import Mention
from dument.letters import Letter

TYPE = "frais-justifies"
BEARS_ON_LETTERS = False


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield each recoverable cost without an exhibit."""
    for rank, cost in enumerate(inspection.case.costs):
        if cost.is_recoverable and cost.exhibit is None:
            yield from say(mention, "sans-piece", ("costs", rank), objet=cost.subject,
                           montant=cost.amount)  # fmt: skip

"""Draw up décomptes of many invoices over five years, three payments to an invoice.

    python bench/decompte.py [INVOICES] [ROUNDS]

Prints medians in seconds for a size and ten times that size, and their ratio, in one run: first
when every payment names its invoice, then when half follow the legal order. There, ten times the
invoices means more of them due on one day, among which the law shares each payment: the entries
of the ledger (lines and parts of payments) grow faster than the invoices, and are counted too.
"""

from __future__ import annotations

import statistics
import sys
import time
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from dument.case import Case
from dument.cli.run import rest_collector
from dument.diagnostics import Position
from dument.kit import open_kit
from dument.law import Law, read_law
from dument.ledger import draw_up
from dument.letters import statement_figures

ROOT = Path(__file__).resolve().parent.parent
FIRST, DAYS, AS_OF = date(2021, 1, 1), 1800, date(2026, 11, 21)
ADDRESS = {"street": "1 rue Haute", "postcode": "01000", "city": "Bourg-en-Bresse"}


def make_case(count: int, all_named: bool) -> Case:
    """Return a case of so many invoices, spread evenly, and three times as many payments."""
    party = {"kind": "societe", "company_name": "Maison Fictive", "address": ADDRESS}
    invoices, payments = [], []
    for rank in range(count):
        issued = FIRST + timedelta(days=rank * DAYS // count)
        number, due = f"F{rank}", issued + timedelta(days=30)
        invoices.append({"number": number, "issued_on": issued, "due_on": due,
                         "gross": Decimal(1000)})  # fmt: skip
        for part in range(3):
            on = due + timedelta(days=10 + 20 * part)
            named = number if all_named or (rank + part) % 2 else None
            payments.append({"on": on, "amount": Decimal(300), "designated": named})
    return Case.model_validate({"reference": "B", "creditor": party, "debtor": party,
                                "invoices": invoices, "payments": payments})  # fmt: skip


def timed(case: Case, law: Law) -> tuple[float, int]:
    """Draw up a décompte with its figures; return the seconds and its number of entries."""
    started = time.perf_counter()
    statement, _ = draw_up(case, law, AS_OF, Position("bench.yaml"))
    if statement is None:
        raise ValueError(AS_OF)
    figures = statement_figures(case, law, statement)
    entries = len(figures["lignes"]) + len(figures["imputations"])
    return time.perf_counter() - started, entries


def main() -> None:
    """Take the rounds and print the table."""
    count, rounds = (int(one) for one in (*sys.argv[1:], "1000", "3")[:2])
    law, _ = read_law(open_kit(ROOT))
    rest_collector()
    for all_named in (True, False):
        print("every payment names its invoice" if all_named else "half follow the legal order")
        compare(make_case(count, all_named), make_case(10 * count, all_named), law, rounds)


def compare(small: Case, large: Case, law: Law, rounds: int) -> None:
    """Print the medians of two sizes, and the ratios of seconds and of entries."""
    taken = [(timed(small, law), timed(large, law)) for _ in range(rounds)]
    few = statistics.median(one[0][0] for one in taken)
    many = statistics.median(one[1][0] for one in taken)
    ratio = statistics.median(one[1][0] / one[0][0] for one in taken)
    before, after = taken[0][0][1], taken[0][1][1]
    print(f"{len(small.invoices):6} invoices {before:7} entries {few:7.2f} s")
    print(f"{len(large.invoices):6} invoices {after:7} entries {many:7.2f} s   ratio {ratio:.1f}"
          f"   entries {after / before:.1f}")  # fmt: skip


if __name__ == "__main__":
    main()

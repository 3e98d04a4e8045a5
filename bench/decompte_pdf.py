"""Print décomptes of one and two thousand lines, and compare their times in one run.

    python bench/decompte_pdf.py [LINES] [ROUNDS]

Prints medians in seconds, for writing and for printing, and the ratios of twice as many lines.
"""

from __future__ import annotations

import statistics
import sys
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

from dument.case import Case, LetterRequest
from dument.cli.run import rest_collector
from dument.diagnostics import Position
from dument.kit import open_kit
from dument.ledger import Statement, draw_up
from dument.letters import Subject
from dument.workshop import Workshop, open_workshop

ROOT = Path(__file__).resolve().parent.parent
AS_OF = date(2026, 11, 21)
LINES_OF_AN_INVOICE = 4  # due on 2 March 2025: four half-years of delay
PLACE = Position("dossier.yaml")


def made_up_case(invoices: int) -> Case:
    """Return a case of as many invoices, each of which bears four lines of interest."""
    party = {"kind": "societe", "company_name": "X", "address": {
        "street": "1 rue X", "postcode": "69001", "city": "Lyon"}}  # fmt: skip
    return Case.model_validate({
        "reference": "BANC",
        "creditor": party,
        "debtor": party,
        "invoices": [
            {
                "number": f"F-{rank:05d}",
                "issued_on": date(2025, 2, 1),
                "due_on": date(2025, 3, 2),
                "gross": Decimal(1000 + rank),
            }
            for rank in range(invoices)
        ],
    })  # fmt: skip


def timed(workshop: Workshop, case: Case, statement: Statement) -> tuple[float, float, int]:
    """Write and print a décompte; return the seconds of each and the number of bytes."""
    subject = Subject(case, workshop.law, statement, LetterRequest(kind="decompte", on=AS_OF), 0)
    started = time.perf_counter()
    annex, found = workshop.writer.write_request(subject, PLACE)
    written = time.perf_counter()
    if annex is None:
        raise SystemExit(str(found))
    printed = workshop.press.print(annex.document, {})
    return written - started, time.perf_counter() - written, len(printed.pdf)


def measure(workshop: Workshop, lines: int) -> dict[str, float]:
    """One round at a number of lines and at twice that number, in this process."""
    taken: dict[str, float] = {}
    for name, count in (("once", lines), ("twice", 2 * lines)):
        case = made_up_case(count // LINES_OF_AN_INVOICE)
        statement, found = draw_up(case, workshop.law, AS_OF, PLACE)
        if statement is None or len(statement.lines) != count:
            raise SystemExit(f"{found or len(statement.lines)}")
        taken[f"write {name}"], taken[f"print {name}"], _ = timed(workshop, case, statement)
    return taken


def main() -> None:
    """Take the rounds and print the table."""
    lines, rounds = (int(one) for one in (*sys.argv[1:], "1000", "3")[:2])
    workshop, faults = open_workshop(open_kit(ROOT))
    if faults:
        raise SystemExit(str(faults[0]))
    measure(workshop, 4 * LINES_OF_AN_INVOICE)  # fonts and caches
    rest_collector()
    taken = [measure(workshop, lines) for _ in range(rounds)]
    print(f"{lines} and {2 * lines} lines, {rounds} rounds, medians")
    for work in ("write", "print"):
        once, twice = (statistics.median(one[f"{work} {name}"] for one in taken)
                       for name in ("once", "twice"))  # fmt: skip
        ratio = statistics.median(one[f"{work} twice"] / one[f"{work} once"] for one in taken)
        print(f"{work}  {once:7.2f} s  {twice:7.2f} s   ratio {ratio:.2f}")
    both = statistics.median(
        (one["write twice"] + one["print twice"]) / (one["write once"] + one["print once"])
        for one in taken
    )
    print(f"both ratio {both:.2f}")


if __name__ == "__main__":
    main()

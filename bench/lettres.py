"""Print one letter after another in one process: does the thousandth cost more than the first?

    python bench/lettres.py [LETTERS]

Prints the median of the first and of the last hundred, in CPU time so that a busy machine does
not blur their ratio, and how much memory grew.
"""

from __future__ import annotations

import statistics
import sys
import time
from datetime import date
from pathlib import Path

from dument.dossier import Dossier
from dument.kit import open_kit
from dument.pipeline import prepare, write_letter
from dument.printing import print_letter
from dument.workshop import Workshop, open_workshop

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "data/exemples/garage-tilleul"
DAY = date(2026, 11, 21)
MANY = 100


def resident() -> float:
    """Return the memory of this process that is in use now, in MiB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 2**20


def print_one(workshop: Workshop, dossier: Dossier, rank: int) -> float:
    """Write the reminder anew under another reference and print it; return its CPU seconds."""
    case = dossier.case.model_copy(update={"reference": f"2026-{rank:05d}"})
    started = time.process_time()
    letter, _ = write_letter(workshop, case, dossier.places, 1)
    printed = print_letter(workshop, letter, {})
    assert printed.diagnostics == ()
    return time.process_time() - started


def main() -> None:
    """Print the letters, then the table."""
    count = int((*sys.argv[1:], "1000")[0])
    workshop, _ = open_workshop(open_kit(ROOT))
    dossier, _ = prepare(workshop, EXAMPLE, DAY)
    taken, memory = [], []
    for rank in range(count):
        taken.append(print_one(workshop, dossier, rank))
        memory.append(resident())
    first, last = statistics.median(taken[:MANY]), statistics.median(taken[-MANY:])
    print(f"{count} letters in one process")
    print(f"median of the first {MANY} {first * 1000:7.1f} ms")
    print(f"median of the last {MANY}  {last * 1000:7.1f} ms   last/first {last / first:.2f}")
    for rank in sorted({1, min(MANY, count), max(count // 2, 1), count}):
        print(f"memory after {rank:5d}      {memory[rank - 1]:7.1f} MiB")


if __name__ == "__main__":
    main()

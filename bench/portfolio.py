"""Build a made-up portfolio as a user would, and compare it with the bare printing of its letters.

    python bench/portfolio.py [DOSSIERS] [ROUNDS]

Prints medians in seconds and the ratios between them, all taken in one run.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "data/exemples/garage-tilleul"
DAY = "2026-11-21"
BARE = """
import sys
from pathlib import Path
from datetime import date
from dument.kit import open_kit
from dument.pipeline import prepare
from dument.workshop import open_workshop
workshop, _ = open_workshop(open_kit(Path(sys.argv[1])))
documents = []
for folder in workshop.kit.case_folders():
    dossier, _ = prepare(workshop, folder, date.fromisoformat(sys.argv[2]))
    documents += [one.document for one in (*dossier.letters, *dossier.annexes.values())]
import time
started = time.perf_counter()
for document in documents:
    workshop.press.print_plain(document, {})
print(len(documents), time.perf_counter() - started)
"""


def make_portfolio(folder: Path, count: int) -> None:
    """Copy the example under many names, with its shared parties."""
    (folder / "dument.yaml").write_text("# racine\n", encoding="utf-8")
    shutil.copytree(ROOT / "data/exemples/parties", folder / "data/parties")
    for number in range(count):
        case = folder / "data/dossiers" / f"dossier-{number:04d}"
        shutil.copytree(EXAMPLE, case)
        path = case / "dossier.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("2026-014", f"2026-{number:04d}"), encoding="utf-8")


def timed_build(folder: Path) -> float:
    """Run `dument build --all` in its own process; return its seconds."""
    command = [sys.executable, "-m", "dument", "build", "--all", "-q", "--date", DAY]
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, env=_environment())
    return time.perf_counter() - started


def bare_printing(folder: Path) -> tuple[int, float]:
    """Print the same documents with WeasyPrint alone; return their number and the seconds."""
    command = [sys.executable, "-c", BARE, str(folder), DAY]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, cwd=folder, env=_environment()
    )
    count, seconds = done.stdout.split()
    return int(count), float(seconds)


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def measure(count: int) -> dict[str, float]:
    """One round: full build, build again, one dossier changed, bare printing."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        make_portfolio(folder, count)
        full = timed_build(folder)
        again = timed_build(folder)
        one = folder / "data/dossiers/dossier-0000/dossier.yaml"
        one.write_text(one.read_text(encoding="utf-8") + "# touché\n", encoding="utf-8")
        changed = timed_build(folder)
        documents, bare = bare_printing(folder)
    return {"documents": documents, "full": full, "again": again, "changed": changed, "bare": bare}


def main() -> None:
    """Take the rounds and print the table."""
    count, rounds = (int(one) for one in (*sys.argv[1:], "10", "3")[:2])
    taken = [measure(count) for _ in range(rounds)]
    median = {key: statistics.median(one[key] for one in taken) for key in taken[0]}
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{count} dossiers, {median['documents']:.0f} documents, {rounds} rounds, medians")
    print(f"full build          {median['full']:7.2f} s")
    print(f"bare printing       {median['bare']:7.2f} s   full/bare    "
          f"{statistics.median(one['full'] / one['bare'] for one in taken):.2f}")  # fmt: skip
    print(f"nothing changed     {median['again']:7.2f} s   again/full   "
          f"{statistics.median(one['again'] / one['full'] for one in taken):.3f}")  # fmt: skip
    print(f"one dossier changed {median['changed']:7.2f} s   changed/full "
          f"{statistics.median(one['changed'] / one['full'] for one in taken):.3f}")  # fmt: skip
    print(f"peak memory         {peak:7.0f} MiB")


if __name__ == "__main__":
    main()

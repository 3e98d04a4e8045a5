"""Change a letter in a large portfolio being served; say how long until the browser has it.

    PYTHONPATH=. python bench/serveur.py [DOSSIERS] [ROUNDS]

The clock starts when the file is written and stops when the page that shows the change has been
received over HTTP, the watch included. The index of all dossiers is then asked for once.
"""

from __future__ import annotations

import http.client
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from bench.portfolio import make_portfolio
from dument.kit import open_kit
from dument.serving import Desk, Server, Studio, Watch

DAY = date(2026, 11, 21)
PATIENCE = 60


def ask(server: Server, address: str) -> str:
    """Return a page."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1])
    connection.request("GET", address)
    body = connection.getresponse().read().decode()
    connection.close()
    return body


def open_studio(folder: Path) -> Studio:
    """Open a portfolio whose index is already known: each line is that of the one example."""
    kit = open_kit(folder)
    studio = Studio(kit, kit.case_folders, DAY, lambda fault: fault, lambda name, found: None)
    first = next(iter(studio.shelves))
    entry = studio.made(first).entry
    for name, shelf in studio.shelves.items():
        shelf.entry, shelf.has_entry = replace(entry, nom=name), True
    return studio


def measure(server: Server, studio: Studio, name: str, rank: int) -> tuple[float, float, float]:
    """Change the letter of a dossier; return the seconds to its page, of CPU, to the index."""
    path = studio.shelves[name].folder / "dossier.yaml"
    text = path.read_text(encoding="utf-8")
    known, told = studio.version(name), f"dossier BANC-{rank}"
    started, used = time.perf_counter(), time.process_time()
    reference = text.partition("reference: ")[2].partition("\n")[0]
    path.write_text(text.replace(reference, f"BANC-{rank}", 1), encoding="utf-8")
    studio.wait(name, known, PATIENCE)
    if told not in ask(server, f"/{name}/lettres.html"):
        raise SystemExit("the change is not shown")
    shown, used = time.perf_counter(), time.process_time() - used
    ask(server, "/")
    return shown - started, used, time.perf_counter() - shown


def look_at_files(studio: Studio) -> float:
    """Return the CPU seconds of one look at all files."""
    watch = Watch([one.folder for one in studio.shelves.values()])
    started = time.process_time()
    watch.changed()
    return time.process_time() - started


def main() -> None:
    """Take the rounds on as many dossiers, each opened once before it is changed."""
    count, rounds = (int(one) for one in (*sys.argv[1:], "1000", "9")[:2])
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        make_portfolio(folder, count)
        studio = open_studio(folder)
        server = Server(("127.0.0.1", 0), Desk(studio, str))
        server.watch(Watch([one.folder for one in studio.shelves.values()]), studio)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        taken = []
        for rank, name in enumerate(list(studio.shelves)[:rounds]):
            ask(server, f"/{name}/lettres.html")
            taken.append(measure(server, studio, name, rank))
        look = statistics.median(look_at_files(studio) for _ in range(rounds))
        server.shutdown()
        server.server_close()
    pages, used, indexes = (statistics.median(one) for one in zip(*taken, strict=True))
    print(f"{count} dossiers, {rounds} rounds, medians")
    print(f"one look at all files     {look:6.3f} s of CPU")
    most = max(one for one, _, _ in taken)
    print(f"written to shown          {pages:6.3f} s, at most {most:.3f}; {used:.3f} s of CPU")
    print(f"index of all, then        {indexes:6.3f} s")


if __name__ == "__main__":
    main()

"""Make the pages of a portfolio, and the same words with MkDocs; compare the CPU of each page.

    PYTHONPATH=. python bench/pages.py [DOSSIERS] [ROUNDS] [MKDOCS]

MKDOCS is the program, such as `.venv/bin/mkdocs`; without it only ours is measured. Its pages are
Markdown that holds the words of ours, one paragraph a line and the titles as titles: it is spared
our tables and charts, and makes its search index as we do. Both times are of one process alone.
"""

from __future__ import annotations

import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from html import unescape
from pathlib import Path

from bench.portfolio import make_portfolio
from dument.dossier import Dossier
from dument.kit import open_kit
from dument.pipeline import prepare
from dument.serving.lazily import unmade_files
from dument.workshop import Workshop, open_workshop

DAY = date(2026, 11, 21)
_HIDDEN = re.compile(r"<(script|style|svg|head|nav)\b.*?</\1>", re.DOTALL)
_TITLE = re.compile(r"<h([1-3])[^>]*>(.*?)</h\1>", re.DOTALL)
_END = re.compile(r"</(?:p|li|tr|dd|dt|div|h\d)>")


def as_markdown(page: str) -> str:
    """Return the words of a page as Markdown."""
    shown = _HIDDEN.sub("", page)
    titled = _TITLE.sub(lambda found: f"\n\n{'#' * int(found[1])} {found[2]}\n\n", shown)
    text = unescape(re.sub(r"<[^>]+>", " ", _END.sub("\n\n", titled)))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def ours(workshop: Workshop) -> tuple[float, float, list[tuple[Dossier, dict[str, bytes]]]]:
    """Return the CPU seconds of steps 1 to 6, those of the pages, and the pages."""
    worked, paged, made = 0.0, 0.0, []
    for folder in workshop.kit.case_folders():
        started = time.process_time()
        dossier, found = prepare(workshop, folder, DAY)
        if dossier is None:
            raise SystemExit(str(found))
        known = time.process_time()
        made.append((dossier, workshop.site.pages(dossier, unmade_files(dossier))))
        worked += known - started
        paged += time.process_time() - known
    return worked, paged, made


def theirs(program: str, made: list[tuple[Dossier, dict[str, bytes]]], scratch: Path) -> float:
    """Return the CPU seconds of MkDocs on the same words."""
    (scratch / "mkdocs.yml").write_text("site_name: banc\nuse_directory_urls: false\n")
    for dossier, pages in made:
        for name, content in pages.items():
            if name.endswith(".html"):
                path = scratch / "docs" / dossier.name / name.replace(".html", ".md")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(as_markdown(content.decode()), encoding="utf-8")
    before = _children()
    subprocess.run([program, "build", "-q", "-d", str(scratch / "site")], cwd=scratch, check=True)
    return _children() - before


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Take the rounds and print milliseconds of CPU a page."""
    count, rounds = (int(one) for one in (*sys.argv[1:3], "50", "3")[:2])
    program = sys.argv[3] if len(sys.argv) > 3 else None
    taken = []
    with tempfile.TemporaryDirectory() as scratch:
        make_portfolio(Path(scratch), count)
        workshop, _ = open_workshop(open_kit(Path(scratch)))
        ours(workshop)  # warm
        for _ in range(rounds):
            worked, paged, made = ours(workshop)
            pages = sum(name.endswith(".html") for _, files in made for name in files)
            other = 0.0
            if program:
                with tempfile.TemporaryDirectory() as docs:
                    other = theirs(program, made, Path(docs))
            taken.append([1000 * one / pages for one in (worked, paged, other)])
    worked, paged, other = (statistics.median(one) for one in zip(*taken, strict=True))
    print(f"{count} dossiers, {pages} pages, {rounds} rounds, medians, ms of CPU a page")
    print(f"steps 1 to 6   {worked:7.2f}")
    print(f"our pages      {paged:7.2f}")
    if program:
        print(f"MkDocs         {other:7.2f}")
        print(f"pages/MkDocs   {statistics.median(b / c for _, b, c in taken):7.2f}")
        print(f"all/MkDocs     {statistics.median((a + b) / c for a, b, c in taken):7.2f}")


if __name__ == "__main__":
    main()

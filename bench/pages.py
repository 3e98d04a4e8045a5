"""Make the pages of a portfolio, and the same words with MkDocs and Hugo; compare the CPU a page.

    PYTHONPATH=. python bench/pages.py [DOSSIERS] [ROUNDS] [PROGRAM ...]

A PROGRAM is a path whose name ends in `mkdocs` or `hugo`; without any only ours is measured.
Their pages are Markdown that holds the words of ours, one paragraph a line and the titles as
titles: they are spared our tables and charts. MkDocs makes its search index, as we do; Hugo has
one bare template and makes none. CPU seconds of all threads; Hugo uses every core.
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
BARE = "<!doctype html><title>{{ .Title }}</title><main>{{ .Content }}</main>"
BUILDERS = {  # by program: its words, where its Markdown stands, its index, its other files
    "mkdocs": (
        ("build", "-q", "-d", "made"),
        "docs",
        "index.md",
        {
            # A menu of all pages on each page would cost MkDocs more than the pages.
            "mkdocs.yml": "site_name: banc\nuse_directory_urls: false\nnav: [index.md]\n",
            "docs/index.md": "# Banc\n",
        },
    ),
    "hugo": (
        ("--quiet", "--destination", "made"),
        "content",
        "_index.md",  # with `index.md`, the pages beside it would not be made
        {
            "hugo.toml": 'title = "banc"\ndisableKinds = ["taxonomy", "term", "RSS", "sitemap"]\n',
            "layouts/single.html": BARE,
            "layouts/list.html": BARE,
        },
    ),
}
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


def theirs(program: Path, made: list[tuple[Dossier, dict[str, bytes]]], scratch: Path) -> float:
    """Return the CPU seconds of another program on the same words."""
    command, folder, index, settings = BUILDERS[program.name]
    for name, content in settings.items():
        path = scratch / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    count = 0
    for dossier, pages in made:
        for name, content in pages.items():
            if name.endswith(".html"):
                count += 1
                named = index if name == "index.html" else name.replace(".html", ".md")
                path = scratch / folder / dossier.name / named
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(as_markdown(content.decode()), encoding="utf-8")
    before = _children()
    subprocess.run([program, *command], cwd=scratch, check=True, capture_output=True)
    if len(list((scratch / "made").rglob("*.html"))) < count:
        raise SystemExit(f"{program} made too few pages")
    return _children() - before


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Take the rounds and print milliseconds of CPU a page."""
    count, rounds = (int(one) for one in (*sys.argv[1:3], "50", "3")[:2])
    programs = [Path(one).absolute() for one in sys.argv[3:]]
    taken = []
    with tempfile.TemporaryDirectory() as scratch:
        make_portfolio(Path(scratch), count)
        workshop, _ = open_workshop(open_kit(Path(scratch)))
        for _ in range(rounds):
            worked, paged, made = ours(workshop)
            pages = sum(name.endswith(".html") for _, files in made for name in files)
            others = []
            for program in programs:
                with tempfile.TemporaryDirectory() as place:
                    others.append(theirs(program, made, Path(place)))
            taken.append([1000 * one / pages for one in (worked, paged, *others)])
    names = ["steps 1 to 6", "our pages", *(one.name for one in programs)]
    print(f"{count} dossiers, {pages} pages, {rounds} rounds, medians, ms of CPU a page")
    for rank, name in enumerate(names):
        print(f"{name:14} {statistics.median(one[rank] for one in taken):7.2f}")
    for rank, name in enumerate(names[2:], start=2):
        only = statistics.median(one[1] / one[rank] for one in taken)
        both = statistics.median((one[0] + one[1]) / one[rank] for one in taken)
        print(f"pages/{name} {only:.2f}, steps 1 to 9 but the PDFs/{name} {both:.2f}")


if __name__ == "__main__":
    main()

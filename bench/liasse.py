"""Stamp, merge and index many exhibits, beside pikepdf's bare concatenation of the same files.

    PYTHONPATH=. python bench/liasse.py [EXHIBITS] [ROUNDS]

Three sets of files: the invoices and orders of the examples, which a program printed with its
faces; bare pages of text, each a few hundred bytes; scans. Prints, for each, medians of processor
time, their ratio to the bare concatenation of the same round, and the highest memory of a process
that only binds. The copies of `pieces/`, and where each stamp stands, are timed apart.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
from pikepdf import Dictionary, Name, Pdf
from PIL import Image

from dument.cli.run import rest_collector
from dument.kit import open_kit
from dument.pdf import Part, Press, Stamp, bind, place_stamp, print_stamp
from dument.workshop import open_workshop

ROOT = Path(__file__).resolve().parent.parent
WORDS = b"BT /F 10 Tf 60 %d Td (Bon de livraison, ligne %d, deux palettes livrees) Tj ET\n"
PRINTED = sorted(ROOT.glob("data/exemples/*/pieces/*.pdf"))
Work = Callable[[Sequence[Path], Path], object]


def exhibit(kind: str, number: int, pages: int) -> bytes:
    """Return a PDF of some pages, each with its own content."""
    target = BytesIO()
    with Pdf.new() as pdf:
        for rank in range(pages):
            ADDED[kind](pdf, number, rank)
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def add_print(pdf: Pdf, number: int, rank: int) -> None:
    """Add the first page of an exhibit of the examples, its faces with it."""
    with Pdf.open(PRINTED[(number + rank) % len(PRINTED)]) as printed:
        pdf.pages.append(printed.pages[0])


def add_text(pdf: Pdf, number: int, rank: int) -> None:
    """Add a page of lines in a face that the reader's program brings."""
    face = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    sheet = pdf.add_blank_page(page_size=(595, 842))
    sheet.obj.Resources = Dictionary(Font=Dictionary(F=pdf.make_indirect(face)))
    lines = (WORDS % (780 - 14 * line, number * 100 + rank * 10 + line) for line in range(45))
    sheet.obj.Contents = pdf.make_stream(b"".join(lines))


def add_scan(pdf: Pdf, number: int, rank: int) -> None:
    """Add a page that is one picture."""
    sheet = pdf.add_blank_page(page_size=(595, 842))
    sheet.obj.Resources = Dictionary(XObject=Dictionary(S=scan(pdf, number + rank)))
    sheet.obj.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /S Do Q")


def scan(pdf: Pdf, seed: int, dots: tuple[int, int] = (827, 1169), quality: int = 55) -> object:
    """Return a grey page at 100 dots an inch as a JPEG: noise of paper, some dark lines."""
    noise = random.Random(seed).randbytes(dots[0] * dots[1] // 16)
    grain = Image.frombytes("L", (dots[0] // 4, len(noise) // (dots[0] // 4)), noise, "raw")
    paper = grain.resize(dots).point(lambda dot: 200 + dot // 5)
    for top in range(150, dots[1] - 100, 40):
        paper.paste(30, (90, top, dots[0] - 90, top + 8))
    packed = BytesIO()
    paper.save(packed, "JPEG", quality=quality)
    image = pdf.make_stream(packed.getvalue(), Type=Name.XObject, Subtype=Name.Image)
    image.Width, image.Height = dots
    image.ColorSpace, image.BitsPerComponent, image.Filter = Name.DeviceGray, 8, Name.DCTDecode
    return image


ADDED = {"print": add_print, "text": add_text, "scan": add_scan}


def concatenate(files: Sequence[Path], target: Path) -> None:
    """Merge as pikepdf's manual does."""
    with Pdf.new() as merged:
        for file in files:
            with pikepdf.open(file) as source:
                merged.pages.extend(source.pages)
        merged.save(target)


def binder(press: Press) -> Work:
    """Bind with stamps, page numbers and bookmarks."""

    def bound(files: Sequence[Path], target: Path) -> None:
        parts = [
            Part(f"piece-{number}", f"Pièce n° {number}", file, 1,
                 stamp=Stamp((f"Pièce n° {number}",), 0))
            for number, file in enumerate(files, start=1)
        ]  # fmt: skip
        bind(parts, press, target, title="Liasse")

    return bound


def placer(press: Press) -> Work:
    return lambda files, _: [place_stamp(one.read_bytes(), ["Pièce n° 1"], press) for one in files]


def copier(press: Press) -> Work:
    stamp = Stamp(("Pièce n° 1",), 0)
    return lambda files, _: [print_stamp(one.read_bytes(), stamp, press) for one in files]


def timed(work: Work, files: Sequence[Path], target: Path) -> float:
    started = time.process_time()
    work(files, target)
    return time.process_time() - started


def measure(kind: str, count: int, rounds: int, press: Press, folder: Path) -> None:
    """Print the table of one set of files."""
    files = [folder / f"{kind}-{number:04}.pdf" for number in range(count)]
    for number, file in enumerate(files):
        file.write_bytes(exhibit(kind, number, 1 + number % 3))
    target = folder / "liasse.pdf"
    works = {"bare": concatenate, "bound": binder(press), "places": placer(press),
             "copies": copier(press)}  # fmt: skip
    for work in works.values():
        work(files[:3], target)  # faces and caches
    taken = [{name: timed(work, files, target) for name, work in works.items()}
             for _ in range(rounds)]  # fmt: skip
    weight = sum(file.stat().st_size for file in files) / 1e6
    print(f"{kind}: {count} exhibits, {weight:.1f} MB")
    for name in works:
        median = statistics.median(one[name] for one in taken)
        ratio = statistics.median(one[name] / one["bare"] for one in taken)
        print(f"  {name:8} {median:7.2f} s   {ratio:6.2f}")
    for name in ("bare", "bound"):
        command = [sys.executable, __file__, name, str(folder), kind]
        print(f"  memory, {name}: {subprocess.check_output(command, text=True).strip()} MiB")


def alone(name: str, folder: Path, kind: str) -> None:
    """Bind once in this process, and print its highest memory."""
    work = concatenate if name == "bare" else binder(open_workshop(open_kit(ROOT))[0].press)
    work(sorted(folder.glob(f"{kind}-*.pdf")), folder / "liasse.pdf")
    print(highest_memory())


def highest_memory() -> int:
    """Return the most this process held, in MiB; `ru_maxrss` would count its parent's too."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def main() -> None:
    """Take the rounds and print the tables."""
    if len(sys.argv) == 4:
        alone(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
        return
    rest_collector()  # as the command does
    count, rounds = (int(one) for one in (sys.argv[1:] + ["500", "5"][len(sys.argv) - 1 :]))
    press = open_workshop(open_kit(ROOT))[0].press
    for kind in ADDED:
        with TemporaryDirectory() as name:
            measure(kind, count, rounds, press, Path(name))


if __name__ == "__main__":
    main()

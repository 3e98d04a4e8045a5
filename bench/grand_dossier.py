"""Build a dossier of many heavy scans in a process of its own; say how long and how much memory.

    PYTHONPATH=. python bench/grand_dossier.py [EXHIBITS] [MEGABYTES]

A third of the exhibits are pictures, the others PDFs of one to four pages, under hostile names.
A second dossier holds one broken exhibit in ten: each must be named, and nothing written. Anything
written outside the output stops the run. `TMPDIR` says where the files wait during a build.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
from pikepdf import Dictionary, Name, Pdf
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
DAY = "2026-11-21"
NAMES = (
    "reçu à l’été {}",
    "🧾 facture {}",
    "فاتورة {}",
    "%2e%2e%2f{}",
    "-rf $(x) ; {}",
    "..{}",
    "é" * 120 + "{}",
)
DOTS = (2480, 3508)  # an A4 page at 300 dots an inch
BROKEN = (b"", b"%PDF-1.7 rien", b"<!doctype html><p>404</p>", b"MZ\0\0")
PROGRAM = """
import sys
from pathlib import Path
from dument.cli import main
try:
    main(sys.argv[1:], prog_name="dument")
finally:
    print(int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) // 1024)
"""


def scan(seed: int, weight: int) -> bytes:
    """Return a noisy grey page as a JPEG of about a weight in bytes."""
    noise = Image.frombytes("L", DOTS, random.Random(seed).randbytes(DOTS[0] * DOTS[1]))
    packed = BytesIO()
    noise.save(packed, "JPEG", quality=max(5, min(90, weight // 100_000)))
    return packed.getvalue()


def pdf_of(pages: list[bytes]) -> bytes:
    """Return a PDF of scanned pages."""
    target = BytesIO()
    with Pdf.new() as pdf:
        for page in pages:
            sheet = pdf.add_blank_page(page_size=(595, 842))
            image = pdf.make_stream(page, Type=Name.XObject, Subtype=Name.Image)
            image.Width, image.Height = DOTS
            image.ColorSpace, image.BitsPerComponent = Name.DeviceGray, 8
            image.Filter = Name.DCTDecode
            sheet.obj.Resources = Dictionary(XObject=Dictionary(S=image))
            sheet.obj.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /S Do Q")
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def contents(count: int, weight: int) -> Iterator[tuple[str, bytes]]:
    """Yield the ending and the bytes of each exhibit, all different, all about a weight."""
    shared = [scan(seed, weight // pages) for seed, pages in enumerate((1, 2, 3, 4))]
    for number in range(count):
        mark = b"\xff\xfe\x00\x08%06d" % number  # a comment of the JPEG
        marked = [one[:2] + mark + one[2:] for one in shared]
        pages = number % 4
        if number % 3 == 0:
            yield ".jpg", marked[0]
        else:
            yield ".pdf", pdf_of([marked[pages]] * (pages + 1) if pages else marked[:1])


def lay(project: Path, name: str, count: int, weight: int, *, is_broken: bool) -> int:
    """Write a dossier; return the bytes of its exhibits."""
    folder = project / "data/dossiers" / name
    (folder / "pieces").mkdir(parents=True)
    text = (ROOT / "tests/casses/_bon.yaml").read_text(encoding="utf-8")
    lines, total = [], 0
    for number, (ending, content) in enumerate(contents(count, weight)):
        file = NAMES[number % len(NAMES)].format(number) + ending
        if is_broken and number % 10 == 0:
            content = BROKEN[number // 10 % len(BROKEN)]
        total += (folder / "pieces" / file).write_bytes(content)
        path = json.dumps(f"pieces/{file}", ensure_ascii=False)
        lines.append(f"  - {{id: p{number}, titre: Scan {number}, fichier: {path}}}\n")
    (folder / "pieces/facture.pdf").write_bytes(pdf_of([scan(99, 10_000)]))
    head, mark, tail = text.partition("pieces:\n")
    (folder / "dossier.yaml").write_text(f"{head}{mark}{''.join(lines)}{tail}", encoding="utf-8")
    return total


def built(project: Path, name: str) -> tuple[int, float, int, list[str]]:
    """Build a dossier; return its exit code, seconds, MiB at the highest, and what it said."""
    command = [sys.executable, "-c", PROGRAM, "build", name, "--date", DAY]
    started = time.perf_counter()
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - started
    return done.returncode, seconds, int(done.stdout.split()[-1]), done.stderr.splitlines()


def outside(project: Path) -> set[str]:
    """Return the files of a project that are not its outputs."""
    names = (one.relative_to(project).as_posix() for one in project.rglob("*") if one.is_file())
    return {name for name in names if not name.startswith("sortie/")}


def main() -> None:
    """Build both dossiers and print what was seen."""
    count, megabytes = (int(one) for one in (sys.argv[1:] + ["300", "2000"][len(sys.argv) - 1 :]))
    with TemporaryDirectory() as name:
        project = Path(name)
        (project / "dument.yaml").touch()
        (project / "data/parties").mkdir(parents=True)
        party = ROOT / "tests/casses/_lumen.yaml"
        (project / "data/parties/lumen.yaml").write_bytes(party.read_bytes())
        weight = megabytes * 1_000_000 // count
        total = lay(project, "grand", count, weight, is_broken=False)
        lay(project, "casse", count // 5, weight // 20, is_broken=True)
        before = outside(project)
        code, seconds, memory, said = built(project, "grand")
        print(
            f"{count} exhibits, {total / 1e6:.0f} MB: exit {code}, {seconds:.0f} s, {memory} MiB"
        )
        print("\n".join(said[-3:]))
        with pikepdf.open(project / "sortie/grand/liasse.pdf") as pdf:
            bundle = (project / "sortie/grand/liasse.pdf").stat().st_size
            print(f"bundle: {len(pdf.pages)} pages, {bundle / 1e6:.0f} MB")
        code, seconds, memory, said = built(project, "casse")
        named = sum("[piece/" in line and "erreur" in line for line in said)
        wanted = len(range(0, count // 5, 10))
        print(f"broken: exit {code}, {seconds:.1f} s, {named} of {wanted} named")
        if outside(project) != before or (project / "sortie/casse").exists():
            sys.exit("something was written where nothing should be")


if __name__ == "__main__":
    main()

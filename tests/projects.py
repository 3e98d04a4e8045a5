"""A sound project of one dossier, to build, break or build beside others."""

from __future__ import annotations

import shutil
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
from click.testing import CliRunner, Result
from PIL import Image

from dument.cli import main

CASES = Path(__file__).parent / "casses"
CASE_FILE = "data/dossiers/bon/dossier.yaml"


@cache
def blank_pdf(*, password: str | None = None) -> bytes:
    """Return a PDF of one page, locked when a password is given."""
    target = BytesIO()
    with pikepdf.Pdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        lock = pikepdf.Encryption(owner=password, user=password) if password else None
        pdf.save(target, encryption=lock or False, static_id=not password)
    return target.getvalue()


def picture(kind: str, size: tuple[int, int] = (60, 40)) -> bytes:
    """Return a picture of one colour."""
    target = BytesIO()
    Image.new("1" if kind == "PNG" else "RGB", size).save(target, kind)
    return target.getvalue()


def lay_project(project: Path, name: str = "bon") -> Path:
    """Lay a sound dossier in a project, and return the dossier's folder."""
    folder = project / "data/dossiers" / name
    (folder / "pieces").mkdir(parents=True)
    (project / "data/parties").mkdir(exist_ok=True)
    (project / "dument.yaml").touch()
    shutil.copy(CASES / "_bon.yaml", folder / "dossier.yaml")
    shutil.copy(CASES / "_lumen.yaml", project / "data/parties/lumen.yaml")
    (folder / "pieces/facture.pdf").write_bytes(blank_pdf())
    return folder


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return every file of a folder with its bytes and its time."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def dument_says(project: Path, *arguments: str) -> Result:
    """Run the command in a project, in this process."""
    return CliRunner().invoke(
        main, ["-f", str(project / "dument.yaml"), *arguments], prog_name="dument"
    )

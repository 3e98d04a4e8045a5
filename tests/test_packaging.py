"""What is shipped is what git keeps: the engine and its kit, and nobody's private files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path, PurePosixPath

import pytest

KIT = ("letters", "legal", "site", "data/exemples")
PRIVATE = (
    "data/dossiers/x/dossier.yaml",
    "data/dossiers/x/secret.txt",
    "dument/__pycache__/money.cpython-311.pyc",
    "legal/.pytest_cache/secret.txt",
    "mes-factures/secret.txt",
    "sortie/x/index.html",
)


@pytest.fixture(scope="module")
def tracked(root) -> list[str]:
    """The files git keeps, as they are on the disk now."""
    if shutil.which("git") is None or not (root / ".git").exists():
        pytest.skip("not a clone, or no git")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True, text=True
    )
    return [name for name in listed.stdout.split("\0") if name and (root / name).is_file()]


@pytest.fixture(scope="module")
def clone(root, tracked, tmp_path_factory) -> Path:
    """A clone in which someone has worked: private and generated files lie about."""
    clone = tmp_path_factory.mktemp("clone")
    for name in tracked:
        (clone / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(root / name, clone / name)
    for name in PRIVATE:
        (clone / name).parent.mkdir(parents=True, exist_ok=True)
        (clone / name).write_text("private")
    return clone


@pytest.fixture(scope="module")
def wheel(clone, tmp_path_factory) -> Path:
    return build("wheel", clone, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(clone, tmp_path_factory) -> Path:
    return build("sdist", clone, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """The wheel laid out as `pip install` lays it, in a folder with a space and an accent."""
    folder = tmp_path_factory.mktemp("installé ici")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def build(kind: str, source: Path, folder: Path) -> Path:
    """Build without isolation: nothing is fetched."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (made,) = folder.iterdir()
    return made


def members(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def run(installed: Path, folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(installed), "PYTHONUTF8": "1"},
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_holds_what_git_keeps_and_nothing_else(wheel, tracked):
    expected = {name for name in tracked if name.startswith("dument/")}
    expected |= {
        f"dument/_kit/{name}" for name in tracked if name.startswith(tuple(f"{k}/" for k in KIT))
    }
    assert members(wheel) == expected


def test_no_private_file_is_ever_shipped(wheel, sdist):
    with tarfile.open(sdist) as archive:
        shipped = [PurePosixPath(*PurePosixPath(name).parts[1:]) for name in archive.getnames()]
    assert not {str(name) for name in shipped} & set(PRIVATE)
    assert not [name for name in members(wheel) if "secret" in name or "__pycache__" in name]


def test_the_wheel_made_from_the_sdist_is_the_same(wheel, sdist, tmp_path):
    with tarfile.open(sdist) as archive:
        safely = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # from 3.11.4 on
        archive.extractall(tmp_path / "sdist", **safely)
    (source,) = (tmp_path / "sdist").iterdir()
    again = build("wheel", source, tmp_path / "wheel")
    assert again.read_bytes() == wheel.read_bytes()


def test_the_wheel_installs_the_command(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith("/entry_points.txt")]
        assert "dument = dument.cli:main" in archive.read(name).decode()


def test_the_installed_engine_answers_from_any_folder(installed, tmp_path, root):
    place = run(installed, tmp_path, "-c", "import dument; print(dument.__file__)")
    assert Path(place.strip()).is_relative_to(installed)
    version = run(installed, tmp_path, "-m", "dument", "--version")
    assert run(installed, tmp_path, "-c", "import dument; print(dument.__version__)") in version
    assert '"properties"' in run(installed, tmp_path, "-m", "dument", "schema")


def test_nothing_is_installed_that_has_no_hash(root):
    lines = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith((" ", "#"))]
    assert pins
    assert not [pin for pin in pins if "==" not in pin or not pin.endswith("\\")]


def test_the_constraints_name_no_place(root):
    text = (root / "constraints.txt").read_text(encoding="utf-8")
    assert not [mark for mark in ("://", "--index", "--find-links", "file:", "@ ") if mark in text]


def test_every_requirement_is_pinned(root):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["test"]
    pinned = (root / "constraints.txt").read_text(encoding="utf-8")
    names = [requirement.split(">")[0].split("=")[0].strip() for requirement in wanted]
    assert [name for name in names if f"\n{name}==" not in pinned] == []

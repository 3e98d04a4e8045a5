"""Released versions never change: the list holds their bytes; a kit that differs is refused."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from dument.kit import PROJECT_FILE, Kit
from dument.letters import read_kinds
from dument.letters.releases import RELEASES
from maintenance.versions import main, release
from tests.examples import ROOT

LETTERS = ROOT / "letters"


@pytest.fixture
def kit(tmp_path) -> Kit:
    """A kit of one released letter, and an empty project beside it."""
    folder = tmp_path / "kit/letters/essai"
    folder.mkdir(parents=True)
    write_version(folder, 1)
    release(folder.parent)
    (tmp_path / "projet").mkdir()
    (tmp_path / "projet" / PROJECT_FILE).touch()
    return Kit(tmp_path / "kit", tmp_path / "projet")


def write_version(folder: Path, number: int, body: str = "Bonjour.") -> Path:
    """Write a version of the kind that the folder is named after."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"v{number}.md"
    head = f"modele: {folder.name}\nversion: {number}\ntitre: Essai\nregimes: [professionnel]\n"
    head += "en_vigueur_du: 2020-01-01\n"
    path.write_text(f"---\n{head}---\n{body}\n", encoding="utf-8")
    return path


def test_each_released_version_of_the_kit_is_what_it_was():
    lines = (LETTERS / RELEASES).read_text("utf-8").splitlines()
    changed = []
    for line in lines:
        digest, _, name = line.partition("  ")
        if hashlib.sha256((LETTERS / name).read_bytes()).hexdigest() != digest:
            changed.append(name)
    assert changed == []


def test_a_released_version_is_known_as_such_and_another_as_not(kit):
    write_version(kit.base / "letters/essai", 2)
    kinds, found = read_kinds(kit)
    assert found == []
    assert [one.is_released for one in kinds.versions["essai"]] == [True, False]


@pytest.mark.parametrize("body", ["Bonjour !", None])
def test_a_released_version_that_changed_or_went_is_refused_at_its_line(kit, body):
    path = kit.base / "letters/essai/v1.md"
    write_version(path.parent, 1, body) if body else path.unlink()
    _, found = read_kinds(kit)
    assert [one.id for one in found] == ["lettre/version-changee"]
    assert found[0].fails()
    assert str(found[0].position) == f"letters/{RELEASES}:1:1"


def test_a_line_that_is_no_fingerprint_is_refused(kit):
    with (kit.base / "letters" / RELEASES).open("a", encoding="utf-8") as listed:
        listed.write("abc  essai/v1.md\n")
    assert [one.id for one in read_kinds(kit)[1]] == ["lettre/empreintes"]


def test_a_project_lays_its_own_version_over_a_released_one(kit):
    write_version(kit.root / "letters/essai", 1, "Salut.")
    write_version(kit.root / "letters/maison", 1)
    kinds, found = read_kinds(kit)
    assert found == []
    assert not kinds.versions["essai"][0].is_released
    assert "maison" in kinds.versions


def test_a_project_that_keeps_a_list_is_held_to_it(kit):
    own = kit.root / "letters"
    write_version(own / "maison", 1)
    release(own)
    assert read_kinds(kit)[1] == []
    write_version(own / "maison", 1, "Autre chose.")
    assert [one.id for one in read_kinds(kit)[1]] == ["lettre/version-changee"]


def test_releasing_adds_the_new_versions_by_number(kit):
    folder = kit.base / "letters/essai"
    for number in (2, 10):
        write_version(folder, number)
    added, broken = release(folder.parent)
    names = [
        line.split()[1] for line in (folder.parent / RELEASES).read_text("utf-8").splitlines()
    ]
    assert names == ["essai/v1.md", "essai/v2.md", "essai/v10.md"]
    assert ([line.split()[1] for line in added], broken) == (names[1:], [])


def test_releasing_over_a_changed_version_writes_nothing(kit, capsys):
    listed = kit.base / "letters" / RELEASES
    before = listed.read_bytes()
    write_version(kit.base / "letters/essai", 1, "Changée.")
    write_version(kit.base / "letters/essai", 2)
    assert main([str(listed.parent)]) == 1
    assert "essai/v1.md" in capsys.readouterr().out
    assert listed.read_bytes() == before


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum here")
def test_the_list_is_what_sha256sum_reads(kit):
    folder = kit.base / "letters"
    command = ["sha256sum", "--check", "--strict", "--status", RELEASES]
    assert subprocess.run(command, cwd=folder, check=False).returncode == 0
    write_version(folder / "essai", 1, "Changée.")
    assert subprocess.run(command, cwd=folder, check=False).returncode == 1

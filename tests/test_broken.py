"""Broken dossiers (`tests/casses/`): each fault said in French at its place, nothing harmed."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import Result

import dument.cli.run
from dument.kit import Kit
from dument.workshop import open_workshop
from tests.projects import (
    CASE_FILE,
    CASES,
    blank_pdf,
    dument_says,
    lay_project,
    picture,
    snapshot,
)

FINDING = re.compile(r"(?:(.+?):(\d+):(\d+): )?erreur : (.*) \[([^\]]*)\]")
HINT = "  aide : "


KINDS = {
    "<vide>": lambda: b"",
    "<pdf>": blank_pdf,
    "<pdf tronqué>": lambda: blank_pdf()[:-200],
    "<pdf chiffré>": lambda: blank_pdf(password="secret"),
    "<pdf sans page>": lambda: (
        blank_pdf().replace(b"/Count 1", b"/Count 0").replace(b"3 0 R", b"")
    ),
    "<html>": lambda: b"<!DOCTYPE html><html><body>Facture</body></html>",
    "<jpeg coupé>": lambda: picture("JPEG", (400, 400))[:700],
    "<png>": lambda: picture("PNG"),
    "<png démesuré>": lambda: picture("PNG", (20_000, 20_000)),
}


def all_cases() -> list[Any]:
    """Read every case of every file, named after both."""
    return [
        pytest.param(case, id=f"{path.stem}: {case['nom']}")
        for path in sorted(CASES.glob("[a-z]*.yaml"))
        for case in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    ]


def break_project(project: Path, case: dict[str, Any]) -> None:
    """Break a sound project as a case says."""
    text = case.get("dossier", (CASES / "_bon.yaml").read_text(encoding="utf-8"))
    for change in case.get("changer", []):
        assert text.count(change["de"]) == 1, f"« {change['de']} » n’est pas une seule fois là"
        text = text.replace(change["de"], change["en"])
    text = (text + case.get("ajouter", "")) * int(case.get("repeter", 1))
    text = text.replace("\n", case.get("fins_de_ligne", "\n"))
    (project / CASE_FILE).write_bytes(text.encode(case.get("encodage", "utf-8")))
    for name, content in case.get("fichiers", {}).items():
        base = project if name.startswith("/") else (project / CASE_FILE).parent
        lay_file(base / name.removeprefix("/"), content)


def lay_file(path: Path, content: str) -> None:
    """Write a file, or what stands in its place."""
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    if content == "<absent>":
        return
    if content == "<dossier>":
        path.mkdir()
    elif content.startswith("<lien vers "):
        path.symlink_to(content.removeprefix("<lien vers ").removesuffix(">"))
    else:
        path.write_bytes(KINDS[content]() if content in KINDS else content.encode())


def run(project: Path, *options: str) -> Result:
    """Run `dument build` on the project's dossier."""
    return dument_says(project, "build", "bon", "--date", "2026-11-21", *options)


@pytest.fixture(scope="module")
def sound_project(tmp_path_factory) -> Path:
    """The sound project, built once."""
    project = tmp_path_factory.mktemp("sain") / "projet"
    lay_project(project)
    result = run(project)
    assert result.exit_code == 0, result.stderr
    return project


@pytest.fixture(scope="module")
def kit_workshop(sound_project):
    """The workshop of a project that overrides nothing: the same for all."""
    workshop, found = open_workshop(Kit(Path(__file__).parent.parent, sound_project))
    assert found == []
    return workshop


@pytest.fixture
def project(sound_project, tmp_path, monkeypatch, kit_workshop) -> Path:
    """A copy of the sound project and its output; its kit is opened only when it has its own."""
    copy = tmp_path / "projet"
    shutil.copytree(sound_project, copy)

    def opened(kit: Kit) -> Any:
        own = any((copy / folder).exists() for folder in ("letters", "legal", "site"))
        return open_workshop(kit) if own else (replace(kit_workshop, kit=kit), [])

    monkeypatch.setattr(dument.cli.run, "open_workshop", opened)
    return copy


def errors_said(said: str) -> list[dict[str, Any]]:
    """Return the errors of a run as a case words them."""
    found: list[dict[str, Any]] = []
    for line in said.splitlines():
        match = FINDING.fullmatch(line)
        if match:
            file, row, column, message, id = match.groups()
            place = {
                "fichier": file or "aucun",
                "ligne": int(row or 0),
                "colonne": int(column or 0),
            }
            found.append({"id": id, **place, "message": message, "aide": ""})
        elif line.startswith(HINT) and found:
            found[-1]["aide"] = line.removeprefix(HINT)
    return found


def place_of(error: dict[str, Any]) -> tuple[Any, ...]:
    """Return what names an error: its id and its place."""
    file = error.get("fichier", CASE_FILE)
    return error["id"], file, int(error.get("ligne", 0)), int(error.get("colonne", 0))


def test_the_sound_dossier_is_sound(sound_project):
    assert (sound_project / "sortie/bon/liasse.pdf").is_file()


def test_there_are_at_least_seventy_broken_dossiers():
    assert len(all_cases()) >= 70


@pytest.mark.parametrize("case", all_cases())
def test_a_broken_dossier_is_explained_and_harms_nothing(project, case):
    before = snapshot(project / "sortie")
    break_project(project, case)
    result = run(project, *case.get("options", []))
    said = result.stderr
    found = errors_said(said)
    assert isinstance(result.exception, SystemExit), result.exception
    assert [place_of(one) for one in found] == [place_of(one) for one in case["attendu"]], said
    for one, expected in zip(found, case["attendu"], strict=True):
        assert expected["message"] in one["message"]
        assert expected.get("aide", "") in one["aide"]
    assert (result.exit_code, "Traceback" in said) == (int(case.get("code", 1)), False)
    assert snapshot(project / "sortie") == before

"""A project sets the level of a check in its `dument.yaml`, and what it may not set is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from dument.diagnostics import Level
from dument.kit import PROJECT_FILE, Kit
from dument.law import Law, read_law
from tests.examples import ROOT, workshop

BEFORE = workshop(ROOT).law.mentions


def law_of(project: Path, settings: str) -> tuple[Law, list[str]]:
    (project / PROJECT_FILE).write_text(settings, encoding="utf-8")
    law, found = read_law(Kit(ROOT, project))
    return law, [str(one.id) for one in found]


@pytest.mark.parametrize(
    ("rule", "level"), [("REL-004", "info"), ("MED-003", "erreur"), ("REL-005", "avertissement")]
)
def test_a_level_that_protects_nothing_may_be_set(tmp_path, rule, level):
    law, found = law_of(tmp_path, f"controles:\n  {rule}: {level}\n")
    assert found == []
    assert BEFORE[rule].level != level
    assert law.mentions[rule].level == level


def test_other_rules_keep_their_level(tmp_path):
    law, _ = law_of(tmp_path, "controles: {REL-004: info}\n")
    others = {id: one.level for id, one in law.mentions.items() if id != "REL-004"}
    assert others == {id: one.level for id, one in BEFORE.items() if id != "REL-004"}


@pytest.mark.parametrize("level", ["avertissement", "info"])
def test_what_blocks_is_not_lowered_for_a_whole_project(tmp_path, level):
    law, found = law_of(tmp_path, f"controles: {{PEN-005: {level}}}\n")
    assert found == ["droit/gravite-protegee"]
    assert law.mentions["PEN-005"].level is Level.ERROR


@pytest.mark.parametrize(
    ("settings", "id"),
    [
        ("controles: {REL-0O4: info}\n", "droit/controle-inconnu"),
        ("controles: {REL-004: grave}\n", "droit/gravite-inconnue"),
        ("controles: {REL-004: }\n", "droit/gravite-inconnue"),
    ],
)
def test_what_means_nothing_is_an_error_at_its_place(tmp_path, settings, id):
    (tmp_path / PROJECT_FILE).write_text(settings, encoding="utf-8")
    _, (fault,) = read_law(Kit(ROOT, tmp_path))
    assert fault.id == id
    assert (fault.position.file, fault.position.line) == (PROJECT_FILE, 1)


@pytest.mark.parametrize("settings", ["", "# un mot\n", "autre: chose\n", "controles:\n"])
def test_a_project_that_sets_nothing_changes_nothing(tmp_path, settings):
    law, found = law_of(tmp_path, settings)
    assert found == []
    assert law.mentions == BEFORE

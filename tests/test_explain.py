"""`dument explain`: the whole décompte, or one figure down to the line it was typed on."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import Result

from tests.projects import dument_says, lay_project
from tests.test_derivation import read, recomputed

DAY = ("--date", "2026-11-21")


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("projet")
    lay_project(path)
    return path


def explained(project: Path, *words: str) -> Result:
    return dument_says(project, "explain", "bon", *words, *DAY)


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_a_figure_is_explained_down_to_the_line_of_the_file(project):
    said = plain(explained(project, "decompte.total").stdout)
    written = (project / "data/dossiers/bon/dossier.yaml").read_text(encoding="utf-8")
    line = next(rank for rank, text in enumerate(written.splitlines(), 1) if "ttc:" in text)
    assert f"saisi dans data/dossiers/bon/dossier.yaml:{line}:" in said
    assert "Total dû = 959,65 € + 62,60 € + 40,00 €" in said


def test_a_line_says_its_rule_its_article_and_its_dated_values(project):
    said = plain(explained(project, "decompte.lignes.1").stdout)
    assert "1 440,00 € × 12,15 % × 41 jours ÷ 365, arrondi au centime" in said
    assert "article L. 441-10 du code de commerce" in said
    assert "du 1er janvier 2026 au 30 juin 2026, vérifié" in said


def test_what_was_told_is_not_told_twice(project):
    said = explained(project, "decompte.total").stdout
    assert said.count("× 12,15\u00a0% × 41") == 1
    assert "(expliqué plus haut)" in said


@pytest.mark.parametrize("words", [(), ("decompte.total",), ("decompte.par_jour",)])
def test_no_line_is_too_wide_for_a_terminal(project, words):
    lines = explained(project, *words).stdout.splitlines()
    wide = [line for line in lines if len(line) > 100 and "https:" not in line]
    assert wide == []


def test_how_sure_a_value_is_is_said_in_french(project):
    said = explained(project).stdout
    assert "vérifié" in said
    assert not any(slug in said for slug in ("verifie", "a-verifier"))


@pytest.mark.parametrize(
    ("wrong", "near"),
    [
        ("decompte.totl", "decompte.total"),
        ("DECOMPTE.TOTAL", "decompte.total"),
        ("decompte.ligne.1", "decompte.lignes.1"),
    ],
)
def test_an_unknown_name_proposes_the_nearest(project, wrong, near):
    result = explained(project, wrong)
    assert result.exit_code == 2
    assert f"« {wrong} » : vouliez-vous dire « {near} » ?" in result.stderr


def test_a_name_like_no_other_lists_some_that_exist(project):
    assert "il y a decompte." in explained(project, "zzzz").stderr


def test_one_figure_as_json_recomputes_alone(project):
    said = json.loads(explained(project, "decompte.total", "--format", "json").stdout)
    figures = said["calculs"]
    assert recomputed(figures)[said["nom"]] == read(figures[said["nom"]]) == Decimal("1062.25")


def test_a_figure_as_json_holds_what_it_is_made_of_and_nothing_else(project):
    said = json.loads(explained(project, "decompte.indemnites", "--format", "json").stdout)
    assert all(
        name.startswith(("decompte.indemnites", "droit.indemnite")) for name in said["calculs"]
    )


def test_an_input_as_json_holds_its_place(project):
    said = json.loads(explained(project, "decompte.total", "--format", "json").stdout)
    place = said["calculs"]["paiements.1"]["saisie"]
    assert (place["nom"], place["ligne"] > 1, place["colonne"] > 1) == ("dossier.yaml", True, True)


@pytest.mark.parametrize("name", ["lettres.1.total", "lettres.1.date_limite"])
def test_a_letter_has_its_own_figures(project, name):
    assert explained(project, name).stdout.startswith(f"{name} : ")

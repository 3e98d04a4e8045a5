"""A project adds a version and a kind without touching the engine; what changes is told."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from dument.revisions import Change, Revision, changed_sentences, revision_lines, sentences
from tests.examples import ROOT
from tests.projects import dument_says, lay_project

RELANCE = ROOT / "letters/relance-amiable/v1.md"
DIFFICULTY = "Si une difficulté ou un désaccord"
OWN = """\
---
modele: lettre-maison
version: 1
titre: Lettre de la maison
en_vigueur_du: 2020-01-01
regimes: [professionnel]
canal: [courriel]
requiert: [debiteur.courriel]
courriel: Bonjour.
changements: Première version.
---
Bonjour.
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A project with a second version of a kit's letter, and a letter of its own."""
    folder = tmp_path_factory.mktemp("projet")
    lay_project(folder)
    (folder / "letters/relance-amiable").mkdir(parents=True)
    (folder / "letters/lettre-maison").mkdir()
    first = RELANCE.read_text("utf-8")
    assert DIFFICULTY in first
    second = first.replace("version: 1", "version: 2").replace(DIFFICULTY, "Si un désaccord")
    (folder / "letters/relance-amiable/v2.md").write_text(second, "utf-8")
    (folder / "letters/lettre-maison/v1.md").write_text(OWN, "utf-8")
    return folder


@pytest.fixture(scope="module")
def told(project) -> str:
    """What is said of two versions, the project's own dossier included."""
    return dument_says(project, "diff", "relance-amiable", "1", "2", "--all").stdout


def test_a_text_is_cut_at_its_sentences_and_lines():
    text = "Réglez 12,00 € (art.\u00a05). M.\u00a0Roux l’a dit ! « Soit. » Merci…\n"
    text += "Total : 3. 4 jours."
    assert sentences(text) == [
        "Réglez 12,00 € (art.\u00a05).",
        "M.\u00a0Roux l’a dit !",
        "« Soit. » Merci…",
        "Total : 3.",
        "4 jours.",
    ]


def test_only_the_sentences_that_change_are_told():
    changes = list(changed_sentences("Un. Deux. Trois.", "Un. 2. Trois. Quatre."))
    assert changes == [Change(("Deux.",), ("2.",)), Change((), ("Quatre.",))]


def test_the_last_two_versions_are_compared_in_every_example_that_sends_them(project):
    said = dument_says(project, "diff", "relance-amiable", "--format", "json")
    assert said.exit_code == 0
    found = {one["dossier"]: one for one in json.loads(said.stdout)}
    assert "bon" not in found
    one = found["garage-tilleul"]
    assert (one["lettre"], one["le"]) == (1, "2026-04-15")
    assert [len(change["avant"]) for change in one["changements"]] == [1, 1]
    change = one["changements"][0]
    assert change["avant"][0].startswith(DIFFICULTY)
    assert change["apres"][0].startswith("Si un désaccord")


def test_the_text_of_a_diff_shows_what_goes_and_what_comes(told):
    lines = told.splitlines()
    place = lines.index("garage-tilleul, lettre 1 du 15/04/2026")
    assert lines[place + 1].startswith(f"  - {DIFFICULTY}")
    assert lines[place + 2].startswith("  + Si un désaccord")


def test_the_dossiers_of_the_project_are_compared_when_asked(told):
    assert "bon, lettre 1 du " in told


def test_a_letter_that_stays_the_same_says_so():
    text = "Réglez. Merci."
    same = Revision("garage-tilleul", 1, date(2026, 4, 15), tuple(changed_sentences(text, text)))
    assert list(revision_lines([same]))[1:] == ["  aucune phrase ne change"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("diff", "lettre-maison"), "n’a qu’une version"),
        (("diff", "relance-amiable", "1", "9"), "pas de version 9"),
        (("diff", "relence"), "n’existe pas"),
        (("letters", "relence"), "n’existe pas"),
    ],
)
def test_what_cannot_be_shown_is_said_without_a_traceback(project, arguments, message):
    said = dument_says(project, *arguments)
    assert said.exit_code == 1
    assert message in said.output


def test_letters_lists_every_version_with_its_state(project):
    lines = dument_says(project, "letters").stdout.splitlines()
    rows = [re.split(r" {2,}", line) for line in lines]
    states = {(kind, number): state for kind, number, _, state, _ in rows}
    assert states[("lettre-maison", "v1")] == states[("relance-amiable", "v2")] == "du projet"
    assert states[("relance-amiable", "v1")] in ("en préparation", "publiée")


def test_letters_tells_all_that_a_kind_asks_for(project):
    said = dument_says(project, "letters", "lettre-maison", "--format", "json")
    assert json.loads(said.stdout) == [
        {
            "modele": "lettre-maison",
            "titre": "Lettre de la maison",
            "versions": [
                {
                    "version": 1,
                    "etat": "du projet",
                    "en_vigueur_du": "2020-01-01",
                    "en_vigueur_au": None,
                    "regimes": ["professionnel"],
                    "canaux": ["courriel"],
                    "papier": "lettre",
                    "messages": ["courriel"],
                    "requiert": ["debiteur.courriel", "debiteur.adresse.voie"],
                    "annonce": [],
                    "annexes": [],
                    "articles": [],
                    "mentions": [],
                    "changements": "Première version.",
                    "fichier": "letters/lettre-maison/v1.md",
                }
            ],
        }
    ]
    text = dument_says(project, "letters", "relance-amiable").output
    assert "relance-amiable v2 : " in text
    assert "mise-en-demeure" in text

"""The page on writing letters says what the engine knows: keys, variables, files."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

from dument.case import Case
from dument.kit import PROJECT_FILE, Kit
from dument.ledger import draw_up
from dument.letters import read_kinds
from dument.letters.channels import letter_files
from dument.letters.context import letter_context
from dument.letters.kinds import CLAIMABLE, KEYS, NOT_YET_DUE, PAPERS
from dument.schema import KEYS as CASE_KEYS
from tests.examples import ROOT, workshop, written_example

PAGE = (ROOT / "docs/modeles.md").read_text(encoding="utf-8")
NOTICE = 2


def section(title: str) -> str:
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def named(text: str) -> set[str]:
    """Return every word that a passage sets in code."""
    return set(re.findall(r"`([a-z_]+)`", text))


def paragraph(name: str) -> set[str]:
    found = re.search(rf"^\*\*`{name}`\*\* : (.*?)\n\n", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None
    return named(found[1])


@cache
def context() -> dict[str, Any]:
    """Return the variables of a letter of an example."""
    seen, writer = written_example("garage-tilleul"), workshop(ROOT).writer
    on = seen.case.letters[NOTICE - 1].on
    statement, _ = draw_up(seen.case, seen.law, on, seen.places.root)
    subject = writer.subject(seen.case, seen.law, statement, NOTICE)
    version = writer.kinds.choose(subject.request)
    return letter_context(subject, writer.kinds, [], version)


def test_each_key_of_the_front_matter_has_its_row():
    rows = re.findall(r"^\| ((?:`[a-z_]+`(?:, )?)+) \|", section("L’en-tête"), re.MULTILINE)
    assert named(" ".join(rows)) == KEYS


@pytest.mark.parametrize("words", [PAPERS, [*CLAIMABLE, NOT_YET_DUE]])
def test_each_word_that_a_key_admits_is_told(words):
    assert set(words) <= named(section("L’en-tête"))


def test_each_variable_that_is_no_key_of_the_case_has_its_row():
    own = {key.name for key in CASE_KEYS[Case].values()}
    given = {name for name, value in context().items() if not callable(value)} - own
    rows = re.findall(r"^\| ((?:`[a-z_]+`(?:, )?)+) \|", PAGE, re.MULTILINE)
    assert given <= named(" ".join(rows))


@pytest.mark.parametrize("name", ["lettre", "decompte"])
def test_each_part_of_a_variable_is_told(name):
    assert set(context()[name]) <= paragraph(name)


def test_each_part_of_the_decompte_that_is_told_exists():
    assert paragraph("decompte") <= set(context()["decompte"])


def test_each_form_of_a_letter_is_told():
    letter, case = (
        written_example("garage-tilleul").letters[0],
        written_example("garage-tilleul").case,
    )
    endings = [name.partition(".")[2] for name in letter_files(letter, case).values()]
    assert len(endings) == 4
    assert not [one for one in endings if f"`lettres/….{one}`" not in PAGE]


def test_the_first_letter_of_the_page_is_a_letter(tmp_path):
    (tmp_path / PROJECT_FILE).touch()
    (tmp_path / "letters/rappel-maison").mkdir(parents=True)
    text = re.search(r"```markdown\n(.*?)```", PAGE, re.DOTALL)[1]
    (tmp_path / "letters/rappel-maison/v1.md").write_text(text, encoding="utf-8")
    kit = Kit(workshop(ROOT).kit.base, tmp_path)
    kinds, found = read_kinds(kit)
    assert found == []
    seen = written_example("garage-tilleul")
    request = seen.case.letters[0].model_copy(update={"kind": "rappel-maison"})
    case = seen.case.model_copy(update={"letters": (request,)})
    writer = type(workshop(ROOT).writer)(kit, kinds)
    statement, _ = draw_up(case, seen.law, request.on, seen.places.root)
    letter, found = writer.write(case, seen.law, statement, 1, seen.places.root)
    assert found == []
    assert "Rappel, facture F2026-0117" in letter.text
    assert letter.email.startswith("Madame, Monsieur,\n\nVous trouverez ci-joint notre rappel")

"""The shipped examples: each stands without a fault, and its letters are the golden texts."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from dument.case import Regime
from dument.diagnostics import Diagnostic
from dument.dossier import Dossier
from dument.kit import Kit, open_kit
from dument.letters import read_kinds
from dument.pipeline import explain, prepare
from dument.starting import starting_files
from dument.workshop import open_workshop
from tests.examples import AS_OF, ROOT, shipped_examples

EXAMPLES = ROOT / "data" / "exemples"
GOLDEN = ROOT / "tests" / "golden"
LARGEST_FILE, LARGEST_KIT = 60_000, 900_000
FICTIONAL_SIRENS = ("000", "210000")  # no company's begins with 000, no town is in department 00
PRESSING = {"relance-amiable", "dernier-avis", "mise-en-demeure"}
FICTIONAL_BANK = "FR769999900001"


@cache
def example(slug: str) -> tuple[Dossier, list[Diagnostic]]:
    """Take an example through steps 1 to 6 on the day of the tests."""
    workshop, faults = open_workshop(open_kit(ROOT))
    assert faults == []
    dossier, found = prepare(workshop, EXAMPLES / slug, AS_OF)
    assert dossier is not None, found
    return dossier, found


@cache
def texts(slug: str) -> dict[str, str]:
    """Return every text of an example by the name of its golden file."""
    dossier, _ = example(slug)
    workshop, _ = open_workshop(open_kit(ROOT))
    written = {letter.stem: letter.text for letter in dossier.letters}
    written |= {kind: annex.text for kind, annex in dossier.annexes.items()}
    written["explication"] = explain(workshop, dossier).strip()
    return {f"{stem}.txt": f"{text}\n" for stem, text in written.items()}


@pytest.mark.parametrize("slug", shipped_examples())
def test_an_example_has_no_finding_but_those_it_sets_aside(slug):
    _, found = example(slug)
    assert [one for one in found if one.waived_because is None] == []


@pytest.mark.parametrize("slug", shipped_examples())
def test_the_words_of_an_example_are_the_golden_ones(slug, updates_golden):
    folder = GOLDEN / slug
    if updates_golden:
        folder.mkdir(parents=True, exist_ok=True)
        for name in {path.name for path in folder.iterdir()} - set(texts(slug)):
            (folder / name).unlink()
        for name, text in texts(slug).items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    golden = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*")}
    assert texts(slug) == golden


def test_the_examples_show_each_regime_and_each_kind_of_letter():
    dossiers = [example(slug)[0] for slug in shipped_examples()]
    assert {one.case.regime for one in dossiers} == set(Regime)
    kinds, _ = read_kinds(open_kit(ROOT))
    known = {kind for kind, versions in kinds.versions.items() if versions[-1].is_sendable}
    assert {letter.kind for one in dossiers for letter in one.letters} == known


def test_one_example_sets_a_finding_aside_with_its_reason():
    waived = [one for slug in shipped_examples() for one in example(slug)[1] if one.waived_because]
    assert [one.id for one in waived] == ["STO-004"]


@pytest.mark.parametrize("slug", shipped_examples())
def test_an_example_presses_nobody_before_the_day_it_gave_him(slug):
    dossier = example(slug)[0]
    told = [(one, dossier.answer_day(one)) for one in dossier.letters]
    pressing = [one for one, _ in told if one.kind in PRESSING]
    assert [one.stem for one in pressing for earlier, day in told
            if day and earlier.on < one.on <= day] == []  # fmt: skip


@pytest.mark.parametrize("slug", shipped_examples())
def test_an_example_opens_with_a_comment_that_says_what_it_shows(slug):
    head = (
        (EXAMPLES / slug / "dossier.yaml").read_text(encoding="utf-8").partition("reference:")[0]
    )
    assert all(line.startswith("# ") for line in head.splitlines())
    assert "fictif" in head


@pytest.mark.parametrize("slug", shipped_examples())
def test_the_identifiers_of_an_example_are_plainly_invented(slug):
    case = example(slug)[0].case
    sirens = [party.siren for party in (case.creditor, case.debtor) if party.siren]
    assert sirens
    assert all(siren.startswith(FICTIONAL_SIRENS) for siren in sirens)
    assert case.creditor.bank is not None
    assert case.creditor.bank.iban.startswith(FICTIONAL_BANK)


def test_the_examples_are_small():
    sizes = {path: path.stat().st_size for path in EXAMPLES.rglob("*") if path.is_file()}
    assert [path for path, size in sizes.items() if size > LARGEST_FILE] == []
    assert sum(sizes.values()) < LARGEST_KIT


def test_a_new_project_builds_at_once_and_gives_a_letter(tmp_path):
    kit = open_kit(ROOT)
    for name, content in starting_files(kit).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    workshop, faults = open_workshop(Kit(kit.base, tmp_path))
    assert faults == []
    (folder,) = workshop.kit.case_folders()
    dossier, found = prepare(workshop, folder, AS_OF)
    assert found == []
    assert dossier is not None
    assert [letter.on for letter in dossier.letters] == [date(2026, 10, 19)]
    assert [one.page_count for one in dossier.exhibits] == [1]


def test_the_example_of_a_new_project_names_its_schema_first():
    files = starting_files(open_kit(ROOT))
    (name,) = (name for name in files if Path(name).name == "dossier.yaml")
    first = files[name].decode().splitlines()[0]
    assert first == "# yaml-language-server: $schema=../../dossier.schema.json"
    assert "data/dossier.schema.json" in files

"""The nine steps in order; the same bytes anywhere; nothing outside; text that stays text."""

from __future__ import annotations

import html
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from dument.kit import Kit
from dument.memory import FOLDER as MEMORY
from dument.pipeline import STEPS, inputs_mark, prepare, produce
from dument.workshop import open_workshop
from tests.projects import CASE_FILE, blank_pdf, dument_says, lay_project, snapshot

TODAY = date(2026, 11, 21)
HOSTILE = "*gras* _x_ `y` [lien](https://x.example) <b>&amp;</b> {{ 7*7 }} {% raw %} # $HOME \\ '"


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A sound project that nothing is written to."""
    project = tmp_path_factory.mktemp("pipeline")
    lay_project(project)
    return project


@pytest.fixture(scope="module")
def workshop(root, project):
    """The workshop of the kit."""
    workshop, found = open_workshop(Kit(root, project))
    assert found == []
    return workshop


def written_case(project: Path, *changes: tuple[str, str]) -> Path:
    """Lay a sound project, change its case file, and return the dossier's folder."""
    folder = lay_project(project)
    text = (project / CASE_FILE).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (project / CASE_FILE).write_text(text, encoding="utf-8")
    return folder


def test_the_steps_bear_the_words_of_the_manual():
    words = "lire typer appliquer arrêter rédiger contrôler imprimer assembler publier"
    assert list(STEPS) == words.split()


def test_each_step_is_announced_once_in_order(workshop, project):
    announced: list[int] = []
    dossier, _ = prepare(workshop, (project / CASE_FILE).parent, TODAY, announced.append)
    produce(workshop, dossier, announced.append)
    assert announced == list(range(1, 10))


@pytest.mark.parametrize(
    ("change", "last_step"),
    [
        (("reference: 2026-014", "reference: ["), 1),
        (("reference: 2026-014", "referense: 2026-014"), 2),
        (("echeance: 2026-04-01", "echeance: 1999-04-01"), 4),
        (("pieces/facture.pdf", "absent.pdf"), 6),
    ],
)
def test_a_fault_stops_the_chain_before_anything_is_made(tmp_path, workshop, change, last_step):
    announced: list[int] = []
    prepare(workshop, written_case(tmp_path, change), TODAY, announced.append)
    assert announced == list(range(1, last_step + 1))


def test_the_outputs_are_those_the_manual_names(workshop, project):
    dossier, _ = prepare(workshop, (project / CASE_FILE).parent, TODAY)
    files, _ = produce(workshop, dossier)
    assert {
        "index.html",
        "lettres/01-2026-04-15-relance-amiable.pdf",
        "pieces/01-facture-n-f2026-0117.pdf",
        "decompte.html",
        "decompte.pdf",
        "decompte.csv",
        "decompte.xlsx",
        "bordereau.pdf",
        "liasse.pdf",
        "dossier.json",
    } <= set(files)


@pytest.mark.parametrize(
    "touch",
    [
        lambda project: (project / CASE_FILE).write_bytes(
            (project / CASE_FILE).read_bytes() + b"# x\n"
        ),
        lambda project: (project / "data/dossiers/bon/pieces/facture.pdf").write_bytes(
            blank_pdf() + b"\n"
        ),
        lambda project: (project / "data/parties/lumen.yaml").write_bytes(
            (project / "data/parties/lumen.yaml").read_bytes() + b"# x\n"
        ),
    ],
)
def test_a_change_in_any_input_changes_the_mark(tmp_path, workshop, touch):
    folder = lay_project(tmp_path)
    before = inputs_mark(workshop, folder, TODAY)
    touch(tmp_path)
    assert inputs_mark(workshop, folder, TODAY) != before


def test_another_day_changes_the_mark(workshop, project):
    folder = (project / CASE_FILE).parent
    days = (TODAY, date(2026, 11, 22))
    assert len({inputs_mark(workshop, folder, day) for day in days}) == 2


@pytest.mark.parametrize(
    "own", ["letters/relance-amiable/v2.md", "legal/parametres/x.yaml", "site/index.html"]
)
def test_a_file_of_the_project_over_the_kit_changes_the_mark(tmp_path, root, own):
    lay_project(tmp_path)
    before = open_workshop(Kit(root, tmp_path))[0].mark
    (tmp_path / own).parent.mkdir(parents=True)
    (tmp_path / own).write_text("x", encoding="utf-8")
    assert open_workshop(Kit(root, tmp_path))[0].mark != before


def test_a_rebuild_with_nothing_changed_writes_nothing(tmp_path):
    lay_project(tmp_path)
    build = ("build", "--all", "--date", TODAY.isoformat())
    assert dument_says(tmp_path, *build).exit_code == 0
    before = snapshot(tmp_path)
    assert "bon : à jour" in dument_says(tmp_path, *build).stderr
    assert snapshot(tmp_path) == before


def build_elsewhere(root: Path, project: Path, **environment: str) -> subprocess.Popen:
    """Build the sound project in a process of its own."""
    lay_project(project)
    return subprocess.Popen(
        [sys.executable, "-m", "dument", "build", "bon", "--date", TODAY.isoformat()],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(root), **environment},
        stderr=subprocess.DEVNULL,
    )


def test_the_bytes_are_the_same_anywhere(root, tmp_path):
    here, there = tmp_path / "a", tmp_path / "b/c d"
    east = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"}
    west = {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8"}
    runs = [build_elsewhere(root, here, **east), build_elsewhere(root, there, **west)]
    assert [run.wait() for run in runs] == [0, 0]
    files = [snapshot(one / "sortie") for one in (here, there)]
    contents = [{name: content for name, (content, _) in one.items()} for one in files]
    assert contents[0] == contents[1]


@pytest.mark.parametrize("name", ["été à Nîmes ; $(c) & d", "-x"])
def test_a_folder_may_bear_any_name(tmp_path, name):
    lay_project(tmp_path, name)
    case = str(tmp_path / "data/dossiers" / name)
    result = dument_says(tmp_path, "build", "--date", TODAY.isoformat(), "--", case)
    made = {one.name for one in (tmp_path / "sortie").iterdir()} - {MEMORY}
    assert (result.exit_code, made) == (0, {name})


def test_titles_and_references_lead_nowhere_outside_the_output(tmp_path):
    inner = tmp_path / "a/b/c"
    written_case(
        inner,
        ("titre: Facture n° F2026-0117", "titre: ../../../evil"),
        ("reference: 2026-014", "reference: ../../../evil"),
        ("F2026-0117", "../../../evil"),
    )
    before = snapshot(tmp_path)
    assert dument_says(inner, "build", "bon", "--date", TODAY.isoformat()).exit_code == 0
    outside = set(snapshot(tmp_path)) - set(before)
    own = ("a/b/c/sortie/bon/", f"a/b/c/sortie/{MEMORY}/")
    assert [name for name in outside if not name.startswith(own)] == []


@pytest.fixture(scope="module")
def hostile_output(tmp_path_factory) -> Path:
    """The output of a dossier whose texts are all hostile."""
    project = tmp_path_factory.mktemp("hostile")
    quoted = json.dumps(HOSTILE, ensure_ascii=False)
    written_case(
        project,
        ("reference: 2026-014", f"reference: {quoted}"),
        ("denomination: Garage du Tilleul", f"denomination: {quoted}"),
        ("forme: SARL", f"forme: {quoted}"),
        ("rcs: Lyon", f"rcs: {quoted}"),
        ("nom: Jean Martin, qualite: gérant", f"nom: {quoted}, qualite: {quoted}"),
        ("voie: 12 rue des Tanneurs", f"voie: {quoted}"),
        ("objet: éclairage de l’atelier", f"objet: {quoted}"),
        ("avec: Mme Roux, resume: Règlement annoncé.", f"avec: {quoted}, resume: {quoted}"),
        ("moyen: virement", f"moyen: {quoted}"),
        ("note: Privé.", "note: Xylophone secret."),
        ("titre: Facture n° F2026-0117", f"titre: {quoted}"),
        ("delai_jours: 8", f"delai_jours: 8\n    paragraphe: {quoted}"),
    )
    result = dument_says(project, "build", "bon", "--date", TODAY.isoformat())
    assert result.exit_code == 0, result.stderr
    return project / "sortie/bon"


def test_hostile_text_comes_out_letter_for_letter_on_the_pages(hostile_output):
    page = (hostile_output / "lettres/01-2026-04-15-relance-amiable.html").read_text("utf-8")
    assert HOSTILE in html.unescape(page)


def test_hostile_text_is_never_markup_on_the_pages(hostile_output):
    pages = [path.read_text("utf-8") for path in hostile_output.rglob("*.html")]
    assert [
        page for page in pages if "<b>&amp;" in page or 'href="https://x.example' in page
    ] == []


def test_a_template_is_never_read_from_a_value(hostile_output):
    texts = [path.read_text("utf-8") for path in hostile_output.rglob("*.html")]
    assert all("{{ 7*7 }}" in text for text in texts if "gras" in text)


def test_hostile_text_comes_out_letter_for_letter_in_the_computed_case(hostile_output):
    computed = json.loads((hostile_output / "dossier.json").read_text("utf-8"))
    assert (computed["reference"], computed["pieces"][0]["titre"]) == (HOSTILE, HOSTILE)


def test_a_private_note_stands_nowhere_in_the_output(hostile_output):
    output = snapshot(hostile_output)
    assert "index.html" in output
    assert [name for name, (content, _) in output.items() if b"Xylophone" in content] == []

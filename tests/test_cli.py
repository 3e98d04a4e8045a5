"""The command line as its user meets it: what it says, what it returns, what it leaves."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import dument.cli.run
from dument.cli import main
from dument.cli.showing import fault_of_machine
from dument.pipeline import STEPS
from tests.projects import CASE_FILE, dument_says, lay_project, snapshot

pytestmark = pytest.mark.usefixtures("one_press")
DAY = ("--date", "2026-11-21")


@pytest.fixture
def project(tmp_path) -> Path:
    """A sound project, not built yet."""
    lay_project(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """A sound project, built with its index; tests leave it as it is."""
    project = tmp_path_factory.mktemp("cli")
    lay_project(project)
    assert dument_says(project, "build", "--all", *DAY).exit_code == 0
    return project


def change(project: Path, old: str, new: str) -> None:
    """Change the case file of a project."""
    text = (project / CASE_FILE).read_text(encoding="utf-8")
    assert old in text
    (project / CASE_FILE).write_text(text.replace(old, new), encoding="utf-8")


def plain(said: str) -> str:
    """Return a text with ordinary spaces."""
    return said.replace("\u202f", " ").replace("\u00a0", " ")


def deserve_a_warning(project: Path) -> None:
    """Take from the creditor what its letters should bear (LET-001), which is no error."""
    party = project / "data/parties/lumen.yaml"
    text = party.read_text(encoding="utf-8")
    party.write_text(text.replace("rcs: Bourg-en-Bresse\n", ""), encoding="utf-8")


# Help, exit codes, how much is said


@pytest.mark.parametrize("command", ["", *sorted(main.commands)])
def test_every_command_has_its_help(command):
    result = CliRunner().invoke(main, [*command.split(), "-h"])
    assert (result.exit_code, "Usage :" in result.stdout) == (0, True)


def test_the_version_is_said(root):
    result = CliRunner().invoke(main, ["--version"], prog_name="dument")
    assert result.stdout.startswith("dument 0.")


def test_a_sound_dossier_gives_exit_code_zero(project):
    assert dument_says(project, "check", "bon", *DAY).exit_code == 0


def test_a_faulty_dossier_gives_exit_code_one(project):
    change(project, "ttc: 1 440,00", "ttc: 1.440")
    assert dument_says(project, "check", "bon", *DAY).exit_code == 1


@pytest.mark.parametrize("arguments", [["build"], ["nope"], ["build", "--nope"], ["explain"]])
def test_a_wrong_use_gives_exit_code_two(project, arguments):
    assert dument_says(project, *arguments).exit_code == 2


def test_a_warning_alone_does_not_fail(project):
    deserve_a_warning(project)
    result = dument_says(project, "check", "bon", *DAY)
    assert (result.exit_code, "avertissement" in result.stderr) == (0, True)


def test_a_warning_fails_with_strict(project):
    deserve_a_warning(project)
    assert dument_says(project, "check", "bon", "--strict", *DAY).exit_code == 1


def test_nothing_is_built_on_a_warning_with_strict(project):
    deserve_a_warning(project)
    dument_says(project, "build", "bon", "--strict", *DAY)
    assert not (project / "sortie").exists()


def test_quiet_says_errors_alone(project):
    deserve_a_warning(project)
    assert dument_says(project, "check", "bon", "-q", *DAY).stderr == ""


def test_quiet_still_says_errors(project):
    change(project, "ttc: 1 440,00", "ttc: 1.440")
    assert "schema/montant-ambigu" in dument_says(project, "check", "bon", "-q", *DAY).stderr


def test_verbose_says_each_step_by_its_number_and_word(project):
    said = dument_says(project, "check", "bon", "-v", *DAY).stderr
    steps = [f"bon : {number} {word}" for number, word in enumerate(STEPS[:6], 1)]
    assert [line for line in said.splitlines() if line in steps] == steps


def test_steps_are_not_said_unless_asked(project):
    assert "1 lire" not in dument_says(project, "check", "bon", *DAY).stderr


def test_a_finding_shows_its_line_and_what_to_write(project):
    change(project, "echeance: 2026", "echance: 2026")
    assert dument_says(project, "check", "bon", *DAY).stderr.splitlines()[:3] == [
        f"{CASE_FILE}:20:5: erreur : clé inconnue « echance » [schema/cle-inconnue]",
        "   20 |     echance: 2026-04-01",
        "  aide : vouliez-vous dire « echeance » ?",
    ]


def test_a_finding_cannot_act_on_the_terminal(project):
    change(project, "type: societe", 'type: "soci\x1b[2Jete"')
    assert "\x1b" not in dument_says(project, "check", "bon", *DAY).stderr


def test_the_counts_are_said_in_the_singular_and_in_the_plural(project):
    change(project, "ttc: 1 440,00", "ttc: 1.440")
    said = plain(dument_says(project, "check", "bon", *DAY).stderr)
    assert said.endswith("1 erreur, 0 avertissement\n")


# Formats


def test_check_gives_its_findings_as_json_on_stdout_alone(project):
    change(project, "echeance: 2026", "echance: 2026")
    result = dument_says(project, "check", "bon", "--format", "json", *DAY)
    assert (result.exit_code, result.stderr) == (1, "")
    assert json.loads(result.stdout) == [
        {
            "id": "schema/cle-inconnue",
            "niveau": "erreur",
            "fichier": CASE_FILE,
            "ligne": 20,
            "colonne": 5,
            "message": "clé inconnue « echance »",
            "aide": "vouliez-vous dire « echeance » ?",
            "derogation": None,
        }
    ]


def test_check_writes_nothing(project):
    before = snapshot(project)
    dument_says(project, "check", "--all", *DAY)
    assert snapshot(project) == before


# Worked by hand on tests/casses/_bon.yaml: 1 440 € due on 1 April 2026, 500 € paid on 12 May.
# 2 April to 12 May: 41 days, 1 440 × 12,15 % × 41 / 365 = 19,6527; the payment takes it first,
# then 480,35 € of the price. 13 May to 30 June: 49 days on 959,65 €, 15,6528. 1 July to 21
# November: 144 days at 2,40 + 10 points, 959,65 × 12,40 % × 144 / 365 = 46,9468.
BY_HAND = [
    ("du 2 avril 2026 au 12 mai 2026", "1 440,00 € × 12,15 % × 41 jours ÷ 365 = 19,65 €"),
    ("du 13 mai 2026 au 30 juin 2026", "959,65 € × 12,15 % × 49 jours ÷ 365 = 15,65 €"),
    ("du 1er juillet 2026 au 21 novembre 2026", "959,65 € × 12,40 % × 144 jours ÷ 365 = 46,95 €"),
]


@pytest.mark.parametrize(("days", "reckoning"), BY_HAND)
def test_explain_shows_each_line_as_it_is_redone_by_hand(built, days, reckoning):
    assert f"{days} : {reckoning}" in plain(dument_says(built, "explain", "bon", *DAY).stdout)


def test_explain_as_json_recomputes_to_the_same_cents(built):
    said = json.loads(dument_says(built, "explain", "bon", "--format", "json", *DAY).stdout)
    amounts = [line["montant"] for line in said["decompte"]["lignes"]]
    assert (amounts, said["decompte"]["total"]) == (["19.65", "15.65", "46.95"], "1062.25")


def test_explain_stops_where_the_law_is_not_known(project):
    result = dument_says(project, "explain", "bon", "--date", "2027-02-01")
    assert (result.exit_code, "legal/parametres/taux-bce-semestriel.yaml" in result.stderr) == (
        1,
        True,
    )


def test_another_day_gives_another_reckoning(built):
    said = dument_says(built, "explain", "bon", "--date", "2026-05-12").stdout
    assert "arrêté au 12 mai 2026" in plain(said)


def test_schema_is_json_with_the_keys_of_a_case():
    read = json.loads(CliRunner().invoke(main, ["schema"]).stdout)
    assert {"reference", "creancier", "factures", "lettres"} <= set(read["properties"])


# Colours, environment


def findings_on_a_terminal(project: Path, **environment: str) -> str:
    """Return what `check` says on a terminal."""
    change(project, "echeance: 2026", "echance: 2026")
    return on_terminal(project, "check", "bon", *DAY, **environment)


def on_terminal(project: Path, *arguments: str, **environment: str) -> str:
    """Run the command with a terminal as its standard error."""
    ours, theirs = pty.openpty()
    kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    root = str(Path(__file__).parent.parent)
    process = subprocess.Popen(
        [sys.executable, "-m", "dument", *arguments],
        cwd=project,
        env={**kept, "PYTHONPATH": root, "COLUMNS": "80", **environment},
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    said = b""
    while True:
        try:
            read = os.read(ours, 65536)
        except OSError:  # the terminal is gone with the process
            break
        if not read:
            break
        said += read
    process.wait()
    os.close(ours)
    return said.decode()


def test_a_terminal_gets_colours(project):
    assert "\x1b[31m" in findings_on_a_terminal(project)


def test_no_color_is_obeyed(project):
    assert "\x1b[31m" not in findings_on_a_terminal(project, NO_COLOR="1")


def test_a_pipe_gets_no_colour(project):
    change(project, "echeance: 2026", "echance: 2026")
    assert "\x1b" not in dument_says(project, "check", "bon", *DAY).stderr


def test_an_option_is_read_from_the_environment_under_its_own_name(project, monkeypatch):
    monkeypatch.setenv("DUMENT_EXPLAIN_DATE", "2026-05-12")
    assert "arrêté au 12 mai 2026" in plain(dument_says(project, "explain", "bon").stdout)


def test_the_destination_is_read_from_the_environment(project, monkeypatch):
    monkeypatch.setenv("DUMENT_BUILD_DESTINATION", str(project / "ailleurs"))
    dument_says(project, "build", "bon", *DAY)
    assert (project / "ailleurs/bon/index.html").is_file()


def test_what_is_typed_wins_over_the_environment(project, monkeypatch):
    monkeypatch.setenv("DUMENT_EXPLAIN_DATE", "2026-05-12")
    said = dument_says(project, "explain", "bon", *DAY).stdout
    assert "arrêté au 21 novembre 2026" in plain(said)


def test_a_faulty_value_of_the_environment_is_a_wrong_use(project, monkeypatch):
    monkeypatch.setenv("DUMENT_CHECK_DATE", "12/05/2026")
    assert dument_says(project, "check", "bon").exit_code == 2


# Build


def test_build_says_where_the_dossier_can_be_opened(project):
    said = dument_says(project, "build", "bon", *DAY).stderr.splitlines()
    assert f"bon : {project / 'sortie/bon/index.html'}" in said


def test_build_all_goes_on_after_a_failing_dossier(project):
    lay_project(project, "zut")
    change(project, "ttc: 1 440,00", "ttc: 1.440")
    result = dument_says(project, "build", "--all", *DAY)
    index = (project / "sortie/index.html").read_text(encoding="utf-8")
    assert (result.exit_code, "zut/index.html" in index, "bon/index.html" in index) == (
        1,
        True,
        False,
    )


def test_build_all_writes_the_owner_s_index(built):
    assert "bon/index.html" in (built / "sortie/index.html").read_text(encoding="utf-8")


def test_build_all_without_a_dossier_builds_the_examples_or_says_how_to_begin(tmp_path, root):
    (tmp_path / "dument.yaml").touch()
    result = dument_says(tmp_path, "check", "--all", *DAY)
    examples = len(list((root / "data/exemples").glob("*/dossier.yaml")))
    assert (result.exit_code, examples > 0) == (0, True)


def test_two_dossiers_of_one_name_are_not_built_over_each_other(project, tmp_path):
    other = tmp_path / "ailleurs"
    lay_project(other)
    result = dument_says(project, "build", "bon", str(other / "data/dossiers/bon"), *DAY)
    assert (result.exit_code, "deux dossiers s’appellent « bon »" in result.stderr) == (2, True)


def test_a_dossier_named_twice_is_built_once(project):
    said = dument_says(project, "check", "bon", str(project / CASE_FILE), "-v", *DAY).stderr
    assert said.count("1 lire") == 1


@pytest.mark.parametrize("destination", ["data/dossiers", "data"])
def test_an_output_never_takes_the_place_of_a_dossier(project, destination):
    if destination == "data":
        lay_project(project, "dossiers")  # data/dossiers/dossiers would go to data/dossiers
    before = snapshot(project)
    name = "bon" if destination == "data/dossiers" else "dossiers"
    result = dument_says(project, "build", name, "-d", str(project / destination), *DAY)
    assert (result.exit_code, snapshot(project) == before) == (2, True)


def test_a_bar_goes_forward_on_a_terminal(project):
    change(project, "ttc: 1 440,00", "ttc: 1.440")
    said = on_terminal(project, "build", "--all", *DAY)
    assert "100%" in said


def test_there_is_no_bar_in_a_pipe(project):
    change(project, "ttc: 1 440,00", "ttc: 1.440")
    assert "%" not in dument_says(project, "build", "--all", *DAY).stderr


def test_python_build_py_is_dument_build(root, project):
    change(project, "ttc: 1 440,00", "ttc: 1.440")
    done = subprocess.run(
        [sys.executable, str(root / "build.py"), "bon", *DAY],
        cwd=project,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, "schema/montant-ambigu" in done.stderr) == (1, True)


# What the machine refuses


def refuse(monkeypatch, step: str) -> None:
    """Make a step of the run meet a full disk."""

    def fail(*arguments, **options):
        raise OSError(28, "No space left on device", "/sortie/bon")

    monkeypatch.setattr(dument.cli.run, step, fail)


@pytest.mark.parametrize("step", ["prepare", "produce", "write_dossier", "inputs_mark"])
def test_a_refusal_of_the_machine_fails_the_dossier_in_french(project, monkeypatch, step):
    refuse(monkeypatch, step)
    result = dument_says(project, "build", "bon", *DAY)
    assert (result.exit_code, "il n’y a plus de place sur le disque" in result.stderr) == (1, True)


def test_a_refusal_does_not_stop_the_other_dossiers(project, monkeypatch):
    lay_project(project, "autre")
    refuse(monkeypatch, "produce")
    said = dument_says(project, "build", "--all", *DAY).stderr
    assert said.count("rien n’a été écrit") == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes where it likes")
def test_a_read_only_folder_is_said_in_french(project):
    (project / "sortie").mkdir(mode=0o500)
    result = dument_says(project, "build", "bon", *DAY)
    assert (result.exit_code, "l’accès est refusé" in result.stderr) == (1, True)


def test_a_file_in_the_place_of_the_output_folder_is_said_in_french(project):
    (project / "sortie").write_text("mine")
    result = dument_says(project, "build", "bon", *DAY)
    assert (result.exit_code, "un fichier tient" in result.stderr) == (1, True)


def test_an_unknown_refusal_keeps_the_words_of_the_system():
    assert "Broken gizmo" in fault_of_machine(OSError(9999, "Broken gizmo", "x")).message


@pytest.mark.parametrize(
    "arguments", [["new", "{}/dument.yaml/x"], ["check", "a" * 300], ["build", "b/" * 3000]]
)
def test_a_refusal_outside_of_a_dossier_is_said_too(project, arguments):
    result = dument_says(project, *(one.format(project) for one in arguments))
    assert (result.exit_code, result.stderr.startswith("Erreur : ")) == (1, True)


# Names


@pytest.mark.parametrize("form", ["bon", "data/dossiers/bon", "data/dossiers/bon/dossier.yaml"])
def test_a_dossier_is_a_name_a_folder_or_its_file(project, monkeypatch, form):
    monkeypatch.chdir(project)
    assert "bon : 1 lire" in dument_says(project, "check", form, "-v", *DAY).stderr


def test_an_unknown_name_proposes_the_nearest(project):
    result = dument_says(project, "check", "bom")
    assert (result.exit_code, "vouliez-vous dire « bon » ?" in result.stderr) == (1, True)


def test_an_example_is_found_by_its_name(project):
    said = dument_says(project, "check", "garage-tilleul", "-v", *DAY).stderr
    assert "garage-tilleul : 1 lire" in said


def test_a_dossier_elsewhere_belongs_to_its_own_project(project, tmp_path_factory, monkeypatch):
    other = tmp_path_factory.mktemp("autre")
    lay_project(other)
    change(other, "reference: 2026-014", "referense: 2026-014")
    monkeypatch.chdir(project)
    said = dument_says(project, "check", str(other / CASE_FILE), *DAY).stderr
    assert said.startswith(f"{CASE_FILE}:1:1: erreur")


def test_a_project_is_laid_over_the_kit_file_by_file(project, root):
    relance = (root / "letters/relance-amiable/v1.md").read_text(encoding="utf-8")
    own = project / "letters/relance-amiable/v1.md"
    own.parent.mkdir(parents=True)
    own.write_text(f"{relance}\nFormule de la maison.\n", encoding="utf-8")
    dument_says(project, "build", "bon", *DAY)
    page = project / "sortie/bon/lettres/01-2026-04-15-relance-amiable.html"
    assert "Formule de la maison." in page.read_text(encoding="utf-8")


# New, clean


def test_a_new_project_builds_at_once_as_it_says(tmp_path, monkeypatch):
    runner = CliRunner()
    said = runner.invoke(main, ["new", str(tmp_path / "p")]).stderr
    assert "dument build --all" in said
    monkeypatch.chdir(tmp_path / "p")
    assert runner.invoke(main, ["build", "--all", *DAY]).exit_code == 0


def test_new_never_overwrites(tmp_path):
    CliRunner().invoke(main, ["new", str(tmp_path)])
    case = next(tmp_path.glob("data/dossiers/*/dossier.yaml"))
    case.write_text("mine", encoding="utf-8")
    result = CliRunner().invoke(main, ["new", str(tmp_path)])
    assert (case.read_text(encoding="utf-8"), "rien à écrire" in result.stderr) == ("mine", True)


def test_new_never_writes_through_a_link(tmp_path):
    (tmp_path / "p").mkdir()
    (tmp_path / "p/dument.yaml").symlink_to(tmp_path / "elsewhere")
    result = CliRunner().invoke(main, ["new", str(tmp_path / "p")])
    assert (result.exit_code, (tmp_path / "elsewhere").exists()) == (1, False)


def test_new_writes_the_editor_s_schema_where_its_case_says(tmp_path):
    CliRunner().invoke(main, ["new", str(tmp_path)])
    case = next(tmp_path.glob("data/dossiers/*/dossier.yaml"))
    line = case.read_text(encoding="utf-8").splitlines()[0]
    schema = case.parent / line.removeprefix("# yaml-language-server: $schema=")
    assert "properties" in json.loads(schema.read_text(encoding="utf-8"))


def test_clean_deletes_only_what_the_manifests_name(project):
    dument_says(project, "build", "--all", *DAY)
    (project / "sortie/bon/notes.txt").write_text("mine")
    dument_says(project, "clean")
    assert [path.name for path in (project / "sortie").rglob("*")] == ["bon", "notes.txt"]


def test_clean_of_one_dossier_leaves_the_others(project):
    lay_project(project, "autre")
    dument_says(project, "build", "--all", *DAY)
    dument_says(project, "clean", str(project / "sortie/bon"))
    assert {path.name for path in (project / "sortie").iterdir() if path.is_dir()} == {
        "assets",
        "autre",
    }


def test_clean_of_a_foreign_folder_deletes_nothing(project):
    (project / "empty").mkdir()
    before = snapshot(project)
    assert "fichiers effacés : 0" in dument_says(project, "clean", str(project)).stderr
    assert (snapshot(project), (project / "empty").is_dir()) == (before, True)

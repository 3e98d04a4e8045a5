"""`dument check --format`: SARIF and JUnit say what the terminal says, in the same order."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from dument.checks import inspect, rules_applied
from dument.cli import main
from dument.diagnostics import Diagnostic, Level, Position, error
from dument.reports import Checked, junit_xml, sarif_log
from tests.examples import ROOT, patched_example, workshop

LAW = workshop(ROOT).law
REASON = "convenu par téléphone avec la comptable"
LATE_COSTS = {"lettres.0.paragraphe": "Nous y ajouterons 12 € de frais de relance."}
WAIVED = {**LATE_COSTS, "derogations": [{"controle": "PEN-005", "motif": REASON}]}
WARNED = {"lettres.1.delai_jours": "2"}
DAY = "2026-11-21"


def checked(changes: dict[str, object], *more: Diagnostic) -> Checked:
    inspection = patched_example("garage-tilleul", changes)
    found = (*inspect(inspection), *more)
    return Checked("garage-tilleul", found, tuple(rules_applied(inspection)))


def run_of(*dossiers: Checked) -> dict:
    (run,) = sarif_log(dossiers, LAW)["runs"]
    return run


def results_of(run: dict, id: str) -> list[dict]:
    return [one for one in run["results"] if one["ruleId"] == id]


def cases_of(xml: str, id: str) -> list[ElementTree.Element]:
    cases = ElementTree.fromstring(xml).iter("testcase")
    return [one for one in cases if one.attrib["name"].startswith(id)]


# SARIF.


def test_a_result_has_its_level_its_place_and_its_rule():
    run = run_of(checked(LATE_COSTS))
    (result,) = results_of(run, "PEN-005")
    position = patched_example("garage-tilleul", LATE_COSTS).places.at("letters", 0, "paragraph")
    place = result["locations"][0]["physicalLocation"]
    assert result["level"] == "error"
    assert place["artifactLocation"] == {"uri": "dossier.yaml"}
    assert place["region"] == {"startLine": position.line, "startColumn": position.column}
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "PEN-005"


@pytest.mark.parametrize(
    ("level", "word"),
    [(Level.ERROR, "error"), (Level.WARNING, "warning"), (Level.INFO, "note")],
)
def test_each_level_has_its_word(level, word):
    (result,) = run_of(Checked("d", (Diagnostic("essai/un", level, "m"),)))["results"]
    assert result["level"] == word


def test_a_rule_says_what_it_is_for_and_where_its_law_may_be_read():
    rules = run_of(checked({}))["tool"]["driver"]["rules"]
    (rule,) = [one for one in rules if one["id"] == "PEN-005"]
    assert rule["shortDescription"]["text"] == LAW.mentions["PEN-005"].title
    assert rule["helpUri"].startswith("https://")
    assert "L.\u00a0111-8" in rule["help"]["text"]


def test_every_rule_looked_for_is_in_the_log_once_by_id():
    ids = [one["id"] for one in run_of(checked({}))["tool"]["driver"]["rules"]]
    assert ids == sorted(set(ids))
    assert {"LET-004", "MED-001", "COH-001"} <= set(ids)


def test_a_waived_finding_is_suppressed_with_its_reason():
    (result,) = results_of(run_of(checked(WAIVED)), "PEN-005")
    assert result["suppressions"] == [{"kind": "inSource", "justification": REASON}]


def test_an_open_finding_is_not_suppressed():
    (result,) = results_of(run_of(checked(LATE_COSTS)), "PEN-005")
    assert result["suppressions"] == []


def test_a_fingerprint_stays_when_the_finding_moves_down():
    found = error("essai/un", "m", Position("dossier.yaml", 3, 5))
    moved = replace(found, position=Position("dossier.yaml", 9, 5))
    one, other = (run_of(Checked("d", (each,)))["results"][0] for each in (found, moved))
    assert one["partialFingerprints"] == other["partialFingerprints"]


@pytest.mark.parametrize(
    ("file", "uri"),
    [("a b/é.yaml", "a%20b/%C3%A9.yaml"), ("/tmp/a b.yaml", "file:///tmp/a%20b.yaml")],
)
def test_a_file_is_named_by_a_uri(file, uri):
    (result,) = run_of(Checked("d", (error("essai/un", "m", Position(file)),)))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


# The properties that the schema of SARIF 2.1.0 requires, and the types it gives them.
REQUIRED = {
    "log": {"version": str, "runs": list},
    "run": {"tool": dict},
    "driver": {"name": str, "rules": list},
    "rule": {"id": str, "shortDescription": dict},
    "result": {"message": dict, "ruleId": str, "ruleIndex": int, "locations": list},
}


def assert_holds(kind: str, one: dict) -> None:
    assert {key: type(one.get(key)) for key in REQUIRED[kind]} == REQUIRED[kind]


def test_the_log_has_the_shape_that_sarif_asks_for():
    log = sarif_log([checked(LATE_COSTS, error("essai/un", "m"))], LAW)
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert_holds("log", log)
    assert_holds("run", run)
    assert_holds("driver", run["tool"]["driver"])
    for rule in run["tool"]["driver"]["rules"]:
        assert_holds("rule", rule)
        assert rule["shortDescription"]["text"]
    for result in run["results"]:
        assert_holds("result", result)
        assert result["message"]["text"]
        assert result["level"] in {"error", "warning", "note"}


# JUnit.


def test_each_rule_is_a_case_on_each_letter_it_bears_on():
    dossier = checked({})
    expected = [letter.stem for mention, letter in dossier.applied if mention.id == "LET-004"]
    found = cases_of(junit_xml([dossier]), "LET-004")
    assert [one.attrib["classname"] for one in found] == [f"garage-tilleul.{s}" for s in expected]
    assert len(expected) > 1


def test_an_error_fails_its_own_case_alone():
    failed = [one for one in cases_of(junit_xml([checked(LATE_COSTS)]), "PEN-005")
              if one.find("failure") is not None]  # fmt: skip
    assert [one.attrib["classname"] for one in failed] == [
        "garage-tilleul.01-2026-04-15-relance-amiable"
    ]


@pytest.mark.parametrize(("strict", "outcome"), [(False, "system-out"), (True, "failure")])
def test_a_warning_fails_its_case_when_strict(strict, outcome):
    (case,) = cases_of(junit_xml([checked(WARNED)], strict=strict), "MED-003")
    assert [one.tag for one in case] == [outcome]


def test_a_waived_finding_skips_its_case_with_the_reason():
    skipped = [one.find("skipped") for one in cases_of(junit_xml([checked(WAIVED)]), "PEN-005")]
    assert REASON in "".join(one.attrib["message"] for one in skipped if one is not None)


def test_a_finding_of_the_engine_has_a_case_of_its_own():
    (case,) = cases_of(junit_xml([Checked("d", (error("essai/un", "une faute"),))]), "essai/un")
    assert case.find("failure").attrib == {"type": "erreur", "message": "une faute"}


def test_the_counts_are_those_of_the_cases():
    root = ElementTree.fromstring(junit_xml([checked(LATE_COSTS), checked(WAIVED)]))
    assert int(root.attrib["tests"]) == len(list(root.iter("testcase")))
    assert root.attrib["failures"] == "1"
    assert root.attrib["skipped"] == "1"


def test_what_xml_cannot_hold_is_replaced():
    report = junit_xml([Checked("d", (error("essai/un", "a\x00b\x1b"),))])
    assert ElementTree.fromstring(report).find(".//failure").attrib["message"] == "a�b�"


# The command.


@pytest.fixture(scope="module")
def said() -> dict[str, list[str]]:
    """What the command says of an example, twice in each form."""
    example = str(ROOT / "data/exemples/hotel-belvedere")
    arguments = ["check", example, "--date", DAY, "--format"]
    return {
        form: [CliRunner().invoke(main, [*arguments, form]).stdout for _ in range(2)]
        for form in ("json", "sarif", "junit")
    }


def test_two_runs_say_the_same(said):
    assert all(first == second for first, second in said.values())


def test_all_forms_hold_the_same_findings(said):
    found = [one["id"] for one in json.loads(said["json"][0])]
    assert found
    (run,) = json.loads(said["sarif"][0])["runs"]
    assert [one["ruleId"] for one in run["results"]] == found
    cases = ElementTree.fromstring(said["junit"][0]).iter("testcase")
    told = {one.attrib["name"].split()[0] for one in cases if len(one)}
    assert told == set(found)


LOADED = """
import sys
from click.testing import CliRunner
from dument.cli import main
CliRunner().invoke(main, sys.argv[1:])
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_a_check_loads_neither_the_pdf_engine_nor_the_workbook():
    example = str(ROOT / "data/exemples/garage-tilleul")  # with PDF and pictures as exhibits
    command = [sys.executable, "-c", LOADED, "check", example, "--date", DAY]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert {"pydantic", "pikepdf"} <= set(loaded)
    assert not {"weasyprint", "xlsxwriter"} & set(loaded)

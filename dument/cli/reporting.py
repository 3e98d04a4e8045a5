"""`dument check --format`: what was found, as JSON, SARIF or JUnit XML."""

from __future__ import annotations

import json
from collections.abc import Sequence

from dument.cli.run import Run
from dument.records import diagnostic_record
from dument.reports import Checked, junit_xml, sarif_log

SHARED = "commun"  # what serves all dossiers: the law, the letters


def report(run: Run, checked: Sequence[Checked], form: str) -> str:
    """Return what a run found in the form asked for; what serves all dossiers comes first."""
    if form == "json":
        return _json([diagnostic_record(one) for one in run.found])
    count = len(run.found) - sum(len(one.found) for one in checked)
    shared = Checked(SHARED, tuple(run.found[:count]))
    suites = [*([shared] if shared.found else []), *checked]
    if form == "junit":
        return junit_xml(suites, strict=run.settings.strict)
    return _json(sarif_log(suites, run.workshop.law))


def _json(content: object) -> str:
    return f"{json.dumps(content, ensure_ascii=False, indent=2)}\n"

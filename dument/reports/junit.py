"""JUnit XML: one test case for each rule looked for, on each letter it bears on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree

from dument.diagnostics import Diagnostic, Level
from dument.reports.checked import Checked

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Case = tuple[str, str]  # a rule's id, and the document it bears on
CASE_FILE = "dossier"


def junit_xml(checked: Sequence[Checked], *, strict: bool = False) -> str:
    """Return the report: a suite a dossier; `strict` makes a warning a failure, as `--strict`."""
    suites = [_suite(one, strict) for one in checked]
    root = ElementTree.Element("testsuites", {"name": "dument", **_counts(suites)})
    root.extend(suites)
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _suite(checked: Checked, strict: bool) -> ElementTree.Element:
    found: dict[Case, list[Diagnostic]] = {}
    names: dict[Case, str] = {}
    for mention, letter in checked.applied:
        case = (mention.id, letter.stem if letter else CASE_FILE)
        names[case] = f"{mention.id} {mention.title}"
    for one in checked.found:
        case = (one.id, one.subject or CASE_FILE)
        names.setdefault(case, one.id)
        found.setdefault(case, []).append(one)
    suite = ElementTree.Element("testsuite", {"name": _clean(checked.name)})
    for case, name in names.items():
        places = {"classname": _clean(f"{checked.name}.{case[1]}"), "name": _clean(name)}
        element = ElementTree.SubElement(suite, "testcase", places)
        _judge(element, found.get(case, []), strict)
    suite.attrib |= _counts([suite])
    return suite


def _judge(case: ElementTree.Element, found: Sequence[Diagnostic], strict: bool) -> None:
    """Write the outcome: a failure, all set aside, or what is said without failing."""
    blocking = [one for one in found if one.fails(strict=strict)]
    if blocking:
        gravest = min(blocking, key=lambda one: list(Level).index(one.level))
        outcome = {"type": gravest.level.value, "message": _clean(gravest.message)}
        ElementTree.SubElement(case, "failure", outcome).text = _told(blocking)
    elif found and all(one.waived_because for one in found):
        reason = f"écarté : {found[0].waived_because}"
        ElementTree.SubElement(case, "skipped", {"message": _clean(reason)})
    elif found:
        ElementTree.SubElement(case, "system-out").text = _told(found)


def _told(found: Sequence[Diagnostic]) -> str:
    lines = []
    for one in found:
        where = f"{one.position}: " if one.position else ""
        lines.append(f"{where}{one.level.value} : {one.message}")
        lines += [f"  aide : {one.hint}"] if one.hint else []
    return _clean("\n".join(lines))


def _counts(elements: Sequence[ElementTree.Element]) -> dict[str, str]:
    outcomes = {"tests": "testcase", "failures": "failure", "skipped": "skipped"}
    return {
        name: str(sum(1 for one in elements for _ in one.iter(tag)))
        for name, tag in outcomes.items()
    }


def _clean(text: str) -> str:
    """Leave out the characters that XML cannot hold."""
    return _NOT_XML.sub("�", text)

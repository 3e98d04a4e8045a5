"""Example dossiers for the tests of the checks: read, patched, written and inspected."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from dument.checks import Inspection, inspect
from dument.diagnostics import Diagnostic
from dument.kit import PROJECT_FILE, Kit, open_kit
from dument.law import Law, law_of_contract, read_law
from dument.ledger import draw_up
from dument.letters import Letter, Subject, Writer, read_kinds
from dument.rules.due_date import with_due_dates
from dument.schema import check_links, read_case, with_parties
from dument.source import parse_yaml, plain, read_yaml

ROOT = Path(__file__).parent.parent
AS_OF = date(2026, 11, 21)
WRITTEN_TEXT = "texte"
"""The key of a patch that replaces words in the letters as written, not in the case."""

Patch = dict[str, Any]


class Workshop(NamedTuple):
    """Law and letter writer of the kit, or of a project laid over it."""

    kit: Kit
    law: Law
    writer: Writer


@cache
def workshop(project: Path) -> Workshop:
    """Open the kit as seen from a folder."""
    kit = Kit(open_kit(ROOT).base, project)
    law, faults = read_law(kit)
    kinds, more = read_kinds(kit)
    assert [*faults, *more] == []
    return Workshop(kit, law, Writer(kit, kinds))


def example_folder(slug: str) -> Path:
    """Return an example's folder: shipped ones first, then those of the tests."""
    places = (ROOT / "data/exemples" / slug, ROOT / "tests/dossiers" / slug)
    return next(folder for folder in places if (folder / "dossier.yaml").is_file())


def shipped_examples() -> list[str]:
    """Name the examples of the kit."""
    return sorted(path.parent.name for path in (ROOT / "data/exemples").glob("*/dossier.yaml"))


@cache
def written_example(slug: str) -> Inspection:
    """Return an example as it stands, written."""
    return patched_example(slug, {})


def patched_example(slug: str, changes: Patch) -> Inspection:
    """Read an example, change it, write its letters and annexes.

    `changes` maps a dotted path of French keys and list indexes to a new value; None takes the
    key away, an index just past the end adds an element.
    """
    return _patched(slug, json.dumps(changes))


@lru_cache(maxsize=400)
def _patched(slug: str, changes_as_json: str) -> Inspection:
    """Do the work once for the tests that follow one another on one example."""
    changes = json.loads(changes_as_json)
    folder = example_folder(slug)
    shop = workshop(folder if (folder / PROJECT_FILE).is_file() else ROOT)
    case, places, faults = _read(folder, changes, shop)
    assert case is not None, faults
    assert faults + check_links(case, places) == []
    shop = shop._replace(law=law_of_contract(shop.law, case.terms.concluded_on))
    case = with_due_dates(case, shop.law)
    statement, faults = draw_up(case, shop.law, AS_OF, places.root)
    assert statement is not None, faults
    letters = []
    for number, request in enumerate(case.letters, 1):
        own, faults = draw_up(case, shop.law, shop.writer.day_of(case, request), places.root)
        assert own is not None, faults
        letter, faults = shop.writer.write(case, shop.law, own, number, places.root)
        assert letter is not None, faults
        letters.append(letter)
    annexes = []
    for kind in ("decompte", "bordereau"):
        subject = Subject.of_the_day(case, shop.law, statement, kind)
        annex, faults = shop.writer.write_request(subject, places.root)
        assert annex is not None, faults
        annexes.append(annex)
    words = changes.get(WRITTEN_TEXT) or {}
    return Inspection(
        case,
        places,
        shop.law,
        statement,
        tuple(_reworded(one, words) for one in letters),
        tuple(_reworded(one, words) for one in annexes),
    )


def _read(folder: Path, changes: Patch, shop: Workshop) -> Any:
    mapping, faults = read_yaml(folder / "dossier.yaml", "dossier.yaml")
    assert mapping is not None, faults
    mapping, faults = with_parties(mapping, folder, shop.kit)
    assert faults == []
    tree = plain(mapping)
    for path, value in changes.items():
        if path != WRITTEN_TEXT:
            _change(tree, path.split("."), value)
    mapping, faults = parse_yaml(json.dumps(tree, ensure_ascii=False), "dossier.yaml")
    assert mapping is not None, faults
    return read_case(mapping)


def _change(tree: Any, steps: list[str], value: Any) -> None:
    *inner, last = steps
    for step in inner:
        if isinstance(tree, list):
            tree = tree[int(step)]
        else:
            tree[step] = tree.get(step) or {}
            tree = tree[step]
    if not isinstance(tree, list):
        tree[last] = value
    elif int(last) == len(tree):
        tree.append(value)
    else:
        tree[int(last)] = value


def _reworded(letter: Letter, words: dict[str, str]) -> Letter:
    text = letter.text
    for old, new in words.items():
        pattern = r"\s+".join(re.escape(word) for word in old.split())
        text = re.sub(pattern, new or "", text)
    return replace(letter, text=text)


def with_text(inspection: Inspection, letter: Letter, text: str) -> Inspection:
    """Return the same inspection with one document's text replaced."""
    changed = replace(letter, text=text)
    return replace(
        inspection,
        letters=tuple(changed if one is letter else one for one in inspection.letters),
        annexes=tuple(changed if one is letter else one for one in inspection.annexes),
    )


def found_ids(inspection: Inspection) -> list[str]:
    """Return the id of each finding that is not set aside."""
    return [one.id for one in inspect(inspection) if one.waived_because is None]


def findings(inspection: Inspection, id: str) -> list[Diagnostic]:
    """Return the findings of one rule."""
    return [one for one in inspect(inspection) if one.id == id]

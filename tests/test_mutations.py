"""What is taken out of a letter is missed: every required mention, in every kind and example.

The letters are rendered once; a mutation changes their text, and only the rules that read that
letter are asked again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from dument.checks import Inspection, check_types, rules_applied
from dument.checks.required_text import is_said
from dument.law import Mention
from dument.letters import Letter
from tests.examples import (
    ROOT,
    patched_example,
    shipped_examples,
    with_text,
    workshop,
    written_example,
)

SHOP = workshop(ROOT)
# The types of check that want words in a letter, and those that forbid some.
WANTING = {
    "texte-present",
    "texte-prescrit",
    "partie-designee",
    "factures-citees",
    "total-juste",
    "relance-rappelee",
    "pieces-au-bordereau",
}
FORBIDDING = {"texte-absent", "droit-perime"}
# Rules whose words are also those of another rule, which fails with them.
ENTANGLED = {"IP-027": {"IP-007"}}  # « EI » is a part of the debtor's name
# Rules that no deletion can break, and why.
SURVIVORS: dict[str, str] = {}
# Kinds that no shipped example asks for, asked for here.
ASKED_HERE = {
    "fiche-appel": ("garage-tilleul", {"lettres.4": {"modele": "fiche-appel", "le": "2026-11-20"}})
}

Reading = list[tuple[Mention, Letter]]


@cache
def corpus() -> dict[str, Inspection]:
    """Return every example as written, and each good example of a rule that wants words."""
    found = {slug: written_example(slug) for slug in shipped_examples()}
    found |= {kind: patched_example(*asked) for kind, asked in ASKED_HERE.items()}
    for rule in sorted(SHOP.law.mentions.values(), key=lambda one: one.id):
        if rule.check not in WANTING:
            continue
        for rank, example in enumerate(rule.examples):
            if example.is_good and example.dossier and example.changes:
                changed = patched_example(example.dossier, dict(example.changes))
                found[f"{rule.id}-{rank}"] = changed
    return found


@cache
def readings(name: str) -> dict[str, Reading]:
    """Return, for each document of an example, the rules that want words in it."""
    by_document: dict[str, Reading] = {}
    for rule, letter in rules_applied(corpus()[name]):
        if letter is not None and rule.check in WANTING:
            by_document.setdefault(letter.stem, []).append((rule, letter))
    return by_document


def broken(inspection: Inspection, reading: Reading, text: str) -> set[str]:
    """Return the rules that find something in a document, its text replaced."""
    letter = reading[0][1]
    maimed = with_text(inspection, letter, text)
    changed = next(one for one in maimed.documents if one.stem == letter.stem)
    return {
        rule.id
        for rule, _ in reading
        if any(check_types()[rule.check].find(rule, maimed, changed))
    }


def without(rule: Mention, text: str) -> str:
    while is_said(rule, text):
        for pattern in rule.patterns:
            text = re.sub(pattern, "", text, flags=re.IGNORECASE)
    return text


def deletions(text: str) -> Iterator[str]:
    """Yield a text without each of its lines, then without each sentence of the longer ones."""
    lines = text.split("\n")
    for place, line in enumerate(lines):
        if not line.strip():
            continue
        yield "\n".join([*lines[:place], *lines[place + 1 :]])
        sentences = re.split(r"(?<=[.;:]) ", line)
        for rank in range(len(sentences) if len(sentences) > 1 else 0):
            kept = " ".join([*sentences[:rank], *sentences[rank + 1 :]])
            yield "\n".join([*lines[:place], kept, *lines[place + 1 :]])


SAID = [
    pytest.param(name, stem, rule, id=f"{name}-{stem}-{rule.id}")
    for name in corpus()
    for stem, reading in readings(name).items()
    for rule, _ in reading
    if rule.check == "texte-present"
]


@pytest.mark.parametrize(("name", "stem", "rule"), SAID)
def test_a_mention_taken_out_makes_its_check_fail_and_no_other(name, stem, rule):
    inspection, reading = corpus()[name], readings(name)[stem]
    text = reading[0][1].text
    before = broken(inspection, reading, text)
    newly = broken(inspection, reading, without(rule, text)) - before
    assert rule.id not in before
    assert newly - ENTANGLED.get(rule.id, set()) == {rule.id}


@cache
def killed() -> frozenset[str]:
    """Return the other rules that some line or sentence taken out of some letter breaks."""
    found: set[str] = set()
    for name, inspection in corpus().items():
        for reading in readings(name).values():
            left = [one for one in reading if one[0].check != "texte-present"]
            left = [one for one in left if one[0].id not in found]
            if not left:
                continue
            text = left[0][1].text
            before = broken(inspection, left, text)
            for mutated in deletions(text):
                found |= broken(inspection, left, mutated) - before
    return frozenset(found)


WANTED = sorted(one.id for one in SHOP.law.mentions.values() if one.check in WANTING)


@pytest.mark.parametrize("id", WANTED)
def test_each_rule_that_wants_words_is_broken_by_some_deletion(id):
    taken_out = {param.values[2].id for param in SAID}
    assert (id in taken_out | killed()) is (id not in SURVIVORS)


def test_every_type_of_check_that_reads_a_letter_is_mutated():
    reading = {
        name
        for name, module in check_types().items()
        if "letter.text" in Path(module.__file__).read_text(encoding="utf-8")
    }
    assert reading == (WANTING | FORBIDDING) & set(check_types())


@pytest.mark.parametrize("kind", sorted(SHOP.writer.kinds.versions))
def test_each_kind_is_written_by_some_example(kind):
    assert kind in {one.kind for seen in corpus().values() for one in seen.documents}

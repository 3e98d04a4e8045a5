"""Every rule of `legal/mentions/` finds what it must and stays silent on the rest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dument.checks import check_pack, check_types
from dument.checks.forbidden_text import forbidden_passages
from dument.checks.required_text import is_said
from dument.law import EVERY_KIND, Example, Mention
from dument.letters import PAPERS
from tests.examples import (
    ROOT,
    found_ids,
    patched_example,
    workshop,
)

LAW = workshop(ROOT).law
MENTIONS = sorted(LAW.mentions.values(), key=lambda one: one.id)
FAMILIES = {EVERY_KIND, *(f"{paper}s" for paper in PAPERS)}
EXAMPLES = [(one, example) for one in MENTIONS for example in one.examples]


def is_text_rule(mention: Mention) -> bool:
    return bool(mention.patterns) and check_types()[mention.check].BEARS_ON_LETTERS


def finds_in_text(mention: Mention, text: str) -> bool:
    if mention.check == "texte-present":
        return not is_said(mention, text)
    return any(forbidden_passages(mention, text))


def name_of(value: object) -> str:
    if isinstance(value, Mention):
        return value.id
    if isinstance(value, Example):
        quality = "bon" if value.is_good else "mauvais"
        return f"{quality}-{(value.text or value.dossier or '')[:24]}"
    return str(value)


@pytest.mark.parametrize(("mention", "example"), EXAMPLES, ids=name_of)
def test_an_example_is_judged_as_its_file_says(mention, example):
    if example.text is not None:
        assert finds_in_text(mention, example.text) is not example.is_good
    else:
        inspection = patched_example(example.dossier, dict(example.changes))
        assert (mention.id in found_ids(inspection)) is not example.is_good


@pytest.mark.parametrize("mention", MENTIONS, ids=name_of)
def test_a_rule_has_a_bad_and_a_good_example(mention):
    assert {example.is_good for example in mention.examples} == {True, False}


@pytest.mark.parametrize("mention", MENTIONS, ids=name_of)
def test_an_example_is_a_text_only_where_a_rule_reads_texts(mention):
    texts = [example.text for example in mention.examples if example.text is not None]
    assert is_text_rule(mention) or texts == []


def test_no_rule_asks_for_an_unknown_type_or_circumstance():
    assert list(check_pack(LAW)) == []


def test_ids_are_unique():
    files = [path.stem for path in (ROOT / "legal/mentions").glob("*.yaml")]
    assert sorted(files) == sorted(one.id.lower() for one in MENTIONS)


@pytest.mark.parametrize("mention", MENTIONS, ids=name_of)
def test_a_rule_names_kinds_of_letter_that_exist(mention):
    kinds = {path.parent.name for path in Path(ROOT / "letters").glob("[a-z]*/v*.md")}
    assert mention.kinds <= kinds | FAMILIES
    assert mention.kinds_left_out <= kinds


@pytest.mark.parametrize("mention", MENTIONS, ids=name_of)
def test_only_rules_on_letters_name_kinds(mention):
    assert bool(mention.kinds) is check_types()[mention.check].BEARS_ON_LETTERS


@pytest.mark.parametrize("mention", MENTIONS, ids=name_of)
def test_a_sentence_reads_on_into_its_detail(mention):
    assert not mention.message.endswith((".", ":", " "))


@pytest.mark.parametrize("name", sorted(check_types()))
def test_a_check_type_serves_some_rule(name):
    assert name in {one.check for one in MENTIONS}


def test_a_mention_promised_by_a_letter_has_its_rule():
    promised = {
        id
        for all_ in workshop(ROOT).writer.kinds.versions.values()
        for one in all_
        for id in one.mentions
    }
    assert promised <= set(LAW.mentions)


# Families of documents: what is forbidden is forbidden to the kinds of tomorrow too.

FORBIDDEN_EVERYWHERE = {
    "lettre": ["LET-009", "LET-010", "LET-014", "LET-016", "PEN-005", "DRO-001", "DOS-013"],
    "acte": ["PEN-004", "PEN-017", "DRO-001", "DRO-002", "DOS-013", "LET-017"],
    "convention": ["PEN-004", "PEN-017", "DRO-001", "DRO-002", "DOS-013", "LET-017"],
    "fiche": ["PEN-004", "PEN-017", "DRO-001", "DRO-002", "DOS-013", "LET-017"],
    "annexe": ["PEN-004", "PEN-005", "PEN-017", "DRO-001", "DOS-013", "LET-017"],
}


def test_a_family_takes_in_a_kind_that_no_rule_names():
    rule = LAW.mentions["LET-009"]
    assert rule.looks_at("lettre-de-demain", "lettre")
    assert not rule.looks_at("acte-de-demain", "acte")


def test_a_kind_may_be_left_out_of_a_family():
    rule = replace(LAW.mentions["LET-009"], kinds_left_out=frozenset({"lettre-de-demain"}))
    assert not rule.looks_at("lettre-de-demain", "lettre")
    assert rule.looks_at("relance-amiable", "lettre")


@pytest.mark.parametrize("paper", PAPERS)
def test_every_kind_on_a_paper_is_read_for_what_is_forbidden_on_it(paper):
    versions = [one for all_ in workshop(ROOT).writer.kinds.versions.values() for one in all_]
    unread = {
        (id, one.kind)
        for one in versions
        if one.paper == paper
        for id in FORBIDDEN_EVERYWHERE[paper]
        if not LAW.mentions[id].looks_at(one.kind, paper)
        and one.kind not in LAW.mentions[id].kinds_left_out
    }
    assert unread == set()


def test_a_consumer_is_never_shown_the_sums_of_traders():
    rule = LAW.mentions["PEN-004"]
    assert rule.kinds == {EVERY_KIND}
    assert rule.kinds_left_out == frozenset()
    assert rule.regimes == {"consommateur"}

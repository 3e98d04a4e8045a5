"""`dossier.lock`: one record a line, a new line touches no other, what is unknown is kept."""

from __future__ import annotations

import json

import pytest

from dument.diagnostics import Position
from dument.lock import LOCK_FILE, Lock, read_lock

HERE = Position("dossier.yaml")
ONE = Lock().having("lettres", "01-a", {"version": 1, "titre": "Été"})
TWO = ONE.having("lettres", "02-b", {"version": 2})


def read(folder, text: str):
    (folder / LOCK_FILE).write_text(text, encoding="utf-8")
    return read_lock(folder, HERE)


def test_a_lock_is_read_back_as_it_was_written(tmp_path):
    (tmp_path / LOCK_FILE).write_bytes(TWO.as_bytes())
    assert read_lock(tmp_path, HERE) == (TWO, [])


def test_a_new_record_touches_no_other_line():
    before, after = ONE.as_bytes().splitlines(), TWO.as_bytes().splitlines()
    assert [line for line in after if line in before] == before
    assert len(after) == len(before) + 1


def test_the_lines_that_two_branches_add_can_both_be_kept(tmp_path):
    other = ONE.having("lettres", "03-c", {"version": 3}).as_bytes().decode().splitlines()
    mine = TWO.as_bytes().decode().splitlines()
    merged = [*mine[:3], *[line for line in other if line not in mine], *mine[3:]]
    lock, found = read(tmp_path, "\n".join(merged))
    assert found == []
    assert set(lock.section("lettres")) == {"01-a", "02-b", "03-c"}


def test_the_order_of_acts_leaves_no_trace():
    other = Lock().having("lettres", "02-b", {"version": 2})
    other = other.having("lettres", "01-a", {"version": 1, "titre": "Été"})
    assert other.as_bytes() == TWO.as_bytes()
    assert TWO.lacking("lettres", "02-b").as_bytes() == ONE.as_bytes()


def test_a_section_of_another_feature_is_kept(tmp_path):
    lock, found = read(tmp_path, '{"format": 1, "pieces": {"devis": {"numero": 1}}}')
    assert found == []
    kept = json.loads(lock.having("lettres", "01-a", {}).as_bytes())
    assert kept["pieces"] == {"devis": {"numero": 1}}


def test_no_lock_holds_nothing(tmp_path):
    assert read_lock(tmp_path, HERE) == (Lock(), [])
    assert Lock().section("lettres") == {}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"format": 1, "lettres": []}x',
        '{"format": 1, "lettres": 3}',
        '{"format": 1, "lettres": {"01-a": 3}}',
        '<<<<<<< HEAD\n{"format": 1}',
        '{"format": 1, "lettres": {"01-a": {"version": 1}, "01-a": {"version": 2}}}',
    ],
)
def test_a_lock_that_does_not_read_is_an_error(tmp_path, text):
    assert [one.id for one in read(tmp_path, text)[1]] == ["verrou/illisible"]


def test_a_lock_of_a_later_format_is_left_to_a_later_version(tmp_path):
    assert [one.id for one in read(tmp_path, '{"format": 2}')[1]] == ["verrou/format"]

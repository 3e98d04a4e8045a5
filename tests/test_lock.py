"""`dossier.lock`: one record a line, a new line touches no other, what is unknown is kept."""

from __future__ import annotations

import json

import pytest

from dument.diagnostics import Position
from dument.lock import LOCK_FILE, Lock, read_lock

HERE = Position("dossier.yaml")
ONE = Lock().having("lettres", "01-a", {"sceau": "1", "titre": "Été"})
TWO = ONE.having("lettres", "02-b", {"sceau": "2"})


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
    other = ONE.having("lettres", "03-c", {"sceau": "3"}).as_bytes().decode().splitlines()
    mine = TWO.as_bytes().decode().splitlines()
    merged = [*mine[:3], *[line for line in other if line not in mine], *mine[3:]]
    lock, found = read(tmp_path, "\n".join(merged))
    assert found == []
    assert set(lock.section("lettres")) == {"01-a", "02-b", "03-c"}


def test_the_order_of_acts_leaves_no_trace():
    other = Lock().having("lettres", "02-b", {"sceau": "2"})
    other = other.having("lettres", "01-a", {"sceau": "1", "titre": "Été"})
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
        '{"format": 1, "autre": {"x": {"y": "\\ud800"}}}',
    ],
)
def test_a_lock_that_does_not_read_is_an_error(tmp_path, text):
    assert [one.id for one in read(tmp_path, text)[1]] == ["verrou/illisible"]


def test_a_lock_of_a_later_format_is_left_to_a_later_version(tmp_path):
    assert [one.id for one in read(tmp_path, '{"format": 2}')[1]] == ["verrou/format"]


HAND_OVER = {
    "pour": "conseil", "le": "2026-05-01", "archive": "a", "pieces": [1], "lettres": {},
    "paiements": [], "sommes": {"total": "12.00"},
}  # fmt: skip
SOUND = {
    "lettres": {"01-relance": {"sceau": "a"}},
    "pieces": {"devis": {"numero": 1}, "bon": {"numero": 2}},
    "remises": {"001-2026-05-01-conseil": HAND_OVER},
}


def laid(folder, section: str, name: str, record: object):
    """Read a sound lock in which one record is another."""
    sections = {**SOUND, section: {**SOUND[section], name: record}}
    (folder / LOCK_FILE).write_bytes(Lock(sections).as_bytes())
    return read_lock(folder, Position("data/dossiers/bon/dossier.yaml"))


def test_a_sound_lock_has_no_fault(tmp_path):
    assert laid(tmp_path, "pieces", "bon", {"numero": 2}) == (Lock(SOUND), [])


@pytest.mark.parametrize(
    ("section", "name", "record"),
    [
        ("pieces", "bon", {}),
        ("pieces", "bon", {"numero": "2"}),
        ("pieces", "bon", {"numero": 0}),
        ("pieces", "bon", {"numero": True}),
        ("pieces", "bon", {"numero": 10**9}),
        ("lettres", "01-relance", {}),
        ("lettres", "01-relance", {"sceau": None}),
        ("lettres", "../../ailleurs", {"sceau": "a"}),
        ("remises", "001-2026-05-01-conseil", {}),
        *(
            ("remises", "001-2026-05-01-conseil", {**HAND_OVER, key: wrong})
            for key, wrong in {
                "pour": 1, "le": "mai", "archive": None, "pieces": ["x"], "lettres": [],
                "paiements": "x", "sommes": {"total": "douze"},
            }.items()
        ),
    ],
)  # fmt: skip
def test_a_record_that_cannot_be_read_is_named_at_its_line(tmp_path, section, name, record):
    lock, [fault] = laid(tmp_path, section, name, record)
    lines = (tmp_path / LOCK_FILE).read_text(encoding="utf-8").splitlines()
    assert (lock, fault.id) == (Lock(), "verrou/illisible")
    assert fault.position.file == "data/dossiers/bon/dossier.lock"
    assert json.dumps(name) in lines[fault.position.line - 1]
    assert f"« {name} »" in fault.message


def test_a_number_is_not_given_to_two_exhibits(tmp_path):
    _, [fault] = laid(tmp_path, "pieces", "bon", {"numero": 1})
    assert "même numéro" in fault.message


def test_a_fault_of_syntax_is_told_at_its_line(tmp_path):
    [fault] = read(tmp_path, '{"format": 1,\n"pieces": {\n  "a": }}')[1]
    assert (fault.position.file, fault.position.line) == ("dossier.lock", 3)


def test_a_format_beyond_counting_is_an_error(tmp_path):
    assert [one.id for one in read(tmp_path, '{"format": 1e999}')[1]] == ["verrou/illisible"]

"""The manual's table of rules: each of the 193 that were listed has one row, which is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.examples import ROOT, workshop

PAGE = Path(ROOT / "docs/mentions.md")
LISTED = {
    "LET": 15, "REL": 9, "PEN": 20, "MED": 15, "MAN": 9, "ECH": 11, "SUS": 4, "AMI": 5, "IP": 34,
    "PET": 5, "REF": 1, "ASS": 5, "PC": 13, "TVA": 3, "FAC": 14, "DOS": 13, "OBS": 12, "PRE": 5,
}  # fmt: skip
STATES = {"contrôle", "réunie", "calcul", "écartée", "à venir"}
ROW = re.compile(r"^\| ([A-Z]{2,3}-\d{3}) \| (.+?) \| (.+?) \| (.+) \|$", re.MULTILINE)
ROWS = ROW.findall(PAGE.read_text(encoding="utf-8"))
MENTIONS = workshop(ROOT).law.mentions


def test_each_rule_that_was_listed_has_one_row():
    ids = [f"{prefix}-{n:03}" for prefix, count in LISTED.items() for n in range(1, count + 1)]
    assert len(ids) == 193
    assert sorted(id for id, *_ in ROWS) == sorted(ids)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_row_says_what_became_of_its_rule(row):
    id, asked, state, where = row
    assert state in STATES
    assert asked.strip()
    assert where.strip()
    assert (state == "contrôle") is (id in MENTIONS)


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row[2] == "réunie"], ids=lambda row: row[0]
)
def test_a_rule_is_joined_to_checks_that_exist(row):
    named = re.findall(r"`([A-Z]{2,3}-\d{3})`", row[3])
    assert named
    assert set(named) <= set(MENTIONS)

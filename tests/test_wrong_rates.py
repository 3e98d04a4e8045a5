"""Wrong rates found on the web, typed as a contract rate: each is named for what it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dument.checks import Inspection
from dument.checks.recognised_rate import find
from dument.kit import open_kit
from dument.law import Law, read_law
from dument.ledger import draw_up
from dument.schema import read_case
from tests.test_cases import completed, parsed

# The rate as typed, a day of the delay it was published for, what it really is. Source of each:
# the collected disagreements.
WRONG = [
    ("3,15 %", "2025-01-15", "BCE seul, sans les points, au 01/01/2025"),
    ("4,47 %", "2023-07-15", "légal des créanciers particuliers au 01/01/2023"),
    ("4,92 %", "2024-01-15", "légal (autres créanciers) au 01/07/2024"),
    ("5,07 %", "2024-01-15", "légal (autres créanciers) au 01/01/2024"),
    ("15,07 %", "2024-01-15", "légal du 01/01/2024 + 10 points, pris pour celui de la BCE"),
    ("0,79 %", "2021-01-15", "légal (autres créanciers) au 01/01/2021"),
    ("2,06 %", "2023-01-15", "légal (autres créanciers) au 01/01/2023"),
    ("13,65 %", "2024-07-15", "BCE du 18/09/2024 + 10 points"),
    ("12,40 %", "2025-05-15", "BCE du 23/04/2025 + 10 points"),
    ("10,50 %", "2022-07-15", "BCE du 27/07/2022 + 10 points"),
    ("13,50 %", "2025-01-15", "BCE du 22/03/2023 + 10 points"),
    ("0,05 %", "2016-10-15", "BCE seul"),
    ("12 %", "2023-07-15", "trois fois le taux de la BCE au 01/07/2023"),
    ("4,26 %", "2026-01-15", "légal (autres créanciers) au 01/01/200"),
    ("12,65 %", "2026-10-15", "BCE du 16/09/2026 + 10 points"),
    ("10,15 %", "2026-01-15", "acheteurs publics"),
    ("20,52 %", "2026-07-15", "trois fois le taux légal des créanciers particuliers"),
    (
        "5,26 %",
        "2024-07-15",
        "à tort comme le taux légal (autres créanciers) du second semestre",
    ),
    ("4,43 %", "2025-01-15", "à tort comme le taux légal (autres créanciers) du premier semestre"),
    ("7,61 %", "2025-01-15", "à tort comme le taux légal (autres créanciers) du premier semestre"),
    ("6,54 %", "2025-07-15", "à tort comme le taux légal (autres créanciers) du second semestre"),
    ("9,76 %", "2025-01-15", "des créanciers particuliers de 2025, qui est de 7,21 % puis 6,65 %"),
    ("5,22 %", "2025-01-15", "à tort comme le taux légal (autres créanciers) de 2025"),
    ("3,52 %", "2025-07-15", "à tort comme le taux légal (autres créanciers) du second semestre"),
    ("0,0352 %", "2025-07-15", "du second semestre 2025, qui est de 2,76 %"),
    ("13,15 %", "2026-01-15", "supplétif (BCE + 10 points) du semestre ouvert le 01/01/2025"),
]


@pytest.fixture(scope="module")
def law() -> Law:
    return read_law(open_kit(Path(__file__).parent))[0]


def said(law: Law, rate: str, day: str) -> list[str]:
    text = (
        f"conditions: {{penalites: '{rate}'}}\n"
        f"factures: [{{numero: F1, emise_le: {day}, echeance: {day}, ttc: '100,00'}}]"
    )
    case, places, faults = read_case(completed(parsed(text)))
    assert faults == []
    statement, _ = draw_up(case, law, date.fromisoformat(day), places.root)
    inspection = Inspection(case, places, law, statement, ())
    found = find(law.mentions["PEN-023"], inspection, None)
    return [str(one.detail).replace("\u00a0", " ") for one in found]


@pytest.mark.parametrize(("rate", "day", "name"), WRONG)
def test_a_wrong_rate_is_named_for_what_it_is(law, rate, day, name):
    assert any(name in one for one in said(law, rate, day))


@pytest.mark.parametrize("rate", ["9 %", "10 %", "12 %", "15 %", "1,5 %", "11,38 %"])
def test_an_ordinary_contract_rate_is_left_alone(law, rate):
    assert said(law, rate, "2026-01-15") == []

"""Steps 3 and 4: entries in the order of the days, then the décompte. Sums: see tests/cas/."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from dument.case import Case
from dument.diagnostics import Position
from dument.kit import open_kit
from dument.law import Law, read_law
from dument.ledger import Statement, apply_rules, draw_up
from dument.schema import read_case
from dument.source import parse_yaml

PARTIES = """\
reference: R
creancier: {type: societe, denomination: A, adresse: {voie: x, code_postal: 01000, commune: y}}
debiteur: {type: societe, denomination: B, adresse: {voie: x, code_postal: 01000, commune: y}}
"""
TWO_INVOICES = """\
factures:
  - {numero: F1, emise_le: 2026-03-02, echeance: 2026-04-01, ttc: 1 440,00}
  - numero: F2
    emise_le: 2026-04-01
    echeances: [{le: 2026-05-01, montant: 300,00}, {le: 2026-12-01, montant: 700,00}]
    ttc: 1 000,00
paiements: [{le: 2026-05-12, montant: 500,00, moyen: virement, sur: F1}]
conditions: {clause_penale: 10 %}
lettres: [{modele: mise-en-demeure, le: 2026-06-08, envoi: {canal: lrar, envoyee_le: 2026-06-08}}]
"""


@pytest.fixture(scope="module")
def law() -> Law:
    return read_law(open_kit(Path(__file__).parent))[0]


def case(rest: str) -> Case:
    mapping, diagnostics = parse_yaml(PARTIES + rest, "d.yaml")
    assert diagnostics == []
    read, _, diagnostics = read_case(mapping)
    assert diagnostics == []
    return read


@pytest.fixture(scope="module")
def statement(law) -> Statement:
    """The décompte of two invoices, one in two due dates, on 30 September 2026."""
    drawn, diagnostics = draw_up(case(TWO_INVOICES), law, date(2026, 9, 30), Position("d.yaml"))
    assert diagnostics == []
    return drawn


def test_the_total_is_the_sum_of_its_parts(statement):
    assert statement.total == (
        statement.principal + statement.interest + statement.fixed_sums + statement.penalty_clause
    )


def test_the_lines_sum_to_the_interest_that_ran(statement):
    assert sum(line.amount for line in statement.lines) == statement.interest_accrued


def test_each_line_can_be_redone_with_a_pocket_calculator(statement):
    for line in statement.lines:
        exact = line.base * line.rate * line.days / (100 * line.year_days)
        assert abs(exact - line.amount) <= Decimal("0.005")


def test_each_line_names_its_rule_and_the_values_it_used(statement):
    for line in statement.lines:
        assert line.rule == "penalites-bce-majore"
        assert sum(one.used.value for one in line.ingredients) == line.rate


def test_the_lines_of_a_due_date_follow_each_other_without_a_gap(statement):
    lines = [line for line in statement.lines if line.invoice == "F1"]
    ordinals = [(line.first_day.toordinal(), line.last_day.toordinal()) for line in lines]
    ends, starts = [end for _, end in ordinals[:-1]], [start for start, _ in ordinals[1:]]
    assert [end + 1 for end in ends] == starts


def test_what_is_not_due_yet_stands_apart(statement):
    assert statement.not_yet_due == Decimal("700.00")
    assert statement.invoice("F2").principal == Decimal("300.00")


def test_the_balances_of_the_invoices_sum_to_the_statement(statement):
    assert sum(one.total for one in statement.invoices) == statement.total - (
        statement.penalty_clause
    )


def test_a_part_of_the_statement_keeps_its_own_invoices(statement):
    part = statement.only(frozenset({"F2"}))
    assert {line.invoice for line in part.lines} == {"F2"}
    assert part.total == statement.invoice("F2").total


def test_the_parts_of_a_statement_sum_to_it_but_for_the_clause(statement):
    parts = [statement.only(frozenset({number})) for number in ("F1", "F2")]
    assert sum(one.total for one in parts) == statement.total - statement.penalty_clause


def test_the_statement_of_all_its_invoices_is_itself(statement):
    assert statement.only(frozenset({"F1", "F2"})) == statement


def test_a_notice_given_later_leaves_the_statement_without_a_clause(law):
    drawn, _ = draw_up(case(TWO_INVOICES), law, date(2026, 6, 7), Position("d.yaml"))
    assert (drawn.clause_entry, drawn.penalty_clause) == (None, Decimal("0.00"))


def test_an_unknown_rate_is_a_fault_at_the_place_given(law):
    place = Position("d.yaml", 12, 3)
    drawn, [found] = draw_up(case(TWO_INVOICES), law, date(2027, 1, 1), place)
    assert (drawn, found.id, found.position) == (None, "droit/valeur-inconnue", place)


def test_an_unknown_morrow_leaves_the_interest_of_a_day_unknown_never_zero(law):
    place = Position("d.yaml", 12, 3)
    drawn, [found] = draw_up(case(TWO_INVOICES), law, date(2026, 12, 31), place)
    assert drawn.daily_interest is None
    assert (found.id, found.level.value) == ("droit/lendemain-inconnu", "avertissement")
    assert "legal/parametres/taux-bce-semestriel.yaml" in found.hint


def test_the_interest_of_a_day_is_known_when_no_due_date_needs_the_unknown_rate(law):
    read = case("""\
factures: [{numero: F1, emise_le: 2026-03-02, echeance: 2026-04-01, ttc: 1 000,00}]
paiements: [{le: 2026-03-31, montant: 1 000,00}]
""")
    drawn, diagnostics = draw_up(read, law, date(2026, 12, 31), Position("d.yaml"))
    assert (drawn.daily_interest, diagnostics) == (Decimal(0), [])


def test_credit_notes_come_before_payments_of_the_same_day(law):
    read = case("""\
factures: [{numero: F1, emise_le: 2026-03-02, echeance: 2026-04-01, ttc: 1 000,00}]
paiements: [{le: 2026-04-01, montant: 600,00}]
avoirs: [{numero: A1, le: 2026-04-01, montant: 400,00, sur: F1}]
""")
    ledger = apply_rules(read, law, date(2026, 4, 30))
    assert [one.is_credit_note for one in ledger.allocations] == [True, False]


def test_a_credit_note_beyond_the_price_is_overpaid(law):
    read = case("""\
factures: [{numero: F1, emise_le: 2026-03-02, echeance: 2026-04-01, ttc: 1 000,00}]
avoirs: [{numero: A1, le: 2026-03-15, montant: 1 200,00, sur: F1}]
""")
    assert apply_rules(read, law, date(2026, 4, 30)).overpaid == Decimal("200.00")


def test_nothing_runs_on_an_invoice_that_is_paid(law):
    read = case("""\
factures: [{numero: F1, emise_le: 2026-03-02, echeance: 2026-04-01, ttc: 1 000,00}]
paiements: [{le: 2026-03-31, montant: 1 000,00}]
""")
    ledger = apply_rules(read, law, date(2026, 12, 31))
    assert (ledger.lines, ledger.fixed_sums) == ((), ())


def test_a_paid_invoice_needs_no_rate_of_the_years_to_come(law):
    read = case("""\
factures: [{numero: F1, emise_le: 2026-03-02, echeance: 2026-04-01, ttc: 1 000,00}]
paiements: [{le: 2026-03-31, montant: 1 000,00}]
""")
    drawn, diagnostics = draw_up(read, law, date(2030, 1, 1), Position("d.yaml"))
    assert (drawn.total, diagnostics) == (Decimal("0.00"), [])


@pytest.mark.parametrize("order", [1, -1])
def test_credit_notes_taken_back_to_the_due_date_keep_the_order_of_their_days(law, order):
    notes = [
        "{numero: A1, le: 2026-05-01, montant: 300,00, sur: F1}",
        "{numero: A2, le: 2026-06-01, montant: 900,00, sur: F1}",
    ]
    read = case(f"""\
conditions: {{conventions: {{avoir: a-l-echeance}}}}
factures: [{{numero: F1, emise_le: 2026-03-02, echeance: 2026-04-01, ttc: 1 000,00}}]
avoirs: [{", ".join(notes[::order])}]
""")
    ledger = apply_rules(read, law, date(2026, 6, 30))
    assert [(one.source, one.principal) for one in ledger.allocations] == [
        ("A1", Decimal("300.00")),
        ("A2", Decimal("700.00")),
    ]

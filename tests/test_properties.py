"""What holds for any case: sums, conservation, monotony, order; what is written is read again."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dument.case import Case, LateInterest, Terms
from dument.days import half_years
from dument.diagnostics import Position
from dument.french import slug, typeset
from dument.kit import open_kit
from dument.law import Law, read_law
from dument.ledger import Statement, draw_up
from dument.money import format_euros, format_number, parse_amount, parse_rate
from dument.rules import interest_rule
from dument.rules.accrual import countable_periods
from dument.rules.payment_allocation import shares
from dument.source import parse_yaml, plain

ADDRESS = {"street": "x", "postcode": "01000", "city": "y"}
FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)
LAW: Law = read_law(open_kit(Path(__file__).parent))[0]
FEW = settings(max_examples=50)

amounts = st.integers(1, 5_000_000).map(lambda cents: Decimal(cents) / 100)
days_ = st.dates(FIRST, date(2026, 9, 30))


def party(kind: str) -> dict:
    return {
        "kind": kind,
        "company_name": "X",
        "last_name": "N",
        "first_name": "P",
        "address": ADDRESS,
    }


@st.composite
def invoices(draw, rank: int) -> dict:
    """An invoice in one to three due dates."""
    parts = draw(st.lists(st.tuples(days_, amounts), min_size=1, max_size=3))
    instalments = [{"due_on": day, "amount": amount} for day, amount in parts]
    gross = sum(amount for _, amount in parts)
    return {"number": f"F{rank}", "issued_on": FIRST, "instalments": instalments, "gross": gross}


@st.composite
def payments(draw, numbers: list[str], latest: date) -> dict:
    """A payment for any invoice, for several or for none, that bounced or not."""
    on, amount = draw(st.dates(FIRST, latest)), draw(amounts)
    half = [{"invoice": one, "amount": amount / 4} for one in numbers if amount % 4 == 0]
    return {
        "on": on,
        "amount": amount,
        "designated": draw(st.sampled_from([None, *numbers, half or None])),
        "rejected_on": draw(st.none() | st.none() | st.dates(on, latest)),
        "allocation": draw(st.sampled_from(["interets", "principal"])),
    }


@st.composite
def judgments(draw, latest: date) -> dict | None:
    """An enforceable decision, at the legal rate or not, with capitalisation or not."""
    on = draw(st.dates(FIRST, latest))
    since = draw(st.none() | st.dates(FIRST, on))
    rate = draw(st.sampled_from(["legal", "contractuel"]))
    judgment = {"enforceable_on": on, "rate": rate, "capitalisation_since": since}
    return draw(st.sampled_from([None, judgment]))


@st.composite
def cases(draw, latest: date = LAST) -> Case:
    """A case of any regime, its payments and credit notes no later than a day."""
    regime = draw(st.sampled_from(["societe", "societe", "particulier", "personne_publique"]))
    numbers = [f"F{rank}" for rank in range(draw(st.integers(1, 3)))]
    past = st.dates(FIRST, latest)
    payment = payments(numbers, latest)
    note = st.fixed_dictionaries(
        {
            "number": st.just("A"),
            "on": past,
            "amount": amounts,
            "invoice": st.sampled_from(numbers),
        }
    )
    conventions = st.fixed_dictionaries(
        {
            "year": st.sampled_from(["365", "reelle"]),
            "rate": st.sampled_from(["glissant", "fige"]),
            "credit_note": st.sampled_from(["a-sa-date", "a-l-echeance"]),
            "fixed_sum": st.sampled_from(["apres-principal", "avec-interets"]),
            "rejection": st.sampled_from(["sans-effet", "a-sa-date"]),
            "rounding": st.sampled_from(["par-ligne", "par-echeance"]),
        }
    )
    notice = {
        "kind": "mise-en-demeure",
        "on": draw(past),
        "sending": {"channel": "lrar", "presented_on": draw(past)},
    }
    terms = {
        "late_interest": draw(st.sampled_from([None, "12 %", "3x-taux-legal", "aucune"])),
        "penalty_clause": draw(st.sampled_from([None, "10 %"])),
        "conventions": draw(conventions),
        "capitalisation": draw(st.booleans()),
        "exhibit": "contrat",
    }
    cost = st.fixed_dictionaries(
        {"on": past, "subject": st.just("x"), "amount": amounts, "is_recoverable": st.booleans()}
    )
    dispute = {"since": FIRST, "reason": "x", "invoice": "F0", "is_excluded": True}
    return Case.model_validate(
        {
            "reference": "R",
            "creditor": party("societe"),
            "debtor": party(regime),
            "terms": terms,
            "invoices": [draw(invoices(rank)) for rank in range(len(numbers))],
            "payments": draw(st.lists(payment, max_size=4)),
            "credit_notes": draw(st.lists(note, max_size=2)),
            "letters": draw(st.sampled_from([[], [notice]])),
            "judgment": draw(judgments(latest)),
            "costs": draw(st.lists(cost, max_size=2)),
            "status": {"dispute": draw(st.sampled_from([None, dispute]))},
        }
    )


def drawn_up(case: Case, day: date) -> Statement:
    statement, diagnostics = draw_up(case, LAW, day, Position("d.yaml"))
    assert {one.id for one in diagnostics} <= {"droit/lendemain-inconnu"}
    return statement


statements = st.builds(drawn_up, cases(), st.dates(FIRST, LAST))


@FEW
@given(statements)
def test_the_lines_always_sum_to_the_interest(statement):
    assert sum((line.amount for line in statement.lines), Decimal(0)) == statement.interest_accrued


@FEW
@given(statements)
def test_the_parts_always_sum_to_the_total(statement):
    parts = (statement.principal, statement.interest, statement.fixed_sums)
    assert sum(parts) + statement.penalty_clause + statement.costs == statement.total


@FEW
@given(statements)
def test_no_part_is_ever_negative(statement):
    parts = [
        statement.principal,
        statement.interest,
        statement.fixed_sums,
        statement.penalty_clause,
        statement.not_yet_due,
        statement.overpaid,
        statement.costs,
        statement.set_aside,
        *(one.principal for one in statement.invoices),
        *(one.interest for one in statement.invoices),
        *(one.fixed_sum for one in statement.invoices),
    ]
    assert min(parts) >= 0


@FEW
@given(statements)
def test_every_amount_is_whole_cents(statement):
    parts = (statement.total, statement.interest, statement.overpaid, statement.not_yet_due)
    assert all(part == round(part, 2) for part in parts)


@FEW
@given(cases(), st.dates(FIRST, LAST))
def test_money_received_is_conserved(case, day):
    statement = drawn_up(case, day)
    paid = [one for one in case.payments if one.on <= day and not one.is_rejected(day)]
    received = sum((one.amount for one in paid), Decimal(0))
    credited = sum((one.amount for one in case.credit_notes if one.on <= day), Decimal(0))
    allocated = sum(
        (one.interest + one.principal + one.fixed_sum for one in statement.allocations), Decimal(0)
    )
    clause = statement.clause_entry.amount if statement.clause_entry else Decimal(0)
    clause_paid = clause - statement.penalty_clause
    costs = sum((due.amount for _, due in statement.cost_entries), Decimal(0))
    others = clause_paid + costs - statement.costs + statement.overpaid
    assert received + credited == allocated + others


@FEW
@given(cases(), st.dates(FIRST, LAST))
def test_the_price_is_conserved(case, day):
    statement = drawn_up(case, day)
    price = sum(one.gross for one in case.invoices)
    extinguished = sum((one.principal for one in statement.allocations), Decimal(0))
    left = statement.principal + statement.not_yet_due + statement.set_aside
    assert price == extinguished + left


@FEW
@given(statements)
def test_interest_that_ran_is_paid_or_owed(statement):
    paid = sum((one.interest for one in statement.allocations), Decimal(0))
    assert statement.interest_accrued == paid + statement.interest


@FEW
@given(cases(latest=date(2026, 6, 30)), st.dates(date(2026, 6, 30), LAST), st.integers(0, 60))
def test_interest_never_falls_while_nothing_happens(case, day, later):
    until = min(day + timedelta(days=later), LAST)
    assert drawn_up(case, until).interest >= drawn_up(case, day).interest


@FEW
@given(cases(latest=date(2026, 6, 30)), st.dates(date(2026, 6, 30), LAST), st.integers(0, 60))
def test_what_is_owed_never_falls_while_nothing_happens(case, day, later):
    until = min(day + timedelta(days=later), LAST)
    assert drawn_up(case, until).total >= drawn_up(case, day).total


@FEW
@given(cases(), st.dates(FIRST, LAST), st.randoms(use_true_random=False))
def test_the_order_of_the_file_does_not_matter(case, day, random):
    assume(len({one.on for one in case.payments}) == len(case.payments))
    assume(len({one.on for one in case.credit_notes}) == len(case.credit_notes))
    shuffled = {
        field: tuple(random.sample(getattr(case, field), len(getattr(case, field))))
        for field in ("payments", "credit_notes")
    }
    assert drawn_up(case.model_copy(update=shuffled), day) == drawn_up(case, day)


@FEW
@given(statements)
def test_the_whole_of_a_statement_is_itself(statement):
    everything = frozenset(one.number for one in statement.invoices)
    assert statement.only(everything) == statement


@FEW
@given(statements)
def test_the_parts_of_a_statement_sum_to_it(statement):
    parts = [statement.only(frozenset({one.number})) for one in statement.invoices]
    totals = [one.principal + one.interest + one.fixed_sums for one in parts]
    assert sum(totals) == statement.total - statement.penalty_clause - statement.costs


def exact(case: Case, since: date, first_day: date, last_day: date) -> Fraction:
    """Return the interest of 1 € over an interval before any rounding."""
    rule = interest_rule(case)
    return sum(
        (
            Fraction(period.rate) * days / (100 * year)
            for period in rule.periods(case, LAW, since, first_day, last_day)
            for _, _, days, year in countable_periods(
                case.terms.conventions, period.first_day, period.last_day
            )
        ),
        Fraction(0),
    )


@FEW
@given(cases(), days_, st.integers(0, 500), st.integers(0, 500))
def test_splitting_a_period_changes_nothing_before_rounding(case, since, one, other):
    assume(interest_rule(case) is not None)
    middle = min(since + timedelta(days=one), LAST)
    end = min(middle + timedelta(days=other), LAST)
    split = exact(case, since, since, middle) + exact(case, since, middle + timedelta(days=1), end)
    assert split == exact(case, since, since, end)


@given(days_, st.integers(0, 800))
def test_half_years_cover_every_day_once(first_day, length):
    last_day = first_day + timedelta(days=length)
    parts = list(half_years(first_day, last_day))
    covered = [
        start + timedelta(days=rank)
        for start, end in parts
        for rank in range((end - start).days + 1)
    ]
    assert covered == [first_day + timedelta(days=rank) for rank in range(length + 1)]


@given(amounts, st.lists(amounts, min_size=1, max_size=6))
def test_shares_sum_to_what_is_paid_and_never_exceed_a_debt(amount, owed):
    parts = shares(amount, owed)
    assert sum(parts) == min(amount, sum(owed))
    assert all(0 <= part <= one for part, one in zip(parts, owed, strict=True))


@given(st.integers(0, 10**14 - 1))
def test_an_amount_written_is_read_again(cents):
    amount = Decimal(cents) / 100
    assert parse_amount(format_euros(amount)) == amount


@given(st.integers(0, 99_999))
def test_a_rate_written_is_read_again(hundredths):
    rate = Decimal(hundredths) / 100
    assert parse_rate(f"{format_number(rate)} %") == rate


PRINTABLE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=60)


@given(PRINTABLE)
def test_any_text_between_quotes_is_read_letter_for_letter(text):
    mapping, diagnostics = parse_yaml(f"cle: {json.dumps(text, ensure_ascii=False)}", "d.yaml")
    assume(not diagnostics)  # a noncharacter: YAML itself refuses it, at its place
    assert plain(mapping) == {"cle": text if text.strip() else None}


@given(PRINTABLE)
def test_any_text_makes_a_name_without_danger(text):
    assert set(slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert 0 < len(slug(text)) <= 60


@given(st.text(st.sampled_from("aL1 .'«»:;!?%€°nN\u00a0\u202f…"), max_size=30))
def test_typesetting_twice_is_typesetting_once(text):
    assert typeset(typeset(text)) == typeset(text)


@pytest.mark.parametrize("written", ["bce+10", "aucune", "3x-taux-legal", "12 %"])
def test_terms_built_from_words_are_those_of_the_file(written):
    assert isinstance(Terms.model_validate({"late_interest": written}).late_interest, LateInterest)

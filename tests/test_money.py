"""Amounts and rates: one reading or none, one rounding, French typography."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dument.faults import Misread
from dument.money import (
    format_euros,
    format_number,
    format_rate,
    parse_amount,
    parse_rate,
    round_to_cent,
)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1 440,00", "1440.00"),
        ("1440.00", "1440.00"),
        ("1 440,00 €", "1440.00"),
        ("1440,00€", "1440.00"),
        ("1440", "1440.00"),
        ("1440,5", "1440.50"),
        ("0,05", "0.05"),
        ("1.440,00", "1440.00"),
        ("1,440.00", "1440.00"),
        ("1 440 000,00", "1440000.00"),
        ("1.440.000,00", "1440000.00"),
        ("500 EUR", "500.00"),
        ("500 euros", "500.00"),
        ("1\u202f440,00\u00a0€", "1440.00"),
        ("1\u00a0440", "1440.00"),
        ("  12,00  ", "12.00"),
        ("999 999 999 999,99", "999999999999.99"),
    ],
)
def test_an_amount_is_read_as_a_french_reader_would(written, amount):
    assert parse_amount(written) == Decimal(amount)


@pytest.mark.parametrize(
    ("written", "slug"),
    [
        ("1.440", "montant-ambigu"),
        ("1,440", "montant-ambigu"),
        ("12,345", "montant-ambigu"),
        ("999.999", "montant-ambigu"),
        ("-5", "montant-negatif"),
        ("\u22125,00", "montant-negatif"),
        ("-1 440,00 €", "montant-negatif"),
        ("500 USD", "devise"),
        ("$500", "devise"),
        ("500 £", "devise"),
        ("5 CHF", "devise"),
        ("", "montant-illisible"),
        ("€", "montant-illisible"),
        ("+5", "montant-illisible"),
        ("1 44", "montant-illisible"),
        ("1 4400", "montant-illisible"),
        ("12 34", "montant-illisible"),
        ("0,123", "montant-illisible"),
        ("1440.", "montant-illisible"),
        (",50", "montant-illisible"),
        ("1e3", "montant-illisible"),
        ("1_000", "montant-illisible"),
        ("0x10", "montant-illisible"),
        ("1'440.00", "montant-illisible"),
        ("1 440.000,00", "montant-illisible"),
        ("1.440.000", "montant-illisible"),
        ("12 %", "montant-illisible"),
        ("mille", "montant-illisible"),
        ("1 440,00 € TTC", "montant-illisible"),
        ("EUR 500", "montant-illisible"),
        ("1 000 000 000 000", "montant-hors-bornes"),
        ("9" * 50, "montant-hors-bornes"),
    ],
)
def test_an_amount_that_would_be_a_guess_is_refused(written, slug):
    with pytest.raises(Misread) as refused:
        parse_amount(written)
    assert refused.value.slug == slug


def test_an_ambiguous_amount_is_shown_both_ways():
    with pytest.raises(Misread) as refused:
        parse_amount("1.440")
    assert refused.value.hint == "écrivez « 1440,00 » ou « 1,44 »"


@pytest.mark.parametrize(
    ("written", "rate"),
    [("12 %", "12"), ("12,15 %", "12.15"), ("12.15%", "12.15"), ("0,77\u00a0%", "0.77")],
)
def test_a_rate_carries_its_unit(written, rate):
    assert parse_rate(written) == Decimal(rate)


@pytest.mark.parametrize(
    "written", ["12", "0,12", "-5 %", "12 % l’an", "% 12", "", "1000 %", "12,1234567 %", "9" * 60]
)
def test_a_rate_without_its_unit_or_out_of_reason_is_refused(written):
    with pytest.raises(Misread) as refused:
        parse_rate(written)
    assert refused.value.slug == "taux-illisible"


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [
        ("33.285", "33.29"),
        ("33.2849999", "33.28"),
        ("2.675", "2.68"),
        ("2.665", "2.67"),
        ("0.005", "0.01"),
        ("0.0049", "0.00"),
    ],
)
def test_half_a_cent_goes_up(exact, rounded):
    assert round_to_cent(Decimal(exact)) == Decimal(rounded)


def test_euros_are_written_with_narrow_and_no_break_spaces():
    assert format_euros(Decimal("1234567.5")) == "1\u202f234\u202f567,50\u00a0€"


def test_a_negative_number_bears_a_true_minus_sign():
    assert format_number(Decimal("-12.3")) == "\u221212,30"


@pytest.mark.parametrize(
    ("rate", "written"),
    [
        ("12.4", "12,40\u00a0%"),
        ("10", "10,00\u00a0%"),
        ("3.125", "3,125\u00a0%"),
        ("0", "0,00\u00a0%"),
    ],
)
def test_a_rate_is_written_with_two_decimals_at_least(rate, written):
    assert format_rate(Decimal(rate)) == written

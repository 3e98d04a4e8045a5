"""Sums in words: the traditional spelling, with the cases that number libraries get wrong."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dument.numerals import euros_in_words, in_words, number_in_words

# Worked by the rules of the Académie française: « vingt » and « cent » take an s when they are
# multiplied and end the number, or stand before million and milliard, which are nouns.
NUMBERS = {
    0: "zéro",
    1: "un",
    16: "seize",
    17: "dix-sept",
    21: "vingt et un",
    22: "vingt-deux",
    70: "soixante-dix",
    71: "soixante et onze",
    77: "soixante-dix-sept",
    80: "quatre-vingts",
    81: "quatre-vingt-un",
    90: "quatre-vingt-dix",
    91: "quatre-vingt-onze",
    99: "quatre-vingt-dix-neuf",
    100: "cent",
    101: "cent un",
    180: "cent quatre-vingts",
    200: "deux cents",
    201: "deux cent un",
    1_000: "mille",
    1_001: "mille un",
    1_100: "mille cent",
    21_000: "vingt et un mille",
    80_000: "quatre-vingt mille",
    200_000: "deux cent mille",
    280_080: "deux cent quatre-vingt mille quatre-vingts",
    1_000_000: "un million",
    80_000_000: "quatre-vingts millions",
    200_000_200: "deux cents millions deux cents",
    1_000_000_000: "un milliard",
}
SUMS = {
    "0.00": "zéro euro",
    "0.01": "un centime",
    "0.80": "quatre-vingts centimes",
    "1.00": "un euro",
    "1.01": "un euro et un centime",
    "21200.00": "vingt et un mille deux cents euros",
    "1440.50": "mille quatre cent quarante euros et cinquante centimes",
    "1000000.00": "un million d’euros",
    "2000000.00": "deux millions d’euros",
    "2000001.00": "deux millions un euros",
    "2000000.02": "deux millions d’euros et deux centimes",
    "1000000000.00": "un milliard d’euros",
}


@pytest.mark.parametrize(("number", "words"), NUMBERS.items())
def test_a_number_is_written_in_words(number, words):
    assert in_words(number) == number_in_words(number) == words


@pytest.mark.parametrize(("amount", "words"), SUMS.items())
def test_a_sum_is_written_in_euros_and_cents(amount, words):
    assert in_words(Decimal(amount)) == euros_in_words(Decimal(amount)) == words


def test_two_numbers_are_never_written_alike():
    assert len({number_in_words(number) for number in range(20_000)}) == 20_000


def test_a_thousand_is_never_counted_by_one():
    assert not any("un mille" in number_in_words(number) for number in range(1_000, 2_000))


@pytest.mark.parametrize("amount", ["-1.00", "0.005", "1000000000000.00"])
def test_what_has_no_words_is_refused(amount):
    with pytest.raises(ValueError, match=r"lettres|centime"):
        euros_in_words(Decimal(amount))

"""French as printed: typography, contractions, plurals, names of files."""

from __future__ import annotations

from datetime import date

import pytest

from dument.checks.figures import says_date
from dument.french import (
    join_words,
    long_date,
    of,
    on_days,
    plural,
    short_date,
    slug,
    squeeze,
    typeset,
    without_accents,
)

NARROW, NO_BREAK = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Attention !", f"Attention{NARROW}!"),
        ("Est-ce payé ?", f"Est-ce payé{NARROW}?"),
        ("un ; deux", f"un{NARROW}; deux"),
        ("Objet : facture", f"Objet{NO_BREAK}: facture"),
        ("« projet »", f"«{NO_BREAK}projet{NO_BREAK}»"),
        ("12 %", f"12{NO_BREAK}%"),
        ("40 €", f"40{NO_BREAK}€"),
        ("facture n° 12", f"facture n°{NO_BREAK}12"),
        ("facture n°12", f"facture n°{NO_BREAK}12"),
        ("article L. 441-10", f"article{NO_BREAK}L.{NO_BREAK}441-10"),
        ("articles 696 et 1405", f"articles{NO_BREAK}696 et 1405"),
        ("pièce n° 3", f"pièce{NO_BREAK}n°{NO_BREAK}3"),
        ("art. 1231-6", f"art.{NO_BREAK}1231-6"),
        ("M. Martin et Mme Roux", f"M.{NO_BREAK}Martin et Mme{NO_BREAK}Roux"),
        ("sous 8 jours", f"sous 8{NO_BREAK}jours"),
        ("10 points", f"10{NO_BREAK}points"),
        ("l'échéance d'aujourd'hui", "l’échéance d’aujourd’hui"),
        ("etc...", "etc…"),
    ],
)
def test_a_text_typed_at_the_keyboard_is_set(typed, set_):
    assert typeset(typed) == set_


@pytest.mark.parametrize(
    "text",
    ["https://exemple.fr/a?b=1", "12:30", "a;b", "Lyon", "M. le président", "'entre apostrophes"],
)
def test_what_needs_no_setting_is_left_alone(text):
    assert typeset(text) == text


def test_setting_twice_is_setting_once():
    once = typeset("« Objet : 12 % ; n° 3, l'an dernier ! »")
    assert typeset(once) == once


@pytest.mark.parametrize(
    ("name", "phrase"),
    [
        ("Lyon", "de Lyon"),
        ("Orléans", "d’Orléans"),
        ("Évry", "d’Évry"),
        ("Île-de-France", "d’Île-de-France"),
        ("Œuilly", "d’Œuilly"),
        ("le Havre", "du Havre"),
        ("Le Mans", "du Mans"),
        ("les Sables-d’Olonne", "des Sables-d’Olonne"),
        ("La Rochelle", "de La Rochelle"),
        ("L’Haÿ-les-Roses", "de L’Haÿ-les-Roses"),
        ("Lens", "de Lens"),
        ("Lesquin", "de Lesquin"),
    ],
)
def test_de_contracts_before_an_article_and_a_vowel(name, phrase):
    assert of(name) == phrase


@pytest.mark.parametrize(
    ("count", "phrase"),
    [(0, "0 facture"), (1, "1 facture"), (2, "2 factures"), (-1, "-1 facture")],
)
def test_zero_and_one_are_singular(count, phrase):
    assert plural(count, "facture").replace(NO_BREAK, " ") == phrase


def test_an_irregular_plural_is_given():
    assert plural(3, "avoir total", "avoirs totaux").replace(NO_BREAK, " ") == "3 avoirs totaux"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [([], ""), (["a"], "a"), (["a", "b"], "a et b"), (["a", "b", "c"], "a, b et c")],
)
def test_words_are_joined_as_a_sentence_does(words, sentence):
    assert join_words(words) == sentence


@pytest.mark.parametrize(
    ("days", "written"),
    [
        ([(2026, 8, 7)], "le 7 août 2026"),
        ([(2026, 8, 31), (2026, 8, 7), (2026, 8, 20)], "les 7, 20 et 31 août 2026"),
        ([(2026, 8, 7), (2026, 8, 7)], "le 7 août 2026"),
        ([(2026, 6, 12), (2026, 8, 10)], "le 12 juin et le 10 août 2026"),
        (
            [(2026, 8, 7), (2026, 8, 20), (2026, 9, 10), (2026, 10, 1)],
            "les 7 et 20 août, le 10 septembre et le 1er octobre 2026",
        ),
        ([(2025, 12, 1), (2026, 1, 3)], "le 1er décembre 2025 et le 3 janvier 2026"),
        ([(2025, 8, 7), (2026, 8, 7)], "le 7 août 2025 et le 7 août 2026"),
    ],
)
def test_days_name_each_month_and_each_year_once(days, written):
    assert squeeze(on_days(date(*one) for one in days)) == written


@pytest.mark.parametrize("day", [(2026, 8, 7), (2026, 8, 20), (2026, 9, 10), (2026, 10, 1)])
def test_a_day_is_found_among_days_that_share_its_month_or_its_year(day):
    said = "Nous avons écrit les 7 et 20 août, le 10 septembre et le 1er octobre 2026, en vain."
    assert says_date(said, date(*day))


@pytest.mark.parametrize("day", [(2026, 8, 2), (2026, 8, 10), (2026, 9, 20), (2025, 8, 7)])
def test_a_day_that_is_not_printed_is_not_found_among_others(day):
    said = "Nous avons écrit les 7 et 20 août, le 10 septembre et le 1er octobre 2026, en vain."
    assert not says_date(said, date(*day))


def test_the_first_of_the_month_is_premier():
    assert long_date(date(2026, 5, 1)) == f"1er{NO_BREAK}mai{NO_BREAK}2026"


def test_other_days_are_plain_numbers():
    assert long_date(date(2026, 8, 15)) == f"15{NO_BREAK}août{NO_BREAK}2026"


def test_a_short_date_reads_day_first():
    assert short_date(date(2026, 4, 1)) == "01/04/2026"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Procès-verbal n° 2 : été", "proces-verbal-n-2-ete"),
        ("Œuvre & cœur", "oeuvre-coeur"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "con"),
        ("  ", "sans-nom"),
        ("日本", "sans-nom"),
        ("a" * 80, "a" * 60),
    ],
)
def test_any_text_makes_a_safe_file_name(text, name):
    assert slug(text) == name


def test_accents_and_ligatures_are_spelt_out():
    assert without_accents("ÇA, Œuvre, naïf, Æsope") == "CA, OEuvre, naif, AEsope"


def test_every_kind_of_space_is_squeezed():
    assert squeeze(f" a {NO_BREAK}\n{NARROW}b\t") == "a b"

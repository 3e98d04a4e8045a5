"""Numbers and sums of euros written in words, as acknowledgements and schedules want them.

Traditional spelling: « et » before un and onze, hyphens below a hundred only, « cent » and
« vingt » in the plural when multiplied and last, « mille » invariable, « million » a noun.
"""

from __future__ import annotations

from decimal import Decimal

_SMALL = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
).split()
_TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante", 8: "quatre-vingt"}
_NOUNS = ((10**9, "milliard"), (10**6, "million"))
_LIMIT = 10**12


def in_words(value: int | Decimal) -> str:
    """Write a whole number, or a sum of euros when it is a Decimal.

    >>> in_words(281), in_words(Decimal("1440.50"))
    ('deux cent quatre-vingt-un', 'mille quatre cent quarante euros et cinquante centimes')
    """
    return euros_in_words(value) if isinstance(value, Decimal) else number_in_words(value)


def number_in_words(number: int) -> str:
    """Write a whole number from zero up to a thousand billion; ValueError beyond.

    >>> number_in_words(80), number_in_words(80_000), number_in_words(80_000_000)
    ('quatre-vingts', 'quatre-vingt mille', 'quatre-vingts millions')
    """
    if not 0 <= number < _LIMIT:
        raise ValueError(f"{number} ne s’écrit pas en lettres ici")
    words = []
    for size, noun in _NOUNS:
        count, number = divmod(number, size)
        if count:
            words += [_below_thousand(count), noun if count == 1 else f"{noun}s"]
    thousands, rest = divmod(number, 1000)
    if thousands:
        words += [_below_thousand(thousands, is_last=False)] if thousands > 1 else []
        words += ["mille"]
    if rest or not words:
        words += [_below_thousand(rest)]
    return " ".join(words)


def euros_in_words(amount: Decimal) -> str:
    """Write a sum in euros and cents; ValueError below zero or beyond a thousand billion.

    >>> euros_in_words(Decimal("2000000.01"))
    'deux millions d’euros et un centime'
    """
    cents = int(amount * 100)
    if cents != amount * 100:
        raise ValueError(f"{amount} a des fractions de centime")
    euros, rest = divmod(cents, 100)
    link = " d’" if euros and euros % 10**6 == 0 else " "
    whole = f"{number_in_words(euros)}{link}{_noun(euros, 'euro')}"
    if not rest:
        return whole
    small = f"{number_in_words(rest)} {_noun(rest, 'centime')}"
    return f"{whole} et {small}" if euros else small


def _noun(count: int, noun: str) -> str:
    return noun if count < 2 else f"{noun}s"


def _below_thousand(number: int, *, is_last: bool = True) -> str:
    """Write a number below a thousand; « mille » after it (`is_last` false) takes plurals off."""
    hundreds, rest = divmod(number, 100)
    words = [_SMALL[hundreds]] if hundreds > 1 else []
    if hundreds:
        words += ["cents" if hundreds > 1 and not rest and is_last else "cent"]
    if rest or not hundreds:
        words += [_below_hundred(rest, is_last=is_last)]
    return " ".join(words)


def _below_hundred(number: int, *, is_last: bool) -> str:
    if number < len(_SMALL):
        return _SMALL[number]
    tens, unit = divmod(number, 10)
    if tens == 1:
        return f"dix-{_SMALL[unit]}"
    if tens in (7, 9):
        tens, unit = tens - 1, unit + 10
    if tens == 8 and not unit:
        return "quatre-vingts" if is_last else "quatre-vingt"
    if not unit:
        return _TENS[tens]
    link = " et " if unit in (1, 11) and tens != 8 else "-"
    return f"{_TENS[tens]}{link}{_below_hundred(unit, is_last=is_last)}"

"""Euros and rates: read without ambiguity, rounded once, written as French typography wants."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from dument.faults import Misread

CENT = Decimal("0.01")
ZERO = Decimal("0.00")

_NARROW_SPACE = "\u202f"
_NO_BREAK_SPACE = "\u00a0"
_SPACES = " \u00a0\u202f\u2009"
_PLAIN = re.compile(r"\d+(?:[.,]\d{1,2})?")
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+(?:[.,]\d{1,2})?")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+,\d{1,2}|\d{1,3}(?:,\d{3})+\.\d{1,2}")
_TWO_READINGS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_OTHER_CURRENCY = re.compile(r"[$£¥]|\b(?!TTC\b|EUR\b)[A-Z]{3}\b")
_RATE = re.compile(r"(\d{1,3}(?:[.,]\d{1,6})?)\s*%")
_MOST_DIGITS = 12


def round_to_cent(amount: Decimal) -> Decimal:
    """Round an amount in euros half-up to the cent.

    >>> round_to_cent(Decimal("33.285"))
    Decimal('33.29')
    """
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def parse_amount(text: str) -> Decimal:
    """Read an amount in euros: `1 440,00`, `1440.00`, `1 440,00 €`, `1.440,00`.

    Raises Misread for another currency, a sign, more than two decimals, a thousand billion or
    more, or a text with two readings (`1.440` may be one euro or more than a thousand).

    >>> parse_amount("1 440,00 €")
    Decimal('1440.00')
    """
    bare = re.sub(r"(?:€|EUR|euros?)$", "", _single_spaces(text), flags=re.IGNORECASE).strip()
    if bare.startswith(("-", "\u2212")):
        raise Misread(
            "montant-negatif",
            f"le montant « {text} » est négatif",
            "écrivez un montant positif ; ce qui vient en moins est un avoir ou un paiement",
        )
    if _OTHER_CURRENCY.search(bare):
        raise Misread(
            "devise",
            f"le montant « {text} » n’est pas en euros",
            "seul l’euro est pris en charge : écrivez par exemple « 1 440,00 »",
        )
    if _TWO_READINGS.fullmatch(bare):
        whole, cents = re.split(r"[.,]", bare)
        raise Misread(
            "montant-ambigu",
            f"le montant « {text} » se lit de deux façons",
            f"écrivez « {whole}{cents},00 » ou « {whole},{cents[:2]} »",
        )
    if not (_PLAIN.fullmatch(bare) or _SPACED.fullmatch(bare) or _GROUPED.fullmatch(bare)):
        raise Misread(
            "montant-illisible",
            f"« {text} » n’est pas un montant en euros",
            "écrivez par exemple « 1 440,00 » : deux décimales au plus",
        )
    whole, _, cents = re.sub(r"[.,](?=\d{1,2}$)", "|", bare).partition("|")
    digits = re.sub(r"[ .,]", "", whole)
    if len(digits) > _MOST_DIGITS:
        raise Misread(
            "montant-hors-bornes",
            f"le montant « {text} » dépasse mille milliards d’euros",
            "vérifiez le nombre de chiffres",
        )
    return Decimal(f"{digits}.{cents:0<2}")


def parse_rate(text: str) -> Decimal:
    """Read a yearly rate in percent, unit required: `12 %`, `12,15 %`.

    Raises Misread when the unit is missing (`12` and `0,12` would be guesses), from 1 000 %, and
    beyond six decimals.

    >>> parse_rate("12,15 %")
    Decimal('12.15')
    """
    match = _RATE.fullmatch(_single_spaces(text))
    if not match:
        raise Misread(
            "taux-illisible",
            f"« {text} » n’est pas un taux : il faut un nombre suivi de « % »",
            "écrivez par exemple « 12 % » ou « 12,15 % »",
        )
    return Decimal(match[1].replace(",", "."))


def format_number(value: Decimal, decimals: int = 2) -> str:
    """Write a number the French way, thousands apart by a narrow no-break space."""
    quantum = Decimal(1).scaleb(-decimals)
    written = f"{value.quantize(quantum, rounding=ROUND_HALF_UP):,f}"
    return written.replace(",", _NARROW_SPACE).replace(".", ",").replace("-", "\u2212")


def format_euros(amount: Decimal) -> str:
    """Write an amount in euros: « 1 440,00 € », with no-break spaces.

    >>> format_euros(Decimal("1440"))
    '1\\u202f440,00\\xa0€'
    """
    return f"{format_number(amount)}{_NO_BREAK_SPACE}€"


def format_rate(rate: Decimal) -> str:
    """Write a rate in percent with at least two decimals: « 12,40 % »."""
    decimals = max(2, -int(rate.normalize().as_tuple().exponent))
    return f"{format_number(rate, decimals)}{_NO_BREAK_SPACE}%"


def _single_spaces(text: str) -> str:
    return re.sub(f"[{_SPACES}]+", " ", text).strip()

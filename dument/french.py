"""French as it is printed: dates, lists, contractions, typography."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby

MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
)
_NARROW, _NO_BREAK = "\u202f", "\u00a0"
_VEILED = "\ue000-\ue003"  # marks that stand for a value put into a letter (templating)
_VOWELS = "aàâäæeéèêëiîïoôöœuûüyh"


def long_date(day: date) -> str:
    """Write a date in full, tied by no-break spaces.

    >>> long_date(date(2026, 4, 1)).replace("\\xa0", " ")
    '1er avril 2026'
    """
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}{_NO_BREAK}{MONTHS[day.month - 1]}{_NO_BREAK}{day.year}"


def short_date(day: date) -> str:
    """Write a date in figures: 01/04/2026."""
    return f"{day:%d/%m/%Y}"


def on_days(days: Iterable[date]) -> str:
    """Write the days on which something was done, each month and each year named once.

    >>> on_days(date(2026, *one) for one in [(8, 7), (8, 31), (9, 1)]).replace("\\xa0", " ")
    'les 7 et 31 août et le 1er septembre 2026'
    """
    months = [list(one) for _, one in groupby(sorted(set(days)), lambda day: day.timetuple()[:2])]
    written = []
    for rank, month in enumerate(months):
        last = month[-1]
        year_goes_on = rank + 1 < len(months) and months[rank + 1][0].year == last.year
        numbers = join_words(["1er" if day.day == 1 else str(day.day) for day in month])
        closing = [MONTHS[last.month - 1], *([] if year_goes_on else [str(last.year)])]
        article = "les" if len(month) > 1 else "le"
        written.append(_NO_BREAK.join([f"{article} {numbers}", *closing]))
    return join_words(written)


def join_words(words: Sequence[str]) -> str:
    """Join words as a sentence does: « a, b et c »."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} et {words[-1]}"


def plural(count: int, singular: str, plural_form: str | None = None) -> str:
    """Write a count and its noun; zero and one take the singular.

    >>> plural(3, "facture").replace("\\xa0", " ")
    '3 factures'
    """
    noun = singular if abs(count) < 2 else plural_form or f"{singular}s"
    return f"{count}{_NO_BREAK}{noun}"


def of(words: str) -> str:
    """Put « de » before a name, contracted as French wants.

    >>> of("le Havre"), of("les Sables-d’Olonne"), of("Orléans"), of("Lyon")
    ('du Havre', 'des Sables-d’Olonne', 'd’Orléans', 'de Lyon')
    """
    lowered = words.lower()
    if lowered.startswith("le "):
        return f"du {words[3:]}"
    if lowered.startswith("les "):
        return f"des {words[4:]}"
    return f"d’{words}" if lowered[:1] in _VOWELS else f"de {words}"


@lru_cache(maxsize=4096)
def typeset(text: str) -> str:
    """Set the spaces and apostrophes of a text written at the keyboard.

    Narrow no-break space before « ; ! ? », no-break space before « : » and inside guillemets,
    after « n° » and before « € » and « % »; curved apostrophes; no-break spaces in « article
    L. 441-10 » and « pièce n° 3 ».
    """
    for pattern, replacement in _TYPOGRAPHY:
        text = pattern.sub(replacement, text)
    return text


_TYPOGRAPHY = [
    (re.compile(r"(?<=\w)'"), "’"),
    (re.compile(r"\.\.\."), "…"),
    (re.compile(r" +(?=[;!?])"), _NARROW),
    (re.compile(r" +(?=[:»€%])"), _NO_BREAK),
    (re.compile(r"(?<=«) +"), _NO_BREAK),
    (re.compile(rf"\b([Nn])°[ {_NO_BREAK}]*"), rf"\1°{_NO_BREAK}"),
    (re.compile(r"\b([Aa]rticles?|[Pp]ièces?) (?=n°|\d|[LRDA]\.)"), rf"\1{_NO_BREAK}"),
    (re.compile(r"\b([LRDA])\. (?=\d)"), rf"\1.{_NO_BREAK}"),
    (re.compile(rf"\b(M\.|Mme|MM\.|Me|art\.|p\.) (?=[\dA-ZÀ-Ý{_VEILED}])"), rf"\1{_NO_BREAK}"),
    (
        re.compile(rf"(?<=[\d{_VEILED}]) (?=(?:jours?|mois|ans?|heures?|points?|euros?)\b)"),
        _NO_BREAK,
    ),
]


def without_accents(text: str) -> str:
    """Strip accents and spell ligatures out: « Œuvre » gives « OEuvre »."""
    if text.isascii():
        return text
    text = text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE")
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """Turn a text into an ASCII kebab-case name, for files and anchors.

    >>> slug("Procès-verbal n° 2 : été")
    'proces-verbal-n-2-ete'
    """
    words = re.findall(r"[a-z0-9]+", without_accents(text).lower())
    return "-".join(words)[:60].strip("-") or "sans-nom"


def squeeze(text: str) -> str:
    """Replace every run of white space, no-break spaces included, by one plain space."""
    return re.sub(r"[\s\u00a0\u202f]+", " ", text).strip()

"""Articles and exhibits as a sentence cites them: those of one kind together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dument.french import join_words
from dument.law import Article


def cite(articles: Mapping[str, Article], wanted: Iterable[str]) -> str:
    """Cite articles in one formula a code, in the order given.

    Each is wanted by its slug, with a part after a space where it has one: `c-com-l441-10 II`.
    « articles L. 441-10, II, et D. 441-5 du code de commerce ». Raises KeyError.
    """
    codes: dict[str, list[str]] = {}
    for slug, _, part in (one.partition(" ") for one in wanted):
        article = articles[slug]
        number = article.numbered(part)
        codes.setdefault(article.of_code, []).append(number)
    return "\u202f; ".join(_of_one_code(numbers, code) for code, numbers in codes.items())


def _of_one_code(numbers: list[str], code: str) -> str:
    noun = "articles" if len(numbers) > 1 else "article"
    return f"{noun} {join_words(numbers).replace(',,', ',')} {code}"


def cite_from(article: Article) -> str:
    """Cite an article and those that follow it: « articles 1405 et suivants du code… »."""
    return f"articles {article.number} et suivants {article.of_code}"


def cite_exhibits(references: Mapping[str, str], ids: Iterable[str]) -> str | None:
    """Cite exhibits by their references, « pièces n° 1 et 3 »; None when there are none.

    `references` gives what is printed for each id, in the order of the numbers.

    >>> cited = cite_exhibits({"devis": "1", "bon": "2", "lettre": "3"}, ["lettre", "devis"])
    >>> cited.split()
    ['pièces', 'n°', '1', 'et', '3']
    """
    wanted = set(ids)
    ordered = [mark for id, mark in references.items() if id in wanted]
    if not ordered:
        return None
    noun = "pièces" if len(ordered) > 1 else "pièce"
    return f"{noun}\u00a0n°\u00a0{join_words(ordered)}"

"""The search of a site: an inverted index in a script, so that it works without a server.

Only what the pages already show is indexed. `site/assets/recherche.js` folds the words of a query
as `words` and `stem` fold those of the documents.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from dument.french import long_date, typeset, without_accents
from dument.pages.frame import Desk

INDEX = "recherche-index.js"
_VARIABLE = "DUMENT_RECHERCHE"
# A number keeps its thousands together; any other run of letters and figures is a word.
_WORD = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|[^\W_]+")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")  # those that tie a number together stay
_FOREIGN = re.compile(r"[^a-z0-9]")
_SHORTEST_STEM = 3
_REMEMBERED = 2**15  # words: those of the law come back in every dossier

Document = dict[str, Any]


def words(text: str) -> Iterator[str]:
    """Yield the words of a text: small letters without accents, figures of a number together.

    >>> list(words("L’été, 1\u202f440,00 €"))
    ['l', 'ete', '1440', '00']
    """
    for found in _WORD.finditer(text):
        word = _folded(found[0])
        if word:
            yield word


@lru_cache(maxsize=_REMEMBERED)
def _folded(word: str) -> str:
    return _FOREIGN.sub("", without_accents(word).lower())


@lru_cache(maxsize=_REMEMBERED)
def stem(word: str) -> str:
    """Strip what a plural or a feminine adds to a word; a word with a figure stays whole.

    >>> stem("factures"), stem("tribunaux"), stem("payees"), stem("payer"), stem("bce10")
    ('factur', 'tribunal', 'pay', 'pay', 'bce10')
    """
    if len(word) <= _SHORTEST_STEM or not word.isalpha():
        return word
    if word.endswith("aux") and not word.endswith("eaux"):
        word = f"{word[:-3]}al"
    elif word[-1] in "sx":
        word = word[:-1]
    if word.endswith("er"):
        word = word[:-1]
    while word.endswith("e") and len(word) > _SHORTEST_STEM:
        word = word[:-1]
    return word


def search_index(desk: Desk, views: Mapping[str, Any]) -> bytes:
    """Return the index as a script: the documents, and where each stem stands."""
    documents = list(_documents(desk, views))
    found: dict[str, list[int]] = {}
    for rank, one in enumerate(documents):
        for word in {stem(word) for word in words(f"{one['titre']} {one['texte']}")}:
            found.setdefault(word, []).append(rank)
    index = {"documents": documents, "mots": dict(sorted(found.items()))}
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    return f"var {_VARIABLE} = {text};\n".encode()


def _documents(desk: Desk, views: Mapping[str, Any]) -> Iterator[Document]:
    yield from _letters(desk, views)
    for invoice in views["decompte"]["factures"]:
        yield _document("facture", invoice["numero"], "decompte.html#factures", invoice["objet"])
    for fact in views["chronologie"]:
        if fact["sorte"] == "journal" and (fact["resume"] or fact["avec"]):
            said = f"{fact['avec'] or ''} {fact['resume'] or ''}"
            yield _document(
                "fait", long_date(fact["le"]), f"chronologie.html#{fact['ancre']}", said
            )
    yield from _exhibits(desk)
    for slug, article in views["articles"].items():
        title = f"{article['code']}, article {article['numero']}"
        said = " ".join([article["titre"], *article["paragraphes"]])
        yield _document("article", title, f"droit.html#{slug}", said)
    for one in views["glossaire"]:
        link = f"glossaire.html#{one['ancre']}"
        yield _document("mot", one["mot"], link, one["definition"])
    for one in views["controles"]:
        said = f"{one['message']} {one['aide'] or ''} {one['derogation'] or ''}"
        yield _document("controle", one["id"], f"controles.html#{one['ancre']}", said)


def _letters(desk: Desk, views: Mapping[str, Any]) -> Iterator[Document]:
    for letter, view in zip(desk.dossier.letters, views["lettres"], strict=True):
        title = f"{letter.version.title}, {long_date(letter.on)}"
        yield _document("lettre", title, view["page"], f"{letter.subject} {letter.text}")


def _exhibits(desk: Desk) -> Iterator[Document]:
    """Yield each page of each exhibit; a picture is found by the title of its exhibit."""
    for one in desk.dossier.exhibits:
        cited = desk.cited(one)
        title = f"{one.stamp}, {typeset(one.exhibit.title)}"
        for number, text in enumerate(desk.texts.get(one.file) or ("",), 1):
            if not text.strip() and number > 1:
                continue
            link = f"{one.file}#page={number}" if cited["fichier"] else None
            link = link or f"pieces.html#{cited['ancre']}"
            yield _document("piece", title, link, text, number if one.page_count > 1 else None)


def _document(
    kind: str, title: str, link: str, text: str | None, page: int | None = None
) -> Document:
    said = _SPACES.sub(" ", text or "").strip()
    return {"sorte": kind, "titre": title, "lien": link, "texte": said, "page": page}

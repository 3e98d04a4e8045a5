"""The keys of one block of a law file, each of the type it must be; a fault has its place."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NoReturn, TypeVar

from dument.days import parse_date
from dument.diagnostics import Diagnostic, Position, error
from dument.faults import Misread
from dument.source import Mapping, Node, Sequence, Text, plain

Word = TypeVar("Word", bound=StrEnum)
_NUMBER = re.compile(r"-?[0-9]{1,9}(?:[.,][0-9]{1,9})?")
_SPACES = re.compile("[ \u00a0\u202f]")


class Unfit(Exception):
    """A law file that cannot be read; `diagnostic` says where and what to write."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def unfit(message: str, position: Position, hint: str | None = None) -> NoReturn:
    """Give up a law file at one of its values."""
    told = f"ce fichier de droit est illisible : {message}"
    raise Unfit(error("droit/illisible", told, position, hint))


class Fields:
    """A block of a law file; every method raises Unfit.

    A key without a value is absent. Lists of texts and blocks are empty where an `optional` key
    is absent.
    """

    def __init__(self, node: Node) -> None:
        if not isinstance(node, Mapping):
            unfit("un bloc de « clé: valeur » est attendu ici", node.position)
        self.position = node.position
        self._entries = node.entries

    def has(self, key: str) -> bool:
        """Whether the key is there with a value."""
        node = self._entries.get(key)
        return node is not None and not (isinstance(node, Text) and node.value is None)

    def node(self, key: str) -> Node:
        """Return what a key holds, whatever it is."""
        if not self.has(key):
            message = f"la clé « {key} » manque dans ce fichier de droit"
            raise Unfit(error("droit/cle-manquante", message, self.position))
        return self._entries[key]

    def place(self, key: str) -> Position:
        """Return where the value of a key stands."""
        return self.node(key).position

    def text(self, key: str) -> str:
        """Return the text of a key."""
        return read_text(self.node(key), f"« {key} »")

    def optional_text(self, key: str) -> str | None:
        """Return the text of a key; None where it is absent."""
        return self.text(key) if self.has(key) else None

    def items(self, key: str, *, optional: bool = False) -> tuple[Node, ...]:
        """Return what stands in the list of a key."""
        if optional and not self.has(key):
            return ()
        node = self.node(key)
        if not isinstance(node, Sequence):
            hint = "commencez chaque élément par « - »"
            unfit(f"« {key} » doit être une liste", node.position, hint)
        return node.items

    def texts(self, key: str, *, optional: bool = False) -> tuple[str, ...]:
        """Return the texts of a list."""
        items = self.items(key, optional=optional)
        return tuple(read_text(one, f"chaque élément de « {key} »") for one in items)

    def blocks(self, key: str) -> list[Fields]:
        """Return the blocks of a list."""
        return [Fields(one) for one in self.items(key)]

    def block(self, key: str) -> Fields:
        """Return the block of a key; an empty one where it is absent."""
        absent = Mapping({}, self.position)
        return Fields(self.node(key) if self.has(key) else absent)

    def named_blocks(self, key: str) -> dict[str, Fields]:
        """Return the blocks that a block holds, by key."""
        inner = self.block(key)
        return {name: Fields(node) for name, node in inner._entries.items()}

    def named_texts(self, key: str) -> dict[str, str]:
        """Return the texts of a block, by key."""
        inner = self.block(key)
        return {name: inner.text(name) for name in inner._entries}

    def plain(self, key: str) -> dict[str, object]:
        """Return a block as nested dicts, lists and texts, for whoever knows its keys."""
        return {name: plain(node) for name, node in self.block(key)._entries.items()}

    def day(self, key: str) -> date:
        """Return a date of the law; years before the case calendar's 1980 are admitted."""
        text = self.text(key)
        try:
            return date.fromisoformat(text) if text < "1980" else parse_date(text)
        except Misread as fault:
            unfit(fault.message, self.place(key), fault.hint)
        except ValueError:
            unfit(f"« {text} » n’est pas une date", self.place(key), "écrivez 2026-03-02")

    def optional_day(self, key: str) -> date | None:
        """Return a date of the law; None where it is absent."""
        return self.day(key) if self.has(key) else None

    def number(self, key: str) -> Decimal:
        """Return a number of fewer than ten figures before its comma, and after it."""
        text = self.text(key)
        written = _SPACES.sub("", text)
        if not _NUMBER.fullmatch(written):
            hint = "neuf chiffres au plus, et une virgule s’il en faut : 2,40"
            unfit(f"« {text} » n’est pas un nombre", self.place(key), hint)
        return Decimal(written.replace(",", "."))

    def word(self, key: str, admitted: tuple[str, ...]) -> str:
        """Return a text that is one of those admitted."""
        text = self.text(key)
        if text not in admitted:
            hint = f"valeurs admises : {', '.join(admitted)}"
            unfit(f"« {text} » n’est pas admis pour « {key} »", self.place(key), hint)
        return text

    def member(self, key: str, words: type[Word]) -> Word:
        """Return a member of an enumeration."""
        return words(self.word(key, tuple(words)))


def read_text(node: Node, named: str) -> str:
    """Return a text that says something; raises Unfit, which names it."""
    if not isinstance(node, Text) or node.value is None:
        unfit(f"{named} doit être un texte", node.position)
    return node.value

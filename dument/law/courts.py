"""Which courts serve a commune: `legal/juridictions/`, read when first asked.

The tables are searched as text, not parsed: a look-up costs milliseconds, and a run that needs no
court reads nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from dument.french import slug

COMMERCIAL, ECONOMIC = "tribunal-de-commerce", "tribunal-des-activites-economiques"
_SHORTENED = {"st": "saint", "ste": "sainte", "s": "sur"}
_ARRONDISSEMENT = re.compile(r"(paris|lyon|marseille)-0?\d{1,2}(?:er?|eme)?(?:-arrondissement)?")
_CEDEX = re.compile(r"-cedex(?:-\d+)?$")
_OVERSEAS = ("97", "98")
QUALITIES = ("commerciale", "exercice-liberal", "civile")
"""What a legal form may say: of commerce, of a liberal profession, neither."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A court: `kind` is a word of `juridiction.type`, `town` where it sits."""

    kind: str
    name: str
    town: str


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune under one postal code, and the courts that serve it."""

    postcode: str
    insee: str
    name: str
    commercial: Seat
    judicial: Seat
    proximity: Seat | None


@dataclass(frozen=True, slots=True)
class Renaming:
    """A closed interval during which some commercial courts bear another name."""

    first_day: date
    last_day: date
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class LegalForm:
    """What the first words of a legal form say of a legal person."""

    name: str
    quality: str


class CourtTable:
    """Communes and their courts; the files are read at the first look-up."""

    def __init__(self, communes: Path | None, courts: Path | None,
                 renamings: tuple[Renaming, ...] = ()) -> None:  # fmt: skip
        self._communes = communes
        self._courts = courts
        self.renamings = renamings

    def find(self, postcode: str, city: str, insee: str | None = None) -> tuple[Commune, ...]:
        """Return the communes an address may mean, one per INSEE code.

        The INSEE code alone decides when it is given. Else those of that name under the postal
        code; else, for a code of the table, every commune under it and those of that name in the
        department; else, as for a CEDEX, those of that name in the department.
        """
        if insee:
            return _distinct(self._with_insee(insee))
        named = self._named(postcode, city)
        if named:
            return named
        return _distinct([*self._under(postcode), *self._around(postcode, city)])

    def knows(self, postcode: str, city: str) -> bool:
        """Whether a commune of that name is found for sure under that postal code, or CEDEX."""
        if self._named(postcode, city):
            return True
        return not any(self._under(postcode)) and bool(self._around(postcode, city))

    def agree(self, postcode: str, city: str, communes: Iterable[Commune]) -> bool:
        """Whether an INSEE code's commune may be that of the rest of the address.

        The trap is a postal code written as an INSEE code: 69005 is Lyon 5e, and Ambérieux.
        """
        codes = {one.insee for one in self._under(postcode)}
        return any(
            one.insee in codes
            or commune_key(one.name) == commune_key(city)
            or (one.postcode[:2] == postcode[:2] and one.insee != postcode)
            for one in communes
        )

    def _named(self, postcode: str, city: str) -> tuple[Commune, ...]:
        wanted = commune_key(city)
        return _distinct(one for one in self._under(postcode) if commune_key(one.name) == wanted)

    def _around(self, postcode: str, city: str) -> tuple[Commune, ...]:
        """Return the communes of that name in the department."""
        return self._named(postcode[: 3 if postcode.startswith(_OVERSEAS) else 2], city)

    def renamed(self, seat: Seat, day: date) -> tuple[Seat, Renaming | None]:
        """Return a court as it is called on a day, and the renaming that makes it so."""
        for one in self.renamings if seat.kind == COMMERCIAL else ():
            if one.first_day <= day <= one.last_day and seat.name in one.names:
                return replace(seat, kind=ECONOMIC), one
        return seat, None

    @property
    def seats(self) -> tuple[Seat, ...]:
        """Every court of the table."""
        return tuple(self._seats.values())

    @cached_property
    def _text(self) -> str:
        return self._communes.read_text(encoding="utf-8") if self._communes else ""

    @cached_property
    def _seats(self) -> dict[str, Seat]:
        text = self._courts.read_text(encoding="utf-8") if self._courts else ""
        rows = (line.split(";") for line in text.splitlines()[1:])
        return {number: Seat(kind, name, town or name) for number, kind, name, town in rows}

    def _under(self, prefix: str) -> Iterator[Commune]:
        """Yield the rows whose postal code begins with a prefix; the file is sorted by it."""
        start = self._text.find(f"\n{prefix}") + 1
        while start and self._text.startswith(prefix, start):
            end = self._text.find("\n", start)
            yield self._row(self._text[start:end])
            start = end + 1

    def _with_insee(self, code: str) -> Iterator[Commune]:
        at = self._text.find(f";{code};")
        if at >= 0:
            start, end = self._text.rfind("\n", 0, at) + 1, self._text.find("\n", at)
            yield self._row(self._text[start:end])

    def _row(self, line: str) -> Commune:
        postcode, insee, name, commercial, judicial, proximity = line.split(";")
        return Commune(
            postcode,
            insee,
            name,
            self._seats[commercial],
            self._seats[judicial],
            self._seats[proximity] if proximity else None,
        )


def commune_key(name: str) -> str:
    """Return what two spellings of a commune share: no accents, CEDEX nor arrondissement.

    >>> commune_key("ST ETIENNE CEDEX 2"), commune_key("Paris 13e"), commune_key("L’Haÿ-les-Roses")
    ('saint-etienne', 'paris', 'l-hay-les-roses')
    """
    words = (_SHORTENED.get(word, word) for word in slug(name).split("-"))
    key = _CEDEX.sub("", "-".join(words))
    city = _ARRONDISSEMENT.fullmatch(key)
    return city[1] if city else key


def _distinct(communes: Iterable[Commune]) -> tuple[Commune, ...]:
    by_code: dict[str, Commune] = {}
    for one in communes:
        by_code.setdefault(one.insee, one)
    return tuple(by_code.values())


def form_quality(forms: tuple[LegalForm, ...], written: str) -> str | None:
    """Return what a legal form says; None when it says nothing certain."""
    words = f"{slug(written.replace('.', ''))}-"
    said = [one for one in forms if words.startswith(f"{slug(one.name)}-")]
    return max(said, key=lambda one: len(one.name)).quality if said else None

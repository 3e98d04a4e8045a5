"""Postal addresses: the window's block by La Poste's six rules (NF Z 10-011), and plain ones.

The limits, the abbreviations and the names of countries stand in `letters/_papier/adresse.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from dument.case import Address, Creditor, Debtor, Party, PartyKind, Professional
from dument.diagnostics import Diagnostic, Position, error
from dument.french import squeeze, without_accents
from dument.kit import Kit
from dument.source import plain, read_yaml

RULES = "letters/_papier/adresse.yaml"
_NUMBER = re.compile(r"^\d+(?: (?:BIS|TER|QUATER|[A-Z]))? ")
_PLACE = ("address",)


class AddressLine(NamedTuple):
    """A line of an address block, and the part of the party it is made of."""

    text: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PostalRules:
    """How many lines and characters an address may have, and how to make it fit.

    `label` is the length from which a street's name is abbreviated, `domestic` the codes of the
    countries and territories that French postal codes serve.
    """

    lines: int
    characters: int
    label: int
    attention: str
    abbreviations: Mapping[str, str]
    domestic: frozenset[str]
    countries: Mapping[str, str]

    def is_abroad(self, address: Address) -> bool:
        """Whether the address closes with a line for its country."""
        return address.country.upper() not in self.domestic

    def most_lines(self, address: Address) -> int:
        """Return how many lines a block may have: one more abroad, for the country."""
        return self.lines + self.is_abroad(address)


NO_RULES = PostalRules(0, 0, 0, "", {}, frozenset(), {})


def read_postal_rules(kit: Kit) -> tuple[PostalRules, list[Diagnostic]]:
    """Read the rules, the project's over the kit's; none when they cannot be read.

    Diagnostics: those of YAML, and papier/adresse-illisible.
    """
    path = kit.find(RULES)
    mapping, found = read_yaml(path, kit.name_of(path))
    if mapping is None:
        return NO_RULES, found
    try:
        return _rules(plain(mapping)), found
    except (AttributeError, KeyError, TypeError, ValueError):
        message = "les règles du bloc d’adresse ne sont pas écrites comme il faut"
        hint = "lignes, caracteres et libelle sont des nombres ; attention, un texte ; "
        hint += "abreviations et pays, des suites de « clé: valeur » ; nationaux, une liste"
        position = Position(kit.name_of(path))
        return NO_RULES, [*found, error("papier/adresse-illisible", message, position, hint)]


def _rules(given: Any) -> PostalRules:
    rules = PostalRules(
        lines=int(given["lignes"]),
        characters=int(given["caracteres"]),
        label=int(given["libelle"]),
        attention=given["attention"],
        abbreviations={words.upper(): short for words, short in given["abreviations"].items()},
        domestic=frozenset(given["nationaux"]),
        countries=given["pays"],
    )
    texts = (rules.attention, *rules.abbreviations.values(), *rules.countries.values())
    if isinstance(given["nationaux"], str) or not all(isinstance(one, str) for one in texts):
        raise TypeError
    return rules


def postal_block(party: Party | Professional, rules: PostalRules) -> tuple[AddressLine, ...]:
    """Return the block that stands in the window: folded and abbreviated, never cut.

    A line too long for its words, or one line too many, is left for the checks to say.
    """
    inner = [one for line in _inner_lines(party) for one in _folded(line, rules)]
    name = [*_folded(AddressLine(_addressee(party), _name_path(party)), rules)]
    place = [one for line in _postal_place(party.address, rules) for one in line]
    attention = [one for line in _attention(party, rules) for one in _folded(line, rules)]
    kept = len(name) + len(inner) + len(place) + len(attention)
    if kept > rules.most_lines(party.address):
        attention = []
    return (*name, *attention, *inner, *place)


def address_lines(party: Party | Professional) -> list[str]:
    """Return who a party is and where, a line each, as a letterhead writes it."""
    inner = [line.text for line in _inner_lines(party)]
    return [_addressee(party), *inner, *place_lines(party.address)]


def place_lines(address: Address) -> list[str]:
    """Return building, street, locality and town; the country closes a foreign address."""
    town = f"{address.postcode} {address.city}".upper()
    country = address.country.upper() if address.country.upper() != "FR" else ""
    lines = [address.extra, address.street, address.locality, town, country]
    return [squeeze(line) for line in lines if line]


def sentence(address: Address) -> str:
    """Write an address on one line: « 12 rue des Tanneurs, 69005 Lyon »."""
    parts = [address.extra, address.street, address.locality]
    written = [part for part in parts if part]
    return ", ".join([*written, f"{address.postcode}\u00a0{address.city}"])


def _addressee(party: Party | Professional) -> str:
    if party.is_natural_person and party.civility:
        return squeeze(f"{party.civility} {party.name}")
    return squeeze(party.name)


def _name_path(party: Party | Professional) -> tuple[str, ...]:
    return ("last_name",) if party.is_natural_person else ("company_name",)


def _inner_lines(party: Party | Professional) -> Iterator[AddressLine]:
    if isinstance(party, Debtor) and party.service:
        yield AddressLine(squeeze(party.service), ("service",))
    if isinstance(party, Professional) and party.firm:
        yield AddressLine(squeeze(party.firm), ("firm",))


def _attention(party: Party | Professional, rules: PostalRules) -> Iterator[AddressLine]:
    if isinstance(party, Professional | Creditor) or party.kind is not PartyKind.COMPANY:
        return
    if party.representative:
        text = squeeze(f"{rules.attention} {party.representative.name}")
        yield AddressLine(text, ("representative",))


def _postal_place(address: Address, rules: PostalRules) -> Iterator[list[AddressLine]]:
    """Yield the lines of each part of the place: three last ones in capitals, bare of signs."""
    extra = AddressLine(squeeze(address.extra or ""), (*_PLACE, "extra"))
    yield _folded(extra, rules)
    is_abroad = rules.is_abroad(address)
    for field in ("street", "locality"):
        text = squeeze(getattr(address, field) or "")
        line = AddressLine(text if is_abroad else _short(_bare(text), rules), (*_PLACE, field))
        yield _folded(line, rules)
    town = squeeze(f"{address.postcode} {address.city}").upper()
    yield [AddressLine(town if is_abroad else _short(_bare(town), rules), (*_PLACE, "city"))]
    if is_abroad:
        code = address.country.upper()
        country = _bare(rules.countries.get(code, address.country))
        yield [AddressLine(country, (*_PLACE, "country"))]


def _bare(text: str) -> str:
    """Keep capitals without accents, figures and spaces, as sorting machines read them."""
    capitals = without_accents(text).upper()
    return squeeze("".join(sign if sign.isalnum() else " " for sign in capitals))


def _short(text: str, rules: PostalRules) -> str:
    """Abbreviate one word after the other, where the name of the street is too long."""
    for words, short in rules.abbreviations.items():
        if len(text) <= rules.characters and len(_NUMBER.sub("", text)) <= rules.label:
            break
        text = re.sub(rf"\b{re.escape(words)}\b", short, text)
    return text


def _folded(line: AddressLine, rules: PostalRules) -> list[AddressLine]:
    """Break a line between its words so that none is too long; nothing for an empty one."""
    lines: list[str] = []
    for word in line.text.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= rules.characters:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return [AddressLine(text, line.path) for text in lines if text]

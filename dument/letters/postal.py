"""The address block of a French letter (NF Z 10-011 as La Poste's six rules restate it).

Six lines at most, from the name to the town, without punctuation from the street on, the last
line in capitals.
"""

from __future__ import annotations

import re

from dument.case import Address, Creditor, Debtor, Party, PartyKind

MAX_LINES = 6


def address_lines(party: Party) -> list[str]:
    """Return the lines of an address block, the addressee's name first."""
    lines = [_addressee(party), *_inner_lines(party), *place_lines(party.address)]
    kept = [line for line in lines if line]
    attention = _attention(party)
    if attention and len(kept) < MAX_LINES:
        kept.insert(1, attention)
    return kept


def place_lines(address: Address) -> list[str]:
    """Return building, street, locality and town; the country closes a foreign address."""
    town = f"{address.postcode} {address.city}".upper()
    lines = [address.extra, _bare(address.street), _bare(address.locality or ""), _bare(town)]
    if address.country.upper() != "FR":
        lines.append(address.country.upper())
    return [line for line in lines if line]


def sentence(address: Address) -> str:
    """Write an address on one line: « 12 rue des Tanneurs, 69005 Lyon »."""
    parts = [address.extra, address.street, address.locality]
    written = [part for part in parts if part]
    return ", ".join([*written, f"{address.postcode} {address.city}"])


def _addressee(party: Party) -> str:
    if party.is_natural_person and party.civility:
        return f"{party.civility} {party.name}"
    return party.name


def _inner_lines(party: Party) -> list[str]:
    return [party.service] if isinstance(party, Debtor) and party.service else []


def _attention(party: Party) -> str | None:
    is_addressee = party.kind is PartyKind.COMPANY and not isinstance(party, Creditor)
    if is_addressee and party.representative:
        return f"À l’attention de {party.representative.name}"
    return None


def _bare(line: str) -> str:
    return re.sub(r"[,.;:]+ *", " ", line).strip()

"""`--incognito`: a dossier whose names, identifiers, amounts and exhibits are those of nobody.

A text is masked unless it is known to say nothing of anybody: a key added tomorrow is masked.
Pseudonyms follow the order in which names come, and one name has one pseudonym; nothing of the
name is in it. Dates, rates and the law stay: the case keeps its shape.
"""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_DOWN, Decimal
from enum import Enum
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from dument.case import (
    Address,
    Bank,
    Birth,
    Case,
    Exhibit,
    Invoice,
    JournalEntry,
    LetterRequest,
    Record,
)
from dument.diagnostics import Diagnostic, Position, error
from dument.dossier import Dossier
from dument.kit import CASE_FILE, Kit
from dument.pdf.blank import blank_pages
from dument.pipeline import work_out
from dument.schema import Places
from dument.source import plain, read_yaml
from dument.workshop import Workshop

WORDS = "legal/masques.yaml"
_KEPT = {(Address, "country"), (Case, "exhibit_prefix"), (LetterRequest, "kind")}
_RATES = {"rate"}
_INVOICES = {"number", "invoice", "invoices", "designated"}
_EXHIBITS = {"id", "exhibit", "delivery_exhibit"}
_CITIES = {"city", "register_city"}
_DAY_OF_BIRTH = date(1970, 1, 1)
_BANK, _BRANCH = "99999", "00001"
Kind = TypeVar("Kind", bound=Record)
Words = Mapping[str, Any]


@contextmanager
def masked(
    workshop: Workshop, owners: Dossier
) -> Iterator[tuple[Dossier | None, list[Diagnostic]]]:
    """Give the masked dossier, worked out again in a folder of its own, which then goes away."""
    with TemporaryDirectory() as place:
        folder = Path(place) / "incognito"
        words, found = read_words(workshop.kit)
        if words is None:
            yield None, found
            return
        case = mask_case(owners.case, words)
        pages = {one.exhibit.id: one.page_count for one in owners.exhibits}
        for known, one in zip(owners.case.exhibits, case.exhibits, strict=True):
            path = folder / one.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(blank_pages(pages.get(known.id, 1), one.id))
        yield work_out(workshop, folder, case, Places(Position(CASE_FILE)), owners.as_of)


def read_words(kit: Kit) -> tuple[Words | None, list[Diagnostic]]:
    """Read what stands for names and texts. Diagnostics: those of YAML, remise/masques."""
    name = kit.name_of(kit.find(WORDS))
    mapping, found = read_yaml(kit.find(WORDS), name)
    if mapping is None:
        return None, found
    words: Any = plain(mapping)
    try:
        texts = [words["autre"], words["capital"], *words["formes"], *words["civilites"]]
        texts += [words["mots"]["street"], *words["mots"].values()]
        texts += [one[key] for one in words["villes"] for key in ("commune", "code_postal")]
        lists = (words["formes"], words["civilites"], words["villes"])
        is_whole = all(isinstance(one, str) for one in texts)
        is_whole = is_whole and all(isinstance(one, list) and one for one in lists)
    except (AttributeError, KeyError, TypeError):
        is_whole = False
    if is_whole:
        return words, found
    message = "les mots qui masquent un dossier ne sont pas écrits comme il faut"
    hint = "comparez ce fichier à celui qui est livré : une clé manque, ou n’est pas du bon genre"
    return None, [*found, error("remise/masques", message, Position(name), hint)]


def mask_case(case: Case, words: Words) -> Case:
    """Return a case that is like another and tells of nobody; exhibits keep their numbers."""
    digest = int(sha256(case.model_dump_json().encode()).hexdigest(), 16)
    mask = _Mask(words, Decimal(60 + digest % 37) / 100)
    changed = mask.record(case).model_copy(
        update={"reference": "INCOGNITO", "title": None, "waivers": ()}
    )
    numbers = {mask.exhibit(id): number for id, number in case.exhibit_numbers.items()}
    return changed.having_communicated(numbers)


@dataclass(slots=True)
class _Mask:
    """Gives each name its pseudonym, by the order in which they come."""

    words: Words
    factor: Decimal
    known: dict[tuple[str, str], int] = field(default_factory=dict)

    def record(self, record: Kind) -> Kind:
        """Return a record with all that it holds masked."""
        model = type(record)
        changes = {
            name: self._value(name, getattr(record, name), info.annotation)
            for name, info in model.model_fields.items()
            if getattr(record, name) is not None and (model, name) not in _KEPT
        }
        return record.model_copy(update=changes | self._of_model(record))

    def exhibit(self, id: str) -> str:
        """Return the pseudonym of an exhibit's id."""
        return f"piece-{self._rank('exhibit', id)}"

    def _of_model(self, record: Record) -> dict[str, Any]:
        """Return what one kind of record asks for besides."""
        if isinstance(record, Address):
            return {**self._place(record.city), "extra": None, "locality": None}
        if isinstance(record, Bank):
            return {"iban": _iban(self._rank("iban", record.iban)), "bic": None}
        if isinstance(record, Exhibit):
            plainly = {"pages": None, "turn": None, "is_scrubbed": False}
            return {**plainly, "file": f"pieces/{self.exhibit(record.id)}.pdf"}
        if isinstance(record, JournalEntry):
            return {"letter": None}
        if isinstance(record, Birth):
            return {"on": _DAY_OF_BIRTH}
        if isinstance(record, Invoice) and record.instalments:
            return self._instalments(record)
        return {}

    def _instalments(self, invoice: Invoice) -> dict[str, Any]:
        """Return the due dates of an invoice, which make its amount to the cent."""
        parts = [self.record(one) for one in invoice.instalments]
        others = sum((one.amount for one in parts[:-1]), Decimal(0))
        rest = self._amount(invoice.gross) - others
        return {"instalments": (*parts[:-1], parts[-1].model_copy(update={"amount": rest}))}

    def _value(self, name: str, value: Any, annotation: Any) -> Any:
        if isinstance(value, Record):
            return self.record(value)
        if isinstance(value, tuple):
            return tuple(self._value(name, one, str) for one in value)
        if isinstance(value, Decimal):
            return value if name in _RATES else self._amount(value)
        if isinstance(value, Enum) or not isinstance(value, str):
            return value
        return value if _is_word(annotation) else self._text(name, value)

    def _text(self, name: str, value: str) -> str | None:
        """Return what stands for a text, by the name of its field."""
        if name in _INVOICES:
            return f"F{self._rank('invoice', value)}"
        if name in _EXHIBITS:
            return self.exhibit(value)
        if name in _CITIES:
            return str(self._place(value)["city"])
        rank = self._rank(name, value)
        known: dict[str, Sequence[str]] = {
            "legal_form": self.words["formes"], "civility": self.words["civilites"],
        }  # fmt: skip
        if name in known:
            return value if value in known[name] else known[name][0]
        made: dict[str, str | None] = {
            "siren": _with_luhn(f"{90000000 + rank}"),
            "siret": None, "vat_number": None, "insee": None, "logo": None, "signature": None,
            "capital": self.words["capital"],
            "email": f"personne-{rank}@exemple.fr",
            "phone": f"01 99 00 00 {rank % 100:02d}",
        }  # fmt: skip
        if name in made:
            return made[name]
        if name == "street":
            return f"{rank} {self.words['mots']['street']}"
        return f"{self.words['mots'].get(name, self.words['autre'])} {rank}"

    def _place(self, city: str) -> dict[str, Any]:
        places = self.words["villes"]
        one = places[(self._rank("city", city.casefold()) - 1) % len(places)]
        return {"city": one["commune"], "postcode": one["code_postal"], "country": "FR"}

    def _rank(self, sort: str, value: str) -> int:
        """Return the rank of a value among those of its sort, from 1; the same for the same."""
        ranks = [one for kind, one in self.known if kind == sort]
        return self.known.setdefault((sort, value), len(ranks) + 1)

    def _amount(self, amount: Decimal) -> Decimal:
        """Return an amount in its proportion to all others, rounded down so that parts fit."""
        return (amount * self.factor).quantize(Decimal("0.01"), ROUND_DOWN)


def _is_word(annotation: Any) -> bool:
    """Whether a field takes one of a few words, which tell of nobody."""
    inner = typing.get_args(annotation)
    return typing.get_origin(annotation) is typing.Literal or any(_is_word(one) for one in inner)


def _with_luhn(digits: str) -> str:
    """Return digits and the key that makes them a SIREN (Luhn).

    >>> _with_luhn("00014250")
    '000142505'
    """
    doubled = (int(one) * (2 - rank % 2) for rank, one in enumerate(reversed(digits)))
    total = sum(one - 9 if one > 9 else one for one in doubled)
    return f"{digits}{-total % 10}"


def _iban(rank: int) -> str:
    """Return a French IBAN of a bank that does not exist, with its two keys."""
    account = f"{rank:011d}"
    key = 97 - (89 * int(_BANK) + 15 * int(_BRANCH) + 3 * int(account)) % 97
    bban = f"{_BANK}{_BRANCH}{account}{key:02d}"
    check = 98 - int(f"{bban}152700") % 97  # « FR00 » as figures: F is 15, R is 27
    return f"FR{check:02d}{bban}"

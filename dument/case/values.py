"""The kinds of scalar a case file holds, read from the text the user wrote."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from dument import days, identifiers, money
from dument.faults import Misread


class Record(BaseModel):
    """A frozen part of the case; an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def lacking(cls, given: Mapping[str, Any]) -> Sequence[str | tuple[str | int, ...]]:
        """Return the fields that must be given beside those that are, deeper ones as paths.

        `given` may hold values as written: the schema asks before typing, so that what is
        missing is said in the same run as what is misspelt.
        """
        return []

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        missing = self.lacking({name: value for name, value in self if value is not None})
        if missing:
            raise PydanticCustomError("cle-manquante", "", {"fields": missing})
        return self


def reads(parse: Callable[[str], Any]) -> BeforeValidator:
    """Read texts with `parse`, leaving values that are typed already alone."""

    def read(value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return parse(value)
        except Misread as fault:
            context = {"message": fault.message, "hint": fault.hint}
            raise PydanticCustomError(fault.slug, "{message}", context) from None

    return BeforeValidator(read)


def parse_yes_no(text: str) -> bool:
    """Read `oui` or `non`; nothing else, since YAML's own booleans are a trap."""
    words = {"oui": True, "non": False}
    if text.strip().lower() not in words:
        raise Misread("oui-non", f"« {text} » n’est ni « oui » ni « non »", "écrivez oui ou non")
    return words[text.strip().lower()]


def parse_whole(text: str) -> int:
    """Read a whole number, zero or more."""
    if not re.fullmatch(r"\d{1,6}", text.strip()):
        raise Misread("nombre-illisible", f"« {text} » n’est pas un nombre entier")
    return int(text)


def parse_postcode(text: str) -> str:
    """Read a postal code, leading zero kept; what a French one is depends on the country."""
    if not re.fullmatch(r"[0-9A-Za-z](?:[ -]?[0-9A-Za-z]){1,9}", text.strip()):
        raise Misread("code-postal", *not_a_postcode(text))
    return text.strip()


def not_a_postcode(text: str) -> tuple[str, str]:
    """Return what to say of a postal code that is none, and the hint."""
    hint = "écrivez cinq chiffres, par exemple 01000 ; à l’étranger, ajoutez « pays »"
    return f"« {text} » n’est pas un code postal", hint


def parse_insee(text: str) -> str:
    """Read a commune's INSEE code: five signs, Corsica's with a letter (2A004)."""
    code = text.strip().upper()
    if not re.fullmatch(r"\d[\dAB]\d{3}", code):
        hint = "écrivez cinq signes, par exemple 69385 ou 2A004 ; ce n’est pas le code postal"
        raise Misread("code-insee", f"« {text} » n’est pas un code INSEE de commune", hint)
    return code


def parse_id(text: str) -> str:
    """Read an id in ASCII kebab-case, used as a file name and an anchor."""
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", text):
        hint = "employez des minuscules sans accent, des chiffres et des tirets"
        raise Misread("identifiant", f"« {text} » ne peut pas servir d’identifiant", hint)
    return text


def _described(pattern: str, example: str) -> WithJsonSchema:
    return WithJsonSchema(
        {"type": ["string", "number"], "pattern": pattern, "examples": [example]}
    )


Amount = Annotated[Decimal, reads(money.parse_amount), _described(r"[0-9]", "1 440,00")]
Rate = Annotated[Decimal, reads(money.parse_rate), _described(r"%\s*$", "12 %")]
Day = Annotated[
    date,
    reads(days.parse_date),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-03-02"]}),
]
Whole = Annotated[int, reads(parse_whole), _described(r"^\d+$", "8")]
YesNo = Annotated[bool, reads(parse_yes_no), WithJsonSchema({"enum": ["oui", "non"]})]
Siren = Annotated[str, reads(identifiers.parse_siren), _described(r"^[0-9 ]+$", "732 829 320")]
Siret = Annotated[str, reads(identifiers.parse_siret), _described(r"^[0-9 ]+$", "")]
VatNumber = Annotated[str, reads(identifiers.parse_vat)]
Iban = Annotated[str, reads(identifiers.parse_iban)]
Bic = Annotated[str, reads(identifiers.parse_bic)]
Id = Annotated[str, reads(parse_id)]

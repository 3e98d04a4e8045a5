"""Who is owed and who owes: identities, addresses, bank details."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from dument.case.values import (
    Bic,
    Day,
    Iban,
    Record,
    Siren,
    Siret,
    VatNumber,
    YesNo,
    not_a_postcode,
    parse_insee,
    parse_postcode,
    reads,
)

Postcode = Annotated[str, reads(parse_postcode)]
InseeCode = Annotated[str, reads(parse_insee)]


class PartyKind(StrEnum):
    """What a party is; the values are the words of the case file."""

    COMPANY = "societe"
    SOLE_TRADER = "entrepreneur_individuel"
    INDIVIDUAL = "particulier"
    PUBLIC_BODY = "personne_publique"
    ASSOCIATION = "association"


class Activity(StrEnum):
    """What a party does for a living, on which the nature of its judge depends."""

    COMMERCIAL = "commerciale"
    CRAFT = "artisanale"
    LIBERAL = "liberale"
    FARMING = "agricole"
    CIVIL = "civile"


class Regime(StrEnum):
    """Which law of late payment applies, by the debtor's quality."""

    BUSINESS = "professionnel"
    CONSUMER = "consommateur"
    PUBLIC = "public"


_NATURAL_PERSONS = {PartyKind.SOLE_TRADER, PartyKind.INDIVIDUAL}
_REGIMES = {
    PartyKind.COMPANY: Regime.BUSINESS,
    PartyKind.SOLE_TRADER: Regime.BUSINESS,
    PartyKind.INDIVIDUAL: Regime.CONSUMER,
    PartyKind.PUBLIC_BODY: Regime.PUBLIC,
}


class Address(Record):
    """A postal address in France, or abroad with its country's two-letter code."""

    street: str
    extra: str | None = None
    locality: str | None = None
    postcode: Postcode
    city: str
    insee: InseeCode | None = None
    country: str = "FR"

    @model_validator(mode="after")
    def _has_the_postcode_of_its_country(self) -> Self:
        if self.country.upper() == "FR" and not re.fullmatch(r"\d{5}", self.postcode):
            message, hint = not_a_postcode(self.postcode)
            context = {"message": message, "hint": hint, "field": "postcode"}
            raise PydanticCustomError("code-postal", "{message}", context)
        return self


class Birth(Record):
    """Date and place of birth, which a request wants of a natural person (CPC, art. 54)."""

    on: Day
    place: str


class Representative(Record):
    """The person who acts for a party, and in what capacity."""

    name: str
    role: str


class Bank(Record):
    """Where to pay."""

    holder: str
    iban: Iban
    bic: Bic | None = None


class Party(Record):
    """A creditor or a debtor: a legal person by its name, a natural one by name and first name."""

    kind: PartyKind
    company_name: str | None = None
    legal_form: str | None = None
    activity: Activity | None = None
    capital: str | None = None
    civility: str | None = None
    last_name: str | None = None
    first_name: str | None = None
    occupation: str | None = None
    nationality: str | None = None
    birth: Birth | None = None
    siren: Siren | None = None
    siret: Siret | None = None
    vat_number: VatNumber | None = None
    register_city: str | None = None
    representative: Representative | None = None
    address: Address
    email: str | None = None
    phone: str | None = None

    @property
    def is_natural_person(self) -> bool:
        """Whether the party is a human being, in business or not."""
        return self.kind in _NATURAL_PERSONS

    @property
    def name(self) -> str:
        """The name as a letter writes it; a sole trader's carries « EI » (C. com., R526-27)."""
        if not self.is_natural_person:
            return self.company_name or ""
        person = f"{self.first_name or ''} {self.last_name or ''}".strip()
        return f"{person} EI" if self.kind is PartyKind.SOLE_TRADER else person

    @classmethod
    def lacking(cls, given: Mapping[str, Any]) -> list[str]:
        """A legal person has a name, a natural one a name and a first name."""
        kind = given.get("kind")
        if kind not in set(PartyKind):
            return []
        wanted = ("last_name", "first_name") if kind in _NATURAL_PERSONS else ("company_name",)
        return [field for field in wanted if not given.get(field)]


class Size(StrEnum):
    """What a business is by its size, on which its duties of electronic invoicing depend."""

    LARGE = "grande-entreprise"
    MIDDLE = "eti"
    SMALL = "pme"
    MICRO = "micro-entreprise"


class Creditor(Party):
    """The party that is owed money."""

    bank: Bank | None = None
    signatory: Representative | None = None
    logo: str | None = None
    signature: str | None = None
    mediator: str | None = None
    size: Size | None = None
    notification_address: Address | None = None

    @property
    def signs(self) -> Representative | None:
        """Who signs: the named signatory, else the representative, else the person himself."""
        person = None
        if self.is_natural_person:
            own_name = f"{self.first_name} {self.last_name}"
            person = Representative(name=own_name, role=self.occupation or "")
        return self.signatory or self.representative or person


class BuyerCategory(StrEnum):
    """What a public buyer is, which fixes its time to pay (CCP, art. R2192-10 and R2192-11)."""

    STATE = "etat-collectivite"
    HEALTH = "sante"
    PUBLIC_COMPANY = "entreprise-publique"


class Debtor(Party):
    """The party that owes."""

    stated_regime: Regime | None = None
    category: BuyerCategory | None = None
    accepts_electronic_registered_mail: YesNo = False
    service: str | None = None

    @property
    def regime(self) -> Regime:
        """The regime of late payment; an association must state its own."""
        return self.stated_regime or _REGIMES[self.kind]

    @classmethod
    def lacking(cls, given: Mapping[str, Any]) -> list[str]:
        """An association states its regime: it may buy as a business or as a consumer."""
        is_stated = given.get("stated_regime") or given.get("kind") != PartyKind.ASSOCIATION
        return super().lacking(given) + ([] if is_stated else ["stated_regime"])

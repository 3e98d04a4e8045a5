"""Whether a party answers to the judges of commerce (C. com., art. L210-1, L721-3, L721-5).

A company is what its form says; where the form says nothing, and for a person in business, the
file must say the activity: nothing is guessed. Craftsmen have answered to the judges of commerce
since the version of L721-3 that stands in `legal/articles/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto

from dument.case import Activity, Party, PartyKind
from dument.law import QUALITIES, Law, form_quality

TRADERS_JUDGE = "c-com-l721-3"


class Nature(Enum):
    """Before whom a party is brought; a firm of a liberal profession only before civil judges."""

    COMMERCIAL = auto()
    CIVIL = auto()
    LIBERAL_FIRM = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a reasoning: its slug in the rule's file, and the values of its sentence."""

    slug: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a party is, and why."""

    nature: Nature
    step: Step


_BY_KIND = {
    PartyKind.INDIVIDUAL: "particulier",
    PartyKind.ASSOCIATION: "association",
    PartyKind.PUBLIC_BODY: "personne-publique",
}
_OF_QUALITIES = (
    (Nature.COMMERCIAL, "forme-commerciale"),
    (Nature.LIBERAL_FIRM, "exercice-liberal"),
    (Nature.CIVIL, "forme-civile"),
)
_BY_FORM = dict(zip(QUALITIES, _OF_QUALITIES, strict=True))


def standing(party: Party, law: Law, on: date) -> Standing:
    """Return what a party is on a day; a form that decides prevails over the stated activity."""
    form = form_quality(law.legal_forms, party.legal_form or "")
    if party.kind is PartyKind.COMPANY and form in ("commerciale", "exercice-liberal"):
        return _of_form(party, form)
    if party.activity is not None:
        return _of_activity(party, party.activity, law, on)
    if party.kind in _BY_KIND:
        return Standing(Nature.CIVIL, Step(_BY_KIND[party.kind], {"partie": party.name}))
    if party.kind is PartyKind.COMPANY and form is not None:
        return _of_form(party, form)
    return _of_register(party)


def _of_form(party: Party, form: str) -> Standing:
    nature, slug = _BY_FORM[form]
    return Standing(nature, Step(slug, {"partie": party.name, "forme": party.legal_form or ""}))


def _of_activity(party: Party, activity: Activity, law: Law, on: date) -> Standing:
    slug = f"activite-{activity.value}"
    nature = Nature.COMMERCIAL if activity is Activity.COMMERCIAL else Nature.CIVIL
    if activity is Activity.CRAFT:
        is_in_force = law.articles[TRADERS_JUDGE].is_in_force(on)
        nature = Nature.COMMERCIAL if is_in_force else Nature.CIVIL
        slug += "" if is_in_force else "-ancienne"
    return Standing(nature, Step(slug, {"partie": party.name}))


def _of_register(party: Party) -> Standing:
    """A person on the register is presumed a trader; a company is there whatever it is."""
    values = {"partie": party.name, "forme": party.legal_form or "", "greffe": ""}
    if party.kind is PartyKind.SOLE_TRADER and party.register_city:
        values["greffe"] = party.register_city
        return Standing(Nature.COMMERCIAL, Step("immatriculation", values))
    slug = "forme-inconnue" if party.legal_form else "qualite-inconnue"
    return Standing(Nature.UNKNOWN, Step(slug, values))

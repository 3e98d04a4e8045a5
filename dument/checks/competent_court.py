"""`juridiction-competente`: the court's kind agrees with the parties and with its town.

Only what the case tells for certain: a consumer is not sued before traders' judges; two
commercial companies rarely are before civil ones. Towns and lists stand in the rule's file.
"""

from __future__ import annotations

from collections.abc import Iterator

from dument.case import Case, Court, CourtKind, Party, PartyKind
from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import listed, say
from dument.french import slug
from dument.law import Mention
from dument.letters import Letter

TYPE = "juridiction-competente"
BEARS_ON_LETTERS = True
_CIVIL = {CourtKind.JUDICIAL, CourtKind.PROTECTION}
_PATH = ("court", "kind")


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield what does not agree."""
    case = inspection.case
    if case.court is None:
        return
    if case.debtor.kind is PartyKind.INDIVIDUAL and case.court.kind not in _CIVIL:
        yield from say(mention, "particulier-au-commerce", _PATH)
    if _are_traders(mention, case) and case.court.kind in _CIVIL:
        yield from say(mention, "commercants-au-civil", _PATH)
    yield from _by_place(mention, case, case.court)


def _are_traders(mention: Mention, case: Case) -> bool:
    return all(_is_commercial(mention, party) for party in (case.creditor, case.debtor))


def _is_commercial(mention: Mention, party: Party) -> bool:
    forms = {slug(one) for one in listed(mention, "formes_commerciales")}
    return party.kind is PartyKind.COMPANY and slug(party.legal_form or "") in forms


def _by_place(mention: Mention, case: Case, court: Court) -> Iterator[Finding]:
    towns = {slug(one) for one in listed(mention, "villes_tae")}
    is_listed = slug(court.city) in towns
    local = case.debtor.address.postcode[:2] in listed(mention, "departements_chambre_commerciale")
    if court.kind is CourtKind.ECONOMIC and towns and not is_listed:
        yield from say(mention, "ville-sans-tae", _PATH, ville=court.city)
    if court.kind is CourtKind.COMMERCIAL and is_listed:
        yield from say(mention, "ville-a-tae", _PATH, ville=court.city)
    if local and court.kind in (CourtKind.COMMERCIAL, CourtKind.ECONOMIC):
        yield from say(mention, "alsace-moselle", _PATH)

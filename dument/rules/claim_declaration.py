"""The last day to declare a claim in insolvency (C. com., art. R622-24; CPC, art. 640 to 642).

Counted from the publication in the BODACC, never from the judgment. Longer for a creditor who does
not live in the mainland, or in the overseas territory, where the debtor's court sits.
"""

from __future__ import annotations

from datetime import date

from dument.case import Address, Case
from dument.days import Zone, procedural_deadline, zone_of
from dument.law import Law


def declaration_deadline(case: Case, law: Law) -> date | None:
    """Return the last day, moved to a working day; None until the judgment is published.

    Raises OutsideKnownLaw for a publication older than the texts of the law pack.
    """
    opened = case.status.insolvency
    if opened is None or opened.published_on is None:
        return None
    slugs = ["declaration-creance"]
    if _territory(case.creditor.address) is not (_territory(case.debtor.address) or Zone.MAINLAND):
        slugs.append("declaration-creance-eloignement")
    months = sum(int(law.value(slug, opened.published_on).value) for slug in slugs)
    return procedural_deadline(opened.published_on, months=months)


def _territory(address: Address) -> Zone | None:
    """Return the mainland or an overseas territory; None abroad."""
    if address.country.upper() != "FR":
        return None
    zone = zone_of(address.postcode)
    return zone if zone.is_overseas else Zone.MAINLAND

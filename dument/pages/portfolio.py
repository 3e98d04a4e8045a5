"""The owner's index: one entry a dossier, totals, and the nearest date to act before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from dument import __version__
from dument.dossier import Dossier
from dument.pages.chronology import open_limitations
from dument.pages.synopsis import oldest_due, state, stops

_SUMS = ("principal", "interets", "autres", "total")
ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class PortfolioEntry:
    """A dossier as the owner's index shows it: plain values, light to keep and to hand over.

    Field names are the words of the templates.
    """

    nom: str
    reference: str
    titre: str
    creancier: str
    debiteur: str
    au: date
    etat: str
    arrets: tuple[str, ...]
    principal: Decimal
    interets: Decimal
    autres: Decimal
    total: Decimal
    par_jour: Decimal | None
    echue_depuis: date | None
    agir_avant: date | None
    envoyees: int
    projets: int
    erreurs: int
    avertissements: int


def portfolio_entry(dossier: Dossier) -> PortfolioEntry:
    """Return what the owner's index shows of a dossier."""
    statement = dossier.statement
    open_findings = [one for one in dossier.diagnostics if one.waived_because is None]
    drafts = sum(letter.is_draft for letter in dossier.letters)
    return PortfolioEntry(
        nom=dossier.name,
        reference=dossier.case.reference,
        titre=dossier.title,
        creancier=dossier.case.creditor.name,
        debiteur=dossier.case.debtor.name,
        au=dossier.as_of,
        etat=state(dossier),
        arrets=tuple(one["arret"] for one in stops(dossier)),
        principal=statement.principal,
        interets=statement.interest,
        autres=statement.fixed_sums + statement.penalty_clause + statement.costs,
        total=statement.total,
        par_jour=statement.daily_interest,
        echue_depuis=oldest_due(dossier),
        agir_avant=min((one.prudent_day for one in open_limitations(dossier)), default=None),
        envoyees=len(dossier.letters) - drafts,
        projets=drafts,
        erreurs=sum(one.level.value == "erreur" for one in open_findings),
        avertissements=sum(one.level.value == "avertissement" for one in open_findings),
    )


def portfolio_view(entries: Iterable[PortfolioEntry]) -> dict[str, Any]:
    """Return the index: the largest claims first, then by name."""
    rows = sorted(entries, key=lambda one: (-one.total, one.nom))
    largest = max((one.total for one in rows), default=ZERO)
    return {
        "version": __version__,
        "au": max((one.au for one in rows), default=None),
        "meme_jour": len({one.au for one in rows}) < 2,
        "dossiers": [
            {**asdict(one), "part": int(1000 * one.total / largest) if largest else 0}
            for one in rows
        ],
        "sommes": {name: sum((getattr(one, name) for one in rows), ZERO) for name in _SUMS}
        | {"par_jour": _per_day(rows)},
    }


def _per_day(rows: Iterable[PortfolioEntry]) -> Decimal | None:
    """Return what each more day adds; None when it is unknown for one dossier."""
    amounts = [one.par_jour for one in rows]
    known = [one for one in amounts if one is not None]
    return sum(known, ZERO) if len(known) == len(amounts) else None

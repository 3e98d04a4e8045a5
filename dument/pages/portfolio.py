"""The owner's index: one entry a dossier, totals, and the nearest date to act before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from dument import __version__
from dument.dossier import Dossier
from dument.pages import ageing
from dument.pages.chronology import open_limitations
from dument.pages.synopsis import oldest_due, state, stops
from dument.pages.tasks import Task, tasks

_SUMS = ("principal", "interets", "autres", "total")
STATES = ("du", "arret", "a-echoir", "solde")
"""How the index sorts the dossiers: what is due first."""
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
    age: tuple[Decimal, ...]
    actions: tuple[Task, ...]

    @property
    def next_task(self) -> Task | None:
        """What comes first: what is late, else the nearest day."""
        return next(iter(self.actions), None)


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
        agir_avant=min((one.act_before for one in open_limitations(dossier)), default=None),
        envoyees=len(dossier.letters) - drafts,
        projets=drafts,
        erreurs=sum(one.level.value == "erreur" for one in open_findings),
        avertissements=sum(one.level.value == "avertissement" for one in open_findings),
        age=ageing.aged(dossier),
        actions=tasks(dossier),
    )


def portfolio_view(
    entries: Iterable[PortfolioEntry], failed: Sequence[str] = ()
) -> dict[str, Any]:
    """Return the index: by state, the largest claims first, then by name.

    `failed` names the dossiers that could not be worked out: the sums are without them.
    """
    rows = sorted(entries, key=lambda one: (-one.total, one.nom))
    balance = ageing.added(one.age for one in rows)
    return {
        "version": __version__,
        "au": max((one.au for one in rows), default=None),
        "meme_jour": len({one.au for one in rows}) < 2,
        "groupes": [group for name in STATES if (group := _group(name, rows))["dossiers"]],
        "nombre": len(rows),
        "fautifs": list(failed),
        "sommes": {name: sum((getattr(one, name) for one in rows), ZERO) for name in _SUMS}
        | {"par_jour": _per_day(rows)},
        "ages": {
            "total": balance,
            "dossiers": [{**_view(one, ZERO), "age": one.age} for one in rows if any(one.age)],
            "dessin": ageing.drawn(balance),
        },
        "actions": upcoming(rows),
    }


def upcoming(entries: Iterable[PortfolioEntry]) -> list[dict[str, Any]]:
    """Return what all dossiers call for: what is late first, then in the order of the days."""
    told = [
        {"nom": one.nom, "titre": one.titre, "reference": one.reference,
         "jours": (task.le - one.au).days, **asdict(task)}
        for one in entries
        for task in one.actions
    ]  # fmt: skip
    return sorted(told, key=lambda one: (not one["retard"], one["le"], one["nom"]))


def _group(name: str, rows: Sequence[PortfolioEntry]) -> dict[str, Any]:
    """Return the dossiers in one state, with the sum of what they are owed."""
    largest = max((one.total for one in rows), default=ZERO)
    own = [one for one in rows if one.etat == name]
    return {
        "etat": name,
        "total": sum((one.total for one in own), ZERO),
        "dossiers": [_view(one, largest) for one in own],
    }


def _view(one: PortfolioEntry, largest: Decimal) -> dict[str, Any]:
    """Return a dossier with its parts drawn on a bar of 1000 units for the largest claim."""
    parts, start = [], 0
    for name in _SUMS[:3] if largest > 0 else ():
        width = int(1000 * max(getattr(one, name), ZERO) / largest)
        parts.append({"nom": name, "x": start, "largeur": width})
        start += width
    return {**asdict(one), "parts": parts, "action": one.next_task}


def _per_day(rows: Iterable[PortfolioEntry]) -> Decimal | None:
    """Return what each more day adds; None when it is unknown for one dossier."""
    amounts = [one.par_jour for one in rows]
    known = [one for one in amounts if one is not None]
    return sum(known, ZERO) if len(known) == len(amounts) else None

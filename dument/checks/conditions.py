"""The circumstances under which a rule applies, named in `options.quand` of a mention."""

from __future__ import annotations

from collections.abc import Callable

from dument.case import Channel, EventKind, PartyKind, Regime
from dument.checks.inspection import Inspection
from dument.letters import Letter

Condition = Callable[[Inspection, Letter | None], bool]


def _sent_by(channel: Channel) -> Condition:
    def holds(inspection: Inspection, letter: Letter | None) -> bool:
        sending = letter.request.sending if letter else None
        return sending is not None and sending.channel is channel

    return holds


def _insolvency_opened(inspection: Inspection, letter: Letter | None) -> bool:
    insolvency = inspection.case.status.insolvency
    day = letter.on if letter else inspection.as_of
    return insolvency is not None and insolvency.judgment_on <= day


def _dispute_open(inspection: Inspection, letter: Letter | None) -> bool:
    dispute = inspection.case.status.dispute
    day = letter.on if letter else inspection.as_of
    return dispute is not None and dispute.since <= day


def _over_indebted(inspection: Inspection, letter: Letter | None) -> bool:
    since = inspection.case.status.over_indebted_since
    return since is not None and since <= (letter.on if letter else inspection.as_of)


def _struck_off(inspection: Inspection, letter: Letter | None) -> bool:
    struck_off = inspection.case.status.struck_off
    return struck_off is not None and struck_off.on <= (letter.on if letter else inspection.as_of)


def _has_paid(inspection: Inspection, letter: Letter | None) -> bool:
    statement = letter.statement if letter else inspection.statement
    return any(not one.is_credit_note for one in statement.allocations)


CONDITIONS: dict[str, Condition] = {
    "creancier-personne-physique": lambda seen, _: seen.case.creditor.is_natural_person,
    "creancier-personne-morale": lambda seen, _: not seen.case.creditor.is_natural_person,
    "creancier-entrepreneur-individuel": lambda seen, _: (
        seen.case.creditor.kind is PartyKind.SOLE_TRADER
    ),
    "debiteur-consommateur": lambda seen, _: seen.case.regime is Regime.CONSUMER,
    "debiteur-public": lambda seen, _: seen.case.regime is Regime.PUBLIC,
    "debiteur-a-l-etranger": lambda seen, _: seen.case.debtor.address.country.upper() != "FR",
    "envoi-lre": _sent_by(Channel.ELECTRONIC_REGISTERED),
    "envoi-lrar": _sent_by(Channel.REGISTERED),
    "reclamation": lambda seen, _: any(
        entry.kind is EventKind.COMPLAINT for entry in seen.case.journal
    ),
    "paiements": _has_paid,
    "penalites-dues": lambda seen, letter: bool(
        (letter.statement if letter else seen.statement).lines
    ),
    "procedure-collective": _insolvency_opened,
    "litige": _dispute_open,
    "surendettement": _over_indebted,
    "societe-radiee": _struck_off,
}


def unknown_conditions(names: object) -> list[str]:
    """Return the names that stand for no circumstance."""
    return [name for name in _listed(names) if name not in CONDITIONS]


def hold(names: object, inspection: Inspection, letter: Letter | None) -> bool:
    """Whether every named circumstance is met."""
    return all(CONDITIONS[name](inspection, letter) for name in _listed(names))


def _listed(names: object) -> list[str]:
    return [str(name) for name in names] if isinstance(names, list) else []

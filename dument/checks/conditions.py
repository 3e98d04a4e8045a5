"""The circumstances under which a rule applies, named in `options.quand` of a mention."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from dument.case import Channel, Court, CourtKind, EventKind, PartyKind, Regime
from dument.checks.inspection import Inspection
from dument.days import add_months
from dument.ledger import Statement
from dument.letters import Letter
from dument.rules.standing import Nature, standing

Condition = Callable[[Inspection, Letter | None], bool]
_COMMERCIAL_COURTS = {CourtKind.COMMERCIAL, CourtKind.ECONOMIC}
_SEISED = {EventKind.FILING, EventKind.ORDER}


def _sent_by(channel: Channel) -> Condition:
    def holds(inspection: Inspection, letter: Letter | None) -> bool:
        sending = letter.request.sending if letter else None
        return sending is not None and sending.channel is channel

    return holds


def _insolvency_opened(inspection: Inspection, letter: Letter | None) -> bool:
    insolvency = inspection.case.status.insolvency
    return insolvency is not None and insolvency.judgment_on <= inspection.day_of(letter)


def _claim_is_prior(inspection: Inspection, letter: Letter | None) -> bool:
    """Whether an invoice that is claimed was born before the opening judgment."""
    opened = inspection.case.status.insolvency
    births = _births(inspection, letter)
    return opened is not None and any(day < opened.judgment_on for day in births)


def _claim_is_later(inspection: Inspection, letter: Letter | None) -> bool:
    """Whether an invoice that is claimed was born on the day of the opening judgment or after."""
    opened = inspection.case.status.insolvency
    births = _births(inspection, letter)
    return opened is not None and any(day >= opened.judgment_on for day in births)


def _births(inspection: Inspection, letter: Letter | None) -> Iterator[date]:
    """Yield the day each invoice that is claimed was born: its service done, else its own."""
    claimed = {one.number for one in _statement(inspection, letter).invoices}
    for one in inspection.case.invoices:
        if one.number in claimed:
            yield one.performed_on or one.issued_on


def _dispute_open(inspection: Inspection, letter: Letter | None) -> bool:
    dispute = inspection.case.status.dispute
    return dispute is not None and dispute.since <= inspection.day_of(letter)


def _dispute_is_partial(inspection: Inspection, letter: Letter | None) -> bool:
    dispute = inspection.case.status.dispute
    if dispute is None or dispute.amount is None:
        return False
    return dispute.amount < _statement(inspection, letter).principal


def _over_indebted(inspection: Inspection, letter: Letter | None) -> bool:
    since = inspection.case.status.over_indebted_since
    return since is not None and since <= inspection.day_of(letter)


def _struck_off(inspection: Inspection, letter: Letter | None) -> bool:
    struck_off = inspection.case.status.struck_off
    return struck_off is not None and struck_off.on <= inspection.day_of(letter)


def _another_signs(inspection: Inspection, letter: Letter | None) -> bool:
    creditor = inspection.case.creditor
    signatory, legal = creditor.signatory, creditor.representative
    return signatory is not None and (legal is None or signatory.name != legal.name)


def _without_power(inspection: Inspection, letter: Letter | None) -> bool:
    """Whether another signs, and the file holds no power given to him for this act by then."""
    power, signs = inspection.case.power, inspection.case.creditor.signs
    is_given = (
        power is not None
        and signs is not None
        and letter is not None
        and (power.name, power.purpose) == (signs.name, letter.kind)
        and power.on <= letter.on
        and power.exhibit is not None
    )
    return _another_signs(inspection, letter) and not is_given


def _both_traders(inspection: Inspection, letter: Letter | None) -> bool:
    """Whether each party is a trader or a commercial company: a craftsman is neither."""
    case, law, day = inspection.case, inspection.law, inspection.day_of(letter)
    found = [standing(party, law, day) for party in (case.creditor, case.debtor)]
    return all(
        one.nature is Nature.COMMERCIAL and not one.step.slug.startswith("activite-artisanale")
        for one in found
    )


def _small_claim_pending(inspection: Inspection, letter: Letter | None) -> bool:
    """Whether a small claim's month, from the bailiff's invitation, is running."""
    day = inspection.day_of(letter)
    months = int(inspection.law.value("duree-petites-creances", day).value)
    started = [on for on, kind in inspection.case.acts if kind is EventKind.SMALL_CLAIM]
    return any(on <= day <= add_months(on, months) for on in started)


def _opposed(inspection: Inspection, letter: Letter | None) -> bool:
    order = inspection.case.order
    day = inspection.day_of(letter)
    return order is not None and order.opposed_on is not None and order.opposed_on <= day


def _without_title(inspection: Inspection, letter: Letter | None) -> bool:
    return inspection.case.judged(inspection.day_of(letter)) is None


def _already_sent(inspection: Inspection, letter: Letter | None) -> bool:
    """Whether a letter of the same kind has left before this one."""
    return letter is not None and any(
        one.kind == letter.kind and one.is_sent and one.on < letter.on
        for one in inspection.case.letters
    )


def _without_notice(inspection: Inspection, letter: Letter | None) -> bool:
    on = letter.on if letter else inspection.as_of
    return not any(inspection.case.formal_notices(on))


def _has_paid(inspection: Inspection, letter: Letter | None) -> bool:
    allocations = _statement(inspection, letter).allocations
    return any(not one.is_credit_note for one in allocations)


def _before_traders_judge(inspection: Inspection, letter: Letter | None) -> bool:
    """Whether the court is one of commerce; it is computed only for a request, asked or filed."""
    court = _court(inspection, letter)
    return court is not None and court.kind in _COMMERCIAL_COURTS


def _before_judicial_court(inspection: Inspection, letter: Letter | None) -> bool:
    court = _court(inspection, letter)
    return court is not None and court.kind is CourtKind.JUDICIAL


def _court(inspection: Inspection, letter: Letter | None) -> Court | None:
    filed = any(kind in _SEISED for _, kind in inspection.case.acts)
    return inspection.court_of(letter) if letter or filed else inspection.case.court


def _statement(inspection: Inspection, letter: Letter | None) -> Statement:
    return letter.statement if letter else inspection.statement


CONDITIONS: dict[str, Condition] = {
    "creancier-personne-physique": lambda seen, _: seen.case.creditor.is_natural_person,
    "creancier-personne-morale": lambda seen, _: not seen.case.creditor.is_natural_person,
    "creancier-societe": lambda seen, _: seen.case.creditor.kind is PartyKind.COMPANY,
    "creancier-entrepreneur-individuel": lambda seen, _: (
        seen.case.creditor.kind is PartyKind.SOLE_TRADER
    ),
    "debiteur-consommateur": lambda seen, _: seen.case.regime is Regime.CONSUMER,
    "debiteur-public": lambda seen, _: seen.case.regime is Regime.PUBLIC,
    "debiteur-entrepreneur-individuel": lambda seen, _: (
        seen.case.debtor.kind is PartyKind.SOLE_TRADER
    ),
    "debiteur-a-l-etranger": lambda seen, _: seen.case.debtor.address.country.upper() != "FR",
    "envoi-courriel": _sent_by(Channel.EMAIL),
    "envoi-lre": _sent_by(Channel.ELECTRONIC_REGISTERED),
    "envoi-lrar": _sent_by(Channel.REGISTERED),
    "reclamation": lambda seen, _: any(
        entry.kind is EventKind.COMPLAINT for entry in seen.case.journal
    ),
    "paiements": _has_paid,
    "capitalisation-demandee": lambda seen, _: (
        seen.case.claim is not None and seen.case.claim.asks_capitalisation
    ),
    "clause-resolutoire": lambda _, letter: (
        letter is not None and letter.request.termination_clause is not None
    ),
    "resolution": lambda _, letter: letter is not None and letter.request.may_terminate,
    "deja-envoyee": _already_sent,
    "sans-mise-en-demeure": _without_notice,
    "lettre-partie": lambda _, letter: letter is not None and letter.request.is_sent,
    "interets-reclames": lambda seen, letter: _statement(seen, letter).interest > 0,
    "indemnites-reclamees": lambda seen, letter: _statement(seen, letter).fixed_sums > 0,
    "juge-commercial": _before_traders_judge,
    "juge-judiciaire": _before_judicial_court,
    "pouvoir-absent": _without_power,
    "entre-commercants": _both_traders,
    "petites-creances-en-cours": _small_claim_pending,
    "opposition-formee": _opposed,
    "sans-titre": _without_title,
    "procedure-collective": _insolvency_opened,
    "creance-anterieure": _claim_is_prior,
    "creance-posterieure": _claim_is_later,
    "litige": _dispute_open,
    "litige-partiel": _dispute_is_partial,
    "litige-entier": lambda seen, letter: not _dispute_is_partial(seen, letter),
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

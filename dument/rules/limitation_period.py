"""When a claim is barred (C. com., art. L110-4, L133-6; C. conso., art. L218-2; C. civ., 2224).

The period runs from the due date (C. civ., art. 2233, 3°); a second, earlier date counts from the
completion of the work, or the invoice when it is unknown, and is the prudent one to act upon. A
carrier's claim runs from the delivery for both. Only an acknowledgement, a summons, the service of
an order, a conservatory measure or an enforcement interrupts, and a period of the same length
starts anew; an agreed mediation suspends, and leaves six months at least. The day is never moved
to a working day. Limits: nothing was read for public debtors; an interrupting suit is counted from
its first day, not from its end (art. 2242), which is the earlier date.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dument.case import Case, EventKind, Invoice, InvoiceNature, PartyKind, Regime
from dument.days import add_months, add_years
from dument.law import Law, OutsideKnownLaw
from dument.rules.entries import Ingredient

RULE = "prescription"
MARGIN = "usage-marge-prescription"
RESUMED = "reprise-apres-mediation"
INTERRUPTING = {
    EventKind.ACKNOWLEDGEMENT, EventKind.SUMMONS, EventKind.SERVICE, EventKind.CONSERVATORY,
    EventKind.ENFORCEMENT,
}  # fmt: skip
COMMON_LAW = "prescription-droit-commun"
_BY_REGIME = {
    Regime.BUSINESS: "prescription-commerciale",
    Regime.CONSUMER: "prescription-consommateur",
}
_BY_NATURE = {
    InvoiceNature.TRANSPORT: "prescription-transport",
    InvoiceNature.TELECOM: "prescription-communications-electroniques",
}


class Effect(StrEnum):
    """What an event does to a limitation period."""

    INTERRUPTS = "interrompt"
    SUSPENDS = "suspend"
    NONE = "sans-effet"


@dataclass(frozen=True, slots=True)
class LimitationEvent:
    """An event, its effect, and the last day it leaves; `reason` names a sentence of the rule."""

    on: date
    kind: str
    effect: Effect
    reason: str
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Limitation:
    """The last day to act on a due date of an invoice, the prudent one, and what changed them.

    `act_before` is the prudent day less the house's margin. `events` are those of the journal
    that interrupt, suspend, or came too early or too late to do so.
    """

    invoice: str
    due_on: date
    start: date
    last_day: date
    prudent_day: date
    act_before: date
    interrupted_on: date | None
    ingredient: Ingredient
    events: tuple[LimitationEvent, ...] = ()


@dataclass(slots=True)
class _Course:
    """A period on its way: it starts, may start anew, may stand still for a while."""

    start: date
    years: int
    last_day: date

    def is_running(self, day: date) -> bool:
        return self.start <= day <= self.last_day

    def restart(self, day: date) -> bool:
        """Start a period of the same length (C. civ., art. 2231); False when it does not run."""
        if not self.is_running(day):
            return False
        self.last_day = add_years(day, self.years)
        return True

    def suspend(self, first_day: date, end: date, months: int) -> bool:
        """Stand still from an agreement to its end, with some months left (art. 2230, 2238)."""
        began = max(first_day, self.start)
        if not self.is_running(began) or end < began:
            return False
        moved = self.last_day + timedelta(days=(end - began).days)
        self.last_day = max(moved, add_months(end, months))
        return True


def limitation(
    case: Case, law: Law, invoice: Invoice, as_of: date, due_on: date | None = None
) -> Limitation | None:
    """Return when an invoice is barred; None for a public debtor, whose rule was not read.

    `due_on` names one due date of several; by default the last one, whose earlier ones the
    prudent date guards. Raises OutsideKnownLaw when the law pack does not know the period.
    """
    if case.regime is Regime.PUBLIC:
        return None
    due_on = due_on or max(one.due_on for one in invoice.schedule)
    slug = _BY_NATURE[invoice.nature] if invoice.nature else _ordinary(case)
    used = law.value(slug, due_on)
    years = int(used.value)
    done_on = invoice.performed_on or invoice.issued_on
    start = done_on if invoice.nature is InvoiceNature.TRANSPORT else due_on
    prudent = min(done_on, start)
    main = _Course(start, years, add_years(start, years))
    careful = _Course(prudent, years, add_years(prudent, years))
    events = _apply(case, law, as_of, main, careful)
    interruptions = [one.on for one in events if one.effect is Effect.INTERRUPTS]
    prudent_day = min(careful.last_day, main.last_day)
    return Limitation(
        invoice=invoice.number,
        due_on=due_on,
        start=start,
        last_day=main.last_day,
        prudent_day=prudent_day,
        act_before=prudent_day - timedelta(days=int(law.value(MARGIN, as_of).value)),
        interrupted_on=interruptions[-1] if interruptions else None,
        ingredient=Ingredient(slug, used),
        events=tuple(events),
    )


def _ordinary(case: Case) -> str:
    """Return the period of an invoice whose nature sets none; two years are for professionals."""
    is_private = case.creditor.kind is PartyKind.INDIVIDUAL
    return COMMON_LAW if is_private else _BY_REGIME[case.regime]


def known_limitations(case: Case, law: Law, as_of: date) -> Iterator[Limitation]:
    """Yield when each due date is barred, save where the law pack is silent, which a check says.

    Each part of a price that falls due apart is barred apart (C. civ., art. 2233, 3°).
    """
    for invoice in case.invoices:
        for due_on in dict.fromkeys(part.due_on for part in invoice.schedule):
            try:
                found = limitation(case, law, invoice, as_of, due_on)
            except OutsideKnownLaw:
                continue
            if found is not None:
                yield found


def _apply(
    case: Case, law: Law, as_of: date, main: _Course, careful: _Course
) -> list[LimitationEvent]:
    """Let each event of the case change both courses, oldest first."""
    happened: list[tuple[date, EventKind, date | None]] = [
        (day, kind, None) for day, kind in case.acts if kind in INTERRUPTING
    ]
    happened += [
        (one.on, one.kind, one.ended_on) for one in case.journal if one.kind is EventKind.MEDIATION
    ]
    events = []
    for day, kind, end in sorted(happened, key=lambda one: one[0]):
        if day > as_of:
            continue
        if kind is EventKind.MEDIATION:
            events.append(_suspend(law, day, end if end and end <= as_of else None, main, careful))
        else:
            events.append(_interrupt(day, kind, main, careful))
    return events


def _interrupt(day: date, kind: EventKind, main: _Course, careful: _Course) -> LimitationEvent:
    is_early = day < main.start
    careful.restart(day)
    if main.restart(day):
        return LimitationEvent(day, kind.value, Effect.INTERRUPTS, kind.value, main.last_day)
    reason = "trop-tot" if is_early else "trop-tard"
    return LimitationEvent(day, kind.value, Effect.NONE, reason)


def _suspend(
    law: Law, day: date, end: date | None, main: _Course, careful: _Course
) -> LimitationEvent:
    """Suspend by a mediation that is over; one that goes on is told and not counted."""
    kind = EventKind.MEDIATION.value
    if end is None:
        return LimitationEvent(day, kind, Effect.SUSPENDS, "mediation-en-cours")
    months = int(law.value(RESUMED, end).value)
    careful.suspend(day, end, months)
    if main.suspend(day, end, months):
        return LimitationEvent(day, kind, Effect.SUSPENDS, kind, main.last_day)
    reason = "trop-tot" if end < main.start else "trop-tard"
    return LimitationEvent(day, kind, Effect.NONE, reason)

"""What is often thought to interrupt limitation and does not (C. civ., art. 2240, 2241, 2244).

A formal notice or another letter, a request for an order and the order itself before its
service, a payment and a promise that nobody recorded as an acknowledgement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from dument.case import FORMAL_NOTICE, Case, Channel, EventKind
from dument.rules.limitation_period import Effect, LimitationEvent

ON_ALL = ""
"""The key of what bears on every invoice."""
_ACTS = {EventKind.FILING, EventKind.ORDER}


def idle_acts(case: Case, as_of: date) -> dict[str, list[LimitationEvent]]:
    """Return what left the limitation periods as they were, by invoice or under `ON_ALL`.

    Payments are not among them: the ledger alone knows which invoice each one reached.
    """
    found: dict[str, list[LimitationEvent]] = defaultdict(list)
    for day, kind, invoices in _acts(case):
        if day <= as_of:
            for number in invoices or (ON_ALL,):
                found[number].append(idle(day, kind))
    return found


def idle(day: date, kind: str) -> LimitationEvent:
    """Return an event without effect, whose kind names the sentence that says why."""
    return LimitationEvent(day, kind, Effect.NONE, kind)


def _acts(case: Case) -> Iterator[tuple[date, str, tuple[str, ...]]]:
    told = {(day, kind.value) for day, kind in case.acts if kind in _ACTS}
    for letter in case.letters:
        if letter.sent_on is None:
            continue
        is_filing = letter.sending is not None and letter.sending.channel is Channel.COURT
        kind = "mise-en-demeure" if letter.kind == FORMAL_NOTICE else "lettre"
        kind = EventKind.FILING.value if is_filing else kind
        if (letter.sent_on, kind) not in told:
            yield letter.sent_on, kind, letter.invoices
    yield from ((day, kind, ()) for day, kind in sorted(told))
    yield from ((entry.on, "promesse", ()) for entry in case.journal
                if entry.promise and entry.kind is not EventKind.ACKNOWLEDGEMENT)  # fmt: skip

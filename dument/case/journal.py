"""The journal: calls, messages, promises and acts, as they happened."""

from __future__ import annotations

from enum import StrEnum

from dument.case.values import Amount, Day, Id, Record
from dument.case.visibility import Visibility


class Promise(Record):
    """What the debtor promised to pay, and when."""

    on: Day
    amount: Amount | None = None


class EventKind(StrEnum):
    """What a journal entry records."""

    CALL = "appel"
    EMAIL = "courriel"
    TEXT = "sms"
    POST = "courrier"
    MEETING = "rencontre"
    ANSWER = "reponse"
    COMPLAINT = "reclamation"
    ACKNOWLEDGEMENT = "reconnaissance"
    FILING = "depot-requete"
    ORDER = "ordonnance"
    SERVICE = "signification"
    OPPOSITION = "opposition"
    SUMMONS = "assignation"
    CONSERVATORY = "mesure-conservatoire"
    ENFORCEMENT = "execution"
    MEDIATION = "mediation"
    SENDING = "envoi"
    UNSENDING = "envoi-annule"
    SMALL_CLAIM = "petites-creances"
    CHALLENGE = "contestation-creance"
    OTHER = "autre"


SENDINGS = frozenset({EventKind.SENDING, EventKind.UNSENDING})
"""What records an act on a letter, which the letter's own `envoi` tells already."""


class JournalEntry(Record):
    """One event; `visible` says who may see it, save `note`, which nobody ever does.

    `ended_on` is the day a mediation or a conciliation was declared over; `letter` names the
    letter that a sending, or its undoing, bears on, as `02-2026-05-04-mise-en-demeure`.
    """

    on: Day
    ended_on: Day | None = None
    kind: EventKind
    with_whom: str | None = None
    summary: str | None = None
    note: str | None = None
    promise: Promise | None = None
    letter: str | None = None
    exhibit: Id | None = None
    visible: Visibility = Visibility.BAILIFF

    @property
    def is_but_a_note(self) -> bool:
        """Whether it says nothing beside its private note."""
        return self.note is not None and not (self.summary or self.promise or self.exhibit)

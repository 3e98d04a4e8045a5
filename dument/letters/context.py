"""What a letter's template may say: the case in French, its figures, its law, its exhibits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dument import french, identifiers, money, numerals
from dument.case import (
    SENDINGS,
    Case,
    EventKind,
    JournalEntry,
    LetterRequest,
    Reader,
    Visibility,
)
from dument.law import Law
from dument.ledger import Reading, Statement, invoice_deadlines, other_readings
from dument.letters.citations import cite, cite_exhibits, cite_from
from dument.letters.correspondence import DEBTOR, correspondents, reader_of, told
from dument.letters.deadlines import deadline_figures, order_figures
from dument.letters.figures import statement_figures
from dument.letters.kinds import Kinds, Version
from dument.rules.claim_declaration import declaration_deadline
from dument.rules.competent_court import competent_court
from dument.rules.payment_order import known_order, order_steps
from dument.rules.response_deadline import deadline, granted_days
from dument.schema import in_french
from dument.templating import view

STATEMENT = "decompte"
FILTERS: Mapping[str, Callable[..., Any]] = {
    "euros": money.format_euros,
    "taux": money.format_rate,
    "en_lettres": numerals.in_words,
    "date": french.long_date,
    "date_courte": french.short_date,
    "jours": french.on_days,
    "pluriel": french.plural,
    "enumere": french.join_words,
    "de": french.of,
    "siren": identifiers.format_siren,
    "siret": identifiers.format_siret,
    "iban": identifiers.format_iban,
    "typo": french.typeset,
    "ancre": french.slug,
}


@dataclass(frozen=True, slots=True)
class Subject:
    """The letter a context is made for; `number` is its place in the case's list, from 1.

    An annex has the number 0; `since` is the day of the hand-over that an exhibit list completes.
    """

    case: Case
    law: Law
    statement: Statement
    request: LetterRequest
    number: int
    since: date | None = None

    @classmethod
    def of_the_day(cls, case: Case, law: Law, statement: Statement, kind: str) -> Subject:
        """Return what an annex bears on: a décompte, on its day; it has no number in the case."""
        request = LetterRequest(kind=kind, on=statement.as_of)
        return cls(case, law, statement, request, 0)

    @property
    def on(self) -> date:
        """The letter's date: its law and its figures are those of that day."""
        return self.request.on


def letter_context(
    subject: Subject, kinds: Kinds, cited: list[str], version: Version
) -> dict[str, Any]:
    """Return the variables of a letter; slugs of the articles it cites are added to `cited`.

    `kinds` tells what each earlier letter was; `version` says who writes to whom, and whether
    the competent court is to be looked for when the case does not name one.
    """
    case, law = subject.case, subject.law
    said = in_french(case)
    earlier = _earlier_letters(subject, said, kinds, version)
    references = open_references(case, version)
    claimed = [one for one in said["factures"] if subject.statement.invoice(one["numero"])]
    variables = {
        **said,
        **_court(subject, version.needs),
        **correspondents(case, version.sender, version.recipient),
        "creancier": told(case.creditor),
        "debiteur": told(case.debtor),
        "lettre": _letter(subject),
        "pieces": [one for one in said["pieces"] if one["id"] in references],
        "precedentes": earlier,
        **_journal(subject, said, version),
        "relances": [one for one in earlier if one["modele"] == subject.request.kind],
        "factures_visees": claimed,
        "decompte": statement_figures(case, law, subject.statement, _readings(subject)),
        "regime": case.regime.value,
        "pieces_numerotees": _exhibits(subject, said, references),
        "depuis": subject.since,
    }
    return view(variables) | _citing(subject, cited, references) | _reckoning(subject)


def _readings(subject: Subject) -> tuple[Reading, ...]:
    """Return what other readings would give, which the décompte of the day alone tells."""
    if subject.request.kind != STATEMENT:
        return ()
    return other_readings(subject.case, subject.law, subject.on)


def open_references(case: Case, version: Version) -> dict[str, str]:
    """Return the references of the exhibits that the letter's recipient may see."""
    reader = reader_of(version.recipient)
    seen = {one.id for one in case.exhibits if reader.may_see(one.visible)}
    return {id: mark for id, mark in case.exhibit_references.items() if id in seen}


def _citing(
    subject: Subject, cited: list[str], references: Mapping[str, str]
) -> dict[str, Callable[..., Any]]:
    """Return the functions by which a template names law and exhibits."""
    law = subject.law

    def article(slug: str, part: str | None = None) -> str:
        cited.append(law.articles[slug].slug)
        return french.typeset(law.articles[slug].cited(part))

    def articles(*wanted: str) -> str:
        cited.extend(law.articles[one.partition(" ")[0]].slug for one in wanted)
        return french.typeset(cite(law.articles, wanted))

    def articles_suivants(slug: str) -> str:
        cited.append(law.articles[slug].slug)
        return french.typeset(cite_from(law.articles[slug]))

    def alinea(slug: str, rank: int) -> str:
        cited.append(law.articles[slug].slug)
        return french.typeset(law.articles[slug].paragraph(rank))

    def parametre(slug: str) -> Any:
        return law.value(slug, subject.on).value

    def piece(*ids: Any) -> str | None:
        return cite_exhibits(references, (id for id in ids if id in references))

    return {
        "article": article,
        "articles": articles,
        "articles_suivants": articles_suivants,
        "alinea": alinea,
        "parametre": parametre,
        "piece": piece,
    }


def _reckoning(subject: Subject) -> dict[str, Callable[..., Any]]:
    """Return the functions that reckon what few letters tell: the days that count."""
    case, law, on = subject.case, subject.law, subject.on

    def prescriptions() -> Any:
        found = deadline_figures(law, invoice_deadlines(case, law, subject.statement))
        return view([one for one in found if one["ouverte"]])

    def calendrier() -> Any:
        return view(order_figures(law, known_order(case, on), order_steps(case, law, on)) or {})

    def declaration_avant() -> date | None:
        return declaration_deadline(case, law)

    return {
        "prescriptions": prescriptions,
        "calendrier": calendrier,
        "declaration_avant": declaration_avant,
    }


def _court(subject: Subject, requires: Iterable[str]) -> dict[str, Any]:
    """Return the computed court under its key, when it is wanted, not given, and certain."""
    is_wanted = any(path.partition(".")[0] == "juridiction" for path in requires)
    if subject.case.court is not None or not is_wanted:
        return {}
    found = competent_court(subject.case, subject.law, subject.on).court
    return {"juridiction": in_french(found)} if found else {}


def _letter(subject: Subject) -> dict[str, Any]:
    case, law, request = subject.case, subject.law, subject.request
    same_kind = [one for one in case.letters if one.kind == request.kind and one.on < request.on]
    return {
        **in_french(request),
        "rang": len(same_kind) + 1,
        "delai_jours": granted_days(case, law, request),
        "date_limite": deadline(case, law, request),
        "projet": not request.is_sent,
    }


def _earlier_letters(
    subject: Subject, said: dict[str, Any], kinds: Kinds, version: Version
) -> list[dict[str, Any]]:
    """Return what was written to the debtor before; to him, one recalls one's own letters only."""
    earlier = []
    for letter, one in zip(subject.case.letters, said["lettres"], strict=True):
        was = kinds.choose(letter)
        counts = letter.is_sent and letter.on < subject.on
        if was is None or not counts or was.recipient != DEBTOR:
            continue
        if version.recipient != DEBTOR or was.sender == version.sender:
            earlier.append({**one, "titre": was.title})
    return sorted(earlier, key=lambda one: one["le"])


Told = list[tuple[JournalEntry, dict[str, Any]]]


def _journal(subject: Subject, said: dict[str, Any], version: Version) -> dict[str, Any]:
    """Return what a letter may tell of the journal: nothing of a private entry.

    An act that is closed to the recipient is told by its day and kind, without what was said; the
    last call and the promises that were not kept are what some letters are about.
    """
    told: Told = list(zip(subject.case.journal, said["journal"], strict=True))
    if version.is_internal:
        reader = Reader.OWNER
    else:
        reader = reader_of(version.recipient)
        told = [pair for pair in told if pair[0].visible is not Visibility.PRIVATE]
    hushed = [
        shown if reader.may_see(entry.visible) else {**shown, "avec": None, "resume": None}
        for entry, shown in told
    ]
    return {
        "journal": [one for one in hushed if one["type"] not in SENDINGS],
        **_last_call(subject, told),
        "promesses_manquees": _broken_promises(subject, told),
    }


def _broken_promises(subject: Subject, told: Told) -> list[dict[str, Any]]:
    """Return the journal's entries whose promise has fallen due without being paid in full."""
    case, on = subject.case, subject.on
    broken = []
    for entry, shown in told:
        promise = entry.promise
        if promise is None or promise.on >= on:
            continue
        kept = [one for one in case.payments
                if entry.on <= one.on <= promise.on and not one.is_rejected(on)]  # fmt: skip
        if not kept or sum(one.amount for one in kept) < (promise.amount or 0):
            broken.append(shown)
    return broken


def _last_call(subject: Subject, told: Told) -> dict[str, Any]:
    """Return the latest call of the journal by the letter's day, nothing when there is none."""
    calls = [shown for entry, shown in told if entry.kind is EventKind.CALL]
    past = sorted((one for one in calls if one["le"] <= subject.on), key=lambda one: one["le"])
    return {"dernier_appel": past[-1]} if past else {}


def _exhibits(
    subject: Subject, said: dict[str, Any], references: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return the exhibits in the order of their numbers.

    The annex of a letter knows nothing of what came after it: another exhibit, a withdrawal.
    """
    known = {one["id"]: one for one in said["pieces"]}
    numbered = [
        {**known[id], "numero": mark, "nouvelle": subject.case.adds_exhibit(id)}
        for id, mark in references.items()
    ]
    if not subject.number:
        return numbered
    then = (one for one in numbered if one.get("le", subject.on) <= subject.on)
    return [_as_of(subject.on, one) for one in then]


def _as_of(day: date, exhibit: dict[str, Any]) -> dict[str, Any]:
    """Return an exhibit as it was known on a day."""
    withdrawn = exhibit.get("retiree_le")
    is_later = withdrawn is not None and withdrawn > day
    return {**exhibit, "nouvelle": False, **({"retiree_le": None} if is_later else {})}

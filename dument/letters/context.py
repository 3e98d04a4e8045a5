"""What a letter's template may say: the case in French, its figures, its law, its exhibits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dument import french, identifiers, money, numerals
from dument.case import Case, LetterRequest, Party
from dument.law import Law
from dument.ledger import Reading, Statement, other_readings
from dument.letters.citations import cite, cite_exhibits, cite_from
from dument.letters.figures import statement_figures
from dument.letters.postal import address_lines, place_lines, sentence
from dument.rules.competent_court import competent_court
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
    """The letter a context is made for; `number` is its place in the case's list, from 1."""

    case: Case
    law: Law
    statement: Statement
    request: LetterRequest
    number: int

    @property
    def on(self) -> date:
        """The letter's date: its law and its figures are those of that day."""
        return self.request.on


def letter_context(
    subject: Subject, titles: Mapping[str, str], cited: list[str], requires: Iterable[str] = ()
) -> dict[str, Any]:
    """Return the variables of a letter; slugs of the articles it cites are added to `cited`.

    `titles` gives the title of each letter kind; `requires` the paths that the letter needs: the
    competent court is looked for only when one of them asks and the case does not name a court.
    """
    case, law = subject.case, subject.law
    said = in_french(case)
    earlier = _earlier_letters(subject, said, titles)
    claimed = [one for one in said["factures"] if subject.statement.invoice(one["numero"])]
    told = {
        **said,
        **_court(subject, requires),
        "creancier": _party(case.creditor, said["creancier"]),
        "debiteur": _party(case.debtor, said["debiteur"]),
        "lettre": _letter(subject),
        "precedentes": earlier,
        "relances": [one for one in earlier if one["modele"] == subject.request.kind],
        "factures_visees": claimed,
        "decompte": statement_figures(case, law, subject.statement, _readings(subject)),
        "regime": case.regime.value,
        "pieces_numerotees": _exhibits(said),
    }
    return view(told) | _citing(subject, cited)


def _readings(subject: Subject) -> tuple[Reading, ...]:
    """Return what other readings would give, which the décompte of the day alone tells."""
    if subject.request.kind != STATEMENT:
        return ()
    return other_readings(subject.case, subject.law, subject.on)


def _citing(subject: Subject, cited: list[str]) -> dict[str, Callable[..., Any]]:
    """Return the functions by which a template names law and exhibits."""
    law = subject.law
    numbers = {one.id: rank for rank, one in enumerate(subject.case.exhibits, 1)}

    def article(slug: str, part: str | None = None) -> str:
        cited.append(slug)
        return french.typeset(law.articles[slug].cited(part))

    def articles(*wanted: str) -> str:
        cited.extend(one.partition(" ")[0] for one in wanted)
        return french.typeset(cite(law.articles, wanted))

    def articles_suivants(slug: str) -> str:
        cited.append(slug)
        return french.typeset(cite_from(law.articles[slug]))

    def parametre(slug: str) -> Any:
        return law.value(slug, subject.on).value

    def piece(*ids: Any) -> str | None:
        return cite_exhibits(numbers[id] for id in ids if id in numbers)

    return {
        "article": article,
        "articles": articles,
        "articles_suivants": articles_suivants,
        "parametre": parametre,
        "piece": piece,
    }


def _party(party: Party, said: dict[str, Any]) -> dict[str, Any]:
    signs = getattr(party, "signs", None)
    return {
        **said,
        "nom_complet": party.name,
        "personne_physique": party.is_natural_person,
        "adresse_lignes": address_lines(party),
        "adresse_lieu": place_lines(party.address),
        "adresse_phrase": sentence(party.address),
        **({"signe": in_french(signs)} if signs else {}),
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
    subject: Subject, said: dict[str, Any], titles: Mapping[str, str]
) -> list[dict[str, Any]]:
    pairs = zip(subject.case.letters, said["lettres"], strict=True)
    earlier = [
        {**told, "titre": titles.get(letter.kind, letter.kind)}
        for letter, told in pairs
        if letter.is_sent and letter.on < subject.on
    ]
    return sorted(earlier, key=lambda told: told["le"])


def _exhibits(said: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**one, "numero": rank} for rank, one in enumerate(said["pieces"], 1)]

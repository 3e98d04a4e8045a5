"""Letter kinds and their versions, read from `letters/<kind>/v<n>.md`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from dument.case import LetterRequest
from dument.days import parse_date
from dument.diagnostics import Diagnostic, Position, error
from dument.faults import Misread
from dument.kit import Kit
from dument.ledger import Statement
from dument.letters.correspondence import CREDITOR, DEBTOR, RECIPIENTS, SENDERS
from dument.letters.releases import read_releases
from dument.source import FrontMatter, Mapping, Text, plain, read_front_matter

_FILE = re.compile(r"([a-z0-9-]+)/v(\d+)\.md")
CLAIMABLE = {
    "principal": "principal",
    "interets": "interest",
    "indemnites": "fixed_sums",
    "clause_penale": "penalty_clause",
    "frais": "costs",
}
NOT_YET_DUE = "a_echoir"
OPENING = "jugement-ouverture"
STOPS = ("lettre", OPENING)
PAPERS = ("lettre", "acte", "annexe", "convention", "fiche")
ANNEX, INTERNAL = "annexe", "fiche"
HEADS = ("objet", "juridiction", "sous_titre", "reserve")
EMAIL, SMS, ANNOUNCED_WHEN = "courriel", "sms", "annonce.quand"


@dataclass(frozen=True, slots=True)
class Announced:
    """The next step that a letter tells its reader: one of `kinds`, `within` so many days.

    The days run from the letter's deadline; None when the letter names no day. The template of
    `parts["annonce.quand"]` says whether this letter announces anything: it does unless blank.
    """

    kinds: tuple[str, ...]
    within: int | None


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a letter kind: what its front matter declares.

    `parts` holds the front matter's texts that are templates too (`objet`, `courriel`, `sms`…);
    they and `body` are pushed down so that their lines keep their numbers in the file. `sender`
    and `recipient` are roles of `correspondence`; a letter that `stops_at_opening` sums up, on
    the day of the opening judgment whatever its own date, what is due and what will be.
    """

    kind: str
    number: int
    title: str
    first_day: date
    last_day: date | None
    regimes: tuple[str, ...]
    channels: tuple[str, ...]
    requires: tuple[str, ...]
    mentions: tuple[str, ...]
    articles: tuple[str, ...]
    annexes: tuple[str, ...]
    paper: str
    sender: str
    recipient: str
    stops_at_opening: bool
    claims: tuple[str, ...]
    parts: dict[str, str]
    announces: Announced | None
    file: str
    changes: str
    body: str
    is_released: bool = False

    @property
    def name(self) -> str:
        """The template's name for the loader."""
        return f"{self.kind}/v{self.number}.md"

    @property
    def templates(self) -> dict[str, str]:
        """Every template of the version by its name for the loader."""
        return {self.name: self.body} | {
            self.part_name(key): text for key, text in self.parts.items()
        }

    def part_name(self, key: str) -> str:
        """Return the loader's name of one of `parts`."""
        return f"{self.name}#{key}"

    @property
    def needs(self) -> tuple[str, ...]:
        """The paths of the case without which the letter cannot leave: its own, its address."""
        return tuple(dict.fromkeys((*self.requires, RECIPIENTS[self.recipient])))

    @property
    def is_internal(self) -> bool:
        """Whether it is for the owner alone: never sent, bound, nor published."""
        return self.paper == INTERNAL

    @property
    def is_sendable(self) -> bool:
        """Whether it leaves on a day of its own, hence bears PROJET until then."""
        return self.paper not in (ANNEX, INTERNAL)

    @property
    def looks_ahead(self) -> bool:
        """Whether it tells also what is not due yet: it claims it, or declares it."""
        return self.stops_at_opening or "not_yet_due" in self.claims

    def claimed(self, statement: Statement) -> Decimal:
        """Return the sum that a letter of this version asks for: the parts it names."""
        parts = (getattr(statement, field) for field in self.claims)
        return sum(parts, Decimal(0))

    def is_in_force(self, day: date) -> bool:
        """Whether this version may be chosen for a letter of that day."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class Kinds:
    """Every version of every kind, by kind, oldest first."""

    versions: dict[str, tuple[Version, ...]]

    @property
    def titles(self) -> dict[str, str]:
        """The title of each kind, by its newest version."""
        return {kind: versions[-1].title for kind, versions in self.versions.items()}

    def choose(self, letter: LetterRequest) -> Version | None:
        """Return the pinned version, else the highest in force on the letter's day."""
        known = self.versions.get(letter.kind, ())
        if letter.version is not None:
            return next((one for one in known if one.number == letter.version), None)
        in_force = [one for one in known if one.is_in_force(letter.on)]
        return in_force[-1] if in_force else None

    def annex(self, kind: str, day: date) -> Version | None:
        """Return the version of an annex in force on a day."""
        in_force = [one for one in self.versions.get(kind, ()) if one.is_in_force(day)]
        return in_force[-1] if in_force else None


def read_kinds(kit: Kit) -> tuple[Kinds, list[Diagnostic]]:
    """Read every version; a faulty front matter is a diagnostic at its place.

    A released version that is not what it was is one too (`releases`).
    """
    released, diagnostics = read_releases(kit)
    found: dict[str, list[Version]] = {}
    for name, path in kit.files("letters", "[a-z]*/v*.md").items():
        match = _FILE.fullmatch(name)
        matter, faults = read_front_matter(path, kit.name_of(path))
        diagnostics += faults
        if match is None or matter is None:
            continue
        version, faults = _version(match[1], int(match[2]), matter, kit.name_of(path))
        diagnostics += faults
        if version is not None:
            version = replace(version, is_released=path in released)
            found.setdefault(match[1], []).append(version)
    ordered = {kind: tuple(sorted(all_, key=lambda v: v.number)) for kind, all_ in found.items()}
    kinds = Kinds(ordered)
    return kinds, [*diagnostics, *_announced_in_vain(kinds)]


def _announced_in_vain(kinds: Kinds) -> Iterator[Diagnostic]:
    """Report each kind that a version announces and that does not exist."""
    for version in (one for versions in kinds.versions.values() for one in versions):
        for kind in version.announces.kinds if version.announces else ():
            if kind not in kinds.versions:
                message = f"la lettre annonce « {kind} », un modèle qui n’existe pas"
                hint = f"modèles connus : {', '.join(sorted(kinds.versions))}"
                yield error("lettre/annonce", message, Position(version.file), hint)


KEYS = {
    "modele", "version", "titre", "en_vigueur_du", "en_vigueur_au", "regimes", "canal",
    "requiert", "mentions", "articles", "annexes", "papier", "reclame", "annonce", "changements",
    "expediteur", "destinataire", "arrete_au",
    EMAIL, SMS, *HEADS,
}  # fmt: skip


def _version(
    kind: str, number: int, matter: FrontMatter, file: str
) -> tuple[Version | None, list[Diagnostic]]:
    head: Any = plain(matter.head)
    unknown = [
        error("lettre/cle-inconnue", f"clé inconnue « {key} » dans l’en-tête", where)
        for key, where in matter.head.keys.items()
        if key not in KEYS
    ]
    if unknown:
        return None, unknown
    try:
        return _declared(kind, number, head, matter, file), []
    except KeyError as missing:
        message = f"la clé « {missing.args[0]} » manque dans l’en-tête"
    except ValueError as fault:
        message = f"l’en-tête est illisible : {fault}"
    return None, [error("lettre/en-tete", message, Position(file))]


def _claims(named: list[str] | None) -> tuple[str, ...]:
    """Return the fields of the décompte that a letter claims: all, unless it names some."""
    known = {**CLAIMABLE, NOT_YET_DUE: "not_yet_due"}
    if set(named or ()) - set(known):
        raise Misread("reclame", f"« reclame » nomme {', '.join(known)}")
    return tuple(known[name] for name in named or CLAIMABLE)


def _word(head: dict[str, Any], key: str, known: Iterable[str], default: str) -> str:
    """Return a word of the front matter among those that are known."""
    word = str(head.get(key) or default)
    if word not in known:
        raise Misread(key, f"« {key} » vaut {', '.join(known)}")
    return word


def _declared(
    kind: str, number: int, head: dict[str, Any], matter: FrontMatter, file: str
) -> Version:
    if head["modele"] != kind or head["version"] != str(number):
        raise Misread("nom", f"« modele » et « version » doivent être {kind} et {number}")
    last_day = head.get("en_vigueur_au")
    return Version(
        kind=kind,
        number=number,
        title=head["titre"],
        first_day=parse_date(head["en_vigueur_du"]),
        last_day=parse_date(last_day) if last_day else None,
        regimes=tuple(head["regimes"]),
        channels=tuple(head.get("canal") or ()),
        requires=tuple(head.get("requiert") or ()),
        mentions=tuple(head.get("mentions") or ()),
        articles=tuple(head.get("articles") or ()),
        annexes=tuple(head.get("annexes") or ()),
        paper=_word(head, "papier", PAPERS, PAPERS[0]),
        sender=_word(head, "expediteur", SENDERS, CREDITOR),
        recipient=_word(head, "destinataire", RECIPIENTS, DEBTOR),
        stops_at_opening=_word(head, "arrete_au", STOPS, STOPS[0]) == OPENING,
        claims=_claims(head.get("reclame")),
        parts=_parts(matter),
        announces=_announced(head.get("annonce")),
        file=file,
        changes=head.get("changements") or "",
        body=_lowered(matter.body, matter.body_line),
    )


def _parts(matter: FrontMatter) -> dict[str, str]:
    nodes = {key: matter.head.entries.get(key) for key in (*HEADS, EMAIL, SMS)}
    announced = matter.head.entries.get("annonce")
    if isinstance(announced, Mapping):
        nodes[ANNOUNCED_WHEN] = announced.entries.get("quand")
    texts = {key: node for key, node in nodes.items() if isinstance(node, Text)}
    return {
        key: _lowered(node.value, node.position.line + ("\n" in node.value))
        for key, node in texts.items()
        if node.value
    }


def _lowered(text: str, line: int) -> str:
    """Push a template down to its line of the file, so that faults are told where they stand."""
    return "{#" + "\n" * (line - 1) + "#}" + text


def _announced(head: dict[str, Any] | None) -> Announced | None:
    if head is None:
        return None
    if not isinstance(head, dict) or set(head) - {"modeles", "quand", "sous_jours"}:
        raise Misread("annonce", "« annonce » a pour clés modeles, quand et sous_jours")
    kinds, days = head.get("modeles"), head.get("sous_jours")
    if not isinstance(kinds, list) or not (days or "0").isdecimal():
        message = "« annonce » a une liste de modeles, et un nombre entier dans sous_jours"
        raise Misread("annonce", message)
    return Announced(tuple(kinds), int(days) if days else None)

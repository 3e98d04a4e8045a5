"""The law pack's entries: dated parameters, articles, mentions to check, renumbered articles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from dument.diagnostics import Level, Position

LEGIFRANCE = "https://www.legifrance.gouv.fr/codes/article_lc/"
EVERY_KIND = "tous"
"""What a mention names, among its kinds, to look at all that is written, now and later."""


class Status(StrEnum):
    """How sure a value is: read officially, read in commentary, or not confirmed."""

    VERIFIED = "verifie"
    SECONDARY = "secondaire"
    UNVERIFIED = "a-verifier"


class OutsideKnownLaw(LookupError):
    """A date at which a parameter has no known value; never the last one prolonged."""

    def __init__(self, parameter: Parameter, day: date) -> None:
        super().__init__(parameter.slug)
        self.parameter = parameter
        self.day = day


@dataclass(frozen=True, slots=True)
class DatedValue:
    """One value of a parameter over a closed interval; `last_day` None means still in force.

    `published` says where in the official journal, when that was noted.
    """

    first_day: date
    last_day: date | None
    value: Decimal
    reference: str
    source: str | None
    read_on: date
    status: Status
    note: str | None = None
    published: str | None = None
    position: Position | None = None

    def covers(self, day: date) -> bool:
        """Whether the value is known to hold on a day."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A rate, sum, delay or threshold of the law, with its dated values, newest first.

    A periodic one has closed intervals; an observed one is a periodic series that stops at the
    day it was read, and whose lag forbids nothing before that day.
    """

    slug: str
    title: str
    is_periodic: bool
    unit: str
    articles: tuple[str, ...]
    values: tuple[DatedValue, ...]
    to_complete: str | None
    position: Position
    note: str | None = None
    is_observed: bool = False

    def at(self, day: date) -> DatedValue:
        """Return the value in force on a day; raises OutsideKnownLaw when none is known."""
        for known in self.values:
            if known.covers(day):
                return known
        raise OutsideKnownLaw(self, day)


@dataclass(frozen=True, slots=True)
class Article:
    """An article of a code in one of its versions; `is_quoted` when the text is the law's own.

    `parts` gives, for a part of the article that replaced this one, what it was called here.
    """

    slug: str
    number: str
    code: str
    title: str
    is_quoted: bool
    first_day: date | None
    last_day: date | None
    legifrance: str | None
    source: str | None
    read_on: date | None
    status: Status
    note: str | None
    text: str
    replaces: tuple[str, ...] = ()
    position: Position | None = None
    parts: Mapping[str, str] = field(default_factory=dict)

    def is_in_force(self, day: date) -> bool:
        """Whether this version is known to hold on a day."""
        starts = self.first_day is None or self.first_day <= day
        return starts and (self.last_day is None or day <= self.last_day)

    def cited(self, part: str | None = None) -> str:
        """Write the article as a letter cites it, with a part such as « II » when given."""
        return f"article {self.numbered(part)} {self.of_code}"

    def numbered(self, part: str | None) -> str:
        """Write the number with a part, which an older article may call otherwise."""
        return f"{self.number}, {self.parts.get(part, part)}," if part else self.number

    def paragraph(self, rank: int) -> str:
        """Return the law's own words of a paragraph, from 1; IndexError when there is none."""
        return self.text.strip().split("\n\n")[rank - 1]

    @property
    def address(self) -> str | None:
        """Where this version stands on Légifrance, when its identifier is known."""
        return f"{LEGIFRANCE}{self.legifrance}" if self.legifrance else None

    @property
    def of_code(self) -> str:
        """The code after its preposition: « du code de commerce »."""
        lowered = f"{self.code[0].lower()}{self.code[1:]}"
        if self.code.startswith("Loi "):
            return f"de la {lowered}"
        return f"de l’{lowered}" if self.code[0] in "AO" else f"du {lowered}"


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of a rule's reasoning in French, with `{mark}`s, and the articles it rests on."""

    text: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule of the engine is called in French, its articles, and how a line words it.

    `origin` holds `{parameter}` marks, replaced by the values that were used; `sentences` are
    what the rule may say, by name, with marks for the dates and figures of the case. A rule that
    gives reasons rather than sums has them by slug, and the `names` of what it decides.
    """

    slug: str
    title: str
    articles: tuple[str, ...]
    origin: str
    formula: str
    starts: str
    sentences: Mapping[str, str]
    position: Position
    reasons: Mapping[str, Reason] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Example:
    """One example of a mention: a text, or changes to a named example dossier."""

    is_good: bool
    text: str | None
    dossier: str | None
    changes: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Mention:
    """One check: what to look for, where, under which article, and how grave its absence is.

    `kinds` are letter kinds, `tous`, or a paper's own documents: `lettres`, `actes`…
    """

    id: str
    title: str
    check: str
    kinds: frozenset[str]
    kinds_left_out: frozenset[str]
    regimes: frozenset[str]
    articles: tuple[str, ...]
    first_day: date | None
    last_day: date | None
    level: Level
    status: Status
    patterns: tuple[str, ...]
    options: Mapping[str, object]
    message: str
    hint: str | None
    examples: tuple[Example, ...]
    position: Position

    def looks_at(self, kind: str, paper: str) -> bool:
        """Whether this check reads a letter kind, which is printed on a paper."""
        is_named = bool(self.kinds & {kind, f"{paper}s", EVERY_KIND})
        return is_named and kind not in self.kinds_left_out

    def is_in_force(self, day: date) -> bool:
        """Whether the rule of law behind this check holds on a day."""
        starts = self.first_day is None or self.first_day <= day
        return starts and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the glossary, what it means, and the articles that rule it."""

    word: str
    meaning: str
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Renumbering:
    """A reference that died, what replaces it, since when, and how to find it in a text.

    `is_kept`: a contract concluded before that day keeps it, by `kept_article` when the pack has
    its text; `kept_sentence` says so.
    """

    old: str
    new: str | None
    since: date
    reason: str
    patterns: tuple[str, ...]
    is_kept: bool = False
    kept_article: str | None = None
    kept_sentence: str = ""

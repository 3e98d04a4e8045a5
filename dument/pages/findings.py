"""What the checks found, on which letter, and which rules were looked for and met."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Set
from typing import Any

from dument.diagnostics import Diagnostic, Level
from dument.dossier import Dossier
from dument.law import Mention
from dument.letters import Letter
from dument.pages.frame import Desk

LEVELS = (Level.ERROR, Level.WARNING, Level.INFO)


def letter_of(dossier: Dossier, found: Diagnostic) -> Letter | None:
    """Return the letter a finding bears on: the one it was made on, else the one it stands in."""
    for letter in dossier.letters:
        if found.subject == letter.stem:
            return letter
    for letter in dossier.letters:
        own = ("letters", letter.number - 1)
        places = (place for path, place in dossier.places.known.items() if path[: len(own)] == own)
        if found.position is not None and found.position in places:
            return letter
    return None


def finding_views(desk: Desk) -> list[dict[str, Any]]:
    """Return every finding, the gravest first, each in the order it was reported."""
    dossier = desk.dossier
    views = [_view(desk, found, rank) for rank, found in enumerate(dossier.diagnostics, 1)]
    ranks = {level.value: rank for rank, level in enumerate(LEVELS)}
    return sorted(views, key=lambda one: (one["derogation"] is not None, ranks[one["niveau"]]))


def _view(desk: Desk, found: Diagnostic, rank: int) -> dict[str, Any]:
    mention = desk.dossier.law.mentions.get(found.id)
    letter = letter_of(desk.dossier, found)
    waiver = next((one for one in desk.dossier.case.waivers if one.rule == found.id), None)
    return {
        "ancre": f"controle-{rank}",
        "id": found.id,
        "niveau": found.level.value,
        "message": found.message,
        "aide": found.hint,
        "lieu": _place(found),
        "derogation": found.waived_because,
        "derogation_par": waiver.by if waiver and found.waived_because else None,
        "derogation_le": waiver.on if waiver and found.waived_because else None,
        "titre": mention.title if mention else None,
        "articles": list(mention.articles) if mention else [],
        "statut": mention.status.value if mention else None,
        "lettre": desk.letter_link(letter) if letter else None,
    }


def _place(found: Diagnostic) -> dict[str, Any] | None:
    """Name the file alone: where the dossier stands on its owner's disk concerns nobody."""
    if found.position is None:
        return None
    return {"fichier": found.position.file.rpartition("/")[2], "ligne": found.position.line}


def tally(views: list[dict[str, Any]]) -> dict[str, int]:
    """Count findings by level, waived ones apart."""
    counted = Counter("derogation" if one["derogation"] else one["niveau"] for one in views)
    names = [*(level.value for level in LEVELS), "derogation"]
    return {name: counted[name] for name in names}


def rules_met(desk: Desk) -> list[dict[str, Any]]:
    """Return each rule that was looked for and found nothing, with the letters it bore on."""
    dossier = desk.dossier
    broken = {(found.id, _number(letter_of(dossier, found))) for found in dossier.diagnostics}
    met: dict[str, dict[str, Any]] = {}
    for mention, letter in dossier.applied:
        if (mention.id, _number(letter)) in broken:
            continue
        one = met.setdefault(mention.id, _rule(mention))
        if letter is not None:
            one["lettres"].append(desk.letter_link(letter))
    return [met[id] for id in sorted(met)]


def documents_read(desk: Desk) -> list[dict[str, Any]]:
    """Return each document with the rules it was held to: met, broken, set aside, by id.

    The last one, without a document, is the dossier itself.
    """
    dossier = desk.dossier
    annexes = dossier.annexes.values()
    links = [(one.stem, desk.letter_link(one), one.version.title) for one in dossier.letters]
    links += [(one.stem, None, one.version.title) for one in annexes]
    asked: dict[str | None, set[str]] = defaultdict(set)
    for mention, letter in dossier.applied:
        asked[letter.stem if letter else None].add(mention.id)
    return [
        {"lettre": link, "titre": title, **_held_to(dossier, stem, asked[stem])}
        for stem, link, title in [*links, (None, None, "Le dossier")]
    ]


def _held_to(dossier: Dossier, stem: str | None, asked: Set[str]) -> dict[str, list[str]]:
    """Sort the rules asked of a document by what came of them."""
    found = [one for one in dossier.diagnostics if one.id in asked and one.subject == stem]
    broken = {one.id for one in found if one.waived_because is None}
    waived = {one.id for one in found} - broken
    return {
        "tenues": sorted(asked - broken - waived),
        "relevees": sorted(broken),
        "ecartees": sorted(waived),
    }


def _rule(mention: Mention) -> dict[str, Any]:
    return {
        "id": mention.id,
        "titre": mention.title,
        "articles": list(mention.articles),
        "statut": mention.status.value,
        "lettres": [],
    }


def _number(letter: Letter | None) -> int | None:
    return letter.number if letter else None

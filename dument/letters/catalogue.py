"""What `dument letters` says: kinds and versions, as lines of text and as records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dument.french import short_date
from dument.kit import Kit
from dument.letters.kinds import EMAIL, SMS, Kinds, Version

RELEASED, WRITTEN, OWN = "publiée", "en préparation", "du projet"
_LABELS = {
    "etat": "état",
    "regimes": "débiteurs",
    "canaux": "canaux",
    "papier": "papier",
    "messages": "messages",
    "requiert": "requiert",
    "annonce": "annonce",
    "annexes": "annexes",
    "articles": "articles",
    "mentions": "contrôles",
    "changements": "changements",
    "fichier": "fichier",
}


def letter_records(kit: Kit, kinds: Kinds) -> list[dict[str, Any]]:
    """Return every kind with its versions, oldest first, as data."""
    return [
        {"modele": kind, "titre": kinds.titles[kind], "versions": [_record(kit, v) for v in all_]}
        for kind, all_ in sorted(kinds.versions.items())
    ]


def _record(kit: Kit, version: Version) -> dict[str, Any]:
    said = version.announces
    return {
        "version": version.number,
        "etat": state_of(kit, version),
        "en_vigueur_du": version.first_day.isoformat(),
        "en_vigueur_au": version.last_day.isoformat() if version.last_day else None,
        "regimes": list(version.regimes),
        "canaux": list(version.channels),
        "papier": version.paper,
        "messages": [key for key in (EMAIL, SMS) if key in version.parts],
        "requiert": list(version.needs),
        "annonce": list(said.kinds) if said else [],
        "annexes": list(version.annexes),
        "articles": list(version.articles),
        "mentions": list(version.mentions),
        "changements": version.changes,
        "fichier": version.file,
    }


def state_of(kit: Kit, version: Version) -> str:
    """Return whether a version is released, still being written, or the project's own."""
    if version.is_released:
        return RELEASED
    return OWN if len(kit.layers) > 1 and (kit.root / version.file).is_file() else WRITTEN


def list_lines(kit: Kit, kinds: Kinds) -> Iterator[str]:
    """Yield one line a version, in columns."""
    rows = [
        (kind, f"v{one.number}", _validity(one), state_of(kit, one), one.title)
        for kind, versions in sorted(kinds.versions.items())
        for one in versions
    ]
    widths = [max(map(len, column), default=0) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(
            f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)
        ).rstrip()


def kind_lines(kit: Kit, versions: tuple[Version, ...]) -> Iterator[str]:
    """Yield all that is known of a kind, version after version."""
    for one in versions:
        yield f"{one.kind} v{one.number} : {one.title}, {_validity(one)}"
        told = _record(kit, one)
        width = max(map(len, _LABELS.values()))
        for key, label in _LABELS.items():
            words = ", ".join(told[key]) if isinstance(told[key], list) else told[key]
            if words:
                yield f"  {label:{width}}  {words}"


def _validity(version: Version) -> str:
    start = short_date(version.first_day)
    return f"du {start} au {short_date(version.last_day)}" if version.last_day else f"dès {start}"

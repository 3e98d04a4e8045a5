"""`dossier.lock`: what has left the house and can no longer change, one record a line.

JSON in sections (`lettres`, `annulations`…), each a table of records by name, the highest name
first: a new line is added above the others and touches none, so that branches merge. A section
that this version does not know is kept as it was read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from dument.diagnostics import Diagnostic, Position, error

LOCK_FILE = "dossier.lock"
FORMAT = 1
HIGHEST = 99_999  # number of an exhibit
Record = dict[str, Any]
_FOLDER = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Lock:
    """The sections of a lock file; a change gives a new one."""

    sections: dict[str, dict[str, Record]] = field(default_factory=dict)

    def section(self, name: str) -> dict[str, Record]:
        """Return the records of a section by name; none when it is absent."""
        return self.sections.get(name, {})

    def having(self, section: str, name: str, record: Record) -> Lock:
        """Return the lock with one record more, or another in its place."""
        return Lock({**self.sections, section: {**self.section(section), name: record}})

    def lacking(self, section: str, name: str) -> Lock:
        """Return the lock without one record."""
        kept = {key: one for key, one in self.section(section).items() if key != name}
        return Lock({**self.sections, section: kept})

    def as_bytes(self) -> bytes:
        """Return the file: the same bytes for the same records."""
        parts = [f'"format": {FORMAT}']
        for section, records in sorted(self.sections.items()):
            lines = [
                f"  {_as_json(name)}: {_as_json(record)}"
                for name, record in sorted(records.items(), reverse=True)
            ]
            if lines:
                told = ",\n".join(lines)
                parts.append(f"{_as_json(section)}: {{\n{told}\n}}")
        return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def read_lock(folder: Path, position: Position) -> tuple[Lock, list[Diagnostic]]:
    """Read a case's lock; empty when there is none. Diagnostics: verrou/illisible, verrou/format.

    `position` is in the case file, beside which the lock stands.
    """
    path = folder / LOCK_FILE
    if not path.is_file():
        return Lock(), []
    name = Path(position.file).with_name(LOCK_FILE).as_posix()
    try:
        text = path.read_text(encoding="utf-8")
        read = json.loads(text, object_pairs_hook=_without_repeats)
        json.dumps(read, ensure_ascii=False).encode()  # else it could not be written again
        is_later = int(read["format"]) > FORMAT
        sections = {name: _records(one) for name, one in read.items() if name != "format"}
    except json.JSONDecodeError as fault:
        return Lock(), [_unreadable(Position(name, fault.lineno, fault.colno))]
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return Lock(), [_unreadable(Position(name))]
    if is_later:
        message = f"« {LOCK_FILE} » a été écrit par une version plus récente de dument"
        return Lock(), [error("verrou/format", message, Position(name), "mettez dument à jour")]
    found = [
        _unreadable(_place(text, name, section, one), f" : section « {section} », {why}")
        for section, records in sections.items()
        for one, why in _faults(section, records)
    ]
    return (Lock() if found else Lock(sections)), found


def _unreadable(position: Position, where: str = "") -> Diagnostic:
    message = f"« {LOCK_FILE} » ne se lit pas{where}"
    hint = "une fusion l’a peut-être abîmé : reprenez-le avec git, une ligne par enregistrement"
    return error("verrou/illisible", message, position, hint)


def _place(text: str, file: str, section: str, name: str) -> Position:
    """Return the line of a record, found as this version writes it; else the first."""
    start = max(text.find(f"{_as_json(section)}:"), 0)
    found = max(text.find(f"{_as_json(name)}:", start), 0)
    return Position(file, text.count("\n", 0, found) + 1)


def _faults(section: str, records: Mapping[str, Record]) -> list[tuple[str, str]]:
    """Name the records that lack what is read of them, and say what; each number is given once."""
    wanted = _READ.get(section, {})
    found = []
    for name, record in records.items():
        lacking = [key for key, fits in wanted.items() if not _holds(record, key, fits)]
        if lacking:
            found.append((name, f"« {name} » n’a pas de « {lacking[0]} » lisible"))
    if section == "lettres":  # each name is that of a folder
        strange = (name for name in records if not _FOLDER.fullmatch(name))
        found += [(name, f"« {name} » n’est pas le nom d’une lettre") for name in strange]
    if found or section != "pieces":
        return found
    owners: dict[int, str] = {}
    for name, record in records.items():
        owner = owners.setdefault(record["numero"], name)
        if owner != name:
            found.append((name, f"« {owner} » et « {name} » ont le même numéro"))
    return found


def _holds(record: Record, key: str, fits: Callable[[Any], bool]) -> bool:
    try:
        return fits(record[key])
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError):
        return False


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_number(value: Any) -> bool:
    return type(value) is int and 0 < value <= HIGHEST


def _is_day(value: Any) -> bool:
    return isinstance(date.fromisoformat(value), date)


# What is read of each record; of a section that is not named, nothing is.
_READ: Mapping[str, Mapping[str, Callable[[Any], bool]]] = {
    "lettres": {"sceau": _is_text},
    "pieces": {"numero": _is_number},
    "remises": {
        "pour": _is_text,
        "le": _is_day,
        "archive": _is_text,
        "pieces": lambda value: all(map(_is_number, value)),
        "lettres": lambda value: all(map(_is_text, value.values())),
        "paiements": lambda value: isinstance(value, list) and all(map(_is_text, value)),
        "sommes": lambda value: all(Decimal(one).is_finite() for one in value.values()),
    },
}


def _records(read: Any) -> dict[str, Record]:
    return {name: dict(record) for name, record in read.items()}


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a name given twice: two branches sealed the same letter."""
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError
    return read

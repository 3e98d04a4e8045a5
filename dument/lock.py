"""`dossier.lock`: what has left the house and can no longer change, one record a line.

JSON in sections (`lettres`, `annulations`…), each a table of records by name, the highest name
first: a new line is added above the others and touches none, so that branches merge. A section
that this version does not know is kept as it was read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dument.diagnostics import Diagnostic, Position, error

LOCK_FILE = "dossier.lock"
FORMAT = 1
Record = dict[str, Any]


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

    `position` is where messages place its faults.
    """
    path = folder / LOCK_FILE
    if not path.is_file():
        return Lock(), []
    try:
        read = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_without_repeats)
        is_later = int(read["format"]) > FORMAT
        sections = {name: _records(one) for name, one in read.items() if name != "format"}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        message = f"« {LOCK_FILE} » ne se lit pas"
        hint = "une fusion l’a peut-être abîmé : reprenez-le avec git, une ligne par lettre"
        return Lock(), [error("verrou/illisible", message, position, hint)]
    if is_later:
        message = f"« {LOCK_FILE} » a été écrit par une version plus récente de dument"
        return Lock(), [error("verrou/format", message, position, "mettez dument à jour")]
    return Lock(sections), []


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

"""What a build remembers of a dossier, beside the outputs and away from what is handed over.

A dossier whose inputs bear the same fingerprint has the same findings and the same line in the
owner's index: they are read back instead of being worked out again. Losing this memory only
costs time.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from dument.diagnostics import Diagnostic, Level, Position
from dument.pages import PortfolioEntry, Task
from dument.pipeline import inputs_mark
from dument.seal import is_pending
from dument.workshop import Workshop

FOLDER = ".dument"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Memory:
    """A dossier as last built: its inputs' fingerprint and names, its findings, its entry.

    `called` is how the findings name the dossier's folder, which depends on the project's root.
    """

    mark: str
    called: str
    inputs: tuple[str, ...]
    found: tuple[Diagnostic, ...]
    entry: PortfolioEntry


def memory_file(output: Path) -> Path:
    """Return where the memory of a dossier stands, from the folder of its output."""
    return output.parent / FOLDER / f"{output.name}.json"


def recall(output: Path) -> Memory | None:
    """Read the memory of an output; None when there is none that this version can read."""
    try:
        read = json.loads(memory_file(output).read_text(encoding="utf-8"))
        if read["format"] != _FORMAT:
            return None
        found = tuple(_finding(one) for one in read["constats"])
        inputs = tuple(read["entrees"])
        return Memory(read["empreinte"], read["dossier"], inputs, found, _entry(read["fiche"]))
    except (OSError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError,
            RecursionError):  # fmt: skip
        return None


def recall_current(workshop: Workshop, folder: Path, output: Path, as_of: date) -> Memory | None:
    """Return what is remembered of a dossier when not a byte of what it is made of has changed."""
    known = recall(output)
    if known is None or is_pending(folder) or known.called != workshop.kit.name_of(folder):
        return None
    mark = inputs_mark(workshop, folder, as_of, known.inputs)
    return known if known.mark == mark else None


def remember(output: Path, memory: Memory) -> None:
    """Write the memory of an output, all at once."""
    path = memory_file(output)
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "format": _FORMAT,
        "empreinte": memory.mark,
        "dossier": memory.called,
        "entrees": memory.inputs,
        "constats": [asdict(one) for one in memory.found],
        "fiche": asdict(memory.entry),
    }
    fresh = path.with_suffix(".nouveau")
    fresh.write_text(json.dumps(content, ensure_ascii=False, default=str), encoding="utf-8")
    fresh.replace(path)


def forget(outputs: Sequence[Path]) -> int:
    """Delete what is remembered below some folders; return how many files that was."""
    folders = [path for one in outputs for path in (one / FOLDER, one.parent / FOLDER)]
    files = [path for folder in folders for path in folder.glob("*.json")]
    for path in files:
        path.unlink()
    for folder in folders:
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    return len(files)


def _finding(read: dict[str, Any]) -> Diagnostic:
    position = Position(**read["position"]) if read["position"] else None
    return Diagnostic(**{**read, "level": Level(read["level"]), "position": position})


def _entry(read: dict[str, Any]) -> PortfolioEntry:
    """Return an entry from its JSON: amounts and days get their types back."""
    kinds = {one.name: str(one.type) for one in fields(PortfolioEntry)}
    values = {name: _typed(kinds[name], value) for name, value in read.items()}
    actions = (Task(**{**one, "le": date.fromisoformat(one["le"])}) for one in read["actions"])
    return PortfolioEntry(**{**values, "actions": tuple(actions)})


def _typed(kind: str, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(Decimal(one) if "Decimal" in kind else one for one in value)
    if isinstance(value, str) and kind.startswith("Decimal"):
        return Decimal(value)
    return date.fromisoformat(value) if isinstance(value, str) and "date" in kind else value

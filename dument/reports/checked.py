"""One dossier as checked: its findings, and the rules that were looked for."""

from __future__ import annotations

from dataclasses import dataclass

from dument.diagnostics import Diagnostic
from dument.law import Mention
from dument.letters import Letter


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a dossier; `applied` is empty when it could not be read to the end."""

    name: str
    found: tuple[Diagnostic, ...]
    applied: tuple[tuple[Mention, Letter | None], ...] = ()

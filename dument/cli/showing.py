"""Findings as the terminal shows them: place, level, message, the line itself, the hint."""

from __future__ import annotations

from pathlib import Path

import click

from dument.diagnostics import Diagnostic, Level
from dument.kit import Kit

COLOURS = {Level.ERROR: "red", Level.WARNING: "yellow", Level.INFO: "blue"}
LONGEST_LINE = 160


def as_text(found: Diagnostic, kit: Kit) -> str:
    """Return a finding as lines for the terminal."""
    where = f"{found.position}: " if found.position else ""
    level = click.style(found.level.value, fg=COLOURS[found.level], bold=True)
    lines = [f"{where}{level} : {found.message} [{found.id}]", *_excerpt(found, kit)]
    if found.hint:
        lines.append(f"  aide : {found.hint}")
    if found.waived_because:
        lines.append(f"  écarté : {found.waived_because}")
    return "\n".join(lines)


def _excerpt(found: Diagnostic, kit: Kit) -> list[str]:
    """Return the line a finding stands on, with its number."""
    if found.position is None:
        return []
    for folder in (kit.root, kit.base, Path()):
        path = folder / found.position.file
        if path.is_file():
            lines = path.read_bytes()[:2_000_000].decode("utf-8", "replace").splitlines()
            line = found.position.line
            return (
                [f"{line:5} | {lines[line - 1][:LONGEST_LINE]}"] if 0 < line <= len(lines) else []
            )
    return []

"""The command line: the only room that prints, exits and reads the clock."""

from __future__ import annotations

from dument.cli.commands import main

__all__ = ["main"]

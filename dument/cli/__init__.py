"""The command line: the only room that prints, exits and reads the clock."""

from __future__ import annotations

from dument.cli.francais import speak_french

speak_french()  # before `commands` declares the first option

from dument.cli.commands import main  # noqa: E402

__all__ = ["main"]

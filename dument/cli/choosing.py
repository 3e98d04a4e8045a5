"""Which dossiers a command works on, and the run it works in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dument.cli.options import Settings
from dument.kit import Kit, find_root

if TYPE_CHECKING:
    from dument.cli.run import Run

NAMES = click.argument("names", metavar="DOSSIER…", nargs=-1)


def chosen(kit: Kit, names: Sequence[str], *, every: bool) -> tuple[Kit, list[Path]]:
    """Return the folders of the cases asked for, and the kit of the project they belong to."""
    if every:
        folders = kit.case_folders() or kit.case_folders(examples=True)
        if not folders:
            raise click.ClickException("aucun dossier ; « dument new » crée un premier dossier")
        return kit, folders
    if not names:
        raise click.UsageError("nommez un dossier, ou employez --all")
    folders = list(dict.fromkeys(kit.find_case(name) for name in names))
    root = find_root(folders[0])
    if folders[0].is_relative_to(kit.root) or root == folders[0]:
        return kit, folders
    return Kit(kit.base, root), folders


def open_run(kit: Kit, settings: Settings) -> Run:
    """Open a run; its rooms are loaded here so that lighter commands start at once."""
    from dument.cli.run import Run

    return Run(kit, settings)

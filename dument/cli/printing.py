"""`dument print` prints what is for the owner alone, away from all that is handed over."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dument.cli import options
from dument.cli.choosing import NAMES, chosen, open_run
from dument.cli.options import Settings
from dument.kit import Kit

if TYPE_CHECKING:
    from dument.cli.run import Run
    from dument.dossier import Dossier

FOLDER = "fiches"


@click.command("print", help="Imprime la fiche d’appel, pour vous seul : rien n’en est remis.")
@NAMES
@options.every
@options.destination
@options.reporting
@click.pass_obj
def print_sheets(
    kit: Kit, names: tuple[str, ...], every: bool, destination: Path | None, settings: Settings
) -> None:
    """Print the internal documents of some dossiers, by default into `fiches/` of the project."""
    from dument.output import MANIFEST

    kit, folders = chosen(kit, names, every=every)
    target = destination or kit.root / FOLDER
    if any((one / MANIFEST).exists() for one in (target, *target.resolve().parents)):
        raise click.UsageError(
            f"« {target} » est une sortie, que l’on remet : choisissez ailleurs"
        )
    run = open_run(kit, settings)
    for folder in folders:
        dossier = run.prepare(folder)
        if dossier is not None:
            run.guarded(partial(_print, run, dossier, target))
    run.finish()


def _print(run: Run, dossier: Dossier, target: Path) -> None:
    """Write and print each internal kind on the décompte of the day."""
    from dument.letters import Subject

    writer, day = run.workshop.writer, dossier.as_of
    chosen = (writer.kinds.annex(kind, day) for kind in writer.kinds.versions)
    for kind in (one.kind for one in chosen if one is not None and one.is_internal):
        subject = Subject.of_the_day(dossier.case, dossier.law, dossier.statement, kind)
        sheet, found = writer.write_request(subject, dossier.places.root)
        run.note(found)
        if sheet is not None and not run.is_blocked(found):
            printed = run.workshop.press.print(sheet.document, {})
            path = target / f"{dossier.name}-{kind}.pdf"
            target.mkdir(parents=True, exist_ok=True)
            path.write_bytes(printed.pdf)
            run.note(printed.diagnostics)
            run.tell(f"{dossier.name} : {path}")

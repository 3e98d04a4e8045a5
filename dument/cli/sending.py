"""`dument send` seals a letter as it leaves, or undoes that; `dument verify` proves it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dument.cli import options
from dument.cli.choosing import NAMES, chosen, open_run
from dument.cli.options import DAY, Settings
from dument.kit import Kit

if TYPE_CHECKING:
    from dument.cli.run import Run
    from dument.sending import Departure
    from dument.verifying import Verdict

REBUILT = {
    "identique": "à l’identique",
    "differente": "autre",
    "impossible": "impossible",
}
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


def _channels() -> list[str]:
    from dument.case import Channel

    return [one.value for one in Channel]


def departure(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command what says how a letter leaves."""
    for one in (
        options.option("--prestataire", "provider", help="Prestataire d’une lettre électronique."),
        options.option("--preuve", "proof", type=FILE, help="Preuve d’envoi, ajoutée aux pièces."),
        options.option("--numero", "number", help="Numéro de recommandé."),
        options.option("--le", "on", type=DAY, help="Jour où la lettre part."),
        options.option(
            "--canal",
            "channel",
            type=options.CaseWord(_channels),
            help="Canal ; sinon celui que dit le dossier.",
        ),
    ):
        command = one(command)
    return command


@click.command(help="Scelle une lettre, par son numéro ou son modèle.")
@click.argument("name", metavar="DOSSIER")
@click.argument("wanted", metavar="LETTRE")
@departure
@options.option("--annuler", "is_undone", is_flag=True, help="Annule l’envoi d’une lettre.")
@options.option("--motif", "reason", help="Pourquoi l’envoi est annulé ; noté au journal.")
@options.reporting
@click.pass_obj
def send(
    kit: Kit,
    name: str,
    wanted: str,
    is_undone: bool,
    reason: str | None,
    settings: Settings,
    **said: Any,
) -> None:
    """Seal a letter, or undo its sending; nothing changes when anything is wrong."""
    given = {key: one for key, one in said.items() if one is not None}
    if is_undone:
        if not reason or given:
            raise click.UsageError("--annuler demande --motif, et rien d’autre")
    elif reason:
        raise click.UsageError("--motif va avec --annuler")
    elif "on" not in given:
        raise click.UsageError("il manque --le, le jour où la lettre part")
    kit, (folder, *_) = chosen(kit, (name,), every=False)
    if kit.lends(folder):
        raise click.UsageError(
            f"« {name} » est un exemple du kit : copiez-le dans data/dossiers/ pour l’envoyer"
        )
    run = open_run(kit, settings)
    if is_undone:
        _undo(run, folder, wanted, str(reason))
    else:
        _seal(run, folder, wanted, _departure(given))
    run.finish()


def _departure(given: dict[str, Any]) -> Departure:
    from dument.case import Channel
    from dument.sending import Departure

    channel = given.pop("channel", None)
    return Departure(channel=Channel(channel) if channel else None, **given)


def _seal(run: Run, folder: Path, wanted: str, said: Departure) -> None:
    from dument.sending import send_letter

    settings = run.settings
    done = run.guarded(
        lambda: send_letter(
            run.workshop, folder, wanted, said, settings.as_of, strict=settings.strict
        )
    )
    outcome = run.concluded(done)
    if outcome is None:
        run.tell(f"{folder.name} : rien n’a été scellé")
    else:
        run.tell(f"{folder.name} : {outcome.stem} est scellée : {outcome.folder / 'lettre.pdf'}")


def _undo(run: Run, folder: Path, wanted: str, reason: str) -> None:
    from dument.sending import undo_sending

    as_of = run.settings.as_of
    done = run.guarded(lambda: undo_sending(run.workshop, folder, wanted, reason, as_of))
    outcome = run.concluded(done)
    if outcome is None:
        run.tell(f"{folder.name} : rien n’a été annulé")
    else:
        run.tell(f"{folder.name} : {outcome.stem} est annulée, gardée dans {outcome.folder}")


@click.command(help="Vérifie les lettres scellées, et les refait pour comparer.")
@NAMES
@options.every
@options.form
@options.reporting
@click.pass_obj
def verify(kit: Kit, names: tuple[str, ...], every: bool, form: str, settings: Settings) -> None:
    """Exit 1 when any sealed letter is altered or lost; rebuilding otherwise is no fault."""
    kit, folders = chosen(kit, names, every=every)
    run = open_run(kit, settings)
    told = [one for folder in folders for one in _verified(run, folder)]
    if form == "json":
        click.echo(json.dumps([record for record, _ in told], ensure_ascii=False, indent=2))
    else:
        for _, line in told:
            click.echo(line)
    is_whole = all(record["intacte"] for record, _ in told)
    sys.exit(0 if is_whole and not run.is_blocked(run.found) else 1)


def _verified(run: Run, folder: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each sealed letter of a dossier as data and as a line."""
    from dument.sending import settled
    from dument.verifying import verify_letters

    run.note(run.guarded(lambda: settled(folder)) or [])
    verified = run.guarded(lambda: verify_letters(run.workshop, folder, run.settings.as_of))
    for one in run.concluded(verified) or ():
        flaws = [f"{flaw.file} ({'disparu' if flaw.is_lost else 'altéré'})" for flaw in one.flaws]
        record = {
            "dossier": folder.name,
            "lettre": one.stem,
            "intacte": one.is_intact,
            "fautes": flaws,
            "refaite": one.rebuilt,
            "differe": list(one.differences),
        }
        state = "intacte" if one.is_intact else f"ALTÉRÉE : {', '.join(flaws)}"
        yield record, f"{folder.name} {one.stem} : {state}{_rebuilt(one)}"


def _rebuilt(one: Verdict) -> str:
    if one.rebuilt is None:
        return ""
    if not one.differences:
        return f" ; refaite aujourd’hui : {REBUILT[one.rebuilt]}"
    changed = ", ".join(one.differences)
    return f" ; refaite aujourd’hui : {REBUILT[one.rebuilt]} (a changé depuis : {changed})"

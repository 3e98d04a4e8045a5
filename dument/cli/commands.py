"""The commands, one function each."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections import Counter
from dataclasses import replace
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click

from dument import __version__
from dument.cli import options
from dument.cli.agenda import list_cases, next_tasks
from dument.cli.choosing import NAMES, chosen, open_run
from dument.cli.law import law_commands
from dument.cli.letters import diff, letters
from dument.cli.options import Settings
from dument.cli.printing import print_sheets
from dument.cli.sending import send, verify
from dument.cli.serving import serve
from dument.cli.sharing import share
from dument.kit import Kit, open_kit


class Commands(click.Group):
    """The commands; what the machine refuses to one is said in a sentence."""

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run the program, whose French any stream can take."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                _let_french_through(stream)
        return super().main(*arguments, **options)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a pipe that closes is left to click."""
        try:
            return super().invoke(ctx)
        except OSError as refusal:
            if refusal.errno == errno.EPIPE:
                raise
            from dument.cli.showing import fault_of_machine

            raise click.ClickException(fault_of_machine(refusal).message) from None


def _let_french_through(stream: TextIOWrapper) -> None:
    """Write UTF-8 to files and pipes, where Windows has its own code page; `?` beats a crash."""
    if stream.isatty() or os.environ.get("PYTHONIOENCODING"):
        stream.reconfigure(errors="replace")
    else:
        stream.reconfigure(encoding="utf-8")


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "DUMENT"},
    help="Dûment : du dossier YAML aux lettres, à la liasse et au site, pour une facture impayée.",
    subcommand_metavar="COMMANDE…",
)
@click.version_option(__version__, prog_name="dument", message="%(prog)s %(version)s")
@options.option(
    "--fichier",
    "-f",
    "config",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Le dument.yaml du projet ; sinon le plus proche en remontant.",
)
@click.pass_context
def main(context: click.Context, config: Path | None) -> None:
    """Open the project that the command works on; colours are left out when NO_COLOR is set."""
    if os.environ.get("NO_COLOR"):
        context.color = False
    context.obj = open_kit(config.parent if config else Path.cwd())


@main.command(help="Construit lettres, décompte, liasse et site.")
@NAMES
@options.every
@options.destination
@options.reporting
@click.pass_obj
def build(
    kit: Kit, names: tuple[str, ...], every: bool, destination: Path | None, settings: Settings
) -> None:
    """Build dossiers; one that fails does not stop the others."""
    kit, folders = chosen(kit, names, every=every)
    target = destination or kit.root / "sortie"
    _refuse_mixed(folders, target)
    run = open_run(kit, settings)
    built = run.build_each(folders, target, with_bar=every)
    if every:
        run.build_portfolio(built, folders, target)
    run.finish()


@main.command(help="Contrôle sans rien écrire.")
@NAMES
@options.every
@options.report_form
@options.reporting
@click.pass_obj
def check(kit: Kit, names: tuple[str, ...], every: bool, form: str, settings: Settings) -> None:
    """Run steps 1 to 6 and say what was found."""
    kit, folders = chosen(kit, names, every=every)
    run = open_run(kit, replace(settings, silent=form != "text"))
    checked = [run.check(folder) for folder in folders]
    if form != "text":
        from dument.cli.reporting import report

        click.echo(report(run, checked, form), nl=False)
    run.finish()


@main.command(help="Explique le décompte, ou d’où vient un chiffre : NOM.")
@click.argument("name", metavar="DOSSIER")
@click.argument("figure", metavar="[NOM]", required=False)
@options.form
@options.reporting
@click.pass_obj
def explain(kit: Kit, name: str, figure: str | None, form: str, settings: Settings) -> None:
    """Print the derivation of the décompte, or of one of its figures."""
    from dument.cli.explaining import explain_figure
    from dument.pipeline import explain as explained
    from dument.records import explanation_json

    kit, folders = chosen(kit, (name,), every=False)
    run = open_run(kit, replace(settings, quiet=True))
    dossier = run.prepare(folders[0])
    if dossier is not None and figure is not None:
        click.echo(explain_figure(run, dossier, figure, form) or "", nl=False)
    elif dossier is not None and form == "json":
        click.echo(explanation_json(dossier), nl=False)
    elif dossier is not None:
        click.echo(run.guarded(lambda: explained(run.workshop, dossier)) or "", nl=False)
    run.finish()


@main.command(help="Crée un projet avec un dossier d’exemple ; n’écrase jamais rien.")
@click.argument("folder", metavar="CHEMIN", type=click.Path(path_type=Path, file_okay=False))
@click.pass_obj
def new(kit: Kit, folder: Path) -> None:
    """Copy the starting project, file by file, leaving what exists alone."""
    from dument.starting import starting_files

    missing = {
        folder / name: content
        for name, content in starting_files(kit).items()
        if not (folder / name).exists()
    }
    for path, content in missing.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
        click.echo(f"écrit : {path}", err=True)
    if missing:
        click.echo(f"\nEt maintenant :\n  cd {folder}\n  dument build --all", err=True)
    else:
        click.echo(f"rien à écrire : {folder} est déjà un projet", err=True)


@main.command(help="Écrit le schéma JSON des dossiers, pour l’éditeur.")
def schema() -> None:
    """Print the JSON Schema of a case file."""
    from dument.schema import json_schema

    _echo_json(json_schema())


@main.command(help="Efface d’une sortie ce que dument y a écrit, et rien d’autre.")
@click.argument(
    "folders", metavar="CHEMIN…", nargs=-1, type=click.Path(path_type=Path, exists=True)
)
@click.pass_obj
def clean(kit: Kit, folders: tuple[Path, ...]) -> None:
    """Delete what the manifests name, innermost folders first."""
    from dument.memory import forget
    from dument.output import MANIFEST, clean_output

    outputs = folders or (kit.root / "sortie",)
    manifests = {path.parent for one in outputs for path in one.glob(f"**/{MANIFEST}")}
    removed = sum(clean_output(one) for one in sorted(manifests, reverse=True))
    forget(outputs)
    click.echo(f"fichiers effacés : {removed}", err=True)


main.add_command(law_commands)
main.add_command(send)
main.add_command(verify)
main.add_command(share)
main.add_command(letters)
main.add_command(diff)
main.add_command(print_sheets)
main.add_command(list_cases)
main.add_command(next_tasks)
main.add_command(serve)


@main.command(help="Dit ce qui manque à cette machine pour faire les PDF.")
def doctor() -> None:
    """Report on the machine; exit 1 when something needed is missing."""
    from dument.doctor import report

    lines, is_fit = report()
    click.echo("\n".join(lines))
    sys.exit(0 if is_fit else 1)


def _refuse_mixed(folders: list[Path], target: Path) -> None:
    """Refuse an output that would stand in a dossier's own place, or in another's."""
    names = Counter(folder.name for folder in folders)
    for folder in folders:
        if names[folder.name] > 1:
            message = f"deux dossiers s’appellent « {folder.name} »"
            raise click.UsageError(f"{message} : construisez-les à part, chacun avec son -d")
        if folder.is_relative_to(os.path.realpath(target / folder.name)):
            message = f"la sortie prendrait la place du dossier « {folder.name} »"
            raise click.UsageError(f"{message} : choisissez un autre dossier avec -d")


def _echo_json(content: object) -> None:
    click.echo(json.dumps(content, ensure_ascii=False, indent=2))

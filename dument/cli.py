"""The commands: the only room that prints, exits and reads the clock."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from dument import __version__
from dument.days import parse_date
from dument.diagnostics import Diagnostic, Level, has_errors
from dument.dossier import Dossier
from dument.faults import Misread
from dument.kit import Kit, find_root, open_kit
from dument.schema import json_schema
from dument.templating import TemplateFault

COLOURS = {Level.ERROR: "red", Level.WARNING: "yellow", Level.INFO: "blue"}


class Day(click.ParamType):
    """A date written `2026-11-21`."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        if isinstance(value, date):
            return value
        try:
            return parse_date(value)
        except Misread as fault:
            self.fail(f"{fault.message} ; {fault.hint}", param, ctx)


def _options(*decorators: Callable[..., Any]) -> Callable[..., Any]:
    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for decorator in reversed(decorators):
            command = decorator(command)
        return command

    return decorate


DATE = click.option(
    "--date", "as_of", type=Day(), help="Le jour du décompte ; aujourd’hui à défaut."
)
STRICT = click.option(
    "--strict", "-s", is_flag=True, help="Les avertissements font échouer aussi."
)
QUIET = click.option("--quiet", "-q", is_flag=True, help="Ne montre que les erreurs.")
VERBOSE = click.option("--verbose", "-v", is_flag=True, help="Montre aussi les informations.")
ALL = click.option("--all", "-a", "every", is_flag=True, help="Tous les dossiers du projet.")
FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Forme du résultat.",
)
REPORTING = _options(DATE, STRICT, QUIET, VERBOSE)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "DUMENT"},
    help="Dûment : du dossier YAML aux lettres, à la liasse et au site, pour une facture impayée.",
)
@click.version_option(__version__, prog_name="dument", message="%(prog)s %(version)s")
@click.option(
    "--fichier", "-f", "config", type=click.Path(path_type=Path), help="Le dument.yaml du projet."
)
@click.pass_context
def main(context: click.Context, config: Path | None) -> None:
    """Open the project that the command works on."""
    start = config.parent if config else Path.cwd()
    context.obj = open_kit(start)


@main.command(help="Construit lettres, décompte, liasse et site d’un dossier.")
@click.argument("dossiers", nargs=-1)
@ALL
@click.option(
    "--destination", "-d", type=click.Path(path_type=Path, file_okay=False),
    help="Dossier de sortie ; « sortie » à défaut.",
)  # fmt: skip
@REPORTING
@click.pass_obj
def build(
    kit: Kit, dossiers: tuple[str, ...], every: bool, destination: Path | None,
    as_of: date | None, strict: bool, quiet: bool, verbose: bool,
) -> None:  # fmt: skip
    """Build dossiers; one that fails does not stop the others."""
    kit, folders = _chosen(kit, dossiers, every)
    target = destination or kit.root / "sortie"
    run = _Run(kit, as_of or date.today(), strict, quiet, verbose)
    built = [run.build(folder, target / folder.name) for folder in folders]
    if every:
        run.build_portfolio([one for one in built if one], target)
    run.finish()


@main.command(help="Contrôle un dossier sans rien écrire.")
@click.argument("dossiers", nargs=-1)
@ALL
@FORMAT
@REPORTING
@click.pass_obj
def check(
    kit: Kit, dossiers: tuple[str, ...], every: bool, form: str,
    as_of: date | None, strict: bool, quiet: bool, verbose: bool,
) -> None:  # fmt: skip
    """Run steps 1 to 6 and say what was found."""
    kit, folders = _chosen(kit, dossiers, every)
    run = _Run(kit, as_of or date.today(), strict, quiet, verbose, silent=form == "json")
    for folder in folders:
        run.prepare(folder)
    if form == "json":
        click.echo(json.dumps([_as_data(one) for one in run.found], ensure_ascii=False, indent=2))
    run.finish()


@main.command(help="Explique le décompte : chaque ligne, sa règle, son article, son taux.")
@click.argument("dossier")
@FORMAT
@REPORTING
@click.pass_obj
def explain(
    kit: Kit, dossier: str, form: str,
    as_of: date | None, strict: bool, quiet: bool, verbose: bool,
) -> None:  # fmt: skip
    """Print the derivation of the décompte."""
    from dument.pipeline import explain as explained
    from dument.records import explanation_json

    kit, (folder,) = _chosen(kit, (dossier,), every=False)
    run = _Run(kit, as_of or date.today(), strict, quiet=True, verbose=verbose)
    prepared = run.prepare(folder)
    if prepared is not None:
        is_data = form == "json"
        click.echo(
            explanation_json(prepared) if is_data else explained(run.workshop, prepared), nl=False
        )
    run.finish(speak=prepared is None)


@main.command(help="Crée un projet avec un dossier d’exemple commenté ; n’écrase jamais rien.")
@click.argument("folder", metavar="DOSSIER", type=click.Path(path_type=Path, file_okay=False))
@click.pass_obj
def new(kit: Kit, folder: Path) -> None:
    """Copy the starting project, file by file, leaving what exists alone."""
    from dument.starting import starting_files

    written = 0
    for name, content in starting_files(kit).items():
        path = folder / name
        if path.exists():
            click.echo(f"gardé   {path}", err=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        click.echo(f"écrit   {path}", err=True)
        written += 1
    if written:
        click.echo(f"\nEt maintenant :\n  cd {folder}\n  dument build --all", err=True)


@main.command(help="Écrit le schéma JSON des dossiers, pour l’éditeur.")
def schema() -> None:
    """Print the JSON Schema of a case file."""
    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


@main.command(help="Efface d’une sortie les fichiers que dument y a écrits, et eux seuls.")
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.pass_obj
def clean(kit: Kit, folders: tuple[Path, ...]) -> None:
    """Delete what the manifests name."""
    from dument.output import MANIFEST, clean_output

    target = kit.root / "sortie"
    chosen = folders or tuple(sorted(path.parent for path in target.glob(f"**/{MANIFEST}"))[::-1])
    removed = sum(clean_output(folder) for folder in chosen)
    click.echo(f"{removed} fichiers effacés", err=True)


@main.command(help="Dit ce qui manque à cette machine pour faire les PDF.")
def doctor() -> None:
    """Report on the machine; exit 1 when something needed is missing."""
    from dument.doctor import report

    lines, is_fit = report()
    click.echo("\n".join(lines))
    sys.exit(0 if is_fit else 1)


def _chosen(kit: Kit, named: Sequence[str], every: bool) -> tuple[Kit, list[Path]]:
    """Return the kit and the folders of the cases asked for."""
    if every:
        folders = kit.case_folders() or kit.case_folders(examples=True)
        if not folders:
            raise click.ClickException("aucun dossier ; « dument new » crée un premier dossier")
        return kit, folders
    if not named:
        raise click.UsageError("nommez un dossier, ou employez --all")
    folders = [kit.find_case(name) for name in named]
    outside = not folders[0].is_relative_to(kit.root)
    root = find_root(folders[0]) if outside else kit.root
    return (Kit(kit.base, root) if root != folders[0] else kit), folders


class _Run:
    """One run over several dossiers: the workshop, what was found, how much is said."""

    def __init__(
        self, kit: Kit, as_of: date, strict: bool, quiet: bool, verbose: bool, silent: bool = False
    ) -> None:
        from dument.pipeline import open_workshop

        self.kit, self.as_of, self.strict = kit, as_of, strict
        self.quiet, self.verbose, self.silent = quiet, verbose, silent
        self.workshop, self.found = open_workshop(kit)
        self.say(self.found)
        if has_errors(self.found):
            raise click.ClickException("le kit lui-même est fautif : corrigez-le d’abord")

    def prepare(self, folder: Path) -> Dossier | None:
        """Run steps 1 to 6 and say what was found."""
        from dument.pipeline import prepare

        dossier, found = self.guarded(lambda: prepare(self.workshop, folder, self.as_of))
        self.note(found)
        return dossier

    def build(self, folder: Path, target: Path) -> Dossier | None:
        """Run the nine steps; nothing is written when anything blocks."""
        from dument.output import is_current
        from dument.pipeline import inputs_mark, produce, write_dossier

        mark = inputs_mark(self.workshop, folder, self.as_of)
        dossier = self.prepare(folder)
        if dossier is None or has_errors(dossier.diagnostics, strict=self.strict):
            return None
        if is_current(target, mark):
            self.tell(f"{folder.name} : à jour")
            return dossier
        files, found = self.guarded(lambda: produce(self.workshop, dossier))
        self.note(found)
        if has_errors(found, strict=self.strict):
            return None
        self.note(write_dossier(self.workshop, dossier, files, target, mark))
        self.tell(f"{folder.name} : {target / 'index.html'}")
        return dossier

    def build_portfolio(self, dossiers: list[Dossier], target: Path) -> None:
        """Write the owner's index of all dossiers."""
        from dument.output import fingerprint, is_current, write_output

        marks = [f"{one.name} {one.as_of} {one.statement.total}" for one in dossiers]
        files = self.workshop.site.portfolio(dossiers)
        mark = fingerprint([], self.workshop.mark, *marks, *sorted(files))
        content = {"empreinte": mark, "moteur": {"dument": __version__}}
        if not is_current(target, mark):
            self.note(write_output(target, files, content))
        self.tell(f"tous les dossiers : {target / 'index.html'}")

    def guarded(self, work: Callable[[], Any]) -> Any:
        """Do some printing; a missing engine is said with the command that supplies it."""
        from dument.doctor import current_platform, install_command
        from dument.pdf import EngineMissing

        try:
            return work()
        except EngineMissing as missing:
            command = install_command(current_platform())
            raise click.ClickException(f"{missing}\n{command}") from None
        except TemplateFault as fault:
            message = f"{fault.name}:{fault.line}: {fault.message}"
            raise click.ClickException(message) from None

    def note(self, found: Sequence[Diagnostic]) -> None:
        """Keep and say some findings."""
        self.found = [*self.found, *found]
        self.say(found)

    def say(self, found: Sequence[Diagnostic]) -> None:
        """Print findings on stderr, with the line they stand on."""
        for one in found if not self.silent else ():
            is_shown = one.level is Level.ERROR or not self.quiet
            if is_shown and (one.level is not Level.INFO or self.verbose):
                click.echo(_as_text(one, self.kit), err=True)

    def tell(self, line: str) -> None:
        """Say what was done, unless quiet."""
        if not self.quiet:
            click.echo(line, err=True)

    def finish(self, speak: bool = True) -> None:
        """Say the counts and exit: 0 fine, 1 faults in the dossiers."""
        counts = {level: sum(one.level is level for one in self.found) for level in Level}
        errors, warnings = counts[Level.ERROR], counts[Level.WARNING]
        if speak and not self.silent and (errors or warnings):
            self.tell(f"{errors} erreur(s), {warnings} avertissement(s)")
        sys.exit(1 if has_errors(self.found, strict=self.strict) else 0)


def _as_text(found: Diagnostic, kit: Kit) -> str:
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
            return [f"{line:5} | {lines[line - 1][:160]}"] if 0 < line <= len(lines) else []
    return []


def _as_data(found: Diagnostic) -> dict[str, Any]:
    position = found.position
    return {
        "id": found.id,
        "niveau": found.level.value,
        "fichier": position.file if position else None,
        "ligne": position.line if position else None,
        "colonne": position.column if position else None,
        "message": found.message,
        "aide": found.hint,
        "derogation": found.waived_because,
    }

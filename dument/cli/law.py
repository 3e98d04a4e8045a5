"""`dument law`: the law pack listed, shown, checked, and compared between two days."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import click

from dument.cli import options
from dument.cli.options import DAY, Settings
from dument.kit import Kit

if TYPE_CHECKING:
    from dument.diagnostics import Diagnostic
    from dument.law import Law


@click.group(
    name="law",
    help="Montre le droit livré, le contrôle, compare deux dates.",
    subcommand_metavar="COMMANDE…",
)
def law_commands() -> None:
    """Group what bears on the law pack alone."""


@law_commands.command(name="list", help="Liste paramètres, articles et contrôles, au jour dit.")
@options.form
@options.day
@click.pass_obj
def list_law(kit: Kit, form: str, as_of: date) -> None:
    """Print each entry with what holds on the day."""
    from dument.law.catalogue import holdings
    from dument.law.telling import list_lines, list_records

    found = holdings(_readable(kit), as_of)
    _say(list_records(found) if form == "json" else list_lines(found), form)


@law_commands.command(help="Montre une entrée : toutes ses valeurs, ou son texte et sa source.")
@click.argument("name", metavar="NOM")
@options.form
@click.pass_obj
def show(kit: Kit, name: str, form: str) -> None:
    """Print all that the pack knows of one entry."""
    from dument.law.catalogue import find_entry, near_names
    from dument.law.telling import entry_lines, entry_record

    law = _readable(kit)
    entry = find_entry(law, name)
    if entry is None:
        near = near_names(law, name)
        words = f"vouliez-vous dire {' ou '.join(near)} ?" if near else "voyez « dument law list »"
        raise click.ClickException(f"« {name} » n’est pas dans le droit livré ; {words}")
    _say(entry_record(law, entry) if form == "json" else entry_lines(law, entry), form)


@law_commands.command(help="Contrôle le droit (trous, fins, sources…) et les mots des modèles.")
@options.form
@options.reporting
@click.pass_obj
def check(kit: Kit, form: str, settings: Settings) -> None:
    """Say what is wrong or doubtful for whoever uses the law on the day."""
    from dument.checks import check_pack, obsolete_templates
    from dument.cli.showing import as_text
    from dument.diagnostics import Level, has_errors
    from dument.french import plural
    from dument.law import read_law
    from dument.law.audit import audit
    from dument.letters import read_kinds

    law, found = read_law(kit)
    kinds, faults = read_kinds(kit)
    found = [*found, *check_pack(law), *audit(law, settings.as_of), *faults]
    found += obsolete_templates(kinds, kit, law, settings.as_of)
    if form == "json":
        _say([_record(one) for one in found], form)
    for one in found if form == "text" else ():
        if one.level is Level.ERROR or not settings.quiet:
            click.echo(as_text(one, kit), err=True)
    errors = sum(one.level is Level.ERROR for one in found)
    if not settings.quiet:
        told = f"{plural(errors, 'erreur')}, {plural(len(found) - errors, 'avertissement')}"
        click.echo(told, err=True)
    sys.exit(1 if has_errors(found, strict=settings.strict) else 0)


@law_commands.command(help="Dit ce qui change du premier jour, exclu, au second, compris.")
@click.argument("earlier", metavar="DATE", type=DAY)
@click.argument("later", metavar="DATE", type=DAY)
@options.form
@click.pass_obj
def diff(kit: Kit, earlier: date, later: date, form: str) -> None:
    """Print the changes between two days."""
    from dument.law.changes import changes_between
    from dument.law.telling import change_lines, change_records

    if later < earlier:
        raise click.UsageError("écrivez la date la plus ancienne d’abord")
    found = changes_between(_readable(kit), earlier, later)
    told = change_records(found) if form == "json" else change_lines(found, earlier, later)
    _say(told, form)


def _readable(kit: Kit) -> Law:
    """Read the law; a file that cannot be read is said, and what can be is shown."""
    from dument.cli.showing import as_text
    from dument.law import read_law

    law, found = read_law(kit)
    for one in found:
        click.echo(as_text(one, kit), err=True)
    return law


def _record(found: Diagnostic) -> dict[str, object]:
    from dument.records import diagnostic_record

    return diagnostic_record(found)


def _say(told: object, form: str) -> None:
    if form == "json":
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    elif isinstance(told, Iterable):
        click.echo("\n".join(told))

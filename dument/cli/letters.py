"""`dument letters` and `dument diff`: the letters there are, and what a version changes."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dument.cli import options
from dument.kit import Kit

if TYPE_CHECKING:
    from dument.case import Case
    from dument.diagnostics import Diagnostic
    from dument.letters import Kinds, Version
    from dument.workshop import Workshop

KIND = click.argument("kind", metavar="[MODELE]", required=False)


@click.command(help="Liste les lettres, ou tout ce qu’en demande une.")
@KIND
@options.form
@click.pass_obj
def letters(kit: Kit, kind: str | None, form: str) -> None:
    """Print every kind, or all that is known of one."""
    from dument.letters.catalogue import kind_lines, letter_records, list_lines

    kinds = _read(kit)
    if kind is not None:
        _require(kind, kinds)
    if form == "json":
        found = [one for one in letter_records(kit, kinds) if kind in (None, one["modele"])]
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    told = list_lines(kit, kinds) if kind is None else kind_lines(kit, kinds.versions[kind])
    click.echo("\n".join(told))


@click.command(help="Dit les phrases qui changent entre deux versions.")
@click.argument("kind", metavar="MODELE")
@click.argument("first", metavar="[V1]", type=int, required=False)
@click.argument("second", metavar="[V2]", type=int, required=False)
@options.every
@options.form
@click.pass_obj
def diff(
    kit: Kit, kind: str, first: int | None, second: int | None, every: bool, form: str
) -> None:
    """Write the examples that send a letter under two versions, the last two unless named."""
    from dument.revisions import Revision, revise, revision_lines, revision_records

    workshop = _opened(kit)
    _require(kind, workshop.writer.kinds)
    pair = _pair(workshop.writer.kinds.versions[kind], first, second)
    found: list[Revision] = []
    for name, case in _cases(kit, workshop, every):
        revised, faults = revise(workshop.writer, workshop.law, name, case, kind, pair)
        found += revised
        _tell(kit, faults)
    if form == "json":
        click.echo(json.dumps(revision_records(found), ensure_ascii=False, indent=2))
    elif found:
        click.echo("\n".join(revision_lines(found)))
    else:
        click.echo(f"aucun dossier n’envoie « {kind} »", err=True)


def _cases(kit: Kit, workshop: Workshop, every: bool) -> Iterator[tuple[str, Case]]:
    """Yield the shipped examples that can be read, by name, then the project's when asked."""
    from dument.ledger import set_due_dates
    from dument.pipeline import read_dossier

    folders: list[Path] = kit.case_folders(examples=True)
    for folder in folders + (kit.case_folders() if every else []):
        case, places, found = read_dossier(workshop, folder)
        if case is not None:
            case, found = set_due_dates(case, workshop.law, places.root)
        if case is None:
            _tell(kit, found)
        else:
            yield folder.name, case


def _pair(versions: tuple[Version, ...], first: int | None, second: int | None) -> tuple[int, int]:
    """Return the two versions to compare: those named, else the last two."""
    numbers = [one.number for one in versions]
    if first is None and len(numbers) < 2:
        message = f"« {versions[0].kind} » n’a qu’une version : rien à comparer"
        raise click.ClickException(message)
    pair = (numbers[-2], numbers[-1]) if first is None else (first, second or numbers[-1])
    for number in pair:
        if number not in numbers:
            known = ", ".join(map(str, numbers))
            raise click.ClickException(f"pas de version {number} ; versions connues : {known}")
    return pair


def _read(kit: Kit) -> Kinds:
    from dument.letters import read_kinds

    kinds, found = read_kinds(kit)
    _refuse(kit, found)
    return kinds


def _opened(kit: Kit) -> Workshop:
    from dument.workshop import open_workshop

    workshop, found = open_workshop(kit)
    _refuse(kit, found)
    return workshop


def _refuse(kit: Kit, found: Collection[Diagnostic]) -> None:
    """Say the faults of what every dossier shares, and end the command on an error."""
    from dument.diagnostics import has_errors

    _tell(kit, found)
    if has_errors(found):
        raise click.ClickException("ces fichiers servent à tous les dossiers : corrigez-les")


def _tell(kit: Kit, found: Iterable[Diagnostic]) -> None:
    from dument.cli.showing import as_text

    for one in found:
        click.echo(as_text(one, kit), err=True)


def _require(kind: str, kinds: Kinds) -> None:
    if kind not in kinds.versions:
        known = ", ".join(sorted(kinds.versions))
        raise click.ClickException(f"le modèle « {kind} » n’existe pas ; modèles connus : {known}")

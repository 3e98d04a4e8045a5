"""`dument list` and `dument next`: where every dossier stands, and what to do about it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dument.cli import options
from dument.cli.choosing import NAMES, chosen, open_run
from dument.cli.options import Settings
from dument.french import plural, short_date
from dument.kit import Kit
from dument.money import format_euros

if TYPE_CHECKING:
    from dument.pages import PortfolioEntry

STATES = {
    "du": "en retard", "arret": "à l’arrêt", "a-echoir": "à échoir", "solde": "soldé",
    "erreur": "à corriger",
}  # fmt: skip
STOPS = {
    "procedure": "procédure collective", "surendettement": "surendettement",
    "societe": "société dissoute ou radiée", "litige": "contesté",
    "prescription": "prescription passée",
}  # fmt: skip


@click.command("list", help="Liste les dossiers : état, somme due, prochaine date.")
@NAMES
@options.form
@options.reporting
@click.pass_obj
def list_cases(kit: Kit, names: tuple[str, ...], form: str, settings: Settings) -> None:
    """Print one line a dossier, all of them when none is named; nothing is written."""
    kit, folders, entries = _known(kit, names, settings)
    known = {one.nom: one for one in entries}
    if form == "json":
        _say_json([_record(one.name, known.get(one.name)) for one in folders])
    else:
        rows = [_row(one.name, known.get(one.name)) for one in folders]
        total = format_euros(sum((one.total for one in entries), Decimal(0)))
        head = ("DOSSIER", "DÛ", "ÉTAT", "PROCHAINE DATE", "TITRE")
        last = (plural(len(rows), "dossier"), total, "", "", "")
        click.echo("\n".join(_columns([head, *rows, last])))
    _fail_if_unread(folders, entries)


@click.command("next", help="Dit la suite par date, tous dossiers, le retard d’abord.")
@NAMES
@options.form
@options.reporting
@click.pass_obj
def next_tasks(kit: Kit, names: tuple[str, ...], form: str, settings: Settings) -> None:
    """Print what to do and what to watch, with the command or the letter to use."""
    from dument.pages import upcoming

    kit, folders, entries = _known(kit, names, settings)
    found = upcoming(entries)
    if form == "json":
        _say_json([{"dossier": one.pop("nom"), **one} for one in found])
    else:
        click.echo("\n".join(line for one in found for line in _told(one)) or "Rien à faire.")
    _fail_if_unread(folders, entries)


def _known(
    kit: Kit, names: tuple[str, ...], settings: Settings
) -> tuple[Kit, list[Path], list[PortfolioEntry]]:
    """Work the dossiers out, or read what the last build remembers of them."""
    kit, folders = chosen(kit, names, every=not names)
    run = open_run(kit, replace(settings, silent=True))
    output = kit.root / "sortie"
    found = [run.guarded(partial(run.entry, one, output / one.name)) for one in folders]
    return kit, folders, [one for one in found if one is not None]


def _row(name: str, entry: PortfolioEntry | None) -> tuple[str, ...]:
    if entry is None:
        return name, "", STATES["erreur"], "", f"voyez « dument check {name} »"
    words = [STOPS[one] for one in entry.arrets] if entry.etat == "arret" else []
    task = entry.next_task
    day = f"{short_date(task.le)}{' en retard' if task.retard else ''}" if task else ""
    state = ", ".join(words) or STATES[entry.etat]
    return name, format_euros(entry.total), state, day, entry.titre


def _record(name: str, entry: PortfolioEntry | None) -> dict[str, Any]:
    return asdict(entry) if entry is not None else {"nom": name, "etat": "erreur"}


def _told(one: dict[str, Any]) -> list[str]:
    """Return a task as lines: its day, its dossier, its sentence, what to use."""
    mark = click.style("en retard", fg="red", bold=True) if one["retard"] else _away(one["jours"])
    lines = [f"{short_date(one['le'])}  {mark}  {one['nom']} : {one['texte']}"]
    if one["commande"]:
        lines.append(f"            → {one['commande']}")
    elif one["modele"]:
        lines.append(f"            → lettre « {one['modele']} »")
    return lines


def _away(days: int) -> str:
    return "aujourd’hui" if days == 0 else f"dans {plural(days, 'jour')}"


def _columns(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    """Lay rows in columns; the second, sums of money, to the right."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            cell.rjust(width) if rank == 1 else cell.ljust(width)
            for rank, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()


def _say_json(content: object) -> None:
    click.echo(json.dumps(content, ensure_ascii=False, indent=2, default=_as_text))


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _fail_if_unread(folders: Sequence[Path], entries: Sequence[PortfolioEntry]) -> None:
    """Exit 1 when a dossier could not be worked out."""
    if len(entries) < len(folders):
        raise SystemExit(1)

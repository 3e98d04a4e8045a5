"""`dument explain DOSSIER NOM`: one figure, found by its name or by one that is near."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

import click

from dument import letters
from dument.cli.run import Run
from dument.derivation import derive, steps
from dument.dossier import Dossier
from dument.records import explanation_json

LISTED = 12


def explain_figure(run: Run, dossier: Dossier, name: str, form: str) -> str | None:
    """Return the derivation of a figure; a name that none bears is a wrong use."""
    nodes = derive(dossier)
    if name not in nodes:
        raise click.UsageError(_no_figure(name, nodes))
    if form == "json":
        return explanation_json(dossier, name)
    told = steps(nodes, name, dossier.law)
    return run.guarded(lambda: letters.explain_figure(run.workshop.writer, told))


def _no_figure(name: str, known: Iterable[str]) -> str:
    """Say that no figure bears a name, and propose the nearest."""
    names = {one.casefold(): one for one in known}
    near = difflib.get_close_matches(name.casefold(), names, 1, 0.5)
    message = f"aucun chiffre ne s’appelle « {name} »"
    if near:
        return f"{message} : vouliez-vous dire « {names[near[0]]} » ?"
    told = [one for one in names.values() if one.startswith("decompte.")]
    return f"{message} : il y a {', '.join(told[:LISTED])}…"

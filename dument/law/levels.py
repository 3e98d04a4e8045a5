"""The project's own levels for the checks: `controles:` in its `dument.yaml`.

A rule that blocks is never lowered for a whole project: a wrong sum, a letter that must not leave
is set aside case by case, with a written reason.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import replace

from dument.diagnostics import Diagnostic, Level, error
from dument.kit import PROJECT_FILE, Kit
from dument.law.entries import Mention
from dument.source import Mapping as Node
from dument.source import Text, read_text, read_yaml

KEY = "controles"


def with_project_levels(
    mentions: Mapping[str, Mention], kit: Kit
) -> tuple[dict[str, Mention], list[Diagnostic]]:
    """Return the mentions at the levels the project gives them, and what it may not give.

    Diagnostics: droit/controle-inconnu, droit/gravite-inconnue, droit/gravite-protegee.
    """
    settled, found = dict(mentions), []
    asked, faults = _asked(kit)
    for id, written in asked.items():
        refused = _refusal(settled, id, written)
        if refused is None:
            settled[id] = replace(settled[id], level=Level(written.value))
        else:
            found.append(refused)
    return settled, [*faults, *found]


def _asked(kit: Kit) -> tuple[dict[str, Text], list[Diagnostic]]:
    """Return the levels that `dument.yaml` gives, by rule; a file without a word asks nothing."""
    path = kit.root / PROJECT_FILE
    if not path.is_file():
        return {}, []
    name = kit.name_of(path)
    text, faults = read_text(path, name)
    if text is None or not _says_something(text):
        return {}, faults
    mapping, faults = read_yaml(path, name)
    node = mapping.entries.get(KEY) if mapping else None
    entries = node.entries if isinstance(node, Node) else {}
    return {id: one for id, one in entries.items() if isinstance(one, Text)}, faults


def _says_something(text: str) -> bool:
    lines = (line.strip() for line in text.splitlines())
    return any(line and not line.startswith("#") for line in lines)


def _refusal(mentions: Mapping[str, Mention], id: str, written: Text) -> Diagnostic | None:
    if id not in mentions:
        near = difflib.get_close_matches(id.upper(), mentions, 1)
        hint = f"vouliez-vous dire « {near[0]} » ?" if near else "voyez docs/controles.md"
        message = f"aucun contrôle ne s’appelle « {id} »"
        return error("droit/controle-inconnu", message, written.position, hint)
    if written.value not in tuple(Level):
        hint = f"valeurs admises : {', '.join(Level)}"
        message = f"« {written.value} » n’est pas une gravité"
        return error("droit/gravite-inconnue", message, written.position, hint)
    if mentions[id].level is Level.ERROR and written.value != Level.ERROR:
        message = f"{id} est une erreur : sa gravité ne s’abaisse pas pour tout un projet"
        hint = "dans le dossier concerné, écrivez une dérogation avec son motif"
        return error("droit/gravite-protegee", message, written.position, hint)
    return None

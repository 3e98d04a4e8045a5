"""Findings as the terminal shows them: place, level, message, the line itself, the hint."""

from __future__ import annotations

import errno
import re
import unicodedata
from pathlib import Path

import click

from dument.diagnostics import Diagnostic, Level, Position, error
from dument.kit import Kit
from dument.pdf import EngineFault
from dument.templating import TemplateFault

COLOURS = {Level.ERROR: "red", Level.WARNING: "yellow", Level.INFO: "blue"}
LONGEST_LINE = 160
LONGEST_FILE_SHOWN = 2_000_000
TAB_WIDTH = 4
_BREAKS = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # YAML's, by which positions count

_REFUSALS = {
    errno.EACCES: "l’accès est refusé",
    errno.EPERM: "l’accès est refusé",
    errno.EROFS: "le support est en lecture seule",
    errno.ENOSPC: "il n’y a plus de place sur le disque",
    errno.ENAMETOOLONG: "le nom est trop long",
    errno.ENOENT: "il est introuvable",
    errno.EISDIR: "c’est un dossier",
    errno.ENOTDIR: "un fichier tient la place d’un dossier de son chemin",
    errno.EEXIST: "un fichier tient déjà cette place",
    errno.ELOOP: "ses liens symboliques tournent en rond",
    errno.EIO: "le support ne répond pas",
}
_HINT = "fermez le fichier s’il est ouvert ailleurs, vérifiez ses droits, et recommencez"
_HINTS = {
    errno.ENOSPC: "faites de la place pour la sortie et dans le dossier temporaire du système",
    errno.EROFS: "choisissez une autre sortie",
}


def as_text(found: Diagnostic, kit: Kit) -> str:
    """Return a finding as lines for the terminal."""
    where = f"{found.position}: " if found.position else ""
    level = click.style(found.level.value, fg=COLOURS[found.level], bold=True)
    told = f" : {found.message} [{found.id}]"
    lines = [f"{_visible(where)}{level}{_visible(told)}", *map(_visible, _excerpt(found, kit))]
    if found.hint:
        lines.append(f"  aide : {_visible(found.hint)}")
    if found.waived_because:
        lines.append(f"  écarté : {_visible(found.waived_because)}")
    return "\n".join(lines)


def fault_of_template(fault: TemplateFault, kit: Kit) -> Diagnostic:
    """Return what a template that cannot be rendered has to say."""
    name = kit.name_of(Path(fault.name)) if Path(fault.name).is_absolute() else fault.name
    return error("modele/illisible", fault.message, Position(name, fault.line))


def fault_of_engine(fault: EngineFault, kit: Kit) -> Diagnostic:
    """Return what stopped the engine, at the firm's own style sheet where there is one."""
    own = kit.files("letters/_papier", "entreprise.css").values()
    hint = "regardez votre entreprise.css : une grandeur ou un emboîtement y est démesuré"
    place = next((Position(kit.name_of(path)) for path in own), None)
    return error("pdf/moteur-arrete", str(fault), place, hint if place else None)


def fault_of_machine(fault: OSError) -> Diagnostic:
    """Return what the machine refused, in French when the reason is a usual one."""
    reason = _REFUSALS.get(fault.errno or 0, f"le système a répondu « {fault.strerror or fault} »")
    name = fault.filename or fault.filename2
    subject = f"« {name} »" if name else "un fichier"
    message = f"{subject} ne peut être lu ou écrit : {reason}"
    hint = _HINTS.get(fault.errno or 0, _HINT)
    return error("machine/fichier", message, hint=hint)


def _visible(text: str) -> str:
    """Write out what would act on the terminal or turn the text around, unseen."""
    return "".join(
        f"\\u{ord(char):04x}" if unicodedata.category(char) in ("Cc", "Cf", "Cs") else char
        for char in text.expandtabs(TAB_WIDTH)
    )


def _excerpt(found: Diagnostic, kit: Kit) -> list[str]:
    """Return the line a finding stands on, with its number."""
    if found.position is None:
        return []
    for folder in (kit.root, kit.base, Path()):
        path = folder / found.position.file
        if path.is_file():
            text = path.read_bytes()[:LONGEST_FILE_SHOWN].decode("utf-8", "replace")
            lines = _BREAKS.split(text.removeprefix("\ufeff"))
            line = found.position.line
            if not 0 < line <= len(lines):
                return []
            return [f"{line:5} | {lines[line - 1].rstrip()[:LONGEST_LINE]}"]
    return []

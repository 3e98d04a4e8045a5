"""What keeps a letter from being written: unknown kind, wrong debtor, missing data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dument.case import LetterRequest
from dument.diagnostics import Diagnostic, Position, error, warning
from dument.letters.context import Subject
from dument.letters.kinds import Kinds, Version
from dument.letters.letter import Letter
from dument.templating import Missing


def missing_diagnostics(
    letter: Letter, context: dict[str, Any], position: Position
) -> Iterable[Diagnostic]:
    """Report each value the letter needs and the case does not hold (lettre/donnee-manquante)."""
    wanted = dict.fromkeys((*letter.missing, *_undeclared(letter.version.needs, context)))
    for path in wanted:
        message = f"la lettre « {letter.version.title} » a besoin de « {path} »"
        hint = f"complétez « {path} » dans le dossier (demandé par {letter.version.file})"
        yield error("lettre/donnee-manquante", message, position, hint)


def _undeclared(paths: Iterable[str], context: dict[str, Any]) -> Iterable[str]:
    """Yield the paths that a front matter requires and the case does not hold."""
    for path in paths:
        value: Any = context
        for step in path.split("."):
            value = value.get(step) if isinstance(value, dict) else None
        if value is None or isinstance(value, Missing):
            yield path


def unfit_diagnostics(version: Version, subject: Subject, position: Position) -> list[Diagnostic]:
    """Report a letter that its template does not allow for this debtor or this channel."""
    found: list[Diagnostic] = []
    regime = subject.case.regime.value
    if regime not in version.regimes:
        message = f"la lettre « {version.title} » n’existe pas pour un débiteur {regime}"
        hint = f"elle vaut pour : {', '.join(version.regimes)} ({version.file})"
        found.append(error("lettre/regime", message, position, hint))
    if version.is_internal and subject.number:
        message = f"« {version.title} » est pour vous seul : ce document ne s’envoie pas"
        hint = "retirez-le de « lettres », et employez « dument print »"
        found.append(error("lettre/interne", message, position, hint))
    sending = subject.request.sending
    if sending and version.channels and sending.channel.value not in version.channels:
        message = f"la lettre « {version.title} » ne part pas par « {sending.channel.value} »"
        hint = f"canaux prévus : {', '.join(version.channels)} ({version.file})"
        found.append(warning("lettre/canal", message, position, hint))
    return found


def no_version(kinds: Kinds, request: LetterRequest, position: Position) -> Diagnostic:
    """Say that no template may write this letter, and which could."""
    if request.kind not in kinds.versions:
        known = ", ".join(sorted(kinds.versions))
        message = f"le modèle de lettre « {request.kind} » n’existe pas"
        return error("lettre/modele-inconnu", message, position, f"modèles connus : {known}")
    numbers = ", ".join(str(one.number) for one in kinds.versions[request.kind])
    message = f"aucune version de « {request.kind} » ne vaut pour cette lettre"
    return error("lettre/version", message, position, f"versions connues : {numbers}")

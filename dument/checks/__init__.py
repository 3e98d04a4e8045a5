"""Step 6, contrôler: check types in code, one a module; the checks stand in `legal/mentions/`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache
from types import ModuleType

from dument.checks.conditions import hold, unknown_conditions
from dument.checks.inspection import Finding, Inspection
from dument.checks.template_words import obsolete_templates
from dument.checks.waivers import apply_waivers
from dument.diagnostics import Diagnostic, Level, error
from dument.law import Law, Mention, Status
from dument.letters import Letter

__all__ = [
    "Finding",
    "Inspection",
    "check_pack",
    "check_types",
    "inspect",
    "obsolete_templates",
    "rules_applied",
]

_LEFT = (
    "la lettre est scellée et ne change plus : écrivez-en une autre, ou écartez ce contrôle par "
    "une dérogation motivée"
)


@cache
def check_types() -> dict[str, ModuleType]:
    """Return every check type by its name: the modules of this folder that bear one."""
    names = (found.name for found in pkgutil.iter_modules(__path__))
    modules = (importlib.import_module(f"{__name__}.{name}") for name in names)
    return {module.TYPE: module for module in modules if hasattr(module, "TYPE")}


def check_pack(law: Law) -> Iterator[Diagnostic]:
    """Report mentions that ask for an unknown check type or circumstance."""
    for mention in law.mentions.values():
        if mention.check not in check_types():
            message = f"le type de contrôle « {mention.check} » n’existe pas"
            hint = f"types connus : {', '.join(sorted(check_types()))}"
            yield error("droit/type-inconnu", message, mention.position, hint)
        for name in unknown_conditions(mention.options.get("quand")):
            message = f"la circonstance « {name} » n’existe pas"
            yield error("droit/circonstance-inconnue", message, mention.position)


def inspect(inspection: Inspection) -> list[Diagnostic]:
    """Run every rule that applies; waived findings keep the reason, idle waivers are said."""
    found = [
        _diagnostic(mention, finding, inspection, letter)
        for mention, letter in rules_applied(inspection)
        for finding in check_types()[mention.check].find(mention, inspection, letter)
    ]
    return apply_waivers(found, inspection)


def rules_applied(inspection: Inspection) -> Iterator[tuple[Mention, Letter | None]]:
    """Yield each rule with each letter it bears on, or with None when it bears on the case."""
    for mention in inspection.law.mentions.values():
        if mention.check not in check_types():
            continue
        for letter in _subjects(mention, inspection):
            day = letter.on if letter else inspection.as_of
            is_law = inspection.case.regime.value in mention.regimes and mention.is_in_force(day)
            if is_law and hold(mention.options.get("quand"), inspection, letter):
                yield mention, letter


def _subjects(mention: Mention, inspection: Inspection) -> Iterable[Letter | None]:
    if not check_types()[mention.check].BEARS_ON_LETTERS:
        return [None]
    written = inspection.documents
    return [one for one in written if mention.looks_at(one.kind, one.version.paper)]


def _diagnostic(
    mention: Mention, finding: Finding, inspection: Inspection, letter: Letter | None
) -> tuple[Diagnostic, str | None]:
    """Word a finding; a rule that could not be confirmed never blocks."""
    level = mention.level
    if mention.status is Status.UNVERIFIED and level is Level.ERROR:
        level = Level.WARNING
    hint = mention.hint
    if letter is not None and letter.sealed is not None and level is Level.ERROR:
        level, hint = Level.WARNING, _LEFT
    path = finding.path
    if path is None:
        path = ("letters", letter.number - 1) if letter and letter.number else ()
    subject = f"{letter.version.title} du {letter.on:%d/%m/%Y} : " if letter else ""
    detail = f" : {finding.detail}" if finding.detail else ""
    position = inspection.places.at(*path)
    message = f"{subject}{mention.message}{detail}"
    stem = letter.stem if letter else None
    found = Diagnostic(mention.id, level, message, position, hint, subject=stem)
    return found, letter.kind if letter else None

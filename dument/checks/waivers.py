"""The findings a user sets aside: a waiver names a rule that exists and that found something."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import replace

from dument.case import Waiver
from dument.checks.inspection import Inspection
from dument.diagnostics import Diagnostic, error, info

Found = tuple[Diagnostic, str | None]


def apply_waivers(found: list[Found], inspection: Inspection) -> list[Diagnostic]:
    """Return the findings, those that are waived with the user's reason, and idle waivers.

    Each finding comes with the kind of the letter it bears on, None for the case.
    """
    waived = [_with_waiver(diagnostic, kind, inspection) for diagnostic, kind in found]
    return [*waived, *_faulty(found, inspection)]


def _with_waiver(found: Diagnostic, kind: str | None, inspection: Inspection) -> Diagnostic:
    for waiver in inspection.case.waivers:
        if _covers(waiver, found, kind):
            return replace(found, waived_because=waiver.reason)
    return found


def _covers(waiver: Waiver, found: Diagnostic, kind: str | None) -> bool:
    return waiver.rule == found.id and waiver.letter in (None, kind)


def _faulty(found: list[Found], inspection: Inspection) -> Iterator[Diagnostic]:
    """Yield waivers that name no rule, and those that set nothing aside."""
    known = inspection.law.mentions
    for rank, waiver in enumerate(inspection.case.waivers):
        position = inspection.places.at("waivers", rank)
        if waiver.rule not in known:
            near = difflib.get_close_matches(waiver.rule.upper(), known, 1)
            hint = f"vouliez-vous dire « {near[0]} » ?" if near else "voyez docs/controles.md"
            message = f"aucun contrôle ne s’appelle « {waiver.rule} »"
            yield error("schema/derogation-inconnue", message, position, hint)
        elif not any(_covers(waiver, diagnostic, kind) for diagnostic, kind in found):
            message = f"la dérogation à « {waiver.rule} » n’écarte rien"
            hint = "retirez-la : ce contrôle ne trouve rien à redire"
            yield info("schema/derogation-sans-objet", message, position, hint)

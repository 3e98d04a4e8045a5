"""Which letter of a case the command names: by number, by stem, or by kind when one only fits."""

from __future__ import annotations

from collections.abc import Sequence

from dument.case import Case
from dument.diagnostics import Diagnostic, error
from dument.letters import letter_stem
from dument.schema import Places


def find_letter(
    case: Case, places: Places, wanted: str, stems: Sequence[str], preferred: Sequence[str] = ()
) -> tuple[int, list[Diagnostic]]:
    """Return a letter's number, from 1; 0 with a diagnostic when none, or several, answer.

    A kind stands for the one of `stems` that has it, else for the one of `preferred`.
    Diagnostics: envoi/lettre-inconnue, envoi/lettre-ambigue.
    """
    known = [letter_stem(number, one) for number, one in enumerate(case.letters, 1)]
    if wanted in known:
        return known.index(wanted) + 1, []
    if wanted.isdigit() and 0 < int(wanted) <= len(known):
        return int(wanted), []
    same = [stem for stem, one in zip(known, case.letters, strict=True) if one.kind == wanted]
    fitting = [stem for stem in same if stem in stems]
    chosen = fitting if len(fitting) == 1 else [one for one in fitting if one in preferred]
    if len(chosen) == 1:
        return known.index(chosen[0]) + 1, []
    position = places.at("letters")
    if len(fitting) > 1:
        message = f"plusieurs lettres sont des « {wanted} »"
        hint = f"nommez-en une : {', '.join(fitting)}"
        return 0, [error("envoi/lettre-ambigue", message, position, hint)]
    if same:
        return known.index(same[-1]) + 1, []
    message = f"aucune lettre « {wanted} » dans ce dossier"
    hint = f"lettres : {', '.join(known) or 'aucune'}"
    return 0, [error("envoi/lettre-inconnue", message, position, hint)]

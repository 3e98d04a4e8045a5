"""The court tables of a project: searched as text, hence looked through whole before that."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from dument.diagnostics import Diagnostic, Position, error

COMMUNE_FILE, COURT_FILE = "communes.csv", "tribunaux.csv"
_HEADS = {
    COURT_FILE: "numero;type;nom;siege",
    COMMUNE_FILE: "code_postal;insee;commune;commerce;judiciaire;proximite",
}
_MOST = 5  # a table of another make has a fault on each of its lines


def table_faults(courts: Path, communes: Path, name_of: Callable[[Path], str]) -> list[Diagnostic]:
    """Tell what keeps two tables from being searched; `name_of` is how messages call a file.

    Diagnostics: droit/juridictions, five at most for each file.
    """
    numbers: set[str] = set()
    faults = list(_court_faults(courts, name_of(courts), numbers))[:_MOST]
    return faults or list(_commune_faults(communes, name_of(communes), numbers))[:_MOST]


def _court_faults(path: Path, name: str, numbers: set[str]) -> Iterator[Diagnostic]:
    """Yield what is wrong with the courts, whose numbers are added to `numbers`."""
    for row in _rows(path, name, _HEADS[COURT_FILE]):
        if isinstance(row, Diagnostic):
            yield row
            continue
        line, (number, kind, seat, _) = row
        if not (number and kind and seat):
            yield _fault(name, line, "il y manque le numéro, le type ou le nom du tribunal")
        elif number in numbers:
            yield _fault(name, line, f"le numéro « {number} » est déjà celui d’un autre tribunal")
        numbers.add(number)


def _commune_faults(path: Path, name: str, numbers: Collection[str]) -> Iterator[Diagnostic]:
    former = ""
    for row in _rows(path, name, _HEADS[COMMUNE_FILE]):
        if isinstance(row, Diagnostic):
            yield row
            continue
        line, (postcode, _, _, commercial, judicial, proximity) = row
        asked = (commercial, judicial, *([proximity] if proximity else []))
        unknown = [one for one in asked if one not in numbers]
        if unknown:
            yield _fault(name, line, f"aucun tribunal ne porte le numéro « {unknown[0]} »")
        if postcode < former:
            yield _fault(name, line, f"« {postcode} » vient après « {former} » : les lignes "
                         "se suivent par code postal")  # fmt: skip
        former = postcode


def _rows(path: Path, name: str, head: str) -> Iterator[tuple[int, list[str]] | Diagnostic]:
    """Yield the cells of each line, with its number; a fault for what is none."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        yield _fault(name, 1, "ce fichier n’est pas un texte en UTF-8 qui se lise")
        return
    if lines[0] != head:
        yield _fault(name, 1, f"la première ligne n’est pas « {head} »")
        return
    if lines.pop():
        yield _fault(name, len(lines) + 1, "la dernière ligne ne finit pas par un retour")
    for line, text in enumerate(lines[1:], start=2):
        cells = text.split(";")
        if len(cells) == head.count(";") + 1:
            yield line, cells
        else:
            yield _fault(name, line, f"la ligne a {len(cells)} case(s) et non "
                         f"{head.count(';') + 1}, séparées par « ; »")  # fmt: skip


def _fault(name: str, line: int, message: str) -> Diagnostic:
    hint = "reprenez la table du kit, ou supprimez la vôtre : celle du kit servira"
    return error("droit/juridictions", message, Position(name, line), hint)

"""Rebuilds `legal/juridictions/*.csv` from the Ministry of Justice's and Infogreffe's tables.

`python maintenance/juridictions.py SOURCE [FOLDER]`, where SOURCE holds `communes_tribunaux.csv`.

Why a folder of its own: `legal/` holds no Python, `dument/` is what users run, and this runs once
a year on data that is not shipped. The same source always gives the same bytes. The list of the
tribunaux des activités économiques is not rebuilt: it is an order's, kept by hand in
`activites-economiques.yaml`, and here they are the commercial courts that they are by law.
"""

from __future__ import annotations

import csv
import io
import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

SOURCE = "communes_tribunaux.csv"
TARGET = Path(__file__).parent.parent / "legal/juridictions"
KINDS = {
    "TC": "tribunal-de-commerce",
    "TAE": "tribunal-de-commerce",
    "CHCOM": "chambre-commerciale",
    "TMC": "tribunal-mixte-de-commerce",
    "TJ": "tribunal-judiciaire",
    "TPI": "tribunal-de-premiere-instance",
    "TPRX": "chambre-de-proximite",
}
# A court whose usual name is not that of the town where it sits (C. com., annexe 7-1).
TOWNS = {"Lille Métropole": "Tourcoing", "Villefranche-Tarare": "Villefranche-sur-Saône"}
# Two spellings of one court, and a remark that is not part of a name.
NAMES = {
    "Saint-Pierre (Saint-Pierre-et-Miquelon)": "Saint-Pierre-et-Miquelon",
    "Saint-Laurent-du-Maroni (chambre détachée du TJ de Cayenne)": "Saint-Laurent-du-Maroni",
}
# The source has Paris both whole and by arrondissement, and these two by arrondissement only.
WHOLE_COMMUNES = {"6938": ("69123", "Lyon"), "132": ("13055", "Marseille")}
ARRONDISSEMENT = re.compile(r"(Lyon|Marseille) \d+er?e? Arrondissement")


class Court(NamedTuple):
    """A court, by the word of `juridiction.type` and its name with a small article."""

    kind: str
    name: str


class Row(NamedTuple):
    """A commune under one postal code, and its courts."""

    postcode: str
    insee: str
    name: str
    commercial: Court
    judicial: Court
    proximity: Court | None


def read_rows(source: Path) -> list[Row]:
    """Read the source's rows, with Lyon and Marseille as wholes, sorted."""
    with (source / SOURCE).open(encoding="utf-8", newline="") as file:
        rows = [_row(line) for line in csv.DictReader(file)]
    return sorted({*rows, *_whole_communes(rows)}, key=lambda row: (row.postcode, row.insee))


def _row(line: dict[str, str]) -> Row:
    proximity = line["tprx_siege"]
    return Row(
        line["code_postal"],
        line["code_insee"],
        _typeset(line["commune"]),
        _court(line["tc_type"], line["tc_siege"]),
        _court(line["tj_type"], line["tj_siege"]),
        _court("TPRX", proximity) if proximity else None,
    )


def _court(kind: str, seat: str) -> Court:
    name = _typeset(NAMES.get(seat, seat))
    return Court(KINDS[kind], re.sub(r"^(Le|Les) ", lambda found: found[0].lower(), name))


def _typeset(name: str) -> str:
    return name.replace("'", "’")


def _whole_communes(rows: Iterable[Row]) -> Iterable[Row]:
    for row in rows:
        if ARRONDISSEMENT.fullmatch(row.name):
            prefix = next(one for one in WHOLE_COMMUNES if row.insee.startswith(one))
            insee, name = WHOLE_COMMUNES[prefix]
            yield row._replace(insee=insee, name=name)


def courts_of(rows: Iterable[Row]) -> list[Court]:
    """Return every court once, by kind then by name."""
    courts = {court for row in rows for court in row[3:] if court is not None}
    kinds = list(dict.fromkeys(KINDS.values()))
    return sorted(courts, key=lambda court: (kinds.index(court.kind), _plain(court.name)))


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFD", name.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def court_table(courts: Sequence[Court]) -> str:
    """Write `tribunaux.csv`: number, kind, name, and the town when the name is another."""
    lines = [
        (number, court.kind, court.name, TOWNS.get(court.name, ""))
        for number, court in enumerate(courts, 1)
    ]
    return _written(("numero", "type", "nom", "siege"), lines)


def commune_table(rows: Iterable[Row], courts: Sequence[Court]) -> str:
    """Write `communes.csv`: postal code, INSEE code, name, and the numbers of its courts."""
    numbers: dict[Court | None, str] = {court: str(at) for at, court in enumerate(courts, 1)}
    numbers[None] = ""
    lines = [(*row[:3], *(numbers[court] for court in row[3:])) for row in rows]
    heads = ("code_postal", "insee", "commune", "commerce", "judiciaire", "proximite")
    return _written(heads, lines)


def _written(heads: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    table = csv.writer(text, delimiter=";", lineterminator="\n", quoting=csv.QUOTE_NONE)
    table.writerow(heads)
    table.writerows(lines)
    return text.getvalue()


def rebuild(source: Path, folder: Path) -> None:
    """Write both tables into a folder."""
    rows = read_rows(source)
    courts = courts_of(rows)
    tables = {"tribunaux.csv": court_table(courts), "communes.csv": commune_table(rows, courts)}
    for name, text in tables.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    rebuild(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else TARGET)

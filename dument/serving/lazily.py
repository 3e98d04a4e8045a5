"""The files of a dossier that are made only when they are asked for."""

from __future__ import annotations

from dument.dossier import Dossier
from dument.letters import letter_files
from dument.printing import sheets

OF_THE_WHOLE = ("liasse.pdf", "decompte.csv", "decompte.xlsx", "dossier.json")


def unmade_files(dossier: Dossier) -> dict[str, bytes]:
    """Return the names of all that a build makes besides pages, each without content yet."""
    names = [name for name, _ in sheets(dossier)]
    names += [one.file for one in dossier.exhibits]
    names += [file for one in dossier.letters for file in letter_files(one, dossier.case).values()]
    return dict.fromkeys((*names, *OF_THE_WHOLE), b"")

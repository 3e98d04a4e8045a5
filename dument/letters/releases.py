"""Released versions of letters: `letters/VERSIONS.sha256` says their bytes, which never change.

Each layer keeps its own list, in the form of `sha256sum -c`: the kit's, and the project's when it
has one. A version that no list names is still being written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from dument.diagnostics import Diagnostic, Position, error
from dument.digests import sha256_of
from dument.kit import Kit
from dument.source import read_text

RELEASES = "VERSIONS.sha256"
_LINE = re.compile(r"([0-9a-f]{64}) [ *]([a-z0-9-]+/v\d+\.md)")


def read_releases(kit: Kit) -> tuple[frozenset[Path], list[Diagnostic]]:
    """Return the files of the released versions, each found as it was released.

    Diagnostics: lettre/empreintes for a list that cannot be read, lettre/version-changee for a
    released version whose file is not what it was, or is gone.
    """
    released: set[Path] = set()
    diagnostics: list[Diagnostic] = []
    for folder in kit.folders("letters"):
        list_file = folder / RELEASES
        if not list_file.is_file():
            continue
        name = kit.name_of(list_file)
        text, found = read_text(list_file, name)
        diagnostics += found
        for number, line in enumerate((text or "").splitlines(), 1):
            position = Position(name, number)
            match = _LINE.fullmatch(line)
            path = folder / match[2] if match else None
            if match is None or path is None:
                message = "cette ligne n’est pas une empreinte SHA-256 et un nom de version"
                diagnostics.append(error("lettre/empreintes", message, position))
            elif not path.is_file() or sha256_of(path) != match[1]:
                diagnostics.append(_changed(kit, path, position))
            else:
                released.add(path)
    return frozenset(released), diagnostics


def release_lines(folder: Path) -> Iterator[str]:
    """Yield the list of a folder of letters with every version in it, by kind and number."""
    found = (path for path in folder.glob("[a-z]*/v*.md") if path.stem[1:].isdigit())
    for path in sorted(found, key=lambda one: (one.parent.name, int(one.stem[1:]))):
        yield f"{sha256_of(path)}  {path.parent.name}/{path.name}"


def _changed(kit: Kit, path: Path, position: Position) -> Diagnostic:
    name = kit.name_of(path)
    message = f"la version publiée « {name} » a changé, ou n’est plus là"
    hint = "remettez le fichier publié, et écrivez la version suivante dans un autre fichier"
    return error("lettre/version-changee", message, position, hint)

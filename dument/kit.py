"""Where things are: the kit's folders, the user's project laid over them file by file.

The project's root is the nearest folder upward that holds `dument.yaml`, else the working
directory; only a root with `dument.yaml` is laid over the kit, so that a stray `site/` or
`legal/` of some other project never slips into a letter.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

from click import ClickException

PROJECT_FILE = "dument.yaml"
CASE_FILE = "dossier.yaml"
EXAMPLES = "data/exemples"


@dataclass(frozen=True, slots=True)
class Kit:
    """The layers in which files are looked up: the project's, when it has one, then the kit's."""

    base: Path
    root: Path

    @property
    def layers(self) -> tuple[Path, ...]:
        """The folders searched, first found wins."""
        if self.root != self.base and (self.root / PROJECT_FILE).is_file():
            return (self.root, self.base)
        return (self.base,)

    def find(self, name: str) -> Path:
        """Return the file called `name` (such as `letters/_papier/papier.css`)."""
        for layer in self.layers:
            if (layer / name).is_file():
                return layer / name
        raise ClickException(f"fichier introuvable dans le kit : {name}")

    def files(self, folder: str, pattern: str) -> dict[str, Path]:
        """Return the files of a folder by relative name, the project's over the kit's, sorted."""
        found: dict[str, Path] = {}
        for layer in reversed(self.layers):
            for path in (layer / folder).glob(pattern):
                if path.is_file():
                    found[path.relative_to(layer / folder).as_posix()] = path
        return dict(sorted(found.items()))

    def folders(self, folder: str) -> tuple[Path, ...]:
        """Return the layers' own versions of a folder that exist, the project's first."""
        return tuple(layer / folder for layer in self.layers if (layer / folder).is_dir())

    def name_of(self, path: Path) -> str:
        """Return how messages call a file: relative to the root or to the kit when inside."""
        innermost_first = sorted((self.root, self.base), key=lambda one: -len(one.parts))
        for layer in innermost_first:
            if path.is_relative_to(layer):
                return path.relative_to(layer).as_posix()
        return path.as_posix()

    def case_folders(self, *, examples: bool = False) -> list[Path]:
        """Return every folder that holds a case: the user's, or the shipped examples."""
        parent = self.base / EXAMPLES if examples else self.root / "data/dossiers"
        return sorted(path.parent for path in parent.glob(f"*/{CASE_FILE}"))

    def lends(self, folder: Path) -> bool:
        """Whether a case is an example of the kit, seen from elsewhere: nothing is noted there."""
        return folder.is_relative_to(self.base / EXAMPLES) and not self.root.is_relative_to(
            self.base
        )

    def find_case(self, named: str) -> Path:
        """Return the folder of a case given as a folder, its `dossier.yaml`, or a name."""
        given = Path(named)
        if given.name == CASE_FILE and given.is_file():
            return given.resolve().parent
        places = (given, self.root / "data/dossiers" / named, self.base / EXAMPLES / named)
        for folder in places:
            if (folder / CASE_FILE).is_file():
                return folder.resolve()
        raise ClickException(self._no_case(named))

    def _no_case(self, named: str) -> str:
        known = [path.name for path in self.case_folders()]
        known += [path.name for path in self.case_folders(examples=True)]
        near = difflib.get_close_matches(named, known, 1)
        if near:
            return f"aucun dossier « {named} » ; vouliez-vous dire « {near[0]} » ?"
        if not known:
            return f"aucun dossier « {named} » ; « dument new » crée un premier dossier"
        return f"aucun dossier « {named} » ; dossiers connus : {', '.join(sorted(set(known)))}"


def open_kit(start: Path) -> Kit:
    """Find the kit beside this package and the project that `start` belongs to."""
    package = Path(__file__).resolve().parent
    base = package.parent if (package.parent / "letters").is_dir() else package / "_kit"
    return Kit(base, find_root(start.resolve()))


def find_root(start: Path) -> Path:
    """Return the nearest folder upward that holds `dument.yaml`, else `start`."""
    for folder in (start, *start.parents):
        if (folder / PROJECT_FILE).is_file():
            return folder
    return start

"""What every dossier of a run shares: kit, law, letter kinds, press and theme."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from dument import __version__
from dument.checks import check_pack
from dument.diagnostics import Diagnostic
from dument.digests import fingerprint
from dument.exhibits import Looks
from dument.kit import Kit
from dument.law import Law, read_law
from dument.letters import Writer, read_kinds
from dument.pages import Site
from dument.pdf import Press, Window, check_faces, check_style, read_windows
from dument.source import read_text

PAPER = "letters/_papier/papier.css"
FIRM_STYLE = "entreprise.css"


@dataclass(frozen=True, slots=True)
class Workshop:
    """What every dossier of a run shares: kit, law, letter writer, press, site, envelopes."""

    kit: Kit
    law: Law
    writer: Writer
    press: Press
    site: Site
    mark: str
    windows: tuple[Window, ...]
    looks: Looks = field(default_factory=Looks)


def open_workshop(kit: Kit) -> tuple[Workshop, list[Diagnostic]]:
    """Read the law and the letter kinds; their faults are diagnostics."""
    law, diagnostics = read_law(kit)
    kinds, found = read_kinds(kit)
    diagnostics += [*found, *check_pack(law)]
    windows, found = read_windows(kit)
    diagnostics += found
    press, found = open_press(kit)
    diagnostics += found
    mark = fingerprint(_kit_files(kit), __version__)
    writer = Writer(kit, kinds)
    diagnostics += writer.faults
    return Workshop(kit, law, writer, press, Site(kit), mark, windows), diagnostics


def open_press(kit: Kit) -> tuple[Press, list[Diagnostic]]:
    """Return a press with the faces of every layer and the firm's style over the paper's own.

    Diagnostics: yaml/encodage, papier/contraste, papier/police.
    """
    styles: list[str] = []
    diagnostics: list[Diagnostic] = []
    firms = kit.files("letters/_papier", FIRM_STYLE).values()
    for path in (kit.find(PAPER), *firms):
        text, found = read_text(path, kit.name_of(path))
        styles.append(text or "")
        diagnostics += found
    for path, style in zip(firms, styles[1:], strict=True):
        diagnostics += check_style(style, kit.name_of(path))
    faces = kit.folders("letters/_papier/polices")
    for folder in faces[:-1]:
        diagnostics += check_faces(folder, kit.name_of)
    return Press(faces, styles), diagnostics


def _kit_files(kit: Kit) -> Iterable[tuple[str, Path]]:
    """Yield every file that decides of an output: letters, law, theme and engine."""
    for folder in ("letters", "legal", "site"):
        for name, path in kit.files(folder, "**/*").items():
            yield f"{folder}/{name}", path
    package = Path(__file__).parent
    for path in package.rglob("*.py"):
        yield f"dument/{path.relative_to(package).as_posix()}", path

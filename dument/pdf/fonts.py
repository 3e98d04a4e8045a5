"""The faces shipped with the product: nothing is ever printed with a font of the machine."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from dument.diagnostics import Diagnostic, Position, error

CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
{folders}
  <cachedir>{cache}</cachedir>
  <config><rescan><int>0</int></rescan></config>
</fontconfig>
"""

# Characters that draw nothing and need no glyph: spaces of the source, soft hyphen, joiners,
# directional marks, variation selectors, byte order mark.
UNDRAWN = frozenset(
    [*"\t\n\r\f\u00ad\u034f\u061c\u2028\u2029\ufeff"]
    + [chr(code) for code in (*range(0x200B, 0x2010), *range(0x202A, 0x202F))]
    + [chr(code) for code in (*range(0x2060, 0x2070), *range(0xFE00, 0xFE10))]
)


# What the shipped faces draw for sure, so that most texts need no font file opened.
SURE = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180)))) | {*"’‘“”–—…€\u202f\u2011"}

_NOT_A_FACE = (struct.error, LookupError, TypeError, ValueError, AssertionError, EOFError)


def font_files(folder: Path) -> list[Path]:
    """List the faces of a folder, always in the same order."""
    faces = (path for path in folder.iterdir() if path.suffix.lower() in {".ttf", ".otf"})
    return sorted(path for path in faces if path.is_file())


def check_faces(folder: Path, name_of: Callable[[Path], str]) -> Iterator[Diagnostic]:
    """Say which files of a folder are no faces. Diagnostics: papier/police."""
    from fontTools.ttLib import TTLibError

    for path in font_files(folder):
        try:
            _codes_of(path)
        except (TTLibError, *_NOT_A_FACE):
            message = "ce fichier n’est pas une police TrueType ou OpenType"
            hint = "remplacez-le par la police elle-même, ou retirez-le"
            yield error("papier/police", message, Position(name_of(path)), hint)


def covered_characters(folders: Iterable[Path]) -> frozenset[str]:
    """Return every character that at least one face of the folders can draw."""
    paths = (path for folder in folders for path in font_files(folder))
    codes = {code for path in paths for code in _codes_of(path)}
    return frozenset(map(chr, codes)) | UNDRAWN


def _codes_of(path: Path) -> list[int]:
    from fontTools.ttLib import TTFont

    with path.open("rb") as file, TTFont(file, lazy=True) as font:
        return list(font.getBestCmap())


def missing_characters(texts: Iterable[str], covered: frozenset[str]) -> list[str]:
    """Return the characters of the texts that no shipped face can draw, in code order."""
    used: set[str] = set()
    used.update(*texts)
    return sorted(used - covered)


@contextmanager
def only_fonts_of(folders: Sequence[Path]) -> Iterator[None]:
    """Make Fontconfig see these folders alone while the block runs.

    Fontconfig reads its configuration from the environment, once for each configuration made, and
    keeps what it needs in memory: variables and scratch files are put away on leaving.
    """
    with TemporaryDirectory(prefix="dument-", ignore_cleanup_errors=True) as scratch:
        written = Path(scratch, "fonts.conf")
        seen = (f"  <dir>{escape(str(folder.resolve()))}</dir>" for folder in folders)
        cache = escape(str(Path(scratch, "cache")))
        text = CONFIGURATION.format(folders="\n".join(seen), cache=cache)
        written.write_text(text, encoding="utf-8")
        with _environment({"FONTCONFIG_FILE": str(written), "FONTCONFIG_PATH": scratch}):
            yield


@contextmanager
def _environment(wanted: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            _restore(name, value)


def _restore(name: str, value: str | None) -> None:
    if value is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = value

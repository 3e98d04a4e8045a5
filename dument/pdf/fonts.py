"""The faces shipped with the product: nothing is ever printed with a font of the machine."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

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


def font_files(folder: Path) -> list[Path]:
    """List the faces of a folder, always in the same order."""
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in {".ttf", ".otf"})


def covered_characters(folders: Iterable[Path]) -> frozenset[str]:
    """Return every character that at least one face of the folders can draw."""
    from fontTools.ttLib import TTFont

    codes: set[int] = set()
    for path in (path for folder in folders for path in font_files(folder)):
        with TTFont(path, lazy=True) as font:
            codes.update(font.getBestCmap())
    return frozenset(map(chr, codes)) | UNDRAWN


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

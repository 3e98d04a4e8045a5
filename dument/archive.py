"""Archives: the same bytes for the same files, or closed by a phrase (only importer of pyzipper).

Names stand in order, dates are those of no day, nothing of the machine is written.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

import pyzipper
from pyzipper.zipfile_aes import AESZipInfo

from dument.files import held_of

_NO_DAY = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3
_PACKED = (".pdf", ".xlsx", ".png", ".jpg", ".woff2")  # a second packing would gain nothing
_AT_ONCE = 1024 * 1024


def write_zip(target: Path | BinaryIO, files: Mapping[str, bytes]) -> None:
    """Write a ZIP of files by name, one bit after the other; equal files give equal bytes."""
    with zipfile.ZipFile(target, "w") as archive:
        for name in sorted(files):
            held = held_of(files, name)
            entry = zipfile.ZipInfo(name, _NO_DAY)
            entry.create_system, entry.external_attr = _UNIX, _PLAIN_FILE
            is_packed = name.lower().endswith(_PACKED)
            entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
            entry.file_size = held.size
            with held.open() as source, archive.open(entry, "w") as written:
                shutil.copyfileobj(source, written, _AT_ONCE)


def close_with_phrase(target: Path, name: str, source: Path, phrase: str) -> None:
    """Write a ZIP that holds one file, under a name, closed by AES-256 (WinZip's AE-2).

    Such a ZIP shows the names of its files: what is closed is an archive, whose own are hidden.
    The bytes differ each time, as they must.
    """
    with pyzipper.AESZipFile(target, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(phrase.encode())
        entry = AESZipInfo(name, _NO_DAY)
        entry.external_attr = _PLAIN_FILE
        entry.file_size = source.stat().st_size
        with source.open("rb") as plain, archive.open(entry, "w") as written:
            shutil.copyfileobj(plain, written, _AT_ONCE)

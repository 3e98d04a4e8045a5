"""Archives: the same bytes for the same files, or closed by a phrase (only importer of pyzipper).

Names stand in order, dates are those of no day, nothing of the machine is written.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

import pyzipper
from pyzipper.zipfile_aes import AESZipInfo

_NO_DAY = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3


def zip_files(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP of files by name; equal files give equal bytes."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _NO_DAY)
            entry.create_system, entry.external_attr = _UNIX, _PLAIN_FILE
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return target.getvalue()


def close_with_phrase(name: str, content: bytes, phrase: str) -> bytes:
    """Return a ZIP that holds one file under AES-256 (WinZip's AE-2).

    Such a ZIP shows the names of its files: what is closed is an archive, whose own are hidden.
    The bytes differ each time, as they must.
    """
    target = BytesIO()
    with pyzipper.AESZipFile(target, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(phrase.encode())
        entry = AESZipInfo(name, _NO_DAY)
        entry.external_attr = _PLAIN_FILE
        archive.writestr(entry, content)
    return target.getvalue()

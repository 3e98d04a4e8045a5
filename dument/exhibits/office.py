"""Word processor files as PDF, by the LibreOffice of the machine where there is one."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

OFFICE_ENDINGS = frozenset({".doc", ".docx", ".odt", ".rtf"})
LONGEST = 120  # seconds a document may take
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)


@cache
def find_office() -> str | None:
    """Return LibreOffice's command on this machine, None when it is not installed."""
    known = (shutil.which("soffice") or shutil.which("libreoffice"), *_PLACES)
    return next((one for one in known if one and Path(one).is_file()), None)


def office_to_pdf(data: bytes, ending: str, office: str) -> bytes | None:
    """Convert a document; None when LibreOffice refuses it or takes too long.

    It runs in a folder of its own, with a profile of its own, without macros; the dates it writes
    are fixed, so that the same document gives the same bytes.
    """
    with TemporaryDirectory(prefix="dument-") as folder:
        source = Path(folder, f"document{ending}")
        source.write_bytes(data)
        command = [
            office, f"-env:UserInstallation={Path(folder, 'profil').as_uri()}", "--headless",
            "--norestore", "--convert-to", "pdf", "--outdir", folder, str(source),
        ]  # fmt: skip
        try:
            subprocess.run(
                command,
                check=True,
                capture_output=True,
                timeout=LONGEST,
                env={**os.environ, "SOURCE_DATE_EPOCH": "0"},
            )
            return source.with_suffix(".pdf").read_bytes()
        except (OSError, subprocess.SubprocessError):
            return None

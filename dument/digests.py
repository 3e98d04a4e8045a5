"""Fingerprints: SHA-256 of bytes, and of files taken together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def sha256(content: bytes) -> str:
    """Return the SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, read bit by bit."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def fingerprint(files: Iterable[tuple[str, Path]], *words: str) -> str:
    """Return one fingerprint for files, by name and content, and for some words."""
    digest = hashlib.sha256()
    for word in words:
        digest.update(f"{word}\0".encode())
    for name, path in sorted(files):
        digest.update(f"{name}\0{sha256_of(path)}\0".encode())
    return digest.hexdigest()

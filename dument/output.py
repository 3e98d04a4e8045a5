"""Writing without harm: built beside, renamed into place; nothing of the user's is ever deleted.

A dossier's folder holds `manifest.json`, which names every file we wrote with its SHA-256. Only
those are replaced or removed; any other file found there is carried over.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from dument.diagnostics import Diagnostic, error
from dument.digests import fingerprint, sha256, sha256_of
from dument.files import held_of

MANIFEST = "manifest.json"


def content_mark(files: Mapping[str, bytes]) -> str:
    """Return one fingerprint for files held in memory."""
    words = (f"{name} {sha256(data)}" for name, data in sorted(files.items()))
    return fingerprint([], *words)


def manifest_bytes(content: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes:
    """Return the manifest: what was used, and the SHA-256 of every file."""
    listed = {name: held_of(files, name).sha256 for name in sorted(files)}
    text = json.dumps({**content, "fichiers": listed}, ensure_ascii=False, indent=2)
    return f"{text}\n".encode()


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of an output folder; empty when there is none that can be read.

    Names that lead out of the folder are left out: a manifest never says what to delete elsewhere.
    """
    try:
        read = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(read, dict) or not isinstance(read.get("fichiers"), dict):
        return {}
    inner = {name: digest for name, digest in read["fichiers"].items() if _is_inner(name)}
    return {**read, "fichiers": inner}


def _is_inner(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and bool(path.parts) and ".." not in path.parts


def is_current(folder: Path, mark: str) -> bool:
    """Whether an output was made from the same inputs and is still whole."""
    manifest = read_manifest(folder)
    return manifest.get("empreinte") == mark and all(
        (folder / name).is_file() and sha256_of(folder / name) == digest
        for name, digest in manifest["fichiers"].items()
    )


def write_output(
    folder: Path, files: Mapping[str, bytes], content: Mapping[str, Any]
) -> list[Diagnostic]:
    """Replace our own files in a folder by new ones, all at once; a link to a folder is followed.

    Diagnostics: sortie/fichier-etranger when a file that is not ours stands where one must go.
    """
    folder = Path(os.path.realpath(folder))  # `resolve` fails on links that turn in circles
    if os.path.lexists(folder) and not folder.is_dir():
        return [_in_the_way(folder)]
    fresh = folder.with_name(f".{folder.name}.nouveau")
    old = folder.with_name(f".{folder.name}.ancien")
    _recover(folder, old)
    foreign = foreign_files(folder)
    taken = _taken(folder, foreign, files)
    if taken:
        return [_in_the_way(folder / taken)]
    folder.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        for name in files:
            held_of(files, name).copy_to(fresh / name)
        _write(fresh / MANIFEST, manifest_bytes(content, files))
        for name in foreign:
            _carry(folder / name, fresh / name)
        if folder.exists():
            folder.rename(old)
        fresh.rename(folder)
    except OSError:
        shutil.rmtree(fresh, ignore_errors=True)
        _recover(folder, old)
        raise
    shutil.rmtree(old, ignore_errors=True)
    return []


def foreign_files(folder: Path) -> list[str]:
    """List what a folder holds that its manifest does not name: files, links, empty folders."""
    ours = {*read_manifest(folder).get("fichiers", {}), MANIFEST}
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if _is_leaf(path))
    return [name for name in names if name not in ours]


def write_index(
    folder: Path, files: Mapping[str, bytes], content: Mapping[str, Any]
) -> list[Diagnostic]:
    """Write a few files into a folder that others share, each one all at once.

    The folder's own dossiers are left alone; former files of the index that are no longer made
    are deleted. Diagnostics: sortie/fichier-etranger.
    """
    ours = read_manifest(folder).get("fichiers", {})
    for name in files:
        if name not in ours and (folder / name).exists():
            return [_in_the_way(folder / name)]
    for name, data in {**files, MANIFEST: manifest_bytes(content, files)}.items():
        _replace(folder / name, data)
    for name in set(ours) - set(files):
        (folder / name).unlink(missing_ok=True)
    return []


def clean_output(folder: Path) -> int:
    """Delete the files a manifest names, and the folders that this empties; return how many."""
    manifest = read_manifest(folder)
    names = [*manifest["fichiers"], MANIFEST] if manifest else []
    paths = [folder / name for name in names]
    root = folder.resolve()
    removed = [one for one in paths if one.resolve().is_relative_to(root) and one.is_file()]
    for path in removed:
        path.unlink()
    emptied = {parent for path in removed for parent in path.parents}
    for parent in sorted(emptied, reverse=True):
        if parent.is_relative_to(folder) and not any(parent.iterdir()):
            parent.rmdir()
    return len(removed)


def _in_the_way(path: Path) -> Diagnostic:
    message = f"« {path} » n’a pas été écrit par dument"
    hint = "déplacez ce fichier ou choisissez un autre dossier de sortie (-d)"
    return error("sortie/fichier-etranger", message, hint=hint)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _replace(path: Path, data: bytes) -> None:
    fresh = path.with_name(f"{path.name}.nouveau")
    try:
        _write(fresh, data)
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def _carry(path: Path, target: Path) -> None:
    """Copy what is not ours: a file with its date, a link as a link, an empty folder."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir() and not path.is_symlink():
        target.mkdir(exist_ok=True)
    else:
        shutil.copy2(path, target, follow_symlinks=False)


def _recover(folder: Path, old: Path) -> None:
    """Put the former output back when a run was cut between its two renames."""
    if old.is_dir() and not folder.exists():
        old.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _is_leaf(path: Path) -> bool:
    return path.is_symlink() or not path.is_dir() or not any(path.iterdir())


def _taken(folder: Path, foreign: Iterable[str], files: Iterable[str]) -> str | None:
    """Return what is not ours and stands where a file or its folder must go."""
    wanted = set(files)
    folders = {parent.as_posix() for name in wanted for parent in PurePosixPath(name).parents}
    for name in sorted(foreign):
        is_room = (folder / name).is_dir() and not (folder / name).is_symlink()
        above = [parent.as_posix() for parent in PurePosixPath(name).parents]
        if name in wanted or wanted & {*above} or (name in folders and not is_room):
            return name
    return None

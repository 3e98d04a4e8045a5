"""Several files changed as one: prepared aside, decided by one rename, then carried out.

`envois/.en-cours.nouveau` is an act being prepared: nothing has happened, it is thrown away.
`envois/.en-cours` is an act decided: each of its files is moved to its place, which takes no room
on the disk; an interruption leaves the moves that remain, and `settle` makes them. The first move
is that of the case file, made only if the case file is still the one the act was prepared on.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dument.digests import sha256

ENVOIS = "envois"
_PENDING = ".en-cours"
_FRESH = ".en-cours.nouveau"
_PLAN = "plan.json"


@dataclass(frozen=True, slots=True)
class Act:
    """Files to put in place, and folders to move, by paths relative to the dossier.

    `files` begins with the case file, whose SHA-256 before the act is `before`.
    """

    name: str
    before: str
    files: Mapping[str, bytes]
    folders: Sequence[tuple[str, str]] = ()


def is_pending(folder: Path) -> bool:
    """Whether an act was decided and not carried out to its end."""
    return (folder / ENVOIS / _PENDING).is_dir()


def carry_out(folder: Path, act: Act) -> bool:
    """Do an act as one; False when the case file is no longer the one it was prepared on.

    The caller holds the dossier, and no act is pending.
    Raises OSError: before the act is decided nothing has changed; after, `settle` completes it.
    """
    fresh = folder / ENVOIS / _FRESH
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        moves = [*act.folders]
        for rank, (target, content) in enumerate(act.files.items()):
            _write(fresh / str(rank), content)
            moves.insert(rank, (f"{ENVOIS}/{_PENDING}/{rank}", target))
        plan = {"acte": act.name, "avant": act.before, "gestes": moves}
        _write(fresh / _PLAN, json.dumps(plan, ensure_ascii=False).encode())
        _sync(fresh)
        fresh.rename(folder / ENVOIS / _PENDING)
    except OSError:
        shutil.rmtree(fresh, ignore_errors=True)
        _remove_if_empty(folder / ENVOIS)
        raise
    settled = settle(folder)
    return settled is not None and settled[1]


def settle(folder: Path) -> tuple[str, bool] | None:
    """Complete an act that was interrupted, or abandon it; return its name, whether it is done.

    It is abandoned when the case file was changed before anything was moved. Raises OSError.
    """
    pending = folder / ENVOIS / _PENDING
    if not pending.is_dir():
        return None
    plan = json.loads((pending / _PLAN).read_bytes())
    is_done = _is_begun(folder, plan) or _is_unchanged(folder, plan)
    if is_done:
        for source, target in plan["gestes"]:
            _move(folder / source, folder / target)
        _sync(folder)
    spent = pending.with_name(_FRESH)
    shutil.rmtree(spent, ignore_errors=True)
    pending.rename(spent)
    shutil.rmtree(spent, ignore_errors=True)
    return plan["acte"], is_done


def _is_begun(folder: Path, plan: dict[str, Any]) -> bool:
    return not (folder / plan["gestes"][0][0]).exists()


def _is_unchanged(folder: Path, plan: dict[str, Any]) -> bool:
    path = folder / plan["gestes"][0][1]
    return path.is_file() and sha256(path.read_bytes()) == plan["avant"]


def _move(source: Path, target: Path) -> None:
    """Move a file or a folder to its place, unless that was done."""
    if not source.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_file() and target.is_file():
        shutil.copymode(target, source)
    source.replace(target)
    _sync(target.parent)


def _write(path: Path, content: bytes) -> None:
    """Write a file down to the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Write a folder's names down to the disk, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove_if_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()

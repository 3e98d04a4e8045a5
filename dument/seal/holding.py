"""One act at a time on a dossier: a file made only if absent says who is at work.

Its owner may have died: on one machine its process is looked for; on Windows the file of a living
owner cannot be moved away. Elsewhere nothing is guessed: the user is told which file to delete.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

HOLD_FILE = ".dossier.en-cours"


class Busy(Exception):
    """Another act is under way on this dossier; `path` is the file that says so."""

    def __init__(self, path: Path, owner: dict[str, object]) -> None:
        super().__init__(str(path))
        self.path = path
        self.owner = owner


@contextmanager
def hold(folder: Path) -> Iterator[Callable[[], None]]:
    """Keep a dossier for oneself; yields what checks that it is still so.

    Raises Busy when another process holds it.
    """
    path = folder / HOLD_FILE
    me: dict[str, object] = {
        "processus": os.getpid(),
        "machine": socket.gethostname(),
        "jeton": secrets.token_hex(8),
    }
    handle = _make(path, me)

    def still_held() -> None:
        if _owner(path) != me:
            raise Busy(path, _owner(path))

    try:
        yield still_held
    finally:
        os.close(handle)
        if _owner(path) == me:
            path.unlink(missing_ok=True)


def _make(path: Path, me: dict[str, object]) -> int:
    """Make the file and keep it open, after a dead owner's was taken away."""
    owner = _owner(path)
    if path.exists() and not (_is_gone(owner) and _is_moved_away(path, owner)):
        raise Busy(path, owner)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    except FileExistsError:
        raise Busy(path, _owner(path)) from None
    try:
        os.write(handle, json.dumps(me).encode())
    except OSError:
        os.close(handle)
        path.unlink(missing_ok=True)
        raise
    return handle


def _owner(path: Path) -> dict[str, object]:
    """Return what the file says; empty when it says nothing yet, or is gone."""
    try:
        read = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}


def _is_gone(owner: dict[str, object]) -> bool:
    """Whether the owner is known to be dead; on Windows moving its file away will tell."""
    if os.name == "nt":
        return True
    process = owner.get("processus")
    if owner.get("machine") != socket.gethostname() or not isinstance(process, int):
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except OSError:
        pass
    return False


def _is_moved_away(path: Path, owner: dict[str, object]) -> bool:
    """Take a dead owner's file away; what was moved by mistake is put back."""
    aside = path.with_name(f"{path.name}.{owner.get('jeton', 'vide')}")
    try:
        path.rename(aside)
    except OSError:
        return False
    if _owner(aside) != owner:
        aside.rename(path)
        return False
    aside.unlink()
    return True

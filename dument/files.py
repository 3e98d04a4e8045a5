"""The files of an output by name: the large ones wait on the disk, read when asked for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp
from typing import BinaryIO
from weakref import finalize

from dument.digests import sha256, sha256_of

LARGEST_HELD = 64 * 1024  # bytes kept in memory; more waits on the disk
MEGABYTE = 1_000_000  # the smaller reading of « Mo », safe under either


class Room:
    """A temporary folder, made when something is put there; it goes with the last that is."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._made = 0

    def place(self) -> Path:
        """Return a path where nothing stands yet."""
        if self._folder is None:
            self._folder = Path(mkdtemp(prefix="dument-"))
            finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        self._made += 1
        return self._folder / str(self._made)

    def keep(self, content: bytes) -> Held:
        """Keep a content: in memory, or here when it is large."""
        if len(content) <= LARGEST_HELD:
            return Held(content)
        path = self.place()
        path.write_bytes(content)
        return Held(path, self)


@dataclass(frozen=True)
class Held:
    """A content, in memory or in a file of a room. Nothing writes in that file any more."""

    at: bytes | Path
    room: Room | None = None

    @cached_property
    def size(self) -> int:
        """How many bytes it has."""
        return self.at.stat().st_size if isinstance(self.at, Path) else len(self.at)

    @cached_property
    def sha256(self) -> str:
        """Its SHA-256, in hexadecimal."""
        return sha256_of(self.at) if isinstance(self.at, Path) else sha256(self.at)

    def read(self) -> bytes:
        """Return the content, whole."""
        return self.at.read_bytes() if isinstance(self.at, Path) else self.at

    def open(self) -> BinaryIO:
        """Open the content, to be read bit by bit."""
        return self.at.open("rb") if isinstance(self.at, Path) else BytesIO(self.at)

    def copy_to(self, target: Path) -> None:
        """Write the content where it must go, and the folders it stands in."""
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(self.at, Path):
            shutil.copyfile(self.at, target)
        else:
            target.write_bytes(self.at)


class Files(MutableMapping[str, bytes]):
    """Contents by name; the large ones stand in a room.

    >>> files = Files({"a.txt": b"abc"})
    >>> files["b.pdf"] = bytes(LARGEST_HELD + 1)
    >>> [len(files[name]) for name in files]
    [3, 65537]
    >>> files.held("b.pdf").size
    65537
    """

    def __init__(self, files: Mapping[str, bytes] | None = None) -> None:
        self.room = Room()
        self._held: dict[str, Held] = {}
        self.update(files or {})

    def __getitem__(self, name: str) -> bytes:
        return self._held[name].read()

    def __setitem__(self, name: str, content: bytes) -> None:
        self._held[name] = self.room.keep(content)

    def __delitem__(self, name: str) -> None:
        del self._held[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def __contains__(self, name: object) -> bool:
        return name in self._held

    def __ior__(self, others: Mapping[str, bytes]) -> Files:
        self.update(others)
        return self

    def held(self, name: str) -> Held:
        """Return a content that is not read yet."""
        return self._held[name]

    def hold(self, name: str, held: Held) -> None:
        """Take a content as it is held."""
        self._held[name] = held

    def and_one(self, name: str, content: bytes) -> Files:
        """Return these files and one more, which is not added to them."""
        more = Files()
        more._held = {**self._held, name: more.room.keep(content)}
        return more


def held_of(files: Mapping[str, bytes], name: str) -> Held:
    """Return one of some files, not read yet if it stands on the disk."""
    return files.held(name) if isinstance(files, Files) else Held(files[name])

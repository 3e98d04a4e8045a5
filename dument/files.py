"""The files of an output by name: the large ones wait on the disk, read when asked for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from weakref import finalize

from dument.digests import sha256, sha256_of

LARGEST_HELD = 64 * 1024


@dataclass(frozen=True, slots=True)
class Weight:
    """What is said of a file without reading it: its size in bytes and its SHA-256."""

    size: int
    sha256: str


class Files(MutableMapping[str, bytes]):
    """Contents by name. What is large stands in a temporary folder that goes with this object.

    >>> files = Files()
    >>> files["a.txt"] = b"abc"
    >>> files["b.pdf"] = bytes(LARGEST_HELD + 1)
    >>> [len(files[name]) for name in files]
    [3, 65537]
    >>> weight_of(files, "b.pdf").size
    65537
    """

    def __init__(self) -> None:
        self._held: dict[str, bytes | Path] = {}
        self._weights: dict[str, Weight] = {}
        self._folder: Path | None = None
        self._made = 0

    def __getitem__(self, name: str) -> bytes:
        held = self._held[name]
        return held.read_bytes() if isinstance(held, Path) else held

    def __setitem__(self, name: str, content: bytes) -> None:
        self._weights.pop(name, None)
        if len(content) > LARGEST_HELD:
            path = self.room()
            path.write_bytes(content)
            self._held[name] = path
            self._weights[name] = Weight(len(content), sha256(content))
        else:
            self._held[name] = content

    def __delitem__(self, name: str) -> None:
        del self._held[name]
        self._weights.pop(name, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def __contains__(self, name: object) -> bool:
        return name in self._held

    def __ior__(self, others: Mapping[str, bytes]) -> Files:
        self.update(others)
        return self

    def room(self) -> Path:
        """Return a path of the temporary folder where nothing stands yet."""
        if self._folder is None:
            self._folder = Path(mkdtemp(prefix="dument-"))
            finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        self._made += 1
        return self._folder / str(self._made)

    def adopt(self, name: str, path: Path) -> None:
        """Take a file written in a `room` as it is."""
        self._weights.pop(name, None)
        self._held[name] = path

    def copy_to(self, name: str, target: Path) -> None:
        """Write a file where it must go, without holding it in memory."""
        held = self._held[name]
        if isinstance(held, Path):
            shutil.copyfile(held, target)
        else:
            target.write_bytes(held)

    def weight(self, name: str) -> Weight:
        """Return the size and the fingerprint of a file, which is read at most once for them."""
        if name not in self._weights:
            held = self._held[name]
            if isinstance(held, bytes):
                self._weights[name] = Weight(len(held), sha256(held))
            else:
                self._weights[name] = Weight(held.stat().st_size, sha256_of(held))
        return self._weights[name]


def weight_of(files: Mapping[str, bytes], name: str) -> Weight:
    """Return the size and the fingerprint of one of some files."""
    if isinstance(files, Files):
        return files.weight(name)
    return Weight(len(files[name]), sha256(files[name]))


def write_one(files: Mapping[str, bytes], name: str, target: Path) -> None:
    """Write one of some files, and the folders it stands in."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(files, Files):
        files.copy_to(name, target)
    else:
        target.write_bytes(files[name])

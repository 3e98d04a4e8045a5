"""Watching folders by looking at them again: what was added, changed or taken away.

The standard library has no file events; asking the size and date of each file does the same on
every system and on network drives, for some ten milliseconds a thousand files.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

_PASSING = ("~", ".swp", ".swx", ".tmp")  # what editors leave for a moment
Look = dict[str, tuple[int, int, int]]
FEW = 1000
"""Files that are all looked at each time; of more, those that people write come first."""
WRITTEN = (".yaml", ".md", ".html", ".css", ".js")
EVERY = 6
"""How often all of many files are looked at: once in so many times."""


class Watch:
    """The state of some files and folders as last seen."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._paths = [path.resolve() for path in dict.fromkeys(paths)]
        self._seen = self._look()
        self._turn = 0

    def changed(self) -> set[Path]:
        """Return what has changed since the last time, and take it as seen."""
        self._turn += 1
        is_whole = len(self._seen) <= FEW or self._turn % EVERY == 0
        now, before = self._look() if is_whole else self._glance(), self._seen
        self._seen = now
        return {Path(one) for one, _ in now.items() ^ before.items()}

    def _glance(self) -> Look:
        """Look again at the files that people write, as far as they are known."""
        now = dict(self._seen)
        for name in (one for one in self._seen if one.endswith(WRITTEN)):
            try:
                now[name] = _state(Path(name).stat())
            except OSError:
                del now[name]
        return now

    def _look(self) -> Look:
        return dict(one for path in self._paths for one in _files(path))


def _files(path: Path) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """Yield the files below a path with what betrays a change; what vanishes meanwhile is not."""
    try:
        if path.is_dir():
            yield from _below(str(path))
        else:
            yield str(path), _state(path.stat())
    except OSError:
        return


def _below(folder: str) -> Iterator[tuple[str, tuple[int, int, int]]]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    yield from _below(entry.path)
                elif entry.is_file() and not entry.name.endswith(_PASSING):
                    yield entry.path, _state(entry.stat())
    except OSError:
        return


def _state(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_mtime_ns, found.st_size, found.st_ino

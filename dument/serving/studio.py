"""The dossiers being served: each is worked out when it is asked for, again when it changed."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterable, MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from dument.diagnostics import Diagnostic, has_errors
from dument.dossier import Dossier
from dument.kit import Kit
from dument.memory import recall_current
from dument.pages import PortfolioEntry, portfolio_entry
from dument.pdf import EngineFault, EngineMissing
from dument.pipeline import prepare, produce
from dument.printing import print_letter, read_letter_images, sheets
from dument.serving.lazily import unmade_files
from dument.templating import TemplateFault
from dument.workshop import Workshop, open_workshop

FAULTS = (TemplateFault, OSError, EngineFault, EngineMissing)
KEPT = 40
"""Dossiers whose pages stay in memory; the others are made again when asked for."""


@dataclass(slots=True)
class Shelf:
    """One dossier: its pages as last made well, its findings, and what is left to do."""

    folder: Path
    version: int = 1
    is_stale: bool = True
    dossier: Dossier | None = None
    pages: MutableMapping[str, bytes] = field(default_factory=dict)
    faults: tuple[Diagnostic, ...] = ()
    entry: PortfolioEntry | None = None
    has_entry: bool = False

    def age(self) -> None:
        """Take note of a change: what was made stays to be shown while the file is faulty."""
        self.version += 1
        self.is_stale, self.has_entry = True, False


class Studio:
    """Several dossiers, worked out one at a time; safe to ask from several threads.

    `scan` finds the dossiers' folders; `excuse` turns what cannot go on into a finding; `tell` is
    called with each dossier's findings when it has been worked out anew; `output` is where a
    build may have left its memory.
    """

    def __init__(
        self,
        kit: Kit,
        scan: Callable[[], Sequence[Path]],
        as_of: date,
        excuse: Callable[[Exception], Diagnostic],
        tell: Callable[[str, Sequence[Diagnostic]], None],
        *,
        output: Path | None = None,
        strict: bool = False,
    ) -> None:
        self.kit = kit
        self.shelves: dict[str, Shelf] = {}
        self._as_of, self._strict, self._output = as_of, strict, output
        self._scan, self._excuse, self._tell = scan, excuse, tell
        self._index: dict[str, bytes] | None = None
        self._work = threading.RLock()
        self._news = threading.Condition()
        self._run, self._edition = secrets.token_hex(4), 1
        self.workshop: Workshop | None = None
        self.shared_faults: tuple[Diagnostic, ...] = ()
        self._open()

    def version(self, name: str = "") -> str:
        """Return the version of a dossier, or of the index of all; it differs at each run."""
        shelf = self.shelves.get(name)
        return f"{self._run}-{shelf.version if shelf else 0}-{0 if shelf else self._edition}"

    def wait(self, name: str, known: str, seconds: float) -> str:
        """Return the version of a dossier as soon as it is not the known one, or after a while."""
        with self._news:
            self._news.wait_for(lambda: self.version(name) != known, seconds)
            return self.version(name)

    def take_note(self, changed: Iterable[Path]) -> None:
        """Mark what changed files bear on: a dossier's own, or all when they are shared."""
        paths = list(changed)
        own = {
            name
            for name, shelf in self.shelves.items()
            if any(path.is_relative_to(shelf.folder) for path in paths)
        }
        folders = [one.folder for one in self.shelves.values()]
        is_shared = any(not any(path.is_relative_to(one) for one in folders) for path in paths)
        with self._work:
            if is_shared:
                self._open()
            for name in self.shelves if is_shared else own:
                self.shelves[name].age()
            self._index = None
        self._publish()

    def made(self, name: str) -> Shelf:
        """Return a dossier, worked out again when it changed."""
        shelf = self.shelves[name]
        with self._work:
            if shelf.is_stale or not (shelf.pages or shelf.faults):
                self._make(shelf)
                self._rest(shelf)
        return shelf

    def file(self, name: str, path: str) -> tuple[bytes | None, tuple[Diagnostic, ...]]:
        """Return a file of a dossier, printed now when it is a PDF; None when there is none."""
        with self._work:
            shelf = self.made(name)
            found = shelf.pages.get(path)
            if found != b"" or shelf.dossier is None:
                return found, ()
            try:
                return self._printed(shelf, shelf.dossier, path)
            except FAULTS as fault:
                return None, (self._excuse(fault),)

    def index(self) -> tuple[dict[str, bytes], int]:
        """Return the owner's index of what is known, and how many dossiers are still unread."""
        with self._work:
            known = [one for one in self.shelves.values() if one.has_entry]
            if self._index is None and self.workshop is not None:
                failed = [one.folder.name for one in known if one.entry is None]
                entries = [one.entry for one in known if one.entry is not None]
                self._index = self.workshop.site.portfolio(entries, failed)
            return self._index or {}, len(self.shelves) - len(known)

    def fill_one(self) -> bool:
        """Learn the line of one more dossier in the index; False when all are known."""
        with self._work:
            shelf = next((one for one in self.shelves.values() if not one.has_entry), None)
            if shelf is None or self.workshop is None:
                return False
            self._learn(self.workshop, shelf)
            self._index = None
            is_last = all(one.has_entry for one in self.shelves.values())
        if is_last:
            self._publish()
        return not is_last

    def _open(self) -> None:
        try:
            workshop, found = open_workshop(self.kit)
        except FAULTS as fault:
            workshop, found = None, [self._excuse(fault)]
        failed = has_errors(found, strict=self._strict)
        self.shared_faults = tuple(found) if failed else ()
        self.workshop = None if failed else workshop
        self._tell("", found)
        former = self.shelves
        self.shelves = {
            folder.name: former.get(folder.name, Shelf(folder)) for folder in self._scan()
        }

    def _make(self, shelf: Shelf) -> None:
        """Work a dossier out; its former pages stay when it is faulty."""
        shelf.is_stale = False
        if self.workshop is None:
            shelf.faults = self.shared_faults
            return
        try:
            dossier, found = prepare(self.workshop, shelf.folder, self._as_of)
            failed = dossier is None or has_errors(found, strict=self._strict)
            if dossier is not None and not failed:
                pages = self.workshop.site.pages(dossier, unmade_files(dossier))
                shelf.pages = {**unmade_files(dossier), **pages}
                shelf.dossier = dossier
        except FAULTS as fault:
            dossier, found, failed = None, [self._excuse(fault)], True
        shelf.faults = tuple(found) if failed else ()
        shelf.entry = portfolio_entry(dossier) if dossier is not None else None
        shelf.has_entry, self._index = True, None
        self._tell(shelf.folder.name, found)

    def _learn(self, workshop: Workshop, shelf: Shelf) -> None:
        """Give a dossier its line: what a build remembers of it, else it is worked out."""
        output = self._output and self._output / shelf.folder.name
        known = output and recall_current(workshop, shelf.folder, output, self._as_of)
        if known:
            shelf.entry, shelf.has_entry = known.entry, True
            return
        try:
            dossier, _ = prepare(workshop, shelf.folder, self._as_of)
        except FAULTS:
            dossier = None
        shelf.entry = portfolio_entry(dossier) if dossier else None
        shelf.has_entry = True

    def _printed(
        self, shelf: Shelf, dossier: Dossier, path: str
    ) -> tuple[bytes | None, tuple[Diagnostic, ...]]:
        """Print one letter alone; anything else is made with all the rest."""
        workshop = self.workshop
        if workshop is None:
            return None, self.shared_faults
        letter = dict(sheets(dossier)).get(path)
        if letter is not None:
            images, _ = read_letter_images(dossier.case, dossier.places, dossier.folder)
            shelf.pages[path] = print_letter(workshop, letter, images).pdf
            return shelf.pages[path], ()
        files, found = produce(workshop, dossier)
        if has_errors(found, strict=self._strict):
            return None, tuple(found)
        shelf.pages = files
        return files.get(path), ()

    def _rest(self, latest: Shelf) -> None:
        """Let go of the pages of some dossiers when many are held."""
        held = [one for one in self.shelves.values() if one.pages and one is not latest]
        for one in held[: max(0, len(held) - KEPT)]:
            one.pages, one.dossier, one.is_stale = {}, None, True

    def _publish(self) -> None:
        with self._news:
            self._edition += 1
            self._news.notify_all()

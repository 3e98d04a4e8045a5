"""Documents piled page upon page into one, whose memory stays small however heavy they are."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from types import TracebackType

from pikepdf import Array, Name, ObjectStreamMode, Page, Pdf, StreamDecodeLevel

from dument.pdf.actives import still_document, still_page
from dument.pdf.destinations import Destinations, settle
from dument.pdf.exhibits import TAIL, UNREADABLE, is_sound
from dument.pdf.layers import carry_layers
from dument.pdf.sheets import unload

MOST_IN_MEMORY = 128 * 2**20


class Pile:
    """A document that grows. pikepdf holds what it copies from another one in memory.

    Past `MOST_IN_MEMORY` the pile is set down in a file beside `target` and read again from there,
    which leaves its streams on the disk.
    """

    def __init__(self, target: Path) -> None:
        self.pdf = Pdf.new()
        self._target = target
        self._pages: list[Page] = []
        self._annotated: list[int] = []
        self._in_memory = 0
        self.weight = 0  # bytes of all that was added
        self._files: list[Path] = []
        self._digest = sha256()

    def __enter__(self) -> Pile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: object, trace: TracebackType | None
    ) -> None:
        self.pdf.close()
        for file in self._files:
            file.unlink(missing_ok=True)

    @property
    def pages(self) -> Sequence[Page]:
        """The pages so far, which `plant` puts into the document."""
        return self._pages

    @property
    def annotated(self) -> Sequence[int]:
        """The indices of the pages that bear annotations."""
        return self._annotated

    @property
    def name(self) -> bytes:
        """An identifier drawn from the parts: from the identifier and the size of each."""
        return self._digest.digest()[:16]

    def append(self, part: bytes | Path) -> int | None:
        """Add the pages of a document; return the index of the first, None if it is broken."""
        start = len(self._pages)
        try:
            self._append(part, start)
        except UNREADABLE:
            del self._pages[start:]
            return None
        if self._in_memory > MOST_IN_MEMORY:
            self._set_down()
        return start

    def _append(self, part: bytes | Path, start: int) -> None:
        with Pdf.open(part if isinstance(part, Path) else BytesIO(part)) as source:
            messages = source.get_warnings()
            if messages and not is_sound(messages, _tail(part)):
                raise ValueError("a part of the bundle is not whole")
            still_document(source)
            destinations = Destinations(source)
            pages = list(source.pages)
            annotated = [rank for rank, page in enumerate(pages) if _free(page, destinations)]
            self._pages += [Page(self.pdf.copy_foreign(page.obj)) for page in pages]
            carry_layers(source, self.pdf)
            size = part.stat().st_size if isinstance(part, Path) else len(part)
            called = source.trailer.get(Name.ID)
            self._digest.update(b"%d %b" % (size, called.unparse() if called else b""))
            self._in_memory += size
            self.weight += size
        if destinations.are_marked:
            settle(self._pages[start:])
        self._annotated += [start + rank for rank in annotated]

    def plant(self) -> Pdf:
        """Return the document with all its pages, given at once: pikepdf counts them at each."""
        tree = self.pdf.Root.Pages
        for page in self._pages:
            page.obj.Parent = tree
        tree.Kids, tree.Count = Array([page.obj for page in self._pages]), len(self._pages)
        return self.pdf

    def _set_down(self) -> None:
        file = self._target.with_name(f"{self._target.name}.{len(self._files)}")
        self._files.append(file)
        self.plant().save(
            file,
            compress_streams=False,
            stream_decode_level=StreamDecodeLevel.none,
            object_stream_mode=ObjectStreamMode.disable,
            static_id=True,
        )
        self.pdf.close()
        self.pdf = Pdf.open(file)
        self._pages = list(self.pdf.pages)
        for former in self._files[:-1]:
            former.unlink(missing_ok=True)
        self._in_memory = 0


def _free(page: Page, destinations: Destinations) -> bool:
    """Cut a page from its document; its links keep the number of the page they lead to.

    Returns whether it bears annotations.
    """
    unload(page)
    if "/Annots" not in page.obj:
        return False
    still_page(page)
    destinations.mark(page)
    return True


def _tail(part: bytes | Path) -> bytes:
    if isinstance(part, bytes):
        return part[-TAIL:]
    with part.open("rb") as opened:
        opened.seek(max(0, part.stat().st_size - TAIL))
        return opened.read()

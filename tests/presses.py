"""A press that prints equal documents once, for the tests whose subject is elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dument.pdf import Enclosure, Press, Printed


class OncePress(Press):
    """A press that remembers what it printed, by the document, its assets and its enclosures."""

    def __init__(self, fonts: Sequence[Path], styles: Sequence[str]) -> None:
        super().__init__(fonts, styles)
        self._printed: dict[Any, Printed] = {}

    def print(
        self, html: str, assets: Mapping[str, bytes], *, attachments: Sequence[Enclosure] = ()
    ) -> Printed:
        return self._once(super().print, html, assets, attachments=tuple(attachments))

    def print_plain(
        self, html: str, assets: Mapping[str, bytes], *, styled: bool = True
    ) -> Printed:
        return self._once(super().print_plain, html, assets, styled=styled)

    def forgetful(self) -> Press:
        """Return a press of the same faces and styles, which prints each time it is asked."""
        return Press(self._fonts, self._styles)

    def _once(
        self, work: Callable[..., Printed], html: str, assets: Mapping[str, bytes], **options: Any
    ) -> Printed:
        key = (work.__name__, html, tuple(sorted(assets.items())), tuple(options.values()))
        if key not in self._printed:
            self._printed[key] = work(html, assets, **options)
        return self._printed[key]


@contextmanager
def printing_once() -> Iterator[None]:
    """Let the workshops that are opened meanwhile share one press, and all it has printed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "dument.workshop.Press", lambda fonts, styles: _press(tuple(fonts), tuple(styles))
        )
        yield


@cache
def _press(fonts: tuple[Path, ...], styles: tuple[str, ...]) -> OncePress:
    return OncePress(fonts, styles)

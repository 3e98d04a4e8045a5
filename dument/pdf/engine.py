"""WeasyPrint behind one door: late import, closed resources, a log that becomes diagnostics."""

from __future__ import annotations

import logging
import mimetypes
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import unquote

from dument.diagnostics import Diagnostic, error, warning

ASSET_SCHEME = "asset:"
# The standard table alone: what the machine declares must not change the output.
MEDIA_TYPES = mimetypes.MimeTypes()


class EngineMissing(Exception):
    """The libraries that lay out pages cannot be loaded on this machine."""


class EngineFault(Exception):
    """The engine could not go through a style sheet or a document; says which, in French."""


_FAULTS = (
    ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, SyntaxError,
    TypeError, ValueError,
)  # fmt: skip


@contextmanager
def stopped_at(what: str) -> Iterator[None]:
    """Raise EngineFault, which names what was read, for whatever the engine raises."""
    try:
        yield
    except _FAULTS as fault:
        cause = f"{type(fault).__name__} : {fault_line(fault)}"
        message = f"le moteur de mise en page s’arrête sur {what} ({cause})"
        raise EngineFault(message) from fault


def load_engine() -> Any:
    """Import WeasyPrint, half a second the first time.

    Raises EngineMissing, with a French message, when Pango or the package itself is not there.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            import weasyprint
    except OSError as fault:
        raise EngineMissing(
            "la bibliothèque Pango, qui met les lettres en page, est introuvable ou incomplète "
            f"sur cet ordinateur ({fault_line(fault)})"
        ) from fault
    except ImportError as fault:
        raise EngineMissing(
            f"le moteur de mise en page WeasyPrint ne se charge pas ({fault_line(fault)})"
        ) from fault
    return weasyprint


def fault_line(fault: BaseException) -> str:
    """Return the first line of an exception's message, for use inside a sentence."""
    lines = str(fault).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(fault).__name__


def engine_versions() -> dict[str, str]:
    """Name every library whose version can change the bytes of a letter."""
    import zlib

    import pikepdf
    import PIL

    engine = load_engine()
    from weasyprint.text.ffi import pango

    number = pango.pango_version()
    return {
        "weasyprint": engine.__version__,
        "pango": f"{number // 10000}.{number // 100 % 100}.{number % 100}",
        "pikepdf": pikepdf.__version__,
        "qpdf": pikepdf.__libqpdf_version__,
        "pillow": PIL.__version__,
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }


def has_fast_subsetter() -> bool:
    """Tell whether libharfbuzz-subset is there; without it a letter takes four times longer."""
    load_engine()
    from weasyprint.text import ffi

    return ffi.harfbuzz_subset is not None


@dataclass(slots=True)
class Shelf:
    """What one document may load: its named assets, and the data URLs of our own style sheets.

    Every other address is refused, whatever it is: no file, no network. Refusals are kept in
    `refused`, each once, in the order met.
    """

    assets: Mapping[str, bytes]
    styles: Sequence[str] = ()
    refused: list[str] = field(default_factory=list)

    def answer(self, url: str) -> Any:
        """Answer WeasyPrint's request for one address, or raise ValueError."""
        if url.startswith("data:") and any(url in style for style in self.styles):
            return self._own_data(url)
        name = unquote(url.removeprefix(ASSET_SCHEME))
        if not url.startswith(ASSET_SCHEME) or name not in self.assets:
            return self._refuse(url)
        return _answer(url, self.assets[name], MEDIA_TYPES.guess_type(name)[0])

    def fetcher(self) -> Any:
        """Return this shelf as the fetcher that WeasyPrint expects."""
        return _closed_fetcher()(self)

    def _own_data(self, url: str) -> Any:
        from weasyprint.urls import URLFetcher

        return URLFetcher(allowed_protocols=("data",)).fetch(url)

    def _refuse(self, url: str) -> Any:
        if url not in self.refused:
            self.refused.append(url)
        raise ValueError(f"refused: {url}")

    def diagnostics(self) -> list[Diagnostic]:
        """Say each refusal to the user."""
        return [_refusal(url) for url in self.refused]


@cache
def _closed_fetcher() -> type:
    """Define the fetcher late: its parent class lives in WeasyPrint."""
    from weasyprint.urls import URLFetcher

    class ClosedFetcher(URLFetcher):  # type: ignore[misc]
        def __init__(self, shelf: Shelf) -> None:
            super().__init__()
            self._shelf = shelf

        def fetch(self, url: str, headers: object = None) -> Any:
            return self._shelf.answer(url)

    return ClosedFetcher


def _answer(url: str, content: bytes, media_type: str | None) -> Any:
    from weasyprint.urls import URLFetcherResponse

    headers = {"Content-Type": media_type or "application/octet-stream"}
    return URLFetcherResponse(url, content, headers)


def _refusal(url: str) -> Diagnostic:
    shown = url if len(url) <= 80 else f"{url[:77]}…"
    if url.startswith(ASSET_SCHEME):
        return error(
            "pdf/ressource-refusee",
            f"l’image « {unquote(shown.removeprefix(ASSET_SCHEME))} » n’est pas fournie",
            hint="vérifiez le nom du fichier et sa présence à côté du dossier",
        )
    return error(
        "pdf/ressource-refusee",
        f"le document demande « {shown} », hors du dossier : ressource refusée",
        hint="une lettre ne charge rien du réseau ni du disque : "
        "copiez le fichier dans le dossier et nommez-le là où il est attendu",
    )


class _Collector(logging.Handler):
    """Keep the messages of the engine, each once."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        self.messages[record.getMessage()] = None


@contextmanager
def recorded_log() -> Iterator[list[str]]:
    """Collect what WeasyPrint logs at warning level and above; nothing reaches other handlers.

    fontTools, used by the engine when HarfBuzz lacks its subsetter, tells its progress as
    warnings: only its errors count.
    """
    collector = _Collector()
    messages: list[str] = []
    with (
        _tuned("weasyprint", logging.WARNING, collector),
        _tuned("fontTools", logging.ERROR, collector),
        warnings.catch_warnings(),
    ):
        # WeasyPrint 70 leaves its colour profile open until the collector comes by.
        warnings.simplefilter("ignore", ResourceWarning)
        yield messages
    messages.extend(collector.messages)


@contextmanager
def _tuned(name: str, level: int, handler: logging.Handler) -> Iterator[None]:
    logger = logging.getLogger(name)
    before = logger.level, logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    logger.setLevel(level)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.level, logger.propagate = before
        logger.setLevel(before[0])


def engine_diagnostics(messages: Sequence[str], shelf: Shelf) -> list[Diagnostic]:
    """Turn log messages into diagnostics, those about a refused address excepted."""
    return shelf.diagnostics() + [
        warning(
            "pdf/avertissement-moteur",
            f"le moteur de mise en page signale : {message}",
            hint="la page sort, mais regardez-la ; corrigez le modèle, le style ou l’image nommés",
        )
        for message in messages
        if not any(url in message for url in shelf.refused)
    ]

"""The HTTP server of one machine: it reads, it never writes, and it knows its own name.

A page of the open web can make a browser ask for any address; a name that it owns and points at
this machine (DNS rebinding) would let it read the answer. Only `localhost`, addresses in figures
and the name given are answered.
"""

from __future__ import annotations

import ipaddress
import socket
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from dument.serving.answering import Answer, Desk
from dument.serving.studio import Studio
from dument.serving.watching import Watch

PULSE = 0.25
"""Seconds between two looks at the files."""
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}


class Refused(ValueError):
    """An address that is not written `host:port`."""


def parse_address(text: str) -> tuple[str, int]:
    """Read `127.0.0.1:8000` or `[::1]:8000`; raises Refused.

    >>> parse_address("localhost:8000")
    ('localhost', 8000)
    """
    host, colon, port = text.rpartition(":")
    if not (colon and host and port.isascii() and port.isdigit() and int(port) < 65536):
        raise Refused(text)
    return host.removeprefix("[").removesuffix("]"), int(port)


def is_loopback(host: str) -> bool:
    """Whether a host can only be reached from this machine."""
    return host == "localhost" or (_is_figures(host) and ipaddress.ip_address(host).is_loopback)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server
    timeout = 60  # seconds

    def do_GET(self) -> None:
        """Answer with what the desk gives, or refuse a name that is not ours."""
        answer = self.server.desk.answer(self.path) if self._is_known() else _foreign()
        self.send_response(answer.status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        if answer.place:
            self.send_header("Location", answer.place)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def do_HEAD(self) -> None:
        """Answer as to GET, without the body."""
        self.do_GET()

    def version_string(self) -> str:
        """Name the server, not the machine's Python."""
        return "dument"

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing of each request."""

    def _is_known(self) -> bool:
        try:
            host, _ = parse_address(_with_port(self.headers.get("Host", "")))
        except Refused:
            return False
        return host.lower() in ("localhost", self.server.host) or _is_figures(host)


class Server(ThreadingHTTPServer):
    """Listens on an address, watches the files, and fills the index, until it is closed."""

    daemon_threads = True
    allow_reuse_address = sys.platform != "win32"  # where it would let two servers share a port

    def __init__(self, address: tuple[str, int], desk: Desk) -> None:
        self.host, self.desk = address[0].lower(), desk
        self._is_closing = threading.Event()
        self._workers: list[threading.Thread] = []
        if ":" in address[0]:
            self.address_family = socket.AF_INET6
        super().__init__(address, _Handler)

    def keep(self, work: Callable[[], object], pause: float = PULSE) -> None:
        """Do some work again and again in the background, with a pause between, until closed."""

        def again() -> None:
            while not self._is_closing.wait(pause):
                work()

        worker = threading.Thread(target=again, daemon=True)
        self._workers.append(worker)
        worker.start()

    def watch(self, watch: Watch, studio: Studio) -> None:
        """Tell the studio of every change."""

        def look() -> None:
            changed = watch.changed()
            if changed:
                studio.take_note(changed)

        self.keep(look)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Leave a browser that went away alone; anything else is a fault of ours, and is said."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)

    def server_close(self) -> None:
        """Stop listening and watching, once the work under way is done.

        Python, as it ends, cuts a thread wherever it is: libraries in C++ then abort the program.
        """
        self._is_closing.set()
        super().server_close()
        for worker in self._workers:
            worker.join()


def _foreign() -> Answer:
    said = "Nom d’hôte inconnu : ouvrez l’adresse que « dument serve » a dite.\n"
    return Answer(421, "text/plain; charset=utf-8", said.encode())


def _with_port(host: str) -> str:
    return host if host.rpartition("]")[2].count(":") == 1 else f"{host}:80"


def _is_figures(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True

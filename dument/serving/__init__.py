"""`dument serve`: dossiers read in a browser while they are written, from memory alone.

Nothing is written in the project: pages are kept in memory, a PDF is printed when it is asked for.
"""

from __future__ import annotations

from dument.serving.answering import Answer, Desk
from dument.serving.listening import Refused, Server, is_loopback, parse_address
from dument.serving.studio import Studio
from dument.serving.watching import Watch

__all__ = [
    "Answer",
    "Desk",
    "Refused",
    "Server",
    "Studio",
    "Watch",
    "is_loopback",
    "parse_address",
]

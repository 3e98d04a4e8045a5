"""The print room: the one place that knows WeasyPrint and pikepdf.

Importing it costs nothing: each name is loaded when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dument.pdf.binding import Bound, Part, bind, first_pages
    from dument.pdf.engine import EngineFault, EngineMissing, engine_versions, has_fast_subsetter
    from dument.pdf.excerpts import arrange, page_count_of, undated
    from dument.pdf.exhibits import Sheets, inspect
    from dument.pdf.fonts import check_faces
    from dument.pdf.images import image_to_pdf, is_picture, is_whole_picture, look_at_picture
    from dument.pdf.press import Enclosure, Press, Printed
    from dument.pdf.reading import page_texts
    from dument.pdf.reduction import BUDGETS, reduce_pictures
    from dument.pdf.stamping import Stamp, place_stamp, print_stamp, stamp
    from dument.pdf.style import check_style
    from dument.pdf.window import Window, check_window, read_windows

__all__ = [
    "BUDGETS",
    "Bound",
    "Enclosure",
    "EngineFault",
    "EngineMissing",
    "Part",
    "Press",
    "Printed",
    "Sheets",
    "Stamp",
    "Window",
    "arrange",
    "bind",
    "check_faces",
    "check_style",
    "check_window",
    "engine_versions",
    "first_pages",
    "has_fast_subsetter",
    "image_to_pdf",
    "inspect",
    "is_picture",
    "is_whole_picture",
    "look_at_picture",
    "page_count_of",
    "page_texts",
    "place_stamp",
    "print_stamp",
    "read_windows",
    "reduce_pictures",
    "stamp",
    "undated",
]

_HOMES = {
    "binding": ("Bound", "Part", "bind", "first_pages"),
    "engine": ("EngineFault", "EngineMissing", "engine_versions", "has_fast_subsetter"),
    "excerpts": ("arrange", "page_count_of", "undated"),
    "exhibits": ("Sheets", "inspect"),
    "fonts": ("check_faces",),
    "images": ("image_to_pdf", "is_picture", "is_whole_picture", "look_at_picture"),
    "press": ("Enclosure", "Press", "Printed"),
    "reading": ("page_texts",),
    "reduction": ("BUDGETS", "reduce_pictures"),
    "stamping": ("Stamp", "place_stamp", "print_stamp", "stamp"),
    "style": ("check_style",),
    "window": ("Window", "check_window", "read_windows"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)

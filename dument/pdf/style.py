"""The firm's own style sheet, read before anything is printed: can its colours be read?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dument.diagnostics import Diagnostic, Position, warning

LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3, for ordinary text on white paper
_INK = re.compile(
    r"(?<![\w-])(color|--(?:accent|texte|second|discret))\s*:\s*#([0-9a-f]{6}|[0-9a-f]{3})\b",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def check_style(css: str, name: str) -> Iterator[Diagnostic]:
    """Say which inks of a style sheet are too pale on white.

    Diagnostics: papier/contraste.
    """
    css = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), css)
    for found in _INK.finditer(css):
        ratio = contrast_on_white(found[2])
        if ratio < LEAST_CONTRAST:
            line = css.count("\n", 0, found.start()) + 1
            column = found.start() - css.rfind("\n", 0, found.start())
            shown = f"{ratio:.1f}".replace(".", ",")
            message = f"l’encre #{found[2]} se lit mal sur le papier : contraste de {shown}"
            hint = "choisissez plus foncé : 4,5 au moins, et 7 pour être à l’aise"
            yield warning("papier/contraste", message, Position(name, line, column), hint)


def contrast_on_white(colour: str) -> float:
    """Return the contrast of a colour, three or six hexadecimal figures, with white (WCAG 2.2).

    >>> round(contrast_on_white("000"), 1), round(contrast_on_white("767676"), 2)
    (21.0, 4.54)
    """
    wide = colour if len(colour) == 6 else "".join(figure * 2 for figure in colour)
    red, green, blue = (_linear(int(wide[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

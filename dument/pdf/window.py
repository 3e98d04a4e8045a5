"""The window of the envelope, measured on the printed letter: the address in it, nothing else.

The windows stand in `letters/_papier/fenetres.yaml`, in millimetres from the top left corner.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, takewhile
from typing import Any, NamedTuple

from dument.diagnostics import Diagnostic, Level, Position, error
from dument.kit import Kit
from dument.pdf.ink import Box, Glyph, Ink, read_ink
from dument.source import plain, read_yaml

WINDOWS = "letters/_papier/fenetres.yaml"
TOUCH = 0.5  # millimetres that boxes of two lines may share: a kerned pair, an accent
WIDEST_SPACE = 4.0
BACKGROUND = 100.0  # a drawing taller than that is the sheet's own: draft mark, fold marks
WIDEST = 500.0  # millimetres
_SIDES = {"left": "la gauche", "top": "le haut", "right": "la droite", "bottom": "le bas"}
_SHORTEN = {
    "right": "raccourcissez cette ligne dans le dossier",
    "bottom": "raccourcissez le service, le complément ou le lieu-dit : une ligne de moins",
}
_MOVED = "c’est la feuille qui a bougé : voyez letters/_papier/entreprise.css et docs/papier.md"


@dataclass(frozen=True, slots=True)
class Window:
    """What an envelope shows of a sheet in every position, and what it may show in some."""

    name: str
    shown: Box
    may_show: Box
    level: Level


class _Line(NamedTuple):
    text: str
    box: Box


def read_windows(kit: Kit) -> tuple[tuple[Window, ...], list[Diagnostic]]:
    """Read the windows, the project's file over the kit's.

    Diagnostics: papier/fenetre-illisible.
    """
    path = kit.find(WINDOWS)
    name = kit.name_of(path)
    mapping, diagnostics = read_yaml(path, name)
    if mapping is None:
        return (), diagnostics
    given: Any = plain(mapping)
    try:
        windows = tuple(_window(one) for one in given["fenetres"])
        if windows:
            return windows, diagnostics
        message, hint = "aucune fenêtre n’est décrite", "sans la vôtre, supprimez ce fichier"
    except (AttributeError, KeyError, TypeError, ValueError):
        message = "une fenêtre n’est pas décrite comme il faut"
        hint = "chacune a nom, gravite, montre et peut_montrer (gauche, haut, droite, bas : mm)"
    return (), [*diagnostics, error("papier/fenetre-illisible", message, Position(name), hint)]


def _window(given: Any) -> Window:
    shown, may_show = (
        Box(*(float(given[zone][side]) for side in ("gauche", "haut", "droite", "bas")))
        for zone in ("montre", "peut_montrer")
    )
    for box in (shown, may_show):
        if not (0 <= box.left < box.right <= WIDEST and 0 <= box.top < box.bottom <= WIDEST):
            raise ValueError(box)
    return Window(str(given["nom"]), shown, may_show, Level(given["gravite"]))


def check_window(
    pdf: bytes, address: Sequence[str], windows: Sequence[Window]
) -> list[Diagnostic]:
    """Measure the first page of a letter whose address block is made of these lines.

    Diagnostics, with distances in millimetres: pdf/adresse-hors-fenetre,
    pdf/adresse-introuvable, pdf/fenetre-encombree, pdf/blocs-superposes.
    """
    return measure(read_ink(pdf), address, windows)


def measure(ink: Ink, address: Sequence[str], windows: Sequence[Window]) -> list[Diagnostic]:
    """Measure the ink of a first page: what `check_window` finds."""
    block, others = _parted(ink.glyphs, address, windows)
    found = list(_collisions(_lines(ink.glyphs)))
    if not block:
        message = "page 1 : l’adresse du destinataire n’est pas imprimée"
        return [*found, error("pdf/adresse-introuvable", message, hint=_MOVED)]
    for window in windows:
        found += _outside(_lines(block), window)
        found += _intruders(_lines(others), ink, window)
    return found


def _parted(
    glyphs: Sequence[Glyph], address: Sequence[str], windows: Sequence[Window]
) -> tuple[list[Glyph], list[Glyph]]:
    """Part the glyphs of the address from the others: the same words may stand elsewhere too."""
    wanted = _letters("".join(address))
    spelt = [
        (letter, rank) for rank, one in enumerate(glyphs) for letter in _letters(one.character)
    ]
    text = "".join(letter for letter, _ in spelt)
    places = []
    start = text.find(wanted)
    while wanted and start >= 0:
        ranks = range(spelt[start][1], spelt[start + len(wanted) - 1][1] + 1)
        places.append(_with_signs(ranks, glyphs, "".join(address)))
        start = text.find(wanted, start + 1)
    if not places:
        return [], list(glyphs)
    best = min(places, key=lambda ranks: _distance(ranks, glyphs, windows))
    return [glyphs[rank] for rank in best], [
        glyph for rank, glyph in enumerate(glyphs) if rank not in best
    ]


def _with_signs(ranks: range, glyphs: Sequence[Glyph], address: str) -> range:
    """Take in the signs that open and close the block, such as « guillemets »."""
    drawn = "".join(address.split())
    before = len(list(takewhile(lambda sign: not sign.isalnum(), drawn)))
    after = len(list(takewhile(lambda sign: not sign.isalnum(), reversed(drawn))))
    return range(max(ranks.start - before, 0), min(ranks.stop + after, len(glyphs)))


def _letters(text: str) -> str:
    """Keep letters and figures without their accents, however the face composes them."""
    spread = unicodedata.normalize("NFKD", text)
    return "".join(char for char in spread if char.isalnum())


def _distance(ranks: range, glyphs: Sequence[Glyph], windows: Sequence[Window]) -> float:
    box = Box.around([glyphs[rank].box for rank in ranks])
    return max(
        (far for window in windows for far in _overflow(box, window.shown).values()), default=0
    )


def _overflow(box: Box, frame: Box) -> dict[str, float]:
    """Return by how much a box leaves a frame on each side; negative where it does not."""
    return {
        "left": frame.left - box.left,
        "top": frame.top - box.top,
        "right": box.right - frame.right,
        "bottom": box.bottom - frame.bottom,
    }


def _lines(glyphs: Sequence[Glyph]) -> list[_Line]:
    """Group glyphs drawn one after the other into the lines they make."""
    if not glyphs:
        return []
    groups = [[glyphs[0]]]
    for before, glyph in pairwise(glyphs):
        follows = glyph.box.left > before.box.left - TOUCH  # a ligature's letters share one box
        is_near = glyph.box.left - before.box.right < WIDEST_SPACE
        if follows and is_near and before.box.overlap(glyph.box)[1] > -TOUCH:
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
    return [_Line(_spelt(group), Box.around([one.box for one in group])) for group in groups]


def _spelt(group: Sequence[Glyph]) -> str:
    spaced = (f" {one.character}" if one.opens_word else one.character for one in group)
    return "".join(spaced).strip()


def _outside(block: Sequence[_Line], window: Window) -> Iterator[Diagnostic]:
    """Say on which side the address leaves a window most, and which line does."""
    far, side, line = max(
        (far, side, line.text)
        for line in block
        for side, far in _overflow(line.box, window.shown).items()
    )
    if far > 0:
        message = (
            f"page 1 : « {line} » dépasse de {_mm(far)} {_SIDES[side]} de la fenêtre "
            f"({window.name})"
        )
        yield _said("pdf/adresse-hors-fenetre", window, message, _SHORTEN.get(side, _MOVED))


def _intruders(others: Sequence[_Line], ink: Ink, window: Window) -> Iterator[Diagnostic]:
    """Say what else the window may show, and how deep it enters: the worst alone."""
    drawings = [_Line("", one) for one in ink.drawings if one.bottom - one.top < BACKGROUND]
    entering = [line for line in (*others, *drawings) if line.box.meets(window.may_show)]
    if not entering:
        return
    depths = [(*_depth(line.box, window.may_show), line.text) for line in entering]
    depth, side, text = max(depths)
    named = f"« {text} »" if text else "un dessin ou un logo"
    message = (
        f"page 1 : {named} entre de {_mm(depth)} par {_SIDES[side]} dans ce que la fenêtre peut "
        f"montrer ({window.name})"
    )
    hint = "raccourcissez ou déplacez ce bloc : l’expéditeur tient à gauche, la date dessous"
    yield _said("pdf/fenetre-encombree", window, message, hint)


def _depth(box: Box, zone: Box) -> tuple[float, str]:
    """Return how far a box entered a zone, and by which side: the nearest way out."""
    ways = {
        "left": box.right - zone.left,
        "top": box.bottom - zone.top,
        "right": zone.right - box.left,
        "bottom": zone.bottom - box.top,
    }
    return min((depth, side) for side, depth in ways.items())


def _collisions(lines: Sequence[_Line]) -> Iterator[Diagnostic]:
    """Say the first two lines of text that meet."""
    for one, other in combinations(lines, 2):
        width, height = one.box.overlap(other.box)
        if width > TOUCH and height > TOUCH:
            message = f"page 1 : « {one.text} » et « {other.text} » se recouvrent de {_mm(height)}"
            hint = "raccourcissez le plus long des deux blocs"
            yield error("pdf/blocs-superposes", message, hint=hint)
            return


def _said(id: str, window: Window, message: str, hint: str) -> Diagnostic:
    return Diagnostic(id, window.level, message, None, hint)


def _mm(length: float) -> str:
    return f"{length:.1f}".replace(".", ",") + "\u00a0mm"

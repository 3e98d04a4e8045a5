"""The hand-over of a dossier: what a reader may see, in one archive, remembered in the lock."""

from __future__ import annotations

from dument.sharing.handing import Handed, Share, hand_over
from dument.sharing.making import Made, Wish, make

__all__ = ["Handed", "Made", "Share", "Wish", "hand_over", "make"]

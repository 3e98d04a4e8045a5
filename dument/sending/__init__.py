"""Acts on a letter: sealing it as it leaves, undoing that; each one done whole or not at all."""

from __future__ import annotations

from dument.sending.acting import OpenCase, Outcome, act_on, done, settled
from dument.sending.departing import Departure, send_letter
from dument.sending.proving import data_marks
from dument.sending.undoing import undo_sending

__all__ = [
    "Departure",
    "OpenCase",
    "Outcome",
    "act_on",
    "data_marks",
    "done",
    "send_letter",
    "settled",
    "undo_sending",
]

"""Sealing: what left is stored with its proof, and is never made again."""

from __future__ import annotations

from dument.seal.acts import ENVOIS, Act, carry_out, is_pending, settle
from dument.seal.holding import Busy, hold
from dument.seal.making import kit_marks, lock_record, seal_files
from dument.seal.numbers import EXHIBITS, cites_exhibits, communicated_numbers, with_numbers
from dument.seal.restoring import find_seals, restored_letter
from dument.seal.stored import (
    COMPUTED,
    LETTERS,
    PDF,
    SEAL_FILE,
    UNDONE,
    UNDONE_FOLDER,
    Flaw,
    Seal,
    read_seals,
)

__all__ = [
    "COMPUTED",
    "ENVOIS",
    "EXHIBITS",
    "LETTERS",
    "PDF",
    "SEAL_FILE",
    "UNDONE",
    "UNDONE_FOLDER",
    "Act",
    "Busy",
    "Flaw",
    "Seal",
    "carry_out",
    "cites_exhibits",
    "communicated_numbers",
    "find_seals",
    "hold",
    "is_pending",
    "kit_marks",
    "lock_record",
    "read_seals",
    "restored_letter",
    "seal_files",
    "settle",
    "with_numbers",
]

"""A sealed letter as it stands on the disk: what left, and the proof that nothing of it changed.

`dossier.lock` holds the SHA-256 of `envois/<letter>/sceau.json`, which holds that of every file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from dument.case import Channel
from dument.diagnostics import Diagnostic, Position, error, warning
from dument.digests import sha256
from dument.lock import Lock
from dument.seal.acts import ENVOIS
from dument.seal.markup import is_letter_markup

LETTERS, UNDONE = "lettres", "annulations"
UNDONE_FOLDER = "annules"
SEAL_FILE = "sceau.json"
PDF, TEXT, BODY, COMPUTED = "lettre.pdf", "lettre.txt", "lettre.html", "donnees.json"
EMAIL, SMS = "courriel.txt", "sms.txt"
_ALWAYS = {PDF, TEXT, BODY, COMPUTED}
_TOLD = {"modele", "objet", "articles", "annonce", "demande"}


@dataclass(frozen=True, slots=True)
class Seal:
    """An intact seal: what `sceau.json` says, and the files it answers for."""

    stem: str
    content: dict[str, Any]
    files: dict[str, bytes]

    @property
    def letter(self) -> dict[str, Any]:
        """The letter: number, kind, version, date, subject, sum, request."""
        found: dict[str, Any] = self.content["lettre"]
        return found

    @property
    def sending(self) -> dict[str, Any]:
        """How it left: channel, day, number, provider, proof."""
        found: dict[str, Any] = self.content["envoi"]
        return found

    @property
    def total(self) -> Decimal:
        """The sum the letter asks for, in euros."""
        return Decimal(self.letter["total"])

    def text(self, name: str) -> str | None:
        """Return the text of one of its files; None when the letter had none."""
        return self.files[name].decode("utf-8", "replace") if name in self.files else None


@dataclass(frozen=True, slots=True)
class Flaw:
    """A file of a seal that is lost, or no longer what it was."""

    stem: str
    file: str
    is_lost: bool


def read_seals(folder: Path, lock: Lock) -> tuple[dict[str, Seal], list[Flaw]]:
    """Read every seal of a case; those with a flaw are left out, all their flaws are returned."""
    seals: dict[str, Seal] = {}
    flaws: list[Flaw] = []
    for stem, record in sorted(lock.section(LETTERS).items()):
        seal, found = _read_seal(folder, stem, record["sceau"])
        flaws += found
        seals |= {stem: seal} if seal is not None and not found else {}
    return seals, flaws


def _read_seal(folder: Path, stem: str, expected: str) -> tuple[Seal | None, list[Flaw]]:
    home = folder / ENVOIS / stem
    raw = _bytes(home / SEAL_FILE)
    if raw is None or sha256(raw) != expected:
        return None, [Flaw(stem, SEAL_FILE, raw is None)]
    content = _content(raw)
    if content is None:
        return None, [Flaw(stem, SEAL_FILE, is_lost=False)]
    files = {name: _bytes(home / name) for name in content["fichiers"]}
    flaws = [
        Flaw(stem, name, files[name] is None)
        for name, digest in content["fichiers"].items()
        if (one := files[name]) is None or sha256(one) != digest
    ]
    kept = {name: one for name, one in files.items() if one is not None}
    if not flaws and not is_letter_markup(kept[BODY].decode("utf-8", "replace")):
        flaws.append(Flaw(stem, BODY, is_lost=False))
    if not flaws and not _names_exhibits(kept[COMPUTED]):
        flaws.append(Flaw(stem, COMPUTED, is_lost=False))
    return Seal(stem, content, kept), flaws


def _content(raw: bytes) -> dict[str, Any] | None:
    """Return what a seal says; None when it is not what this version writes."""
    try:
        read: dict[str, Any] = json.loads(raw)
        letter, files = read["lettre"], read["fichiers"]
        is_whole = set(files) >= _ALWAYS and all(Path(name).name == name for name in files)
        numbers = (int(letter["rang"]), int(letter["version"]), int(letter["pages"]))
        is_told = set(letter) >= _TOLD and {"canal", "envoyee_le"} <= set(read["envoi"])
        is_sum = Decimal(letter["total"]).is_finite()
        is_told = is_told and _is_well_told(read)
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError, RecursionError):
        return None
    return read if is_whole and is_told and is_sum and min(numbers) > 0 else None


def _is_well_told(read: dict[str, Any]) -> bool:
    """Whether what is read of a seal later is of its kind; raises as `_content` expects."""
    letter, sent, said = read["lettre"], read["envoi"], read["lettre"]["annonce"]
    days = [sent["envoyee_le"]]
    if said is not None:
        days += [said["apres_le"], *([said["avant_le"]] if said["avant_le"] else [])]
    for day in days:
        date.fromisoformat(day)
    lists = (letter["articles"], said["modeles"] if said is not None else [])
    tables = (letter["demande"], *(read[name] for name in ("donnees", "modeles", "moteur")))
    return (
        bool(Channel(sent["canal"]) and read["droit"])
        and isinstance(letter.get("juridiction", ""), str)
        and all(isinstance(one, list) for one in lists)
        and all(isinstance(one, dict) for one in tables)
    )


def _names_exhibits(computed: bytes) -> bool:
    """Whether a computed case lists its exhibits."""
    try:
        return all(isinstance(one["id"], str) for one in json.loads(computed)["pieces"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return False


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def stray_seals(folder: Path, lock: Lock) -> list[str]:
    """Name the folders of `envois/` that hold a seal the lock does not know."""
    found = sorted((folder / ENVOIS).glob(f"*/{SEAL_FILE}"))
    return [one.parent.name for one in found if one.parent.name not in lock.section(LETTERS)]


def flaw_diagnostic(flaw: Flaw, position: Position) -> Diagnostic:
    """Say that a sealed letter is no longer whole, and how to get it back."""
    name = f"{ENVOIS}/{flaw.stem}/{flaw.file}"
    hint = (
        f"reprenez-le : « git checkout -- {ENVOIS}/{flaw.stem} dossier.lock », ou votre "
        "sauvegarde ; à défaut, annulez l’envoi : « dument send DOSSIER "
        f'{flaw.stem} --annuler --motif "…" »'
    )
    if flaw.is_lost:
        return error("sceau/absent", f"« {name} », qui est scellé, a disparu", position, hint)
    return error("sceau/altere", f"« {name} » n’est plus ce qui a été scellé", position, hint)


def stray_diagnostic(stem: str, position: Position) -> Diagnostic:
    """Say that a seal is not in the lock: a merge lost its line."""
    message = f"« {ENVOIS}/{stem} » porte un sceau que dossier.lock ne connaît pas"
    hint = f"reprenez la ligne de dossier.lock avec git, ou rangez-le dans {ENVOIS}/annules/"
    return warning("sceau/sans-verrou", message, position, hint)

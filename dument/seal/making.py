"""What a seal is made of: the letter as it left, and the fingerprints of all it was made from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dument import __version__
from dument.case import LetterRequest
from dument.digests import fingerprint, sha256
from dument.kit import Kit
from dument.letters import Kinds, Letter
from dument.pdf import Printed, engine_versions
from dument.schema import KEYS, in_french
from dument.seal.stored import BODY, COMPUTED, EMAIL, PDF, SEAL_FILE, SMS, TEXT

FORMAT = 1
_SENT = ("canal", "envoyee_le", "numero", "prestataire", "preuve")


def seal_files(
    letter: Letter,
    printed: Printed,
    computed: bytes,
    data: Mapping[str, str],
    kit_marks: Mapping[str, Any],
) -> dict[str, bytes]:
    """Return the files of a seal by name, `sceau.json` last: it answers for the others.

    `computed` is the computed case of the letter's day, `data` the SHA-256 of each file the
    case is made of, `kit_marks` the fingerprints of law, templates and engine.
    """
    files = {
        PDF: printed.pdf,
        TEXT: letter.text.encode(),
        BODY: letter.body.encode(),
        COMPUTED: computed,
        **({EMAIL: letter.email.encode()} if letter.email is not None else {}),
        **({SMS: letter.sms.encode()} if letter.sms is not None else {}),
    }
    sent = as_told(letter.request).get("envoi", {})
    content = {
        "format": FORMAT,
        "lettre": _described(letter, printed),
        "envoi": {key: sent[key] for key in _SENT if key in sent},
        "fichiers": {name: sha256(one) for name, one in files.items()},
        "donnees": dict(data),
        **kit_marks,
    }
    return {**files, SEAL_FILE: _as_json(content)}


def _described(letter: Letter, printed: Printed) -> dict[str, Any]:
    said = letter.announces
    asked = as_told(letter.request)
    return {
        "rang": letter.number,
        "modele": letter.kind,
        "version": letter.version.number,
        "le": letter.on.isoformat(),
        "titre": letter.version.title,
        "objet": letter.subject,
        "total": f"{letter.claimed:f}",
        "pages": printed.page_count,
        "articles": list(letter.cited),
        "annonce": said
        and {
            "modeles": list(said.kinds),
            "apres_le": said.deadline.isoformat(),
            "avant_le": said.by and said.by.isoformat(),
        },
        **({"juridiction": letter.court} if letter.court else {}),
        "demande": {key: one for key, one in asked.items() if key not in ("envoi", "version")},
    }


def as_told(request: LetterRequest) -> dict[str, Any]:
    """Return what a case says of a letter, as plain data with French keys.

    What it does not say is left out: a key that a later version adds changes no sealed letter.
    """
    told: dict[str, Any] = json.loads(json.dumps(in_french(request), default=str))
    for field, key in KEYS[LetterRequest].items():
        if getattr(request, field) == LetterRequest.model_fields[field].get_default():
            told.pop(key.name, None)
    return told


def lock_record(letter: Letter, files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return what the lock remembers of a sealed letter."""
    return {
        "modele": letter.kind,
        "version": letter.version.number,
        "le": letter.on.isoformat(),
        "total": f"{letter.claimed:f}",
        "sceau": sha256(files[SEAL_FILE]),
    }


def kit_marks(kit: Kit, kinds: Kinds, letter: Letter) -> dict[str, Any]:
    """Return the fingerprints of law, of each template of a letter, and the engine's versions."""
    annexes = (kinds.annex(kind, letter.on) for kind in letter.version.annexes)
    names = [letter.version.name, *(one.name for one in annexes if one is not None)]
    return {
        "droit": fingerprint(kit.files("legal", "**/*").items()),
        "modeles": {
            **{name: sha256(kit.find(f"letters/{name}").read_bytes()) for name in names},
            **{name: _folder_mark(kit, f"letters/{name}") for name in ("_commun", "_papier")},
        },
        "moteur": {"dument": __version__, "code": _code_mark(), **engine_versions()},
    }


def _folder_mark(kit: Kit, folder: str) -> str:
    return fingerprint(kit.files(folder, "**/*").items())


def _code_mark() -> str:
    return fingerprint(_modules())


def _modules() -> Iterator[tuple[str, Path]]:
    package = Path(__file__).resolve().parent.parent
    for path in package.rglob("*.py"):
        yield path.relative_to(package).as_posix(), path


def _as_json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()

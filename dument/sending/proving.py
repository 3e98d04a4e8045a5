"""What proves a sending: its exhibit, and the fingerprints of all the letter was made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from pathlib import Path

from dument.case import Case
from dument.diagnostics import Diagnostic, has_errors
from dument.digests import sha256
from dument.french import slug
from dument.kit import CASE_FILE
from dument.pdf import inspect, is_picture, look_at_picture
from dument.schema import find_party_file
from dument.schema.party_keys import PARTY_KEYS
from dument.sending.acting import OpenCase
from dument.source import Add, Text, parse_yaml

_PIECES = "pieces"


@dataclass(frozen=True, slots=True)
class Proof:
    """The exhibit of a proof: its id, what is added to the case file, the file to put there."""

    id: str
    additions: tuple[Add, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()


def prove(
    opened: OpenCase, given: Path, stem: str, title: str, on: date
) -> tuple[Proof | None, list[Diagnostic]]:
    """Make an exhibit of a file that proves a sending; one that is in the case already is reused.

    Diagnostics: what the print room says of a file it cannot read.
    """
    folder, path = opened.folder.resolve(), given.resolve()
    for one in opened.case.exhibits:
        if (folder / one.file).resolve() == path:
            return Proof(one.id), []
    content = path.read_bytes()
    found = [replace(one, position=opened.places.root) for one in _look(content, path.name)]
    if has_errors(found):
        return None, found
    is_inside = path.is_relative_to(folder)
    name = path.relative_to(folder).as_posix() if is_inside else _free_name(folder, path, content)
    known = {one.id for one in opened.case.exhibits}
    id = next(one for one in _numbered(f"preuve-{stem}") if one not in known)
    added = Add("pieces", {"id": id, "titre": title, "le": on.isoformat(), "fichier": name})
    return Proof(id, (added,), () if is_inside else ((name, content),)), found


def _look(content: bytes, name: str) -> list[Diagnostic]:
    look = look_at_picture if is_picture(content) else inspect
    return list(look(content, name)[1])


def _free_name(folder: Path, path: Path, content: bytes) -> str:
    """Return a name under `pieces/` that is free, or holds this very content."""
    names = (f"{_PIECES}/{one}{path.suffix.lower()}" for one in _numbered(slug(path.stem)))
    return next(
        name
        for name in names
        if not (folder / name).exists() or (folder / name).read_bytes() == content
    )


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}-{rank}" for rank in count(2))


def data_marks(folder: Path, case: Case, text: bytes) -> dict[str, str]:
    """Return the SHA-256 of the case file, the parties' files and images, and the exhibits.

    YAML counts with the line breaks of Unix, whatever a checkout made of them.
    """
    marks = {CASE_FILE: _yaml_mark(text)}
    for name in _party_files(text):
        path = find_party_file(folder, f"{name}.yaml")
        marks |= {f"parties/{name}.yaml": _yaml_mark(path.read_bytes())} if path else {}
    images = filter(None, (case.creditor.logo, case.creditor.signature))
    for name in (*images, *(one.file for one in case.exhibits)):
        path = folder / name if (folder / name).is_file() else find_party_file(folder, name)
        marks |= {name: sha256(path.read_bytes())} if path else {}
    return marks


def _party_files(text: bytes) -> Iterator[str]:
    mapping, _ = parse_yaml(text.decode("utf-8-sig").replace("\r\n", "\n"), CASE_FILE)
    for key in PARTY_KEYS if mapping else ():
        node = mapping.entries.get(key) if mapping else None
        if isinstance(node, Text) and node.value:
            yield node.value


def _yaml_mark(content: bytes) -> str:
    return sha256(content.replace(b"\r\n", b"\n"))

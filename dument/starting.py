"""The files of a new project: those of `data/exemples/_nouveau/`, and the editor's schema."""

from __future__ import annotations

import json

from dument.kit import Kit
from dument.schema import json_schema

FOLDER = "data/exemples/_nouveau"
SCHEMA_FILE = "data/dossier.schema.json"
_HIDDEN = {"gitignore": ".gitignore"}  # a real .gitignore would hide files of the kit itself


def starting_files(kit: Kit) -> dict[str, bytes]:
    """Return the content of each file of a new project, by relative name."""
    files = {
        _HIDDEN.get(name, name): path.read_bytes()
        for name, path in kit.files(FOLDER, "**/*").items()
    }
    schema = json.dumps(json_schema(), ensure_ascii=False, indent=2)
    return files | {SCHEMA_FILE: f"{schema}\n".encode()}

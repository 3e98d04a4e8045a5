"""Step 2, typer: the file's French keys and the case's English fields meet here, only here."""

from __future__ import annotations

from dument.schema.french import in_french, json_schema
from dument.schema.keys import KEYS, Key, field_of, key_of
from dument.schema.links import (
    check_links,
    find_party_file,
    names_left,
    party_folders,
    with_parties,
)
from dument.schema.reading import FieldPath, Places, read_case

__all__ = [
    "KEYS",
    "FieldPath",
    "Key",
    "Places",
    "check_links",
    "field_of",
    "find_party_file",
    "in_french",
    "json_schema",
    "key_of",
    "names_left",
    "party_folders",
    "read_case",
    "with_parties",
]

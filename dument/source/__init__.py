"""Step 1, lire: YAML and front matter become nodes that know their file, line and column.

Nothing is typed here: a scalar stays the text the user wrote. Only importer of yaml.
"""

from __future__ import annotations

from dument.source.editing import Add, Change, Drop, Put, edit_yaml
from dument.source.nodes import FrontMatter, Mapping, Node, Sequence, Text, plain
from dument.source.reading import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_NODES,
    parse_yaml,
    read_front_matter,
    read_text,
    read_yaml,
)
from dument.source.splicing import Uneditable

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_NODES",
    "Add",
    "Change",
    "Drop",
    "FrontMatter",
    "Mapping",
    "Node",
    "Put",
    "Sequence",
    "Text",
    "Uneditable",
    "edit_yaml",
    "parse_yaml",
    "plain",
    "read_front_matter",
    "read_text",
    "read_yaml",
]

"""Patterns of the law pack, compiled once for the whole run; capitals do not count."""

from __future__ import annotations

import re
from functools import cache


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return a compiled pattern; re's own cache is too small for a law pack."""
    return re.compile(pattern, re.IGNORECASE)

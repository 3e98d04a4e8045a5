"""Releases letter versions: rewrites `letters/VERSIONS.sha256` with every version in it.

`python maintenance/versions.py [LETTERS]`. A version already listed must be what it was: if one
is not, nothing is written. Why a folder of its own: the engine reads this list, and only whoever
publishes letters writes it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from dument.letters.releases import RELEASES, release_lines

LETTERS = Path(__file__).parent.parent / "letters"


def release(folder: Path) -> tuple[list[str], list[str]]:
    """Write the list; return the lines added, and those that stand against (then unwritten)."""
    target = folder / RELEASES
    known = target.read_text("utf-8").splitlines() if target.is_file() else []
    lines = list(release_lines(folder))
    broken = [line for line in known if line not in lines]
    if not broken:
        target.write_text("".join(f"{line}\n" for line in lines), "utf-8", newline="\n")
    return [line for line in lines if line not in known], broken


def main(arguments: Sequence[str]) -> int:
    """Release, and say what was done; return the exit code."""
    folder = Path(arguments[0]) if arguments else LETTERS
    added, broken = release(folder)
    for line in broken:
        sys.stdout.write(f"version publiée qui a changé, ou n’est plus là : {line.split()[-1]}\n")
    if broken:
        return 1
    for line in added:
        sys.stdout.write(f"publiée : {line.split()[-1]}\n")
    sys.stdout.write(f"{folder / RELEASES} : {len(added)} version(s) de plus\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

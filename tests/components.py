"""Every component of the theme on one page. `python tests/components.py FOLDER` writes it.

The page replaces the glossary of an example's site, as a project's own would.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

from dument.kit import PROJECT_FILE, Kit
from dument.workshop import open_workshop
from tests.test_pages import printed, work

ROOT = Path(__file__).parent.parent
TEMPLATE = ROOT / "tests/composants.html"
EXAMPLE, DAY = "garage-tilleul", date(2026, 11, 21)
REPLACED = "glossaire.html"


def components(project: Path) -> dict[str, bytes]:
    """Return the site that bears the page, made in an empty folder."""
    (project / "site").mkdir()
    (project / PROJECT_FILE).touch()
    shutil.copy(TEMPLATE, project / "site" / REPLACED)
    workshop, _ = open_workshop(Kit(ROOT, project))
    dossier = work(workshop, ROOT / "data/exemples" / EXAMPLE, DAY)
    return workshop.site.pages(dossier, printed(dossier))


def write(target: Path) -> None:
    """Write the page and what it shows itself with."""
    with tempfile.TemporaryDirectory() as project:
        made = components(Path(project))
    for name, content in made.items():
        if name == REPLACED or name.startswith("assets/"):
            path = target / name.replace(REPLACED, "composants.html")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


if __name__ == "__main__":
    write(Path(sys.argv[1]))

"""A project's own theme, as docs/theme.md tells it, laid over the kit's block by block."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.components import TEMPLATE, components
from tests.projects import dument_says, lay_project
from tests.site_reader import Page, broken_links

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
FILES = ("site/assets/entreprise.css", "site/_cadre.html", "site/index.html")


@pytest.fixture(scope="module")
def guide(root) -> str:
    return (root / "docs/theme.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def made(guide, tmp_path_factory) -> dict[str, bytes]:
    """The site of a project that holds the files of the guide."""
    project = tmp_path_factory.mktemp("projet")
    lay_project(project)
    told = re.findall(r"```(?:css|jinja)\n(.*?)```", guide, re.S)
    for name, text in zip(FILES, told, strict=True):
        write(project / name, text)
    write(project / "site/assets/logo.svg", LOGO)
    said = dument_says(project, "build", "bon", "--date", "2026-11-21")
    assert said.exit_code == 0, said.output
    site = project / "sortie/bon"
    files = [path for path in site.rglob("*") if path.is_file()]
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_the_project_lays_its_blocks_over_those_of_the_kit(made):
    summary, letters = Page(made["index.html"]), Page(made["lettres.html"])
    for page in (summary, letters):
        assert "service comptable : 04 65 71 00 01" in page.text
        assert "ne remplace pas le conseil d’un avocat" in page.text
        assert ("img", "assets/logo.svg") in list(page.values("src"))
    assert "Nous joindre" in summary.text
    assert "Ce qui est dû" in summary.text
    assert broken_links(made, {}) == []


def test_the_project_lays_its_style_over_that_of_the_kit(made, root):
    style = made["assets/site.css"].decode()
    kit = (root / "site/assets/site.css").read_text(encoding="utf-8")
    assert style.startswith(kit)
    assert style.index("--cire: #0b6e4f") > len(kit) - 1
    assert "assets/entreprise.css" not in made


def test_the_page_of_components_shows_them_all(root, tmp_path):
    text = TEMPLATE.read_text(encoding="utf-8")
    called = set(re.findall(r"\b(\w+)\(", text))
    names = ("_macros", "_constats", "_echeances")
    macros = {
        macro
        for name in names
        for macro in re.findall(
            r"{%-? macro (\w+)", (root / f"site/{name}.html").read_text(encoding="utf-8")
        )
    }
    assert macros <= called
    page = Page(components(tmp_path)["glossaire.html"])
    assert page.unclosed == []
    assert "Ce qui se déplie" in page.text


def test_the_guide_names_every_block(guide, root):
    told = set(re.findall(r"`(\w+)`", guide[guide.index("## Les blocs") :]))
    blocks = {
        block
        for name in ("_socle", "_cadre", "index", "lettre")
        for block in re.findall(
            r"{% block (\w+) %}", (root / f"site/{name}.html").read_text(encoding="utf-8")
        )
    }
    assert blocks <= told


def test_the_guide_names_every_colour(guide, root):
    style = (root / "site/assets/site.css").read_text(encoding="utf-8")
    variables = set(re.findall(r"^  (--[a-z]+):", style, re.M)) - {"--ombre", "--vise"}
    assert variables - set(re.findall(r"--[a-z]+", guide)) == set()

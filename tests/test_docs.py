"""The manual says what the product is: keys, commands, diagnostics, links, examples, versions."""

from __future__ import annotations

import ast
import re
import typing
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import dument
from dument.case import Conventions
from dument.cli import main as command_line
from dument.kit import open_kit
from dument.letters import FILTERS, read_kinds
from dument.pipeline import STEPS
from dument.schema import KEYS, read_case, with_parties
from dument.source import parse_yaml
from tests.docs_pages import pages

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    [*(ROOT / "docs").glob("*.md"), *ROOT.glob("*.md")], key=lambda path: path.as_posix()
)
STARTING_CASE = ROOT / "data/exemples/_nouveau/data/dossiers/2026-001"
LARGEST_IMAGE = 150_000
DAY = "2026-11-21"
LEVELS = {"error": "erreur", "warning": "avertissement", "info": "info"}
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
# Where a value as written is read: what they refuse is said as `schema/…`.
ROOMS_OF_VALUES = ("case", "money", "days", "identifiers")

named = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    return [body for found, body in FENCE.findall(text) if found == language]


def prose(path: Path) -> str:
    return FENCE.sub("", path.read_text(encoding="utf-8"))


def anchors(path: Path) -> set[str]:
    """Return the anchors of a page: its headings as GitHub names them, and its own marks."""
    headings = re.findall(r"^#+ (.+)$", prose(path), re.MULTILINE)
    words = (re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings)
    return {*words, *re.findall(r'<a id="([^"]+)">', prose(path))}


def modules(folder: Path) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(folder.rglob("*.py")):
        if "_kit" not in path.parts:
            yield path.relative_to(folder).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def pattern_of(node: ast.expr) -> str | None:
    """Return the expression of an id given as a text, « any word » for what is computed."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.escape(node.value)
    if isinstance(node, ast.JoinedStr):
        parts = (re.escape(one.value) if isinstance(one, ast.Constant) else "[a-z]+"
                 for one in node.values)  # fmt: skip
        return "".join(parts)
    return None


def ids_in_code() -> dict[str, str]:
    """Return each diagnostic's id, as an expression, with the level the code gives it."""
    found: dict[str, str] = {}
    for name, tree in modules(ROOT / "dument"):
        room = name.split("/")[0].removesuffix(".py")
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args:
                called = getattr(node.func, "id", "")
                pattern = pattern_of(node.args[0])
                is_value = called in ("Misread", "PydanticCustomError") and room in ROOMS_OF_VALUES
                if pattern and called in LEVELS and pattern != "schema/[a-z]+":
                    found[pattern] = LEVELS[called]
                elif pattern and is_value:
                    found[f"schema/{pattern}"] = "erreur"
            elif isinstance(node, ast.Return) and room == "schema":
                found |= dict.fromkeys(slugs_returned(node), "erreur")
    return found


def slugs_returned(node: ast.Return) -> Iterator[str]:
    """Yield the ids of pydantic's own findings, returned as slug, message and hint."""
    value = node.value
    if isinstance(value, ast.Tuple) and len(value.elts) == 3:
        pattern = pattern_of(value.elts[0])
        if pattern:
            yield f"schema/{pattern}"


def ids_in_manual() -> dict[str, str]:
    rows = re.findall(r"^\| (`[^|]+/[^|]+`) \| (\w+) \|", text_of("docs/diagnostics.md"), re.M)
    return {id: level for ids, level in rows for id in re.findall(r"`([^`]+)`", ids)}


def test_every_diagnostic_of_the_engine_stands_in_the_manual():
    known = ids_in_manual()
    missing = [one for one in ids_in_code() if not any(re.fullmatch(one, id) for id in known)]
    assert not missing


def test_the_manual_invents_no_diagnostic():
    patterns = ids_in_code()
    assert not [id for id in ids_in_manual() if not any(re.fullmatch(p, id) for p in patterns)]


def test_a_diagnostic_has_the_level_that_the_manual_says():
    known = ids_in_manual()
    wrong = [
        (id, level, known[id])
        for pattern, level in ids_in_code().items()
        for id in known
        if re.fullmatch(pattern, id) and known[id] != level
    ]
    assert not wrong


@pytest.fixture(scope="module")
def generated() -> dict[str, str]:
    return pages()


@pytest.mark.parametrize("name", ["cles.md", "commandes.md", "droit.md"])
def test_the_generated_pages_are_current(generated, name):
    assert text_of(f"docs/{name}") == generated[name], "run: python tests/docs_pages.py"


def test_every_key_stands_in_the_manual():
    text = text_of("docs/cles.md")
    keys = {key.name for record in KEYS.values() for key in record.values()}
    assert not [key for key in keys if f"| `{key}` |" not in text]


def test_every_command_and_option_stands_in_the_manual():
    text = text_of("docs/commandes.md")
    sections = dict(re.findall(r"^##+ ([\w ]+)\n(.*?)(?=^##|\Z)", text, re.M | re.S))
    for name, command in commands_of(command_line):
        options = [one for one in command.params if isinstance(one, click.Option)]
        words = [word for option in options for word in option.opts]
        assert not [word for word in words if word not in sections[name]]


def commands_of(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield every command with its words: « law check » after « law »."""
    for name, command in group.commands.items():
        yield f"{before}{name}", command
        if isinstance(command, click.Group):
            yield from commands_of(command, f"{before}{name} ")


@named
def test_every_link_leads_somewhere(path):
    lost = []
    for target in LINK.findall(prose(path)):
        if not re.match(r"\w+:", target):
            name, _, anchor = target.partition("#")
            page = (path.parent / name).resolve() if name else path
            is_lost = not page.exists() or (anchor and anchor not in anchors(page))
            lost += [target] if is_lost else []
    assert not lost


def test_every_page_is_reached_from_the_readme():
    linked = {target.partition("#")[0] for target in LINK.findall(text_of("README.md"))}
    assert not [path.name for path in (ROOT / "docs").glob("*.md")
                if f"docs/{path.name}" not in linked]  # fmt: skip


def test_pictures_stay_light():
    pictures = list((ROOT / "docs/images").iterdir())
    assert pictures
    assert not [one.name for one in pictures if one.stat().st_size > LARGEST_IMAGE]


@named
def test_the_prose_has_curved_apostrophes(path):
    if path.name == "README.en.md":
        return
    straight = re.findall(r"\w'\w+", re.sub(r"`[^`]*`|<[^>]*>|\(http[^)]*\)", "", prose(path)))
    assert not straight


def test_the_nine_steps_are_named_as_in_the_pipeline():
    steps = re.findall(r"^\| (\d) \| (\w+) \|", text_of("docs/maison.md"), re.M)
    assert steps == [(str(number), step) for number, step in enumerate(STEPS, 1)]


def test_the_floors_are_those_of_the_house():
    tree = ast.parse(text_of("tests/test_house.py"))
    floors = next(ast.literal_eval(one.value) for one in tree.body
                  if isinstance(one, ast.Assign) and one.targets[0].id == "FLOORS")  # fmt: skip
    (drawn,) = [body for body in blocks(text_of("docs/maison.md"), "text") if "faults" in body]
    assert [set(line.split()) for line in reversed(drawn.splitlines())] == floors


def test_every_room_of_the_engine_stands_in_the_manual():
    text = text_of("docs/maison.md")
    rooms = {name.split("/")[0].removesuffix(".py") for name, _ in modules(ROOT / "dument")}
    assert not [room for room in rooms if not room.startswith("__") and f"`{room}`" not in text]


def test_every_letter_stands_in_the_manual_and_in_the_changelog():
    kinds, _ = read_kinds(open_kit(ROOT))
    letters = [one for versions in kinds.versions.values() for one in versions]
    owner, changelog = text_of("docs/proprietaire.md"), text_of("CHANGELOG.md")
    assert not [one for one in letters if f"`{one.kind}` v{one.number}" not in changelog]
    assert not [one for one in letters if one.paper != "annexe" and f"`{one.kind}`" not in owner]


def test_all_that_a_letter_may_call_stands_in_the_manual():
    tree = ast.parse(text_of("dument/letters/context.py"))
    functions = {one.name for outer in ast.walk(tree) if isinstance(outer, ast.FunctionDef)
                 for one in outer.body if isinstance(one, ast.FunctionDef)}  # fmt: skip
    text = text_of("docs/modeles.md")
    assert functions
    assert not [name for name in functions if f"`{name}(…)`" not in text]
    assert not [name for name in FILTERS if f"`{name}`" not in text]


def test_every_convention_is_explained_with_its_default_and_the_other_reading():
    text = text_of("docs/conventions-de-calcul.md")
    for field, key in KEYS[Conventions].items():
        known = Conventions.model_fields[field]
        section = re.search(rf"^### `{key.name}`.*?(?=^##)", text, re.M | re.S)
        assert section is not None
        assert f"**Par défaut, `{known.default}`**" in section[0]
        for other in set(typing.get_args(known.annotation)) - {known.default}:
            assert f"**`{other}`**" in section[0]


@pytest.mark.parametrize(
    "name", ["README.md", "docs/proprietaire.md", "docs/conventions-de-calcul.md"]
)
def test_every_extract_of_a_case_file_is_read_without_a_fault(name):
    for extract in blocks(text_of(name), "yaml"):
        mapping, found = parse_yaml(extract, name)
        assert mapping is not None
        mapping, lost = with_parties(mapping, STARTING_CASE, open_kit(ROOT))
        found += lost + read_case(mapping)[2]
        assert not [one for one in found if one.id != "schema/cle-manquante"], extract


def test_the_changelog_opens_with_the_current_version():
    versions = re.findall(r"^## (\d+\.\d+\.\d+)", text_of("CHANGELOG.md"), re.M)
    assert versions[0] == dument.__version__


def first_dossier(readme: str) -> str:
    return next(one for one in blocks(text_of(readme), "sh") if "dument new" in one)


def test_the_first_dossier_of_the_readme_works_as_typed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for line in first_dossier("README.md").splitlines():
        command, *words = line.split()
        if command == "cd":
            monkeypatch.chdir(Path.cwd() / words[0])
            continue
        day = {"DUMENT_CHECK_DATE": DAY, "DUMENT_BUILD_DATE": DAY}
        done = CliRunner(env=day).invoke(command_line, words)
        assert done.exit_code == 0, done.output
    assert Path("sortie/index.html").is_file()


def test_both_readmes_show_the_same_first_dossier():
    assert first_dossier("README.en.md") == first_dossier("README.md")


def test_the_line_worked_by_hand_is_the_one_explained():
    (line,) = blocks(text_of("docs/conventions-de-calcul.md"), "text")
    words = ["explain", "garage-tilleul", "--date", DAY]
    explained = CliRunner().invoke(command_line, words).stdout
    assert " ".join(line.split()) in " ".join(explained.split())

"""Where things are: the user's project laid over the kit, and cases found by name."""

from __future__ import annotations

from pathlib import Path

import pytest
from click import ClickException

from dument.kit import Kit, find_root, open_kit


def write(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def kit(tmp_path) -> Kit:
    """A kit of three files, and a project beside it that is not declared yet."""
    base, root = tmp_path / "kit", tmp_path / "projet"
    write(base / "letters/relance/v1.md", "du kit")
    write(base / "letters/relance/v2.md", "du kit")
    write(base / "data/exemples/garage/dossier.yaml")
    root.mkdir()
    return Kit(base, root)


def declare(kit: Kit) -> None:
    write(kit.root / "dument.yaml")


def test_the_project_wins_file_by_file(kit):
    declare(kit)
    mine = write(kit.root / "letters/relance/v2.md")
    assert kit.files("letters", "*/*.md") == {
        "relance/v1.md": kit.base / "letters/relance/v1.md",
        "relance/v2.md": mine,
    }


def test_the_project_may_add_a_file(kit):
    declare(kit)
    write(kit.root / "letters/relance/v3.md")
    assert list(kit.files("letters", "*/*.md")) == [
        "relance/v1.md",
        "relance/v2.md",
        "relance/v3.md",
    ]


def test_one_file_is_found_in_the_project_first(kit):
    declare(kit)
    mine = write(kit.root / "letters/relance/v1.md")
    assert kit.find("letters/relance/v1.md") == mine


def test_a_stray_folder_without_dument_yaml_is_ignored(kit):
    write(kit.root / "letters/relance/v1.md", "d’un autre projet")
    assert kit.find("letters/relance/v1.md") == kit.base / "letters/relance/v1.md"


def test_folders_are_given_the_project_first(kit):
    declare(kit)
    write(kit.root / "letters/relance/v1.md")
    assert kit.folders("letters") == (kit.root / "letters", kit.base / "letters")


def test_a_file_found_nowhere_stops_the_command(kit):
    with pytest.raises(ClickException, match="introuvable dans le kit : legal/absent"):
        kit.find("legal/absent.yaml")


def test_the_root_is_the_nearest_folder_upward_with_dument_yaml(tmp_path):
    write(tmp_path / "dument.yaml")
    write(tmp_path / "a/dument.yaml")
    deep = tmp_path / "a/b/c"
    deep.mkdir(parents=True)
    assert find_root(deep) == tmp_path / "a"


def test_without_dument_yaml_the_root_is_where_one_stands(tmp_path):
    assert find_root(tmp_path) == tmp_path


def test_messages_name_files_from_the_root(kit):
    assert kit.name_of(kit.root / "data/dossiers/x/dossier.yaml") == "data/dossiers/x/dossier.yaml"


def test_a_case_is_found_by_its_folder_its_file_or_its_name(kit):
    path = write(kit.root / "data/dossiers/2026-014/dossier.yaml")
    named = [str(path), str(path.parent), "2026-014"]
    assert {kit.find_case(name) for name in named} == {path.parent.resolve()}


def test_the_users_case_comes_before_the_example_of_the_same_name(kit):
    mine = write(kit.root / "data/dossiers/garage/dossier.yaml")
    assert kit.find_case("garage") == mine.parent.resolve()


def test_an_example_is_found_by_name(kit):
    assert kit.find_case("garage") == (kit.base / "data/exemples/garage").resolve()


def test_a_misspelt_case_gets_the_nearest_name(kit):
    with pytest.raises(ClickException, match="vouliez-vous dire « garage »"):
        kit.find_case("garrage")


def test_the_examples_are_not_among_the_users_cases(kit):
    assert kit.case_folders() == []


def test_the_kit_of_the_clone_is_found(root):
    assert open_kit(root).find("letters/_papier/papier.css").is_file()


def test_a_file_of_a_kit_inside_the_project_is_called_by_its_name_in_the_kit(tmp_path):
    kit = Kit(base=tmp_path / "venv/dument/_kit", root=tmp_path)
    assert kit.name_of(kit.base / "legal/articles/cpc-1405.md") == "legal/articles/cpc-1405.md"

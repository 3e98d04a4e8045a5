"""Writing without harm: all or nothing, nobody else's files, nothing outside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dument.output import (
    MANIFEST,
    clean_output,
    content_mark,
    is_current,
    read_manifest,
    write_index,
    write_output,
)

OLD = {"index.html": b"old", "lettres/01.pdf": b"old letter", "gone.txt": b"old"}
NEW = {"index.html": b"new", "lettres/01.pdf": b"new letter", "pieces/01.pdf": b"exhibit"}
WRITES = ("write_bytes", "mkdir", "rename")


def write(folder: Path, files: dict[str, bytes]) -> list:
    return write_output(folder, files, {"empreinte": content_mark(files)})


def written(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, links read as such, the manifest left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def fail_at(monkeypatch, name: str, turn: int) -> None:
    """Make the method of Path called `name` fail at its nth call, once."""
    genuine, calls = getattr(Path, name), []

    def fail(self, *arguments, **options):
        calls.append(self)
        if len(calls) == turn:
            raise OSError(28, "No space left on device", str(self))
        return genuine(self, *arguments, **options)

    monkeypatch.setattr(Path, name, fail)


@pytest.fixture
def folder(tmp_path) -> Path:
    """An output folder that was written once."""
    folder = tmp_path / "sortie/bon"
    assert write(folder, OLD) == []
    return folder


def test_the_manifest_names_every_file_with_its_fingerprint(folder):
    assert list(read_manifest(folder)["fichiers"]) == sorted(OLD)


def test_a_second_writing_replaces_the_first_whole(folder):
    write(folder, NEW)
    assert written(folder) == NEW


def test_nothing_is_left_beside_the_output(folder):
    write(folder, NEW)
    assert [path.name for path in folder.parent.iterdir()] == ["bon"]


@pytest.mark.parametrize("turn", range(1, 5))
@pytest.mark.parametrize("method", WRITES)
def test_a_failure_at_any_moment_leaves_the_old_output_whole(folder, monkeypatch, method, turn):
    before = written(folder)
    fail_at(monkeypatch, method, turn)
    try:
        write(folder, NEW)
    except OSError:
        assert written(folder) == before
    else:
        assert written(folder) == NEW


@pytest.mark.parametrize("method", WRITES)
def test_a_failure_leaves_nothing_beside_the_output(folder, monkeypatch, method):
    fail_at(monkeypatch, method, 2)
    with pytest.raises(OSError, match="space"):
        write(folder, NEW)
    assert [path.name for path in folder.parent.iterdir()] == ["bon"]


def test_a_run_cut_between_its_two_renames_is_mended_by_the_next(folder):
    folder.rename(folder.with_name(".bon.ancien"))
    (folder / "../.bon.nouveau").resolve().mkdir()
    write(folder, NEW)
    assert {path.name: written(path) for path in folder.parent.iterdir()} == {"bon": NEW}


def test_what_a_cut_run_left_half_written_is_not_taken_in(folder):
    stale = folder.with_name(".bon.nouveau")
    stale.mkdir()
    (stale / "stale.txt").write_text("x")
    write(folder, NEW)
    assert written(folder) == NEW


def test_a_foreign_file_is_carried_over_with_its_date(folder):
    (folder / "notes.txt").write_text("mine")
    before = (folder / "notes.txt").stat().st_mtime_ns
    write(folder, NEW)
    assert (folder / "notes.txt").read_text() == "mine"
    assert (folder / "notes.txt").stat().st_mtime_ns == before


def test_a_foreign_link_is_carried_over_as_a_link(folder, tmp_path):
    (folder / "link").symlink_to(tmp_path / "elsewhere")
    write(folder, NEW)
    assert (folder / "link").readlink() == tmp_path / "elsewhere"


def test_a_foreign_empty_folder_is_carried_over(folder):
    (folder / "mine/later").mkdir(parents=True)
    write(folder, NEW)
    assert (folder / "mine/later").is_dir()


@pytest.mark.parametrize(
    ("standing", "named"),
    [
        ("pieces/01.pdf", "pieces/01.pdf"),  # in a file's place
        ("pieces", "pieces"),  # in a folder's place
        ("pieces/01.pdf/mine.txt", "pieces/01.pdf/mine.txt"),  # a folder in a file's place
    ],
)
def test_a_foreign_file_in_the_way_is_named_and_nothing_is_written(folder, standing, named):
    (folder / standing).parent.mkdir(parents=True, exist_ok=True)
    (folder / standing).write_text("mine")
    before = written(folder)
    [found] = write(folder, NEW)
    assert (found.id, str(folder / named) in found.message) == ("sortie/fichier-etranger", True)
    assert written(folder) == before


def test_an_own_folder_that_was_emptied_by_hand_is_not_in_the_way(folder):
    (folder / "lettres/01.pdf").unlink()
    assert write(folder, NEW) == []


def test_a_file_of_the_old_manifest_is_deleted_when_no_longer_made(folder):
    write(folder, NEW)
    assert not (folder / "gone.txt").exists()


def test_an_output_is_current_while_its_files_are_whole(folder):
    assert is_current(folder, content_mark(OLD))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / "index.html").write_bytes(b"touched"),
        lambda folder: (folder / "gone.txt").unlink(),
        lambda folder: (folder / MANIFEST).unlink(),
        lambda folder: (folder / MANIFEST).write_text("{"),
        lambda folder: (folder / MANIFEST).write_text("[" * 100_000),
        lambda folder: (folder / MANIFEST).write_text('{"fichiers": []}'),
    ],
)
def test_an_output_that_was_touched_is_not_current(folder, spoil):
    spoil(folder)
    assert not is_current(folder, content_mark(OLD))


def test_an_output_made_from_other_inputs_is_not_current(folder):
    assert not is_current(folder, content_mark(NEW))


def test_a_link_to_a_folder_is_followed_and_stays(folder, tmp_path):
    link = tmp_path / "link"
    link.symlink_to(folder)
    write(link, NEW)
    assert (link.is_symlink(), written(folder)) == (True, NEW)


def forge_manifest(folder: Path, *names: str) -> None:
    """Write a manifest that names files elsewhere."""
    (folder / MANIFEST).write_text(json.dumps({"fichiers": dict.fromkeys(names, "0")}))


@pytest.mark.parametrize("act", [clean_output, lambda folder: write_index(folder, NEW, {})])
def test_a_manifest_never_says_what_to_delete_elsewhere(folder, tmp_path, act):
    victim = tmp_path / "victim.txt"
    victim.write_text("mine")
    forge_manifest(folder, "../../victim.txt", str(victim), *OLD)
    act(folder)
    assert victim.exists()


def test_a_link_out_of_the_output_is_not_followed_by_clean(folder, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "victim.txt").write_text("mine")
    (folder / "link").symlink_to(outside)
    forge_manifest(folder, "link/victim.txt")
    clean_output(folder)
    assert (outside / "victim.txt").exists()


def test_clean_deletes_what_the_manifest_names_and_the_folders_it_empties(folder):
    assert clean_output(folder) == len(OLD) + 1
    assert not folder.exists()


def test_clean_leaves_what_is_not_ours(folder):
    (folder / "notes.txt").write_text("mine")
    (folder / "empty").mkdir()
    clean_output(folder)
    assert sorted(path.name for path in folder.iterdir()) == ["empty", "notes.txt"]


def test_clean_touches_nothing_in_a_folder_without_manifest(tmp_path):
    (tmp_path / "a/empty").mkdir(parents=True)
    assert clean_output(tmp_path) == 0
    assert (tmp_path / "a/empty").is_dir()


def test_the_index_leaves_the_dossiers_beside_it_alone(folder):
    before = written(folder)
    write_index(folder.parent, {"index.html": b"index"}, {})
    assert written(folder) == before


def test_the_index_deletes_its_own_former_files(tmp_path):
    write_index(tmp_path, {"a.html": b"", "b.html": b""}, {})
    write_index(tmp_path, {"a.html": b""}, {})
    assert sorted(written(tmp_path)) == ["a.html"]


def test_the_index_refuses_to_replace_a_foreign_file(tmp_path):
    (tmp_path / "index.html").write_text("mine")
    [found] = write_index(tmp_path, {"index.html": b""}, {})
    assert found.id == "sortie/fichier-etranger"
    assert (tmp_path / "index.html").read_text() == "mine"


@pytest.mark.parametrize("method", ["write_bytes", "replace"])
def test_a_failure_of_the_index_leaves_no_half_written_file(tmp_path, monkeypatch, method):
    write_index(tmp_path, {"index.html": b"old"}, {})
    fail_at(monkeypatch, method, 1)
    with pytest.raises(OSError, match="space"):
        write_index(tmp_path, {"index.html": b"new"}, {})
    assert written(tmp_path) == {"index.html": b"old"}

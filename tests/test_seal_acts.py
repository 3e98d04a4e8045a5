"""Several files changed as one: an interruption leaves the old state, or one that is completed."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from dument.digests import sha256
from dument.seal import Act, Busy, carry_out, hold, is_pending, settle
from dument.seal.holding import HOLD_FILE
from tests.projects import dument_says, lay_project

BEFORE = {"dossier.yaml": b"avant", "dossier.lock": b"{}", "envois/01/lettre.pdf": b"ancienne"}
FILES = {
    "dossier.yaml": b"apres",
    "pieces/preuve.pdf": b"preuve",
    "envois/02/lettre.pdf": b"lettre",
    "envois/02/sceau.json": b"sceau",
    "dossier.lock": b"{1}",
}
AFTER = {**FILES, "envois/annules/01/lettre.pdf": b"ancienne"}
CALLS = [
    (Path, "mkdir"),
    (Path, "open"),
    (Path, "rename"),
    (Path, "replace"),
    (os, "fsync"),
    (os, "open"),
    (shutil, "copymode"),
]
REPLACED = [(Path, "replace")]


class Cut(BaseException):
    """The machine stops: no handler runs."""


def act() -> Act:
    return Act("essai", sha256(b"avant"), FILES, [("envois/01", "envois/annules/01")])


def lay(folder: Path) -> Path:
    for name, content in BEFORE.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def state(folder: Path) -> dict[str, bytes]:
    """Return every file of a dossier but those of an act that is not carried out."""
    files = (path for path in folder.rglob("*") if path.is_file())
    named = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    return {name: content for name, content in named.items() if ".en-cours" not in name}


def stop_at(monkeypatch, turn: int, fault: type[BaseException], calls=CALLS) -> list[str]:
    """Make the nth of all the calls that change the disk fail; return the calls made."""
    made: list[str] = []

    def watched(genuine, name):
        def call(*args, **options):
            made.append(name)
            if len(made) == turn:
                raise fault(28, "no room") if fault is OSError else fault
            return genuine(*args, **options)

        return call

    for owner, name in calls:
        monkeypatch.setattr(owner, name, watched(getattr(owner, name), name))
    return made


def cut(monkeypatch, folder: Path, turn: int, fault: type[BaseException], calls=CALLS) -> bool:
    """Carry the act out, cut at a call; tell whether it went to its end all the same."""
    with monkeypatch.context() as patch:
        stop_at(patch, turn, fault, calls)
        try:
            return carry_out(folder, act())
        except fault:
            return False


def count_of_calls(tmp_path, monkeypatch) -> int:
    folder = lay(tmp_path / "compte")
    with monkeypatch.context() as patch:
        made = stop_at(patch, 0, OSError)
        assert carry_out(folder, act())
    assert state(folder) == AFTER
    return len(made)


@pytest.mark.parametrize("fault", [OSError, Cut])
def test_an_act_cut_anywhere_is_undone_or_completed(tmp_path, monkeypatch, fault):
    undone = completed = 0
    for turn in range(1, count_of_calls(tmp_path, monkeypatch) + 1):
        folder = lay(tmp_path / str(turn))
        is_done = cut(monkeypatch, folder, turn, fault)
        if is_pending(folder):
            assert settle(folder) == ("essai", True)
            completed += 1
        elif not is_done and state(folder) == BEFORE:
            assert settle(folder) is None
            assert carry_out(folder, act())
            undone += 1
        assert state(folder) == AFTER
        assert not is_pending(folder)
    assert undone > 5
    assert completed > 5


def test_a_completion_cut_anywhere_is_completed_in_its_turn(tmp_path, monkeypatch):
    turn, is_cut = 0, True
    while is_cut:
        turn += 1
        folder = lay(tmp_path / str(turn))
        cut(monkeypatch, folder, 1, Cut, REPLACED)
        with monkeypatch.context() as patch, contextlib.suppress(Cut):
            made = stop_at(patch, turn, Cut)
            settle(folder)
        is_cut = len(made) == turn
        settle(folder)
        assert state(folder) == AFTER
    assert turn > 5


def test_an_act_is_abandoned_when_the_case_file_changed_before_anything_moved(
    tmp_path, monkeypatch
):
    folder = lay(tmp_path)
    cut(monkeypatch, folder, 1, Cut, REPLACED)
    (folder / "dossier.yaml").write_bytes(b"autre")
    assert settle(folder) == ("essai", False)
    assert state(folder) == {**BEFORE, "dossier.yaml": b"autre"}
    assert not is_pending(folder)


def test_an_act_goes_on_when_the_case_file_changed_after_it_moved(tmp_path, monkeypatch):
    folder = lay(tmp_path)
    cut(monkeypatch, folder, 2, Cut, REPLACED)
    (folder / "dossier.yaml").write_bytes(b"apres, puis autre")
    assert settle(folder) == ("essai", True)
    assert state(folder) == {**AFTER, "dossier.yaml": b"apres, puis autre"}


def test_the_case_file_keeps_its_rights(tmp_path):
    folder = lay(tmp_path)
    (folder / "dossier.yaml").chmod(0o640)
    carry_out(folder, act())
    assert (folder / "dossier.yaml").stat().st_mode & 0o777 == 0o640


def test_a_command_completes_what_was_interrupted(tmp_path, monkeypatch):
    folder = lay_project(tmp_path)
    send = ("send", "bon", "1", "--le", "2026-04-15", "--date", "2026-11-21")
    with monkeypatch.context() as patch:
        stop_at(patch, 2, OSError, REPLACED)
        said = dument_says(tmp_path, *send)
    assert "[machine/fichier]" in said.output, said.output
    assert is_pending(folder)
    checked = dument_says(tmp_path, "check", "bon", "--date", "2026-11-21", "-v")
    assert "[envoi/repris]" in checked.output
    assert not is_pending(folder)
    verified = dument_says(tmp_path, "verify", "bon", "--date", "2026-11-21")
    assert "intacte ; refaite aujourd’hui : à l’identique" in verified.stdout


def test_a_dossier_is_held_by_one_at_a_time(tmp_path):
    with hold(tmp_path) as still_held:
        with pytest.raises(Busy) as refusal, hold(tmp_path):
            pass
        assert refusal.value.owner["processus"] == os.getpid()
        still_held()
    with hold(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def owned(folder: Path, **owner) -> None:
    (folder / HOLD_FILE).write_text(json.dumps(owner), encoding="utf-8")


def dead_process() -> int:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    return gone.pid


@pytest.mark.skipif(os.name == "nt", reason="Windows tells by moving the file")
def test_the_hold_of_a_dead_process_is_taken_over(tmp_path):
    owned(tmp_path, processus=dead_process(), machine=socket.gethostname(), jeton="x")
    with hold(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows tells by moving the file")
def test_the_hold_of_a_living_or_unknown_process_is_left_alone(tmp_path):
    living = {"processus": os.getppid(), "machine": socket.gethostname(), "jeton": "x"}
    for owner in (living, {**living, "processus": 1, "machine": "ailleurs"}, {}):
        owned(tmp_path, **owner)
        with pytest.raises(Busy), hold(tmp_path):
            pass
        assert (tmp_path / HOLD_FILE).exists()


def test_who_lost_his_hold_goes_no_further(tmp_path):
    with hold(tmp_path) as still_held:
        owned(tmp_path, processus=1, machine="ailleurs", jeton="x")
        with pytest.raises(Busy):
            still_held()
    assert (tmp_path / HOLD_FILE).exists()

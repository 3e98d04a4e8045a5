"""The doctor says what is missing and what to type, and installs only where it may."""

from __future__ import annotations

import ast
import dataclasses
import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from dument import doctor
from dument.diagnostics import Level
from dument.doctor import Machine, Platform, diagnose, install_command

HEALTHY = Machine(
    platform=Platform.DEBIAN,
    description="Debian GNU/Linux 12 (bookworm), x86_64",
    python=(3, 11, 7),
    missing=(),
    pango=(1, 50, 12),
    has_fast_yaml=True,
)


def findings(**changes) -> dict[str, Level]:
    return {one.id: one.level for one in diagnose(dataclasses.replace(HEALTHY, **changes))}


def libraries_weasyprint_asks_for() -> dict[str, tuple[set[str], bool]]:
    """Read WeasyPrint's own list: variable, names tried, whether it can do without."""
    package = Path(importlib.util.find_spec("weasyprint").origin).parent
    asked = {}
    for node in ast.walk(ast.parse((package / "text" / "ffi.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            call = node.value
            if isinstance(call.func, ast.Name) and call.func.id == "_dlopen":
                names = {arg.value for arg in call.args if isinstance(arg, ast.Constant)}
                asked[node.targets[0].id] = names, bool(call.keywords)
    return asked


@pytest.fixture
def bare_system(monkeypatch):
    """A system without Pango, which must not be touched: what is run is noted, not done."""
    ran = []

    def run(command, **_):
        ran.append(command)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(doctor, "missing_libraries", lambda: ("Pango", "PangoFT2"))
    monkeypatch.setattr(doctor.subprocess, "run", run)
    monkeypatch.setattr(doctor.shutil, "which", lambda name: f"/usr/bin/{name}")
    return ran


def test_a_healthy_machine_has_nothing_to_hear():
    assert findings() == {}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"python": (3, 10, 4)}, {"doctor/python": Level.ERROR}),
        ({"missing": ("Pango",), "pango": ()}, {"doctor/pango": Level.ERROR}),
        ({"pango": (1, 42, 4)}, {"doctor/pango-ancien": Level.ERROR}),
        ({"missing": ("HarfBuzz-Subset",)}, {"doctor/harfbuzz-subset": Level.WARNING}),
        ({"has_fast_yaml": False}, {"doctor/yaml-lent": Level.WARNING}),
    ],
)
def test_each_lack_is_said_with_its_gravity(changes, expected):
    assert findings(**changes) == expected


def test_every_finding_says_what_to_do():
    worst = dataclasses.replace(
        HEALTHY, python=(3, 9), missing=tuple(doctor.LIBRARIES), pango=(), has_fast_yaml=False
    )
    assert all(found.hint for found in diagnose(worst))


@pytest.mark.parametrize(
    ("platform", "tool"),
    [
        (Platform.DEBIAN, "apt-get"),
        (Platform.FEDORA, "dnf"),
        (Platform.MACOS, "brew"),
        (Platform.WINDOWS, "pacman"),
    ],
)
def test_each_known_system_has_one_command(platform, tool):
    command = install_command(platform)
    assert tool in command
    assert "\n" not in command


def test_an_unknown_system_is_shown_every_command():
    shown = install_command(Platform.OTHER)
    assert all(command in shown for command in doctor.INSTALL_COMMANDS.values())


def test_the_doctor_looks_for_what_weasyprint_looks_for():
    asked = libraries_weasyprint_asks_for()
    ours = [set(names) for names in doctor.LIBRARIES.values()]
    required = {name for name, (_, can_do_without) in asked.items() if not can_do_without}
    covered = {name for name, (names, _) in asked.items() if any(found <= names for found in ours)}
    assert required | {"harfbuzz_subset"} == covered


@pytest.mark.parametrize(
    ("system", "release", "expected"),
    [
        ("linux", {"ID": "debian"}, Platform.DEBIAN),
        ("linux", {"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, Platform.DEBIAN),
        ("linux", {"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, Platform.FEDORA),
        ("linux", {"ID": "arch"}, Platform.OTHER),
        ("linux", {}, Platform.OTHER),
        ("darwin", {}, Platform.MACOS),
        ("win32", {}, Platform.WINDOWS),
    ],
)
def test_the_system_is_told_by_its_family(monkeypatch, system, release, expected):
    monkeypatch.setattr(doctor.sys, "platform", system)
    monkeypatch.setattr(doctor.platform, "freedesktop_os_release", lambda: release)
    assert doctor.current_platform() is expected


def test_root_on_debian_has_the_libraries_installed(monkeypatch, bare_system):
    monkeypatch.setattr(doctor, "current_platform", lambda: Platform.DEBIAN)
    monkeypatch.setattr(doctor, "_is_root", lambda: True)
    doctor.install()
    update, install = bare_system
    assert "update" in update
    assert install[-3:] == ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"]


@pytest.mark.parametrize(
    ("platform", "is_root"),
    [
        (Platform.DEBIAN, False),
        (Platform.FEDORA, True),
        (Platform.MACOS, False),
        (Platform.WINDOWS, False),
    ],
)
def test_elsewhere_the_command_is_shown_and_nothing_is_done(
    monkeypatch, capsys, bare_system, platform, is_root
):
    monkeypatch.setattr(doctor, "current_platform", lambda: platform)
    monkeypatch.setattr(doctor, "_is_root", lambda: is_root)
    assert doctor.main(["--installer"]) == 1
    assert install_command(platform) in capsys.readouterr().out
    assert bare_system == []


def test_a_debian_without_venv_is_told_to_install_it_too(monkeypatch, capsys, bare_system):
    monkeypatch.setattr(doctor, "current_platform", lambda: Platform.DEBIAN)
    monkeypatch.setattr(doctor, "_is_root", lambda: False)
    monkeypatch.setattr(doctor, "_has_module", lambda name: name != "ensurepip")
    assert not doctor.install()
    venv = f"python3.{sys.version_info.minor}-venv"
    assert venv in capsys.readouterr().out


def test_the_report_fails_when_pdfs_cannot_be_made(monkeypatch):
    sick = dataclasses.replace(HEALTHY, missing=("Pango",), pango=())
    monkeypatch.setattr(doctor, "observe", lambda: sick)
    lines, is_fine = doctor.report()
    assert not is_fine
    assert f"  aide : tapez : {install_command(Platform.DEBIAN)}" in lines


def test_a_slow_machine_is_warned_but_fit(monkeypatch):
    slow = dataclasses.replace(HEALTHY, missing=("HarfBuzz-Subset",))
    monkeypatch.setattr(doctor, "observe", lambda: slow)
    assert doctor.report()[1]


def test_the_machine_that_runs_these_tests_makes_pdfs():
    assert diagnose(doctor.observe()) == []


def test_the_doctor_needs_nothing_installed(root):
    bare = [sys.executable, "-I", "-S", "-c"]
    code = f"import sys; sys.path.append({str(root)!r}); import dument.doctor"
    subprocess.run([*bare, code], check=True)

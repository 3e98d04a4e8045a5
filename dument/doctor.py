"""What this machine lacks to make the PDFs, and the one command that supplies it.

Imports nothing but the standard library: `make` runs it before anything is installed.
"""

from __future__ import annotations

import argparse
import ctypes
import ctypes.util
import importlib.metadata
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from dument import __version__
from dument.diagnostics import Diagnostic, error, has_errors, warning

PYTHON_FLOOR = (3, 11)
PANGO_FLOOR = (1, 44)  # WeasyPrint's own

SUBSETTER = "HarfBuzz-Subset"  # the one library that WeasyPrint replaces when it is absent

# The names under which WeasyPrint looks for each library (weasyprint/text/ffi.py).
LIBRARIES = {
    "GObject": (
        "libgobject-2.0.so.0",
        "libgobject-2.0.0.dylib",
        "libgobject-2.0-0",
        "gobject-2.0",
    ),
    "Pango": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0", "pango-1.0"),
    "HarfBuzz": ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0", "harfbuzz"),
    "Fontconfig": ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1", "fontconfig"),
    "PangoFT2": (
        "libpangoft2-1.0.so.0",
        "libpangoft2-1.0.dylib",
        "libpangoft2-1.0-0",
        "pangoft2-1.0",
    ),
    SUBSETTER: (
        "libharfbuzz-subset.so.0",
        "libharfbuzz-subset.0.dylib",
        "libharfbuzz-subset-0",
        "harfbuzz-subset",
    ),
}
DLL_FOLDERS = r"C:\msys64\ucrt64\bin;C:\msys64\mingw64\bin;C:\Program Files\GTK3-Runtime Win64\bin"


class Platform(StrEnum):
    """The families of systems whose install command is known; the values are shown."""

    DEBIAN = "Debian ou Ubuntu"
    FEDORA = "Fedora"
    MACOS = "macOS"
    WINDOWS = "Windows"
    OTHER = "autre système"


DEBIAN_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
INSTALL_COMMANDS = {
    Platform.DEBIAN: f"sudo apt-get install {' '.join(DEBIAN_PACKAGES)}",
    Platform.FEDORA: "sudo dnf install pango",
    Platform.MACOS: "brew install pango",
    Platform.WINDOWS: "pacman -S mingw-w64-ucrt-x86_64-pango",
}
REMARKS = {
    Platform.MACOS: "Si Pango est déjà installé, dites où : "
    "export DYLD_FALLBACK_LIBRARY_PATH=/opt/homebrew/lib",
    Platform.WINDOWS: "Cette commande se tape dans la fenêtre « MSYS2 UCRT64 » de MSYS2 "
    "(msys2.org). Si Pango est déjà installé ailleurs, dites où : "
    "set WEASYPRINT_DLL_DIRECTORIES=DOSSIER",
}


@dataclass(frozen=True, slots=True)
class Machine:
    """What was seen of a machine; `pango` is its version, empty when it cannot be loaded."""

    platform: Platform
    description: str
    python: tuple[int, ...]
    missing: tuple[str, ...]
    pango: tuple[int, ...]
    has_fast_yaml: bool


def observe() -> Machine:
    """Look at this machine."""
    return Machine(
        platform=current_platform(),
        description=_system_description(),
        python=sys.version_info[:3],
        missing=missing_libraries(),
        pango=_pango_version(),
        has_fast_yaml=_has_module("yaml") and _has_module("yaml._yaml"),
    )


def diagnose(machine: Machine) -> list[Diagnostic]:
    """Say what hinders on that machine; each hint is what to do."""
    return [*_diagnose_python(machine), *_diagnose_libraries(machine)]


def install_command(platform: Platform) -> str:
    """Return the one command that installs Pango there; on an unknown system, each of them."""
    every = " ; ".join(f"{name} : {command}" for name, command in INSTALL_COMMANDS.items())
    return INSTALL_COMMANDS.get(platform, every)


def report() -> tuple[list[str], bool]:
    """Return the lines of `dument doctor`, and whether PDFs can be made here."""
    machine = observe()
    findings = diagnose(machine)
    lines = _facts(machine)
    for found in findings:
        lines += [f"{found.level} : {found.message} [{found.id}]", f"  aide : {found.hint}"]
    if machine.missing and machine.platform in REMARKS:
        lines.append(f"  {REMARKS[machine.platform]}")
    if not findings:
        lines.append("Rien ne manque.")
    return lines, not has_errors(findings)


def current_platform() -> Platform:
    """Tell which family this system belongs to."""
    if sys.platform == "darwin":
        return Platform.MACOS
    if sys.platform in ("win32", "cygwin"):
        return Platform.WINDOWS
    release = _os_release()
    families = {release.get("ID", ""), *release.get("ID_LIKE", "").split()}
    if families & {"debian", "ubuntu"}:
        return Platform.DEBIAN
    return Platform.FEDORA if "fedora" in families else Platform.OTHER


def missing_libraries() -> tuple[str, ...]:
    """Return the names of the libraries that WeasyPrint would not find."""
    _add_dll_folders()
    return tuple(name for name, names in LIBRARIES.items() if _load(names) is None)


def install() -> bool:
    """Supply what `make` needs from the system where that can be done, else say what to type.

    Only root on Debian or Ubuntu has anything done for it. Return whether nothing is missing.
    """
    lacking = [*missing_libraries(), *([] if _has_module("ensurepip") else ["venv"])]
    if not lacking:
        return True
    here = current_platform()
    if here is Platform.DEBIAN and _is_root() and shutil.which("apt-get"):
        print("Installation par apt-get :", ", ".join(lacking))
        return _install_debian_packages(_debian_packages(lacking)) and not missing_libraries()
    print(f"Il manque à ce système : {', '.join(lacking)}. Commande à taper, puis relancez :\n")
    print(f"    {_command_for_make(here, lacking)}\n")
    if here in REMARKS:
        print(REMARKS[here])
    return False


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `python -m dument.doctor`; return the exit code."""
    parser = argparse.ArgumentParser(description="Dit ce qui manque à cette machine.")
    parser.add_argument(
        "--installer", action="store_true", help="installe Pango ou dit quoi taper"
    )
    if parser.parse_args(arguments).installer:
        return 0 if install() else 1
    lines, is_fine = report()
    print("\n".join(lines))
    return 0 if is_fine else 1


def _diagnose_python(machine: Machine) -> Iterator[Diagnostic]:
    if machine.python < PYTHON_FLOOR:
        message = f"Python {_dotted(machine.python)} est trop ancien."
        yield error("doctor/python", message, hint=_at_least("Python", PYTHON_FLOOR))
    if not machine.has_fast_yaml:
        message = "PyYAML n'a pas sa partie en C : les dossiers se lisent sept fois moins vite."
        hint = "réinstallez-le : pip install --force-reinstall --only-binary :all: pyyaml"
        yield warning("doctor/yaml-lent", message, hint=hint)


def _diagnose_libraries(machine: Machine) -> Iterator[Diagnostic]:
    to_type = f"tapez : {install_command(machine.platform)}"
    if machine.missing == (SUBSETTER,):
        message = f"Il manque {SUBSETTER} : les PDF prennent quatre fois plus de temps."
        yield warning("doctor/harfbuzz-subset", message, hint=to_type)
    elif machine.missing:
        message = f"Il manque ce qui met en page les PDF : {', '.join(machine.missing)}."
        yield error("doctor/pango", message, hint=to_type)
    if machine.pango and machine.pango < PANGO_FLOOR:
        message = f"Pango {_dotted(machine.pango)} est trop ancien."
        yield error("doctor/pango-ancien", message, hint=_at_least("Pango", PANGO_FLOOR))


def _facts(machine: Machine) -> list[str]:
    return [
        f"Dûment {__version__}, WeasyPrint {_installed_version('weasyprint')}",
        f"Python {_dotted(machine.python)}, Pango {_dotted(machine.pango) or 'absent'}",
        machine.description,
    ]


def _at_least(name: str, version: tuple[int, ...]) -> str:
    return f"il faut {name} {_dotted(version)} ou plus récent"


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


def _system_description() -> str:
    name = _os_release().get("PRETTY_NAME") or f"{platform.system()} {platform.release()}"
    return f"{name}, {platform.machine()}"


def _os_release() -> dict[str, str]:
    with suppress(OSError):
        return platform.freedesktop_os_release()
    return {}


def _installed_version(distribution: str) -> str:
    with suppress(importlib.metadata.PackageNotFoundError):
        return importlib.metadata.version(distribution)
    return "absent"


def _has_module(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _add_dll_folders() -> None:
    """Do as WeasyPrint does on Windows, where libraries are sought in named folders only."""
    if not hasattr(os, "add_dll_directory"):
        return
    for folder in os.environ.get("WEASYPRINT_DLL_DIRECTORIES", DLL_FOLDERS).split(";"):
        with suppress(OSError):
            os.add_dll_directory(folder)


def _load(names: Sequence[str]) -> ctypes.CDLL | None:
    """Load a library by the first name that works, as given and then looked up, as `cffi` does."""
    for name in names:
        with suppress(OSError):
            return ctypes.CDLL(name)
    found = ctypes.util.find_library(names[-1])  # slow: it may start a compiler
    return ctypes.CDLL(found) if found else None


def _pango_version() -> tuple[int, ...]:
    pango = _load(LIBRARIES["Pango"])
    if pango is None:
        return ()
    thousands = pango.pango_version()  # 15012 is 1.50.12
    return (thousands // 10000, thousands // 100 % 100, thousands % 100)


def _debian_packages(lacking: Sequence[str]) -> list[str]:
    venv = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    return [*DEBIAN_PACKAGES, *([venv] if "venv" in lacking else [])]


def _install_debian_packages(packages: Sequence[str]) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run = partial(
        subprocess.run, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    # A list that cannot be refreshed is no reason to stop: the packages may well be in it.
    run(["apt-get", "-qq", "update"])
    done = run(["apt-get", "-qq", "--yes", "--no-install-recommends", "install", *packages])
    if done.returncode:
        print(f"apt-get a échoué :\n{done.stderr}", file=sys.stderr)
    return done.returncode == 0


def _command_for_make(here: Platform, lacking: Sequence[str]) -> str:
    if here is Platform.DEBIAN:
        return f"sudo apt-get install {' '.join(_debian_packages(lacking))}"
    return install_command(here)


if __name__ == "__main__":
    sys.exit(main())

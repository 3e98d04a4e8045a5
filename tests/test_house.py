"""The house keeps its floors: who may import whom, and what may stand in which room."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

# From the bottom up. A room (a module or a package of dument/) imports only from floors below.
FLOORS = [
    {"faults"},
    {"money", "days", "french", "identifiers", "numerals", "diagnostics", "digests"},
    {"source", "kit", "templating", "lock", "files"},
    {"law", "case", "handover"},
    {"schema"},
    {"rules", "importers"},
    {"ledger"},
    {"letters"},
    {"checks", "pdf"},
    {"seal", "dossier"},
    {"audience", "delivery", "derivation", "exhibits"},
    {
        "archive",
        "bundle",
        "pages",
        "records",
        "reports",
        "revisions",
        "mailing",
        "output",
        "spreadsheet",
        "starting",
    },
    {"workshop"},
    {"printing"},
    {"pipeline", "doctor"},
    {"sending", "memory"},
    {"serving", "sharing", "verifying"},
    {"cli"},
    {"__main__"},
]
FREE_TO_ALL = "__init__"  # holds the version, imports nothing

# A third-party package is imported in its rooms only.
ROOMS_OF_PACKAGES = {
    "PIL": {"pdf"},
    "click": {"cli", "kit"},  # kit raises ClickException where nothing can go on
    "fontTools": {"pdf"},
    "jinja2": {"templating"},
    "markdown_it": {"letters"},
    "markupsafe": {"templating"},
    "pikepdf": {"pdf"},
    "pillow_heif": {"pdf"},
    "pydantic": {"case", "schema"},
    "pydantic_core": {"case", "schema"},
    "pypdfium2": {"pdf"},
    "pyzipper": {"archive"},
    "segno": {"letters"},
    "stdnum": {"identifiers"},
    "weasyprint": {"pdf"},
    "xlsxwriter": {"spreadsheet"},
    "yaml": {"source"},
}

ROOMS_WITHOUT_FLOAT = {"money", "numerals", "ledger", "rules", "law", "case"}
ROOMS_OF_THE_CLOCK = {"cli"}
ROOMS_THAT_PRINT = {"cli", "doctor"}
READINGS_OF_THE_CLOCK = {
    "date": {"today"},
    "datetime": {"now", "today", "utcnow"},
    "time": {"ctime", "gmtime", "localtime", "time", "time_ns"},
}
LONGEST_MODULE = 300
LONGEST_BODY = 40


@dataclass(frozen=True, slots=True)
class Module:
    """A Python file of the house; `name` is its place, such as `rules/interest.py`."""

    name: str
    text: str

    @property
    def room(self) -> str:
        return self.name.split("/")[0].removesuffix(".py")

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def nodes(self) -> Iterator[ast.AST]:
        return ast.walk(self.tree)

    def at(self, node: ast.AST) -> str:
        return f"{self.name}:{node.lineno}"


def modules_under(folder: Path) -> list[Module]:
    return [
        Module(path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*.py"))
        if "_kit" not in path.parts
    ]


def imported_names(module: Module) -> Iterator[tuple[ast.AST, str]]:
    """Yield every dotted name imported, wherever the import stands; `dument.x` for our own."""
    for node in module.nodes:
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "dument":
            yield from ((node, f"dument.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node, node.module or "."


def floor_of(room: str) -> int | None:
    return next((height for height, rooms in enumerate(FLOORS) if room in rooms), None)


def faults_of_floors(module: Module) -> Iterator[str]:
    here = floor_of(module.room)
    if here is None and module.room != FREE_TO_ALL:
        yield f"{module.name}: no floor; give {module.room!r} one in FLOORS, as low as it can live"
        return
    for node, name in imported_names(module):
        parts = name.split(".")
        if parts[0] != "dument" or name in ("dument.__version__", f"dument.{module.room}"):
            continue
        room = parts[1] if len(parts) > 1 else "__main__"
        there = floor_of(room)
        if room != module.room and (here is None or there is None or there >= here):
            yield f"{module.at(node)}: {module.room} may not import {room}: not on a floor below"


def faults_of_packages(module: Module) -> Iterator[str]:
    for node, name in imported_names(module):
        package = name.split(".")[0]
        if package in sys.stdlib_module_names or package == "dument":
            continue
        rooms = ROOMS_OF_PACKAGES.get(package)
        if rooms is None:
            yield f"{module.at(node)}: {package} has no room; choose one in ROOMS_OF_PACKAGES"
        elif module.room not in rooms:
            yield f"{module.at(node)}: {package} belongs in {sorted(rooms)}, not {module.room}"


def faults_of_float(module: Module) -> Iterator[str]:
    if module.room not in ROOMS_WITHOUT_FLOAT:
        return
    for node in module.nodes:
        if isinstance(node, ast.Name) and node.id == "float":
            yield f"{module.at(node)}: float is not for money; use Decimal"
        elif isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield f"{module.at(node)}: {node.value} is a float; write Decimal('{node.value}')"


def faults_of_clock(module: Module) -> Iterator[str]:
    if module.room in ROOMS_OF_THE_CLOCK:
        return
    for node in module.nodes:
        if isinstance(node, ast.Attribute):
            owner = ast.unparse(node.value).split(".")[-1]
            if node.attr in READINGS_OF_THE_CLOCK.get(owner, ()):
                yield f"{module.at(node)}: {owner}.{node.attr} reads the clock; take the date"
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            names = {alias.name for alias in node.names} & READINGS_OF_THE_CLOCK["time"]
            yield from (f"{module.at(node)}: time.{name} reads the clock" for name in names)


def faults_of_statements(module: Module) -> Iterator[str]:
    for node in module.nodes:
        if isinstance(node, ast.Assert):
            yield f"{module.at(node)}: assert vanishes under -O; say it with a Diagnostic or raise"
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "print"
            and module.room not in ROOMS_THAT_PRINT
        ):
            yield f"{module.at(node)}: only {sorted(ROOMS_THAT_PRINT)} print"


def faults_of_length(module: Module) -> Iterator[str]:
    lines = len(module.text.splitlines())
    if lines > LONGEST_MODULE:
        yield f"{module.name}: {lines} lines, over {LONGEST_MODULE}: which noun is missing?"
    for node in module.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[1 if ast.get_docstring(node) and len(node.body) > 1 else 0]
            length = node.end_lineno - first.lineno + 1
            if length > LONGEST_BODY:
                yield f"{module.at(node)}: {node.name} has {length} lines, over {LONGEST_BODY}"


def faults_of_opening(module: Module) -> Iterator[str]:
    if not ast.get_docstring(module.tree):
        yield f"{module.name}: opens without one line saying its duty"


def check(look, modules: list[Module]) -> None:
    found = [fault for module in modules for fault in look(module)]
    assert not found, "\n" + "\n".join(found)


@pytest.fixture(scope="module")
def engine(root) -> list[Module]:
    return modules_under(root / "dument")


def test_a_room_imports_only_from_floors_below(engine):
    check(faults_of_floors, engine)


def test_a_third_party_package_stays_in_its_room(engine):
    check(faults_of_packages, engine)


def test_float_stays_out_of_money_and_law(engine):
    check(faults_of_float, engine)


def test_only_the_command_line_reads_the_clock(engine):
    check(faults_of_clock, engine)


def test_nothing_prints_or_asserts_below_the_command_line(engine):
    check(faults_of_statements, engine)


def test_modules_and_functions_stay_short(engine):
    check(faults_of_length, engine)


def test_every_module_opens_with_its_duty(root, engine):
    others = modules_under(root / "tests") + modules_under(root / "bench")
    build = Module("build.py", (root / "build.py").read_text(encoding="utf-8"))
    check(faults_of_opening, [*engine, *others, build])


@pytest.mark.parametrize("folder", ["letters", "legal", "site"])
def test_words_law_and_looks_hold_no_python(root, folder):
    assert [str(path.relative_to(root)) for path in (root / folder).rglob("*.py")] == []


@pytest.mark.parametrize(
    ("look", "name", "text"),
    [
        (faults_of_floors, "money.py", "from dument.source import read"),
        (faults_of_floors, "source.py", "from dument import kit"),
        (faults_of_floors, "rules/interest.py", "def f():\n    import dument.cli"),
        (faults_of_floors, "faults.py", "import dument"),
        (faults_of_floors, "__init__.py", "from dument.money import Money"),
        (faults_of_floors, "cellar.py", ""),
        (faults_of_packages, "money.py", "import yaml"),
        (faults_of_packages, "cli.py", "from requests import get"),
        (faults_of_float, "rules/interest.py", "rate = 0.1"),
        (faults_of_float, "money.py", "def f(x: float): ..."),
        (faults_of_clock, "rules/interest.py", "import datetime\nd = datetime.date.today()"),
        (faults_of_clock, "seal.py", "from time import time"),
        (faults_of_statements, "ledger.py", "assert True"),
        (faults_of_statements, "ledger.py", "print('x')"),
        (faults_of_length, "ledger.py", "x = 1\n" * 301),
        (faults_of_length, "ledger.py", "def f():\n" + "    x = 1\n" * 41),
        (faults_of_opening, "ledger.py", "x = 1"),
    ],
)
def test_each_look_sees_the_fault_it_is_for(look, name, text):
    assert len(list(look(Module(name, text)))) == 1


@pytest.mark.parametrize(
    ("look", "name", "text"),
    [
        (faults_of_floors, "rules/interest.py", "from dument.rules.periods import split"),
        (faults_of_floors, "money.py", "from dument import __version__"),
        (faults_of_floors, "cli.py", "from dument import pipeline"),
        (faults_of_packages, "pdf/page.py", "def f():\n    import weasyprint"),
        (faults_of_float, "pdf/page.py", "millimetres = 0.5"),
        (faults_of_clock, "pipeline.py", "import time\nstart = time.perf_counter()"),
        (faults_of_statements, "doctor.py", "print('x')"),
        (
            faults_of_length,
            "ledger.py",
            'def f():\n    """Say\n' + "much\n" * 50 + '"""\n    x = 1',
        ),
    ],
)
def test_each_look_lets_good_code_pass(look, name, text):
    assert list(look(Module(name, text))) == []

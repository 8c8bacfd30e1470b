"""The walls of the house: which part may import what, how long a function or a file may be.

Docstrings, and an encoding wherever a file is opened, are held by ruff (D1, PLW1514).
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.paths import LAUNCHER, ROOT

FILES = {str(path.relative_to(ROOT)): path for path in sorted((ROOT / "kenpo_xl").rglob("*.py"))}

# The layers, from the bottom: an import goes to a lower one, and packages of one layer never import another.
LAYERS = [
    "errors isolated resources",
    "domain.control_characters domain.frozen domain.lazy_patterns",
    "domain.cell_edit domain.cell_reference domain.emphasis domain.file_names domain.source "
    "domain.lengths domain.text_span domain.time",
    "domain.language domain.python_path",
    "domain.findings domain.numbers",
    "domain.formulas domain.privacy",
    "domain.plan",
    "domain.submission",
    "domain.results",
    "domain.outputs",
    "log_file",
    "pipeline checks.context ooxml storage ledger entry tokenizer",
    "checks.registry checks.support ooxml.edit live.synced_folder",
    "live.bridge startup",
    "checks.rules annotations",
    "checks books.common",
    "books.plan.support books.input books.report.template",
    "books.plan.layout books.input.match books.input.write books.report.layout",
    "books.plan.lists books.plan.write books.input.read",
    "books.plan.kpis books.input.inspect books.input.rescue",
    "books.plan books.planner books.report books.board books.handover books.comparison",
    "live live.button",
    "tasks.period",
    "tasks.ledgers",
    "tasks",
    "tasks.branches tasks.buttons tasks.doctor tasks.nightly",
    "tasks.watch",
    "cli buttons",
    "__main__",
]
# package → the only ones below it that it knows
ONLY = {
    **{
        name: ("domain", name)
        for name in ("pipeline", "checks", "ooxml", "storage", "ledger", "log_file", "tokenizer")
    },
    "entry": ("log_file",),
    "startup": ("resources", "storage"),
    "annotations": ("domain", "ooxml"),
    "cli": ("domain", "isolated", "startup", "resources", "log_file", "entry", "tasks"),
    "buttons": ("domain", "isolated", "startup", "entry", "tasks", "live.button"),
}
LEVEL = {part: level for level, parts in enumerate(LAYERS) for part in parts.split()}
PURE = ("errors", "domain", "checks", "pipeline")
BOOKS = (
    *("books.common", "books.plan.adopt", "books.plan.write", "books.input", "books.planner"),
    *("books.report", "books.board", "books.handover", "books.comparison"),
)
# library → the only packages or modules that know it
ONLY_IN = {
    "lxml": (
        *("ooxml", "annotations", "books.input.inspect", "books.report.template"),
        *("books.common.content_seal", "books.common.save_record"),
    ),
    "openpyxl": ("books.report.template",),
    "pyopenvba": ("books.common.macros",),
    "xlsxwriter": BOOKS,
    "zipfile": ("ooxml", "annotations", "books.common.content_seal", "books.report.template"),
    "xlwings": ("live", "buttons"),
    "click": ("cli",),
    "jpholiday": ("tasks",),
    "pandas": ("tasks.export",),
    "pyarrow": ("tasks.export",),
    "sqlalchemy": ("ledger",),
    "psycopg": ("ledger",),
    "distributed": ("tasks.nightly",),
    "sqlite3": ("ledger",),
    "platformdirs": ("storage", "log_file"),
    "psutil": ("storage",),
    "watchdog": ("tasks.watch",),
    "filelock": ("storage",),
    "sudachipy": ("tokenizer",),
}
# Imported inside the function that needs them: a check must not pay for them.
HEAVY = {
    "distributed",
    "jpholiday",
    "openpyxl",
    "pandas",
    "psycopg",
    "pyarrow",
    "pyopenvba",
    "sudachipy",
    "watchdog",
    "xlwings",
}
# The same for parts of ours that are made of one.
HEAVY_PARTS = {"ledger"}

LONGEST_FUNCTION = 40
LONGEST_FILE = 300
# file → why it may be longer
LONG_FILES: dict[str, str] = {}


def test_imports_go_down() -> None:
    assert not offenders(forbidden_imports)


def forbidden_imports(path: Path) -> set[str]:
    part = part_of(path)
    return {name for name in imports(path) if name.split(".")[0] == "kenpo_xl" and not may_import(part, name)}


def may_import(part: str, name: str) -> bool:
    """Whether a part may import a module of ours; "" is the package's own __init__."""
    other = part_named(name.removeprefix("kenpo_xl").removeprefix("."))
    if other in ("", part, "errors"):
        return True
    known = next((only for one, only in ONLY.items() if is_within(part, one)), (other,))
    return (
        LEVEL[other] < LEVEL.get(part, 0)
        and any(is_within(other, one) for one in known)
        and (book_of(other) in (None, "common", book_of(part)) or book_of(part) is None)
    )


def book_of(part: str) -> str | None:
    """The workbook that a part of `books` is about, None for any other part."""
    return part.split(".")[1] if is_within(part, "books") and "." in part else None


def test_every_module_is_in_a_layer() -> None:
    assert not offenders(lambda path: () if part_of(path) or path.name == "__init__.py" else ("no layer",))


def test_no_folder_holds_more_than_twenty_modules() -> None:
    counts = Counter(path.parent for path in FILES.values() if path.name != "__init__.py")
    assert not {str(folder): count for folder, count in counts.items() if count > 20}


def test_no_public_class_name_is_used_twice() -> None:
    names = Counter(
        node.name
        for path in FILES.values()
        for node in nodes(path)
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert not [name for name, count in names.items() if count > 1]


def test_rules_are_registered_in_their_package_alone() -> None:
    """Every module below `checks.rules` registers at least one; no other module does."""
    folder = ROOT / "kenpo_xl" / "checks" / "rules"
    registering = {path for path in FILES.values() if decorated_functions(path, "rule")}
    assert registering == {path for path in folder.rglob("*.py") if path.name != "__init__.py"}


def test_every_package_says_what_it_is_for() -> None:
    """In at least three lines; the top package is described by the README."""
    inner = [path for path in FILES.values() if path.name == "__init__.py" and part_of(path)]
    assert not [str(path) for path in inner if len((ast.get_docstring(parsed(path)) or "").splitlines()) < 3]


def test_rules_of_the_trade_need_the_standard_library_only() -> None:
    known = {*sys.stdlib_module_names, "kenpo_xl"}
    assert not offenders(lambda path: packages(imports(path)) - known if is_in(path, PURE) else set())


def test_libraries_stay_in_their_part() -> None:
    assert not offenders(misplaced_libraries)


def misplaced_libraries(path: Path) -> set[str]:
    return {name for name in packages(imports(path)) if name in ONLY_IN and not is_in(path, ONLY_IN[name])}


def test_the_live_door_is_xlwings_own_and_free() -> None:
    """`.api` is COM in Excel and something else elsewhere; xlwings.pro is not free to use."""
    assert not offenders(api_calls)
    assert not offenders(lambda path: {name for name in imports(path) if is_within(name, "xlwings.pro")})


def test_xlwings_runs_only_as_the_bridge_imports_it() -> None:
    """Imported otherwise it ends every Excel without a visible workbook when Python ends."""
    assert not offenders(
        lambda path: (
            {"xlwings"} & packages(imports_on_running(path)) if not is_in(path, ("live.bridge",)) else set()
        )
    )


def test_parsers_of_xml_are_made_in_one_place() -> None:
    """There they resolve no entity, fetch nothing and build no huge tree."""
    assert not offenders(lambda path: xml_parsers(path) if path.name != "safe_xml.py" else set())


def xml_parsers(path: Path) -> set[str]:
    makers = {"XMLParser", "XMLPullParser", "HTMLParser", "fromstring", "iterparse", "XMLID"}
    made = makers & {node.attr for node in nodes(path) if isinstance(node, ast.Attribute)}
    return made | {name for name in imports(path) if is_within(name, "xml") and name != "xml.parsers"}


def test_every_macro_of_a_button_starts_a_function_that_exists() -> None:
    macros = LAUNCHER.read_text(encoding="ascii")
    called = re.findall(r'Public Sub \w+\(\)\n    RunKenpo "(\w+)"\nEnd Sub\n', macros)
    assert len(called) == macros.count("    RunKenpo ") > 0
    assert set(called) == decorated_functions(ROOT / "kenpo_xl" / "buttons.py", "button")


def test_heavy_packages_are_imported_where_they_are_used() -> None:
    assert not offenders(heavy_imports)


def heavy_imports(path: Path) -> set[str]:
    names = imports_on_loading(path)
    others = HEAVY_PARTS - {part_of(path)}
    ours = {name for name in names for part in others if is_within(name, f"kenpo_xl.{part}")}
    return HEAVY & packages(names) | ours


def test_functions_fit_on_a_hand() -> None:
    assert not offenders(long_functions)


def test_files_are_short() -> None:
    counts = {name: len(text(path).splitlines()) for name, path in FILES.items()}
    assert not {name: n for name, n in counts.items() if n > LONGEST_FILE and name not in LONG_FILES}


def test_exceptions_are_still_needed() -> None:
    assert all((ROOT / name).is_file() and reason for name, reason in LONG_FILES.items())


def offenders(find: Callable[[Path], Iterable[object]]) -> dict[str, list[str]]:
    """What was found in each file in which anything was found."""
    found = {name: sorted(map(str, find(path))) for name, path in FILES.items()}
    return {name: what for name, what in found.items() if what}


def part_of(path: Path) -> str:
    """The layered part that a file belongs to: kenpo_xl/books/plan/reader.py → books.plan."""
    return part_named(module_of(path))


def module_of(path: Path) -> str:
    """The module of a file, without the package's name."""
    *folders, name = path.relative_to(ROOT / "kenpo_xl").with_suffix("").parts
    return ".".join([*folders, name] if name != "__init__" else folders)


def is_in(path: Path, parts: Iterable[str]) -> bool:
    return any(is_within(module_of(path), part) for part in parts)


@cache
def part_named(name: str) -> str:
    """The longest declared part that holds a module, "" for the package's own __init__."""
    return max((part for part in LEVEL if is_within(name, part)), key=len, default="")


def is_within(name: str, module: str) -> bool:
    """True for the module and what is in it; "" is the package's own __init__."""
    return name == module or (bool(module) and name.startswith(f"{module}."))


def packages(names: set[str]) -> set[str]:
    return {name.split(".")[0] for name in names}


@cache
def imports(path: Path) -> frozenset[str]:
    """Full names of the modules that a file imports, also inside functions."""
    return frozenset(name for node in nodes(path) for name in imported(node, path))


@cache
def imports_on_running(path: Path) -> frozenset[str]:
    """The same without what only the type checker reads."""
    return frozenset(name for node in run(parsed(path)) for name in imported(node, path))


def imports_on_loading(path: Path) -> frozenset[str]:
    """The same for what is imported when the file is loaded."""
    return frozenset(name for node in loaded(parsed(path)) for name in imported(node, path))


def loaded(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or is_for_types(node):
        return
    for child in statements(node):
        yield from loaded(child)


def run(node: ast.AST) -> Iterator[ast.AST]:
    """Every statement but what only the type checker reads."""
    yield node
    if not is_for_types(node):
        for child in statements(node):
            yield from run(child)


def statements(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node that may hold an import: no expression does."""
    return (child for child in ast.iter_child_nodes(node) if not isinstance(child, ast.expr))


def is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in {
        getattr(node.test, name, None) for name in ("id", "attr")
    }


def imported(node: ast.AST, path: Path) -> Iterator[str]:
    """`from kenpo_xl.excel import pdf` imports the module pdf, `… import Plan` the one that holds Plan."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert not node.level, f"{path.name}:{node.lineno}: relative import"
        for alias in node.names:
            full = f"{node.module}.{alias.name}"
            yield full if is_module(full) else node.module


def api_calls(path: Path) -> list[int]:
    """The lines of a file with an attribute `api`."""
    return [node.lineno for node in nodes(path) if isinstance(node, ast.Attribute) and node.attr == "api"]


def decorated_functions(path: Path, decorator: str) -> set[str]:
    """The functions of a file that bear a decorator, called with arguments."""
    return {
        node.name
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef)
        for one in node.decorator_list
        if isinstance(one, ast.Call) and ast.unparse(one.func) == decorator
    }


@cache
def is_module(name: str) -> bool:
    place = ROOT.joinpath(*name.split("."))
    return place.is_dir() or place.with_suffix(".py").is_file()


def long_functions(path: Path) -> Iterator[str]:
    lines = text(path).splitlines()
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = node.end_lineno - node.lineno + 1
            if length > LONGEST_FUNCTION and "# long: " not in lines[node.lineno - 1]:
                yield f"{node.name} ({length} lines)"


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(parsed(path)))


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(text(path))


@cache
def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


class TestTheWallsThemselves:
    """A wall that sees nothing holds nothing."""

    def test_each_file_with_something_in_it_is_named(self) -> None:
        found = offenders(lambda path: {2, 1} if path.name in {"errors.py", "pdf.py"} else ())
        assert {Path(name).name for name in found} == {"errors.py", "pdf.py"}
        assert found["kenpo_xl/errors.py"] == ["1", "2"]

    @pytest.fixture
    def written(self, tmp_path: Path) -> Path:
        path = tmp_path / "module.py"
        body = "\n".join(f"    print({number})" for number in range(LONGEST_FUNCTION))
        path.write_text(
            "import os.path\n"
            "from typing import TYPE_CHECKING\n"
            "from kenpo_xl import __version__, errors\n"
            "if TYPE_CHECKING:\n    import pandas\n"
            "def short():\n    from openpyxl import load_workbook\n"
            f"def tall():\n{body}\n"
            f"def excused():  # long: it is a list\n{body}\n",
            encoding="utf-8",
        )
        return path

    def test_imports_are_seen_wherever_they_stand(self, written: Path) -> None:
        assert imports(written) == {"os.path", "typing", "kenpo_xl", "kenpo_xl.errors", "pandas", "openpyxl"}

    def test_imports_on_loading(self, written: Path) -> None:
        assert imports_on_loading(written) == {"os.path", "typing", "kenpo_xl", "kenpo_xl.errors"}

    def test_an_api_is_seen(self, tmp_path: Path) -> None:
        path = tmp_path / "module.py"
        path.write_text(
            "def f(book):\n    book.api_of()\n    book.sheets[0].api.Name = 1\n", encoding="utf-8"
        )
        assert api_calls(path) == [3]

    def test_a_decorated_function_is_seen(self, tmp_path: Path) -> None:
        path = tmp_path / "module.py"
        path.write_text('@button("…")\ndef a(): ...\n@other\ndef b(): ...\n', encoding="utf-8")
        assert decorated_functions(path, "button") == {"a"}

    def test_a_long_function_needs_a_reason(self, written: Path) -> None:
        assert list(long_functions(written)) == ["tall (41 lines)"]

    def test_a_part_is_not_taken_for_another_whose_name_it_begins(self) -> None:
        assert is_within("excel.sheets.cells", "excel.sheets")
        assert not is_within("excel.sheets_of_another", "excel.sheets")
        assert not is_within("cli", "")

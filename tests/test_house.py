"""The walls of the house: which part may import what, how long a function or a file may be.

Docstrings, and an encoding wherever a file is opened, are held by ruff (D1, PLW1514).
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "kenpo_xl").rglob("*.py"))
LAUNCHER = ROOT / "templates" / "vba" / "KenpoButtons.bas"
NAMES = [str(path.relative_to(ROOT)) for path in FILES]
EVERY_FILE = pytest.mark.parametrize("path", FILES, ids=NAMES)

# What is computed on the way from submissions to the report, one module a step.
PURE_STEPS = ("recompute", "rate", "adjust", "facts", "changes", "review", "join")
# part → the parts of ours, or modules of them, that it may import; itself and errors are always allowed.
MAY_IMPORT = {
    "": set(),
    "errors": set(),
    "domain": set(),
    "checks": {"domain"},
    **{step: {"domain"} for step in PURE_STEPS},
    "processes": set(),
    "bridge": set(),
    "isolated": set(),
    "excel": {"domain", "processes", "bridge"},
    # It reads the drawing through the reader of closed workbooks, and knows no other part of excel.
    "plan_book": {"domain", "excel.sheets", "excel.references"},
    "ledger": {"", "domain"},
    "tasks": {"", "processes", "domain", "checks", *PURE_STEPS, "excel", "plan_book", "ledger"},
    # What is logged is masked as everything else that is kept.
    "doors": {"domain"},
    "cli": {"", "isolated", "doors", "domain", "tasks"},
    "buttons": {"", "isolated", "doors", "domain", "tasks", "bridge"},
    "__main__": {"cli"},
}
PURE = {"errors", "domain", "checks", *PURE_STEPS}
ONLY_IN = {
    "lxml": {"excel", "plan_book"},
    "openpyxl": {"excel", "plan_book"},
    "pyopenvba": {"excel"},
    "xlsxwriter": {"excel", "plan_book"},
    "zipfile": {"excel", "plan_book"},
    "xlwings": {"excel", "buttons", "bridge"},
    "click": {"cli"},
    "jpholiday": {"tasks"},
    "sqlalchemy": {"ledger"},
    "sqlite3": {"ledger"},
}
# Imported inside the function that needs them: a check must not pay for them.
HEAVY = {"jpholiday", "openpyxl", "pandas", "pyarrow", "pyopenvba", "xlwings"}
# The same for parts of ours that are made of one.
HEAVY_PARTS = {"ledger"}

LONGEST_FUNCTION = 40
LONGEST_FILE = 300
# file → why it may be longer
LONG_FILES: dict[str, str] = {}


@EVERY_FILE
def test_parts_import_only_what_they_may(path: Path) -> None:
    part = part_of(path)
    allowed = MAY_IMPORT[part] | {part, "errors"}
    ours = {name.partition("kenpo_xl.")[2] for name in imports(path) if name.split(".")[0] == "kenpo_xl"}
    assert not {name for name in ours if not any(is_within(name, one) for one in allowed)}


@EVERY_FILE
def test_rules_of_the_trade_need_the_standard_library_only(path: Path) -> None:
    if part_of(path) in PURE:
        assert packages(imports(path)) <= {*sys.stdlib_module_names, "kenpo_xl"}


@EVERY_FILE
def test_libraries_stay_in_their_part(path: Path) -> None:
    here = part_of(path)
    assert not {name for name in packages(imports(path)) if here not in ONLY_IN.get(name, {here})}


@EVERY_FILE
def test_the_live_door_is_xlwings_own_and_free(path: Path) -> None:
    """`.api` is COM in Excel and something else elsewhere; xlwings.pro is not free to use."""
    assert not api_calls(path)
    assert not {name for name in imports(path) if is_within(name, "xlwings.pro")}


@EVERY_FILE
def test_xlwings_runs_only_as_the_bridge_imports_it(path: Path) -> None:
    """Imported otherwise it ends every Excel without a visible workbook when Python ends."""
    if part_of(path) != "bridge":
        assert "xlwings" not in packages(
            {name for node in run(parsed(path)) for name in imported(node, path)}
        )


@EVERY_FILE
def test_parsers_of_xml_are_made_in_one_place(path: Path) -> None:
    """There they resolve no entity, fetch nothing and build no huge tree."""
    if path.name != "safe_xml.py":
        makers = {"XMLParser", "XMLPullParser", "HTMLParser", "fromstring", "iterparse", "XMLID"}
        assert not makers & {n.attr for n in ast.walk(parsed(path)) if isinstance(n, ast.Attribute)}
        assert not {n for n in imports(path) if is_within(n, "xml") and n != "xml.parsers"}


def test_every_macro_of_a_button_starts_a_function_that_exists() -> None:
    text = LAUNCHER.read_text(encoding="ascii")
    called = re.findall(r'Public Sub \w+\(\)\n    RunKenpo "(\w+)"\nEnd Sub\n', text)
    assert len(called) == text.count("    RunKenpo ") > 0
    assert set(called) == decorated_functions(ROOT / "kenpo_xl" / "buttons.py", "button")


@EVERY_FILE
def test_heavy_packages_are_imported_where_they_are_used(path: Path) -> None:
    loaded = imports_on_loading(path)
    assert not HEAVY & packages(loaded)
    others = HEAVY_PARTS - {part_of(path)}
    assert not [name for name in loaded for part in others if is_within(name, f"kenpo_xl.{part}")]


@EVERY_FILE
def test_functions_fit_on_a_hand(path: Path) -> None:
    assert not list(long_functions(path))


@EVERY_FILE
def test_files_are_short(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_FILE or str(path.relative_to(ROOT)) in LONG_FILES


def test_exceptions_are_still_needed() -> None:
    assert all((ROOT / name).is_file() and reason for name, reason in LONG_FILES.items())


def part_of(path: Path) -> str:
    """The part of the house that a file belongs to: kenpo_xl/domain/plan.py → domain."""
    first = path.relative_to(ROOT / "kenpo_xl").parts[0].removesuffix(".py")
    return "" if first == "__init__" else first


def is_within(name: str, module: str) -> bool:
    """True for the module and what is in it; "" is the package's own __init__."""
    return name == module or (bool(module) and name.startswith(f"{module}."))


def packages(names: set[str]) -> set[str]:
    return {name.split(".")[0] for name in names}


def imports(path: Path) -> set[str]:
    """Full names of the modules that a file imports, also inside functions."""
    return {name for node in ast.walk(parsed(path)) for name in imported(node, path)}


def imports_on_loading(path: Path) -> set[str]:
    """The same for what is imported when the file is loaded; not what only the type checker reads."""
    return {name for node in loaded(parsed(path)) for name in imported(node, path)}


def loaded(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) or is_for_types(node):
        return
    for child in ast.iter_child_nodes(node):
        yield from loaded(child)


def run(node: ast.AST) -> Iterator[ast.AST]:
    """Everything but what only the type checker reads."""
    yield node
    if not is_for_types(node):
        for child in ast.iter_child_nodes(node):
            yield from run(child)


def is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")


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
    return [
        node.lineno
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and node.attr == "api"
    ]


def decorated_functions(path: Path, decorator: str) -> set[str]:
    """The functions of a file that bear a decorator, called with arguments."""
    return {
        node.name
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef)
        for one in node.decorator_list
        if isinstance(one, ast.Call) and ast.unparse(one.func) == decorator
    }


def is_module(name: str) -> bool:
    place = ROOT.joinpath(*name.split("."))
    return place.is_dir() or place.with_suffix(".py").is_file()


def long_functions(path: Path) -> Iterator[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = node.end_lineno - node.lineno + 1
            if length > LONGEST_FUNCTION and "# long: " not in lines[node.lineno - 1]:
                yield f"{node.name} ({length} lines)"


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


class TestTheWallsThemselves:
    """A wall that sees nothing holds nothing."""

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

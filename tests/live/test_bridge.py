"""xlwings' real module for Windows, with stand-ins for Windows alone: what runs when Python ends."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.paths import ROOT

OURS = "from kenpo_xl.live.bridge import import_xlwings; xlwings = import_xlwings()"
CLEANUP = "xlwings._xlwindows.cleanup"


def left(*statements: str) -> list[str]:
    """What these statements leave to be run at the end of a process on Windows, and what they print."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.pywin32", *statements],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.split()


def test_xlwings_alone_would_end_every_excel() -> None:
    assert left("import xlwings") == [CLEANUP]


@pytest.mark.parametrize("before", [(), ("import xlwings",)], ids=["first", "after others"])
def test_our_import_leaves_nothing_of_xlwings(before: tuple[str, ...]) -> None:
    assert left(*before, OURS) == []


def test_what_others_registered_stays() -> None:
    assert left("import atexit; atexit.register(print)", OURS) == ["builtins.print"]


def test_a_button_leaves_nothing_of_xlwings() -> None:
    """Pressed without an Excel to reach, it imports what it always does."""
    pressed = "from kenpo_xl.buttons import check; answer = check(); assert answer.is_failure"
    loaded = "import sys; assert 'xlwings._xlwindows' in sys.modules"
    assert left(pressed, loaded) == ["kenpo_xl.startup._end"]


CONFIG = "from xlwings import _xlwindows; print(_xlwindows.read_config_sheet({sheets}))"
SHEETS = (
    "type('B', (), {'sheets': {'xlwings.conf': {'A1:B1': type('R', (), {'options': lambda *a, **k: "
    "type('V', (), {'value': {'SHAREPOINT_WIN': 'X'}})})()}}})()"
)


def test_a_book_has_no_settings_for_xlwings() -> None:
    """They would be paths in which a file is looked for, on whatever computer."""
    print_settings = CONFIG.replace("{sheets}", SHEETS)
    assert left("import xlwings", print_settings) == ["{'SHAREPOINT_WIN':", "'X'}", CLEANUP]
    assert left(OURS, print_settings) == ["{}"]


LOADED = "import sys; print(*sorted({'PIL', 'matplotlib', 'numpy', 'pandas'} & set(sys.modules)))"
VALUES = """
from xlwings import _xlwindows
engine = _xlwindows.engine
print(*(repr(engine.prepare_xl_data_element(value, None)) for value in ('a', 1.5, 2, True, None)))
print(*engine.clean_value_data([['a', 1.5], [None, -2146826281]], None, None, int, True))
"""


def test_xlwings_alone_would_import_large_libraries() -> None:
    assert left("import xlwings", LOADED) == ["PIL", "matplotlib", "numpy", "pandas", CLEANUP]


def test_our_import_loads_none_of_them() -> None:
    assert left(OURS, LOADED) == []


LICENSED = "import os; os.environ['XLWINGS_LICENSE_KEY'] = 'noncommercial'"


def test_the_part_of_xlwings_that_runs_code_of_a_workbook_is_left_out() -> None:
    """Also where the user has a license for it."""
    assert left(LICENSED, "import xlwings; print(xlwings.__pro__)") == ["True", CLEANUP]
    assert left(LICENSED, OURS, "import xlwings; print(xlwings.__pro__)") == ["False"]


def test_those_already_imported_stay() -> None:
    assert left("import pandas", OURS, LOADED) == ["pandas"]


def test_values_are_converted_without_them() -> None:
    converted = "'a' 1.5 2 True '' ['a', 1] [None, '#DIV/0!']"
    assert left(OURS, VALUES) == converted.split()


def test_they_can_be_imported_afterwards() -> None:
    assert left(OURS, "import pandas, numpy.random", LOADED) == ["numpy", "pandas"]
    statements = (
        "import sys; before = [*sys.meta_path]",
        OURS,
        "assert sys.meta_path == before and 'numpy' not in sys.modules",
        "import pandas; print(pandas.DataFrame({'a': [1, 2]}).sum()['a'])",
    )
    code = "; ".join(statements)
    assert subprocess.check_output([sys.executable, "-P", "-c", code], encoding="utf-8") == "3\n"

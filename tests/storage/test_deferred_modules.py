"""Modules of Python that a press of a button imports, but loads only when it uses them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.paths import ROOT

BOOK = Path("workbooks/saitama-fy2024-q3/提出/レセプトグループ.xlsm")
DEFER = "import sys, kenpo_xl.storage.deferred_modules"
SHOW = "print('cmp' in vars(sys.modules['filecmp']))"


def printed_by(*statements: str) -> list[str]:
    """What these statements print in a process of their own."""
    code = "\n".join((DEFER, *statements))
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout.split()


@pytest.mark.parametrize(
    ("statement", "is_loaded"),
    [
        ("import filecmp", False),
        ("import filecmp; import filecmp", False),
        ("import filecmp; filecmp.__name__, filecmp.__spec__, filecmp.__file__", False),
        ("import filecmp; filecmp.cmp", True),
        ("from filecmp import cmp", True),
    ],
)
def test_a_module_is_loaded_when_it_is_used(statement: str, is_loaded: bool) -> None:
    assert printed_by(statement, SHOW) == [str(is_loaded)]


def test_a_loaded_module_is_as_any_other() -> None:
    shown = "print(filecmp.BUFSIZE, type(filecmp) is type(sys), hasattr(filecmp, 'nothing'))"
    assert printed_by("import filecmp", shown) == ["8192", "True", "False"]


def test_a_function_for_few_parsers_loads_its_module_when_it_is_called() -> None:
    taken = "from inspect import getfullargspec; import inspect"
    shown = "print('signature' in vars(inspect))"
    called = "print(getfullargspec(lambda a, b: a).args, getfullargspec(print).varargs)"
    assert printed_by(taken, shown, called, shown) == ["False", "['a',", "'b']", "args", "True"]


def test_threads_that_use_a_module_at_once_all_find_it_loaded() -> None:
    use = "found = [*threads.map(lambda _: traceback.format_tb.__name__, range(8))]"
    pool = "from concurrent.futures import ThreadPoolExecutor; import traceback"
    opened = f"with ThreadPoolExecutor(8) as threads: {use}"
    assert printed_by("sys.setswitchinterval(1e-6)", pool, opened, "print(len(found))") == ["8"]


def test_a_check_loads_none_of_them() -> None:
    command = "from kenpo_xl.cli.commands import main"
    run = f"try:\n main(['check', {str(BOOK)!r}])\nexcept SystemExit:\n pass"
    names = "bz2", "inspect", "ipaddress", "lzma"
    shown = f"print([one for one in {names} if len(vars(sys.modules[one])) > 20])"
    assert printed_by(command, run, shown)[-1] == "[]"


def test_a_module_that_is_not_named_is_loaded_at_once() -> None:
    assert printed_by("import shlex; print('split' in vars(shlex))") == ["True"]


def test_a_press_loads_none_of_them_with_xlwings() -> None:
    press = "import kenpo_xl.buttons; from kenpo_xl.live.bridge import import_xlwings; import_xlwings()"
    shown = "print([one for one in ('subprocess', 'traceback') if len(vars(sys.modules[one])) > 20])"
    assert printed_by(press, shown) == ["[]"]

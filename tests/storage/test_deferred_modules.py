"""Modules of Python that a press of a button imports, but loads only when it uses them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.paths import ROOT

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


def test_a_module_that_is_not_named_is_loaded_at_once() -> None:
    assert printed_by("import shlex; print('split' in vars(shlex))") == ["True"]


def test_a_press_loads_none_of_them_with_xlwings() -> None:
    press = "import kenpo_xl.buttons; from kenpo_xl.live.bridge import import_xlwings; import_xlwings()"
    shown = "print([one for one in ('subprocess', 'traceback') if len(vars(sys.modules[one])) > 20])"
    assert printed_by(press, shown) == ["[]"]

"""Macros of a book, and other Pythons that are attached to the same LibreOffice."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings

from tests.libreoffice_engine import OfficeError
from tests.libreoffice_engine.__main__ import CRASHED, PIPE, STATE
from tests.office.live import LiveOffice
from tests.paths import ROOT

MACROS = """Option VBASupport 1
Public Function Sum(a As Double, b As Double) As Double
    Sum = a + b
End Function
Public Sub Tell(ByVal text As String)
    ThisComponent.Sheets.getByIndex(0).getCellRangeByName("A1").String = text
End Sub
"""
MODULE = """import sys
import xlwings

book = xlwings.Book.caller()
book.sheets[0]["A1"].value = book.macro("Sum")(1, 2)
book.app.status_bar = "済みました。"
book.app.alert("よろしいですか。", buttons="yes_no")
assert "--crash" not in sys.argv
sys.exit(3 if "--trouble" in sys.argv else None)
"""
Start = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(autouse=True)
def _with_macros(live_office: LiveOffice, book: xlwings.Book) -> None:
    live_office.app.impl.state.clear()
    libraries = book.api.BasicLibraries
    if not libraries.hasByName("VBAProject"):
        libraries.createLibrary("VBAProject")
    libraries.getByName("VBAProject").insertByName("Module1", MACROS)


@pytest.fixture
def start(live_office: LiveOffice, book: xlwings.Book, tmp_path: Path) -> Start:
    """Runs a module as a macro of the book does."""
    (tmp_path / "work.py").write_text(MODULE, encoding="utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(tmp_path)]),
        PIPE: live_office.app.impl.pipe,
        STATE: str(live_office.folder / "state.json"),
    }

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "tests.libreoffice_engine", *arguments]
        caller = [f"--wb={book.name}", "--from_xl=1", "--hwnd=0"] if arguments else []
        return subprocess.run(
            [*command, *caller], env=environment, capture_output=True, text=True, check=False, timeout=60
        )

    return run


class TestMacros:
    @pytest.mark.parametrize("name", ["Sum", "sum", "Module1.Sum"])
    def test_what_a_function_returns(self, book: xlwings.Book, name: str) -> None:
        assert book.macro(name)(1, 2.5) == 3.5

    def test_a_sub_that_takes_a_text(self, book: xlwings.Book, sheet: xlwings.Sheet) -> None:
        book.app.macro(f"'{book.name}'!Tell")("はい")
        assert sheet["A1"].value == "はい"

    def test_one_that_is_not_there(self, book: xlwings.Book) -> None:
        with pytest.raises(KeyError, match="Nothing"):
            book.macro("Nothing")()
        with pytest.raises(OfficeError):
            book.macro("Module1.Nothing")()


class TestOtherPythons:
    def test_the_calling_book_and_what_all_share(
        self, live_office: LiveOffice, sheet: xlwings.Sheet, start: Start
    ) -> None:
        done = start("-m", "work")
        assert (done.returncode, done.stderr) == (0, "")
        assert sheet["A1"].value == 3
        assert live_office.app.status_bar == "済みました。"
        assert [one["prompt"] for one in live_office.alerts] == ["よろしいですか。"]

    @pytest.mark.parametrize(("flag", "status"), [("--trouble", 3), ("--crash", CRASHED)])
    def test_how_it_ended(self, live_office: LiveOffice, start: Start, flag: str, status: int) -> None:
        start("-m", "work", flag)
        (run,) = live_office.app.impl.state.get("runs")
        assert (run["module"], run["arguments"][0], run["status"]) == ("work", flag, status)

    def test_without_a_module_it_tells_its_use(self, start: Start) -> None:
        done = start()
        assert done.returncode == 1
        assert "python -m tests.libreoffice_engine [-P] -m MODULE" in done.stderr

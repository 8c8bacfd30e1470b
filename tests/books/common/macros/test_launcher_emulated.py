"""The launcher in an emulator of Excel: variables, names with signs, a missing Python, the key Esc, locks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kenpo_xl.books.common.macros.launcher_cells import SENTENCES
from tests.books.common.macros.launcher import EmulatedExcel
from tests.paths import SAMPLE

BOOK = SAMPLE / "提出" / "業務グループ.xlsm"
PYTHON = r"C:\Python\pythonw.exe"
VARIABLES = {"TEMP": r"C:\Temp", "ComSpec": r"C:\Windows\cmd.exe", "KENPO_XL_PYTHON": PYTHON}


@pytest.fixture
def named(tmp_path: Path) -> Path:
    return Path(shutil.copy(BOOK, tmp_path / "100%TEMP%＝'𠮷野'.xlsm"))


class TestVariables:
    @pytest.mark.parametrize(
        ("given", "meant"),
        [
            (r"%LOCALAPPDATA%\kenpo-xl\pythonw.exe", r"C:\A\kenpo-xl\pythonw.exe"),
            (r"\\server\%OFFICE%\pythonw.exe", r"\\server\本部\pythonw.exe"),
            (r'"%LOCALAPPDATA%\%OFFICE%\pythonw.exe" ', r"C:\A\本部\pythonw.exe"),
            (r"%NONE%\pythonw.exe", r"%NONE%\pythonw.exe"),
            (r"C:\100%\%OFFICE%\pythonw.exe", r"C:\100%\本部\pythonw.exe"),
            (r"C:\%%\pythonw.exe", r"C:\%%\pythonw.exe"),
            ("", ""),
        ],
    )
    def test_they_are_replaced_for_both_ways_of_starting(self, given: str, meant: str) -> None:
        pc = EmulatedExcel(None, {**VARIABLES, "LOCALAPPDATA": r"C:\A", "OFFICE": "本部"})
        assert pc.call("Expanded", given) == meant


class TestCommand:
    def test_signs_in_the_name_of_a_book_reach_python_as_they_are(self, named: Path) -> None:
        """Run puts in the value of %NAME%, once: the sign itself comes by a variable."""
        pc = EmulatedExcel(named, VARIABLES)
        pc.excel.run("Check")
        (command,) = pc.started
        arrived = command.replace("%KENPO_XL_PERCENT%", "%")
        assert "%TEMP%" not in command.replace("%KENPO_XL_PERCENT%", "")
        assert arrived.startswith(f'"{PYTHON}" -P -m kenpo_xl.buttons check "--wb={named.name}" --from_xl=1')
        assert '--hwnd=77 "--done=C:\\Temp\\kenpo-xl-' in arrived

    def test_a_command_without_the_sign_is_left_alone(self) -> None:
        pc = EmulatedExcel(BOOK, VARIABLES)
        pc.excel.run("Check")
        assert "KENPO_XL_PERCENT" not in pc.started[0]

    def test_a_folder_that_the_encoding_lacks_is_named_by_its_short_name(self) -> None:
        pc = EmulatedExcel(None, {**VARIABLES, "TEMP": r"C:\Users\?野\Temp"})
        assert str(pc.call("NewFile")).startswith("C:\\Users\\_1F2A~1\\Temp\\kenpo-xl-")


class TestMissingPython:
    def test_the_stand_in_of_the_store_is_none(self) -> None:
        alias = r"C:\Users\a\AppData\Local\Microsoft\WindowsApps"
        variables = {"TEMP": r"C:\Temp", "ComSpec": "cmd", "PATH": f"{alias};C:\\Windows"}
        pc = EmulatedExcel(BOOK, variables, files=[rf"{alias}\python.exe"], status=9009)
        pc.excel.run("Check")
        (shown,) = pc.shown
        assert shown.startswith(SENTENCES["not_found"])
        assert shown.endswith("(9009)")
        assert pc.started[0].startswith(rf'"{alias}\python.exe" -P')

    def test_a_python_that_ended_otherwise_gave_no_answer(self) -> None:
        pc = EmulatedExcel(BOOK, VARIABLES, status=1)
        pc.excel.run("Check")
        assert pc.shown == [SENTENCES["no_answer"]]


class TestWithoutWindowsScriptHost:
    """VBA itself starts Python then, and does not learn that it ended."""

    @pytest.fixture
    def pressed(self, named: Path) -> EmulatedExcel:
        pc = EmulatedExcel(named, VARIABLES, has_shell=False)
        pc.excel.run("SetClock", 0)
        pc.excel.run("Check")
        return pc

    def later(self, pc: EmulatedExcel, seconds: int) -> None:
        pc.excel.run("SetClock", seconds)
        pc.excel.run("LookForAnswer")

    def test_excel_rests_and_looks_once_a_second(self, pressed: EmulatedExcel, named: Path) -> None:
        (command,) = pressed.started
        assert command.startswith(f'"{PYTHON}" -P -m kenpo_xl.buttons check "--wb={named.name}"')
        assert pressed.planned == ["'100%TEMP%＝''𠮷野''.xlsm'!KenpoButtons.LookForAnswer"]
        self.later(pressed, 1)
        assert len(pressed.planned) == 2
        assert (pressed.call("TurnsMade"), pressed.shown) == (0, [])

    def test_who_presses_meanwhile_starts_nothing(self, pressed: EmulatedExcel) -> None:
        pressed.excel.run("Check")
        assert (len(pressed.started), len(pressed.planned)) == (1, 1)

    @pytest.mark.parametrize(("has_begun", "patience"), [(False, 60), (True, 1200)])
    def test_one_that_does_not_begin_or_answer_is_given_up(
        self, pressed: EmulatedExcel, has_begun: bool, patience: int
    ) -> None:
        if has_begun:
            pressed.excel.run("AddFile", pressed.started[0].partition("--done=")[2][:-1])
        self.later(pressed, patience - 1)
        assert (len(pressed.planned), pressed.shown) == (2, [])
        self.later(pressed, patience + 1)
        assert (len(pressed.planned), pressed.shown) == (2, [SENTENCES["no_answer"]])
        assert str(pressed.call("CancelKeys")).endswith("1")
        self.later(pressed, patience + 2)
        assert (len(pressed.planned), len(pressed.shown)) == (2, 1)
        pressed.excel.run("Check")
        assert (len(pressed.started), len(pressed.planned)) == (2, 3)


def test_esc_stops_nothing_while_python_works() -> None:
    pc = EmulatedExcel(BOOK, VARIABLES)
    pc.excel.run("Check")
    assert pc.call("CancelKeys") == "01"

"""Where the Python of the buttons lies, compared by its letters."""

from __future__ import annotations

import pytest

from kenpo_xl.domain.python_path import NamedPython, is_full_path, is_same_path, without_quotes
from kenpo_xl.domain.source import Source


@pytest.mark.parametrize(
    ("text", "is_full"),
    [
        (r"C:\Program Files\kenpo-xl\python\pythonw.exe", True),
        (r"\\server\kenpo-xl\pythonw.exe", True),
        ("//server/kenpo-xl/pythonw.exe", True),
        (r"%LOCALAPPDATA%\kenpo-xl\.venv\Scripts\pythonw.exe", True),
        ("/opt/kenpo-xl/.venv/bin/python", True),
        ("pythonw.exe", False),
        (r".\pythonw.exe", False),
        (r"..\pythonw.exe", False),
        (r"C:pythonw.exe", False),
        (r"\pythonw.exe", False),
        (r"提出\pythonw.exe", False),
        ("%PYTHON%", False),
        ("https://example.com/pythonw.exe", False),
        ("file:///C:/pythonw.exe", False),
        ('C:\\a.exe" & calc', False),
        ("C:\\a.exe\ncalc", False),
        ("/opt/py|thon", False),
        ("", False),
    ],
)
def test_a_full_path(text: str, is_full: bool) -> None:
    assert is_full_path(text) is is_full


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (r"C:\Kenpo\pythonw.exe", r"c:/kenpo/PYTHONW.exe", True),
        (r'"C:\kenpo\pythonw.exe" ', r"C:\kenpo\pythonw.exe", True),
        (r"C:\kenpo\pythonw.exe", r"C:\kenpo\python.exe", False),
        (r"C:\kenpo\pythonw.exe", r"C:\kenpo\..\pythonw.exe", False),
        (r"C:\kenpo\pythonw.exe", r"C:\kenpo\pythonw.exe -c x", False),
        (r"C:\kenpo\pythonw.exe", r"Ｃ:\kenpo\pythonw.exe", False),
        (r"\\server\kenpo\pythonw.exe", r"\\server.evil\kenpo\pythonw.exe", False),
        (r"\\server\kenpo\pythonw.exe", "//SERVER/kenpo/pythonw.exe", True),
        (r"%LOCALAPPDATA%\pythonw.exe", r"%localappdata%\pythonw.exe", True),
        ("/opt/python", "/opt/Python", False),
        ("/opt/python", "/opt/python", True),
        ("", r"C:\kenpo\pythonw.exe", False),
    ],
)
def test_the_same_place(one: str, other: str, is_same: bool) -> None:
    assert is_same_path(one, other) is is_same
    assert is_same_path(other, one) is is_same


def test_a_place_as_the_launcher_reads_it() -> None:
    assert without_quotes(' "C:\\a b\\pythonw.exe" ') == r"C:\a b\pythonw.exe"


def test_it_is_shown_on_one_line() -> None:
    shown = NamedPython("C:\\a\n\tb" + "x" * 500, Source("", "", "")).displayed_text
    assert shown.startswith("C:\\a bxxx")
    assert len(shown) == 121

"""The VBA project of a book with any number of sheets is as Microsoft specifies it for writers."""

from __future__ import annotations

import zipfile
from functools import cache
from pathlib import Path

import pytest
from pyopenvba import vba
from pyopenvba.cfb import CFB

from kenpo_xl.books.common.macros.macro_workbook import vba_project_bytes
from kenpo_xl.ooxml.compound_file import with_black_directory_entries
from tests.books.common.macros.project_rules import problems
from tests.paths import SAMPLE

BOOKS = sorted((SAMPLE / "提出").glob("*.xlsm"))


@pytest.mark.parametrize("sheets", [1, 2, 7, 69, 100, 200])
def test_a_project_breaks_no_rule(sheets: int) -> None:
    assert problems(vba_project_bytes(sheets), sheets) == []


@pytest.mark.soak
def test_nor_does_one_of_any_other_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their modules are the same ones, so each is compressed once: half of the time."""
    monkeypatch.setattr(vba, "compress", cache(vba.compress))
    monkeypatch.setattr(vba, "decompress", cache(vba.decompress))
    assert {sheets: problems(vba_project_bytes(sheets), sheets) for sheets in range(1, 201)} == {
        sheets: [] for sheets in range(1, 201)
    }


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_the_books_of_the_sample_have_such_a_project(path: Path) -> None:
    with zipfile.ZipFile(path) as book:
        sheets = sum("xl/worksheets/sheet" in name for name in book.namelist())
        assert problems(book.read("xl/vbaProject.bin"), sheets) == []


class TestTheRules:
    """They find what they are about."""

    def changed(self, name: str, content: bytes) -> bytes:
        compound = CFB.from_bytes(vba_project_bytes(7))
        compound.write_stream_in_storage("VBA", name, content)
        return compound.to_bytes()

    def test_a_version_of_office(self) -> None:
        project = self.changed("_VBA_PROJECT", bytes.fromhex("CC61B500000000"))
        assert problems(with_black_directory_entries(project), 7) == [
            "_VBA_PROJECT is of a version of Office"
        ]

    def test_a_red_entry(self) -> None:
        project = bytearray(vba_project_bytes(7))
        place = project.index("PROJECTwm".encode("utf-16-le"))
        project[place + 67] = 0
        (found,) = problems(bytes(project), 7)
        assert found.endswith("is red")

    def test_a_sheet_too_many(self) -> None:
        assert problems(vba_project_bytes(7), 8) == ["streams ['VBA/Sheet8']"]

"""A workbook comes into being in one go, when it is whole."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from kenpo_xl.books.common.new_workbook import whole_workbook


def test_the_file_is_there_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "報告.xlsx"
    with whole_workbook(path, {"default_format_properties": {"font_size": 8}}) as book:
        book.add_worksheet("表").write(0, 0, 7)
        assert not path.exists()
    assert openpyxl.load_workbook(path)["表"]["A1"].value == 7


def test_where_it_cannot_be_written_nothing_is_left_open(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="ない"), whole_workbook(tmp_path / "ない" / "報告.xlsx") as book:
        book.add_worksheet("表")
    assert list(tmp_path.iterdir()) == []

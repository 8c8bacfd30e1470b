"""The comparison of outputs: equal bytes, other sentences by cell, and anything else."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlsxwriter

from scripts.same_bytes import EQUAL, OTHER, TEXTS, compare_folders

VERSIONS = ("0.1.0", "0.2.0")


def _compared(tmp_path: Path, name: str, old: object, new: object) -> int:
    for side, content in (("old", old), ("new", new)):
        path = tmp_path / side / name
        path.parent.mkdir(exist_ok=True)
        if isinstance(content, tuple):
            _write_book(path, *content)
        else:
            path.write_text(str(content), encoding="utf-8")
    return compare_folders(tmp_path / "old", tmp_path / "new", VERSIONS)


def _write_book(path: Path, text: str, number: int, width: int) -> None:
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": datetime(2025, 1, 8, tzinfo=UTC)})
        sheet = book.add_worksheet("数値")
        sheet.set_column(0, 0, width)
        sheet.write("A1", "同じ")
        sheet.write("B3", text)
        sheet.write("C3", number)


@pytest.mark.parametrize(
    ("old", "new", "kind", "printed"),
    [
        (("合計が違う", 5, 9), ("合計が違う", 5, 9), EQUAL, "1 outputs, 1 equal"),
        (("合計が違う", 5, 9), ("合計が合わない", 5, 9), TEXTS, "xl/worksheets/sheet1.xml/B3"),
        (("合計が違う", 5, 9), ("同じ", 5, 9), TEXTS, "new: '同じ'"),
        (("合計が違う", 5, 9), ("合計が違う", 6, 9), OTHER, "old: '5'"),
        (("合計が違う", 5, 9), ("合計が違う", 5, 10), OTHER, "<col "),
    ],
)
def test_a_workbook(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    old: object,
    new: object,
    kind: int,
    printed: str,
) -> None:
    assert _compared(tmp_path, "報告.xlsx", old, new) == kind
    assert printed in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "kind", "printed"),
    [
        ("版 0.1.0", "版 0.2.0", EQUAL, "1 outputs, 1 equal"),
        ("1,2\n3,4", "1,2\n3,5", OTHER, "old: '3,4'"),
        ('{"a": ["誤り"]}\nexit status 0', '{"a": ["注意"]}\nexit status 0', TEXTS, "/1/a/1"),
        ('{"a": [1, 2]}\nexit status 0', '{"a": [2]}\nexit status 0', OTHER, "old: '1'"),
        ('{"a": [1]}\nexit status 0', '{"a": [1]}\nexit status 1', OTHER, "old: 'exit status 0'"),
    ],
)
def test_a_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, kind: int, printed: str
) -> None:
    assert _compared(tmp_path, "点検.json", old, new) == kind
    assert printed in capsys.readouterr().out


def test_an_output_that_is_only_on_one_side(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _compared(tmp_path, "a.csv", "1", "1") == EQUAL
    (tmp_path / "new" / "b.csv").write_text("1", encoding="utf-8")
    assert compare_folders(tmp_path / "old", tmp_path / "new", VERSIONS) == OTHER
    assert "only in new" in capsys.readouterr().out

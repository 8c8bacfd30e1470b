"""A corner of two headers (指標 | 区分) stays two, in the input book and in the report."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from kenpo_xl.domain.submission.submission import Submission
from tests.books.plan.organisation import GROUP, Organisation, item, one_item_plan, typed

TABLES = """
    表       | 指標     | 数値指標
             |          | 指標     | 区分   | 人数
             |          | 講座     | 目安値 | ⟪人⟫
             |          | ^        | 実績値 | ⟪人⟫
    表       | 会場     | 会場の一覧
             |          | 会場     | 人数
    くり返し |          | ⟪@⟫      | ⟪人⟫
"""
PLAN = one_item_plan(TABLES)
TYPED = Submission(
    GROUP,
    (
        item(
            "1-1", {"1": "A"}, [("1", "表", "指標"), ("1", "表", "会場")], 指標=[typed(0, 100), typed(1, 90)]
        ),
    ),
)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Organisation:
    return Organisation(tmp_path_factory.mktemp("市"), PLAN, [TYPED])


def places(path: Path, sheet: str) -> dict[object, tuple[int, int]]:
    return {
        cell.value: (cell.row, cell.column)
        for row in openpyxl.load_workbook(path)[sheet]
        for cell in row
        if cell.value in ("指標", "区分")
    }


def test_both_headers_are_side_by_side_in_the_input_book(city: Organisation) -> None:
    found = places(city.folder / "入力" / f"{GROUP}.xlsm", "1-1")
    assert found["指標"][0] == found["区分"][0]
    assert found["指標"][1] < found["区分"][1]


def test_both_headers_are_printed_side_by_side(city: Organisation) -> None:
    found = places(city.report, openpyxl.load_workbook(city.report).sheetnames[2])
    assert found["指標"][0] == found["区分"][0]
    assert found["指標"][1] < found["区分"][1]


def test_a_list_without_row_headers_has_no_corner(city: Organisation) -> None:
    assert city.plan.tables["1-1", "会場"].corner == ()


def test_the_table_is_read_back(city: Organisation) -> None:
    assert city.value("1-1/指標/講座＞実績値/人数") == 90

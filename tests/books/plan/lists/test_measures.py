"""Further columns of 施策 (担当, 予算 …) are kept as text, for a report whose template prints them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from kenpo_xl.books.plan.reader import plan_and_problems
from kenpo_xl.domain.plan.plan import Block
from scripts.plan_drawing import PlanDrawing
from tests.drawn import write_drawn_book

HEADER, ITEM, BLOCK, SECOND, LAST = 1, 3, 4, 5, 6


def blocks_with(
    folder: Path, cells: dict[int, object], header: str = "予算"
) -> tuple[list[Block], list[str]]:
    """The blocks of a plan with one more column in 施策, and the problems of that column."""
    path = folder / "計画.xlsx"
    drawing = PlanDrawing(
        basics=[("支部", "東支部"), ("年度", 2024), ("四半期", 3), ("グループ", "総務")],
        periods=[{"四半期": 3}],
        measures=[
            {"章": "1"},
            {"節": "受付", "担当": "総務"},
            {"ブロック": "1", "計画内容": "速く"},
            {"計画内容": "正しく"},
            {"ブロック": "2", "計画内容": "続ける"},
        ],
        kpis=[],
        scale=[{"記号": "A", "意味": "上", "下限": 1.0}],
        history=[],
        layouts={},
    )
    write_drawn_book(path, drawing)
    book = openpyxl.load_workbook(path)
    sheet = book["施策"]
    column = sheet.max_column + 1
    sheet.cell(HEADER, column).value = header
    for row, value in cells.items():
        sheet.cell(row, column).value = value
        if isinstance(value, float):
            sheet.cell(row, column).number_format = '#,##0"千円"'
    book.save(path)
    plan, problems = plan_and_problems(path)
    assert plan is not None
    wrong = [one.message for one in problems if one.sheet == "施策"]
    return [block for item in plan.items for block in item.blocks], wrong


def texts(block: Block, header: str = "予算") -> list[str]:
    return [one.text for one in block.column_texts if one.header == header]


@pytest.mark.parametrize(
    ("row", "first", "second"),
    [(ITEM, ["1"], []), (BLOCK, ["1"], []), (SECOND, ["1"], []), (LAST, [], ["1"])],
)
def test_a_text_belongs_to_the_block_of_its_row(
    tmp_path: Path, row: int, first: list[str], second: list[str]
) -> None:
    blocks, problems = blocks_with(tmp_path, {row: "1"})
    assert ([texts(block) for block in blocks], problems) == ([first, second], [])


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1234.0, "1,234千円"), ("未定", "未定"), (dt.datetime(2025, 1, 17), "令和7年1月17日")],  # noqa: DTZ001
)
def test_a_value_is_kept_as_its_cell_displays_it(tmp_path: Path, value: object, shown: str) -> None:
    blocks, _ = blocks_with(tmp_path, {BLOCK: value})
    (found,) = [one for one in blocks[0].column_texts if one.header == "予算"]
    assert (found.text, found.source.sheet, found.source.cell[1:]) == (shown, "施策", str(BLOCK))


def test_the_owner_is_kept_with_the_first_block(tmp_path: Path) -> None:
    blocks, _ = blocks_with(tmp_path, {})
    assert [texts(block, "担当") for block in blocks] == [["総務"], []]


@pytest.mark.parametrize(
    ("header", "kept", "reported"),
    [("予算", True, False), ("備考", True, False), ("計画内容 ", False, True)],
)
def test_a_second_column_of_a_known_header_is_still_reported(
    tmp_path: Path, header: str, kept: bool, reported: bool
) -> None:
    blocks, problems = blocks_with(tmp_path, {BLOCK: "あ"}, header)
    assert (bool(texts(blocks[0], header)), bool(problems)) == (kept, reported)

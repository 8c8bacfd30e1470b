"""The sheet 別添: what is read, every problem with its cell, and how the plan is listed with it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from kenpo_xl.books.plan.reader import plan_and_problems
from kenpo_xl.domain.plan.plan import Annex
from kenpo_xl.tasks.plan.listing import plan_listing
from scripts.plan_drawing import PlanDrawing
from tests.drawn import write_drawn_book

Row = tuple[object, ...]
Problems = list[tuple[str, str, str]]


def read(folder: Path, *rows: Row) -> tuple[tuple[Annex, ...], Problems, list[str]]:
    """The annexes of a small plan book with these rows of 別添, its problems, and its listing."""
    path = folder / "計画.xlsx"
    write_drawn_book(
        path,
        PlanDrawing(
            basics=[("支部", "東支部"), ("年度", 2024), ("四半期", 3), ("グループ", "総務")],
            periods=[{"四半期": 3}],
            measures=[
                {"章": "1", "節": "受付", "担当": "総務"},
                {"ブロック": "1", "計画内容": "速く"},
                {"ブロック": "2", "計画内容": "正しく"},
            ],
            kpis=[],
            scale=[{"記号": "A", "意味": "上", "下限": 1.0}, {"記号": "B", "意味": "下", "下限": 0.0}],
        ),
    )
    if rows:
        book = openpyxl.load_workbook(path)
        sheet = book.create_sheet("別添")
        for row in (("番号", "資料名", "項", "ブロック"), *rows):
            sheet.append(row)
        book.save(path)
    plan, problems = plan_and_problems(path)
    assert plan is not None
    lines, _ = plan_listing(folder)
    return plan.annexes, [(one.sheet, one.cell, one.message) for one in problems if one.is_error], list(lines)


def test_a_plan_without_the_sheet_has_none(tmp_path: Path) -> None:
    assert read(tmp_path)[:2] == ((), [])


def test_they_belong_to_a_block_or_to_the_cover_alone(tmp_path: Path) -> None:
    rows = (("1-1", "進捗の表", "1-1", "2"), ("1-2", "様式", "１－１"), (3, "参考資料"))
    annexes, problems, lines = read(tmp_path, *rows)
    assert problems == []
    assert annexes == (
        Annex("1-1", "進捗の表", "1-1", "2"),
        Annex("1-2", "様式", "1-1", "1"),
        Annex("3", "参考資料"),
    )
    assert "別添1-1: 進捗の表（項 1-1 ブロック 2）" in lines
    assert "別添3: 参考資料（表紙だけ）" in lines


@pytest.mark.parametrize(
    ("row", "cell", "message"),
    [
        (("1-1", "表", "9-9"), "C2", "項「9-9」は「施策」にありません。番号か鍵を入れてください。"),
        (("1-1", "表", "1-1", "7"), "D2", "ブロック「7」は項「1-1」にありません。"),
        (("1月1日", "表"), "A2", "番号が日付「1月1日」になっています。"),
    ],
)
def test_a_row_that_cannot_be_followed(row: Row, cell: str, message: str, tmp_path: Path) -> None:
    _, ((sheet, at, said),), _ = read(tmp_path, row)
    assert (sheet, at) == ("別添", cell)
    assert said.startswith(message)


def test_a_number_is_given_once(tmp_path: Path) -> None:
    _, ((sheet, at, said),), _ = read(tmp_path, ("1", "表"), ("1", "図"))
    assert (sheet, at, said) == ("別添", "A3", "番号「1」は 2 つあります。どちらかを直してください。")

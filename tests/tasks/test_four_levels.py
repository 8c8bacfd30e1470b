"""章, 節, 項 and 目: a 項 without 担当 is the title of the 目 below it, which are the items."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kenpo_xl.books.plan.reader import plan_and_problems, read_plan
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.tasks.report import make_report
from tests.drawn import write_drawn_book
from tests.tasks.books import texts
from tests.tasks.structured import DRAWING, GENERAL, HEALTH

LEVELS = ("⑤ 子育て", "ア 預かり", "イ 相談", "⑥ 防災")


def test_items_are_numbered_through_both_levels(city: Path) -> None:
    items = read_plan(city / "計画.xlsx").items[-3:]
    assert [(one.id, one.title, one.owner) for one in items] == [
        ("1-1-5-1", "ア 預かり", GENERAL),
        ("1-1-5-2", "イ 相談", HEALTH),
        ("1-1-6", "⑥ 防災", GENERAL),
    ]
    assert [one.heading.title if one.heading else "" for one in items] == ["⑤ 子育て", "⑤ 子育て", ""]


def test_the_book_names_the_levels_above_an_item(city: Path) -> None:
    sheet = Workbook(city / "入力" / f"{HEALTH}.xlsm").sheets["1-1-5-2"]
    assert sheet.text(2, 2).startswith("１ まちづくり ＞ （１）くらし ＞ ⑤ 子育て")


def test_the_report_prints_the_title_once_above_its_first_item(city: Path) -> None:
    printed = texts(make_report(city, output=city / "報告" / "levels.xlsx").path)
    found = list(dict.fromkeys(text for text in printed if text in LEVELS))
    assert found == list(LEVELS)
    # Title rows have a cell above the plan text and one above the progress.
    assert printed.count("⑤ 子育て") == 2


@pytest.mark.parametrize(
    ("rows", "cell", "words"),
    [
        ([{"項": "⑦ 担当なし", "ブロック": None, "計画内容": "行う。"}], "H17", "担当グループを選ぶか"),
        ([{"項": "⑦ 担当なし"}], "H17", "担当グループを選ぶか"),
        ([{"項": "⑦ 担当", "担当": GENERAL}, {"目": "ア", "担当": GENERAL}], "D18", "担当は目の行に移して"),
    ],
)
def test_a_level_without_an_owner_is_named(
    tmp_path: Path, rows: list[dict[str, object]], cell: str, words: str
) -> None:
    path = tmp_path / "計画.xlsx"
    write_drawn_book(path, replace(DRAWING, measures=[*DRAWING.measures, *rows]))
    (error,) = [one for one in plan_and_problems(path)[1] if one.is_error]
    assert (error.sheet, error.cell) == ("施策", cell)
    assert words in error.message

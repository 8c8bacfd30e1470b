"""Sheets of items that lost their names: each is found by its title, also by one that was reworded."""

from __future__ import annotations

from pathlib import Path

import pytest
from xlsxwriter import Workbook as NewWorkbook

from kenpo_xl.books.common import names
from kenpo_xl.books.input.rescue.doubts import Doubts
from kenpo_xl.books.input.rescue.found_sheets import name_sheets_without_stamp
from kenpo_xl.ooxml.workbook import Workbook
from tests.tasks.carry.town import GROUP, period, plan_of

TITLES = {"1-1": "窓口の相談を充実させる", "1-2": "健診を受けるよう勧める", "1-3": "医療費の点検を進める"}
REWORDED = {item: title.removesuffix("る") + "ます" for item, title in TITLES.items()}


@pytest.mark.parametrize("order", [("1-1", "1-2", "1-3"), ("1-3", "1-1", "1-2"), ("1-2", "1-1")])
def test_each_reworded_title_gives_its_own_item(tmp_path: Path, order: tuple[str, ...]) -> None:
    rows = [
        row
        for number, title in enumerate(TITLES.values(), start=1)
        for row in (
            {"章": "１.町の仕事" if number == 1 else None, "節": f"（{number}）{title}", "担当": GROUP},
            {"ブロック": 1, "評価": "要", "計画内容": f"{title}。"},
        )
    ]
    layout = "ブロック | 1\n文       |          | ・開いた。\n"
    plan = plan_of(period(tmp_path / "期", 2025, 3, measures=rows, layouts=dict.fromkeys(TITLES, layout)))
    path = tmp_path / "写し.xlsx"
    with NewWorkbook(path) as made:
        for number, item in enumerate(order, start=1):
            sheet = made.add_worksheet(f"Sheet{number}")
            sheet.write("B2", REWORDED[item])
            sheet.write("B4", f"{names.TABLE_TITLE}表")
    found = name_sheets_without_stamp(Workbook(path), plan, Doubts())
    assert {item: sheet.name for item, sheet in found.items()} == {
        item: f"Sheet{number}" for number, item in enumerate(order, start=1)
    }

"""From a number in the head of a printed table to the cell that it came from."""

from __future__ import annotations

import openpyxl

from kenpo_xl.tasks.report import ReportResult
from tests.tasks.conftest import SAMPLE


def test_a_figure_in_the_head_of_a_table_is_named_with_its_cell(produced: ReportResult) -> None:
    sheet = openpyxl.load_workbook(produced.path)["2-2"]
    caption = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "健診実施状況")
    places = [line.removeprefix("出所: 保健グループ.xlsx ") for line in caption.comment.text.split("\n")]
    assert places == ["2-2-2!E77", "2-2-2!F77"]
    book = openpyxl.load_workbook(SAMPLE / "提出" / "保健グループ.xlsx")["2-2-2"]
    heads = {str(cell.value) for row in sheet.iter_rows() for cell in row if "人）" in str(cell.value)}
    for place in places:
        count = f"{book[place.split('!')[1]].value:,}"
        assert any(count in head for head in heads)

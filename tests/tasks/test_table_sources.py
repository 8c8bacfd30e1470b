"""From a number in the header of a printed table to the cell that it came from."""

from __future__ import annotations

import openpyxl

from kenpo_xl.tasks.report import ReportResult
from tests.paths import SAMPLE


def test_a_figure_in_the_header_of_a_table_is_named_with_its_cell(produced: ReportResult) -> None:
    sheet = openpyxl.load_workbook(produced.path)["本文"]
    book = openpyxl.load_workbook(SAMPLE / "提出" / "保健グループ.xlsm")["2-2-2"]
    for place in ("E77", "F77"):
        count = f"{book[place].value:,}"
        [header] = [
            c for row in sheet.iter_rows() for c in row if count in str(c.value) and "人）" in c.value
        ]
        assert header.comment.text == f"出所: 保健グループ.xlsm 2-2-2!{place}"

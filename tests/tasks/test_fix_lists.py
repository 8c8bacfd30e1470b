"""Formulas over open lists come back as they were built: in the rows of the list, and in its total."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.fix import fix_books
from tests.drawn import write_drawn_book
from tests.tasks.books import figure_cell, type_all
from tests.tasks.clerk import fill
from tests.tasks.municipality import GROUPS, SUBMITTED, drawing

SHARE, TOTAL = "2-1-1/健康教室/明細/初参加割合", "2-1-1/健康教室/計/参加者数"


@pytest.mark.period
def test_rows_and_total_of_an_open_list(tmp_path: Path) -> None:
    write_drawn_book(tmp_path / "計画.xlsx", drawing())
    build_books(tmp_path)
    (tmp_path / "提出").mkdir()
    for group in GROUPS:
        name = f"{group}.xlsm"
        fill(tmp_path / "入力" / name, tmp_path / "提出" / name, SUBMITTED)
    places = [figure_cell(tmp_path, identity) for identity in (SHARE, TOTAL)]
    path = tmp_path / "提出" / places[0].workbook

    def formulas() -> list[object]:
        book = openpyxl.load_workbook(path)
        return [book[place.sheet][place.cell].value for place in places]

    before = formulas()
    type_all(tmp_path, [(place, 7) for place in places])
    (fixed,) = fix_books([path], recomputed=True)
    assert {place.cell for place in places} <= {one.edit.cell for one in fixed.repairs}
    assert formulas() == before

"""A period whose plan changes while its books are out, for the pictures of the guide."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook

from kenpo_xl.tasks.build import build_books
from scripts.paths import SAMPLE

ITEM = "1-2-4"
# A table gets a new name and another unit, and loses a row.
_NEW_CELLS = {
    "B2": "内容点検 ← 査定金額",
    "C2": "内容点検にかかる査定金額（単位：円）",
    "B3": "円",
    "B27": None,
    "C27": None,
}
_OLD_GROUP, _NEW_GROUP = "業務グループ", "給付グループ"


def period_with_changed_plan(folder: Path) -> Path:
    """The sample's period at `folder` with its books built, the plan changed and the books built again."""
    shutil.copytree(SAMPLE, folder)
    build_books(folder)
    plan = folder / "計画.xlsx"
    book = openpyxl.load_workbook(plan)
    _rename_group(book)
    for cell, value in _NEW_CELLS.items():
        book[ITEM][cell] = value
    book.save(plan)
    build_books(folder)
    return folder


def _rename_group(book: Workbook) -> None:
    for sheet in book.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value == _OLD_GROUP):
            cell.value = _NEW_GROUP

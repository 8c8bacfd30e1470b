"""A book whose sheets were copied into a new workbook, two headers reworded, carried into a fresh one."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl

from kenpo_xl.tasks.carry.rescue import carry_book
from scripts.paths import SAMPLE

GROUP = "業務グループ"
REWORDED = {"達成件数": "達成した件数", "表　郵送化率": "表　郵送化率の推移"}
BESIDE = {"1-2-2": {"T40": "来年度は様式を変える予定"}}


def book_carried_from_copied_sheets(folder: Path) -> Path:
    """The fresh book of a period in `folder`."""
    folder.mkdir()
    shutil.copy(SAMPLE / "計画.xlsx", folder)
    copied = folder / "新しいブック.xlsx"
    book = openpyxl.load_workbook(SAMPLE / "提出" / f"{GROUP}.xlsm")
    for name in list(book.defined_names):
        del book.defined_names[name]
    for name in [name for name in book.sheetnames if not name[0].isdigit()]:
        del book[name]
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if cell.value in REWORDED:
                cell.value = REWORDED[cell.value]
        for place, text in BESIDE.get(sheet.title, {}).items():
            sheet[place] = text
    book.save(copied)
    (fresh,) = carry_book(copied, folder).books
    return fresh.path

"""The buttons on an item's sheet that lead from one finding to the next, and back to the list of findings."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from kenpo_xl.books.common.control_sheet import Button
from kenpo_xl.books.common.grid import LAST

_BUTTONS = (
    Button("NextFinding", "次の指摘", "シート「指摘」の、次の行のセルへ移ります。"),
    Button("BackToFindings", "指摘一覧", "シート「指摘」の、このセルの行へ移ります。"),
)
# In the second row, which stays on the screen, in the last columns that a screen shows.
_ROW, _FIRST = 1, LAST - 1
_SIZE = {"width": 86, "height": 25}
_ROW_HEIGHT = 20.25


def add_navigation_buttons(sheet: Worksheet) -> None:
    """Add both buttons behind the path of the sheet, whose row is as high as they are."""
    sheet.set_row(_ROW, _ROW_HEIGHT)
    for column, button in enumerate(_BUTTONS, start=_FIRST):
        sheet.insert_button(_ROW, column, {**button.options, **_SIZE})

"""The buttons on an item's sheet that lead from one finding to the next, and back to the list of findings."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from kenpo_xl.books.common.control_sheet import Button
from kenpo_xl.books.common.grid import LAST

_BUTTONS = (
    Button("NextFinding", "次の指摘", "シート「指摘」の、次の行のセルへ移ります。"),
    Button("BackToFindings", "指摘一覧", "シート「指摘」の、このセルの行へ移ります。"),
)
# In the second row, which stays on the screen, side by side in the last columns that a screen shows.
_ROW = 1
_PLACES = ((LAST - 1, 0), (LAST, 22))
_SIZE = {"width": 108, "height": 25}
HEIGHT = 20.25
"""The height of their row in points."""


def add_navigation_buttons(sheet: Worksheet) -> None:
    """Add both buttons behind the path of the sheet, whose row is at least as high as they are."""
    for (column, offset), button in zip(_PLACES, _BUTTONS, strict=True):
        sheet.insert_button(_ROW, column, {**button.xlsxwriter_options, **_SIZE, "x_offset": offset})

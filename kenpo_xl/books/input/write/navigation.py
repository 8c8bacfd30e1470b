"""The buttons on an item's sheet that lead from one finding to the next, and back to the list of findings."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from kenpo_xl.books.common.control_sheet import Button
from kenpo_xl.books.common.grid import LAST, TEXT

_BUTTONS = (
    Button("NextFinding", "次の指摘", "シート「指摘」の、次の行のセルへ移ります。"),
    Button("BackToFindings", "指摘一覧", "シート「指摘」の、このセルの行へ移ります。"),
)
# In the second row, which stays on the screen, side by side in the last columns that a screen shows.
_PLACES = ((1, LAST - 1, 0), (1, LAST, 22))
# Where the sheet is scrolled sideways: in the row below, in the column that stays on the screen too.
FROZEN_ROW = 2
_FROZEN_PLACES = ((FROZEN_ROW, TEXT, 0), (FROZEN_ROW, TEXT, 116))
_SIZE = {"width": 108, "height": 25}
HEIGHT = 20.25
"""The height of their row in points."""


def add_navigation_buttons(sheet: Worksheet, *, is_wide: bool) -> None:
    """Add both buttons behind the path of the sheet, or below it where the sheet is wider than a screen."""
    places = _FROZEN_PLACES if is_wide else _PLACES
    for (row, column, offset), button in zip(places, _BUTTONS, strict=True):
        sheet.insert_button(row, column, {**button.xlsxwriter_options, **_SIZE, "x_offset": offset})

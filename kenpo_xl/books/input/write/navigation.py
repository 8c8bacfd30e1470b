"""The buttons on an item's sheet that lead from one finding to the next, and back to the list of findings."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from kenpo_xl.books.common.control_sheet import Button
from kenpo_xl.books.common.grid import RATING

_BUTTONS = (
    Button("NextFinding", "次の指摘", "シート「指摘」の、次の行のセルへ移ります。"),
    Button("BackToFindings", "指摘の一覧", "シート「指摘」の、このセルの行へ移ります。"),
)
# In the second row, which stays on the screen.
_ROW, _FIRST = 1, RATING
_WIDTH, _HEIGHT, _GAP = 84, 20, 4


def add_navigation_buttons(sheet: Worksheet) -> None:
    """Add both buttons beside the path of the sheet."""
    for number, button in enumerate(_BUTTONS):
        place = {"width": _WIDTH, "height": _HEIGHT, "x_offset": number * (_WIDTH + _GAP)}
        sheet.insert_button(_ROW, _FIRST, {**button.options, **place})

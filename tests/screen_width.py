"""How wide a sheet is against a screen of 1366 pixels."""

from __future__ import annotations

from typing import Any

SCREEN = 179
"""What a screen of 1366 pixels shows at 100 % beside the row numbers, in letters of the standard font."""


def shown_width(sheet: Any) -> float:
    """The width of the columns of a sheet that are set and not hidden, in letters of the standard font."""
    columns = [one for one in sheet.column_dimensions.values() if not one.hidden]
    return sum(one.width * ((one.max or one.min) - one.min + 1) for one in columns)

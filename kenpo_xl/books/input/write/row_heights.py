"""The heights of an item's rows: fixed where cells are merged, elsewhere fitted while they are typed into."""

from __future__ import annotations

from collections.abc import Collection

from xlsxwriter.worksheet import Worksheet

from kenpo_xl.domain.language.text_size import LEAST_HEIGHT
from kenpo_xl.domain.lengths import Points

DEFAULT_HEIGHT = 15.0
"""The height in points of a row that needs no more than one line."""


class RowHeights:
    """What the texts of a sheet's rows need, in points; no application fits a row to a merged cell."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._heights: dict[int, float] = {}
        self._fixed: set[int] = set()

    def raise_height(self, row: int, height: float, *, fixed: bool = False) -> None:
        """Make a row at least this high; `fixed` where the text is in a merged cell."""
        if height > self._heights.get(row, LEAST_HEIGHT):
            self._heights[row] = height
        if fixed:
            self._fixed.add(row)

    def level(self, rows: Collection[int], empty_rows: Collection[int]) -> None:
        """Make fixed rows that are empty as high as the highest row of their list."""
        if self._fixed.intersection(rows):
            self._fixed.update(empty_rows)
            highest = max(map(self.height_of_row, rows))
            for row in empty_rows:
                self.raise_height(row, highest)

    def height_of_row(self, row: int) -> Points:
        """The height of a row in points."""
        return self._heights.get(row, DEFAULT_HEIGHT)

    def apply(self) -> None:
        """Set the heights of the sheet."""
        for row, height in self._heights.items():
            if row in self._fixed:
                self._sheet.set_row(row, height)
            else:
                self._sheet.set_fitted_row(row, height)

"""Where cells end, what is merged, how wide and high they are; inserting and deleting."""

from __future__ import annotations

from typing import Any

from tests.libreoffice_engine.uno_bridge import uno

STEPS = {"up": (0, -1), "down": (0, 1), "left": (-1, 0), "right": (1, 0)}
LAST_ROW, LAST_COLUMN = 1048575, 16383
POINTS = 72 / 2540
"""Of a hundredth of a millimetre, LibreOffice's unit."""
# Of the digit that Excel counts widths in, in Calibri 11 and its kin, and what it leaves free at the sides.
DIGIT_POINTS, MARGIN_POINTS = 5.25, 3.75


class Layout:
    """The part of a range that its place on the sheet is."""

    book: Any
    corners: tuple[int, int, int, int]
    shape: tuple[int, int]
    _cells: Any

    def end(self, direction: str) -> Any:
        """Where Ctrl and an arrow key lead from the first cell; a formula is filled whatever it gives."""
        across, down = STEPS[direction]
        line = self._line(across, down)
        steps = _steps(line)
        left, top = self.corners[:2]
        if steps is None:
            steps = (
                max(LAST_COLUMN - left if across > 0 else left, 0)
                if across
                else LAST_ROW - top
                if down > 0
                else top
            )
        return self.at(left + across * steps, top + down * steps)

    def _line(self, across: int, down: int) -> list[bool]:
        """Which cells are filled from the first one on in a direction, to the end of what is used."""
        left, top = self.corners[:2]
        sheet = self._cells.Spreadsheet
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        used = cursor.RangeAddress
        far_column = left if not across else 0 if across < 0 else max(used.EndColumn, left)
        far_row = top if not down else 0 if down < 0 else max(used.EndRow, top)
        columns, rows = sorted((left, far_column)), sorted((top, far_row))
        area = sheet.getCellRangeByPosition(columns[0], rows[0], columns[1], rows[1])
        filled = [text != "" for row in area.getFormulaArray() for text in row]
        return filled if across + down > 0 else filled[::-1]

    @property
    def current_region(self) -> Any:
        cursor = self._cells.Spreadsheet.createCursorByRange(self._cells)
        cursor.collapseToCurrentRegion()
        return type(self)(self.book, cursor)

    @property
    def merge_area(self) -> Any:
        cursor = self._cells.Spreadsheet.createCursorByRange(self._cells.getCellByPosition(0, 0))
        cursor.collapseToMergedArea()
        return type(self)(self.book, cursor)

    @property
    def merge_cells(self) -> bool | None:
        """None where some cells are merged and others not."""
        whole = self._cells.IsMerged or self.merge_area.shape != (1, 1)
        return True if whole else False if len(self) == 1 or not self._cells.getIsMerged() else None

    def merge(self, across: bool) -> None:
        if across:
            raise NotImplementedError("Range.merge(across=True)")
        self._cells.merge(True)

    def unmerge(self) -> None:
        self._cells.merge(False)

    @property
    def row_height(self) -> float | None:
        """Points; None where rows differ."""
        return _same(row.Height * POINTS for row in self._cells.Rows)

    @row_height.setter
    def row_height(self, value: float) -> None:
        self._cells.Rows.Height = round(value / POINTS)

    @property
    def column_width(self) -> float | None:
        """Digits of the book's usual font, taken to be Excel's own; None where columns differ."""
        return _same((column.Width * POINTS - MARGIN_POINTS) / DIGIT_POINTS for column in self._cells.Columns)

    @column_width.setter
    def column_width(self, value: float) -> None:
        self._cells.Columns.Width = round((value * DIGIT_POINTS + MARGIN_POINTS) / POINTS)

    @property
    def height(self) -> float:
        return self._cells.Size.Height * POINTS

    @property
    def width(self) -> float:
        return self._cells.Size.Width * POINTS

    @property
    def top(self) -> float:
        return self._cells.Position.Y * POINTS

    @property
    def left(self) -> float:
        return self._cells.Position.X * POINTS

    @property
    def row_hidden(self) -> bool | None:
        return _same(not row.IsVisible for row in self._cells.Rows)

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self._cells.Rows.IsVisible = not value

    @property
    def column_hidden(self) -> bool | None:
        return _same(not column.IsVisible for column in self._cells.Columns)

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        self._cells.Columns.IsVisible = not value

    def autofit(self, axis: str | None = None) -> None:
        """Rows (`r`), columns (`c`), or both."""
        if axis in {None, "rows", "r"}:
            self._cells.Rows.OptimalHeight = True
        if axis in {None, "columns", "c"}:
            self._cells.Columns.OptimalWidth = True

    def insert(self, shift: str, copy_origin: str | None = None) -> None:
        mode = uno().Enum("com.sun.star.sheet.CellInsertMode", shift.upper())
        self._cells.Spreadsheet.insertCells(self._cells.RangeAddress, mode)

    def delete(self, shift: str | None = None) -> None:
        rows, columns = self.shape
        to = shift or ("left" if rows > columns else "up")
        mode = uno().Enum("com.sun.star.sheet.CellDeleteMode", to.upper())
        self._cells.Spreadsheet.removeRange(self._cells.RangeAddress, mode)


def _steps(filled: list[bool]) -> int | None:
    """How far to go along the line; None for the end of the sheet."""
    if filled[0] and filled[1:2] == [True]:
        return next((place for place, full in enumerate(filled) if not full), len(filled)) - 1
    return next((place for place, full in enumerate(filled) if full and place), None)


def _same(values: Any) -> Any:
    different = set(values)
    return different.pop() if len(different) == 1 else None

"""Ranges of cells."""

from __future__ import annotations

from typing import Any

from xlwings import base_classes

from tests.libreoffice_engine import addresses
from tests.libreoffice_engine.complete import complete
from tests.libreoffice_engine.content import Content
from tests.libreoffice_engine.layout import Layout
from tests.libreoffice_engine.looks import Looks
from tests.libreoffice_engine.notes import ANNOTATION, Note, note_at
from tests.libreoffice_engine.uno_bridge import struct

# com.sun.star.sheet.CellFlags: VALUE, DATETIME, STRING, FORMULA; HARDATTR, STYLES
CONTENTS = 1 | 2 | 4 | 16
FORMATS = 32 | 64
EVERYTHING = CONTENTS | FORMATS | ANNOTATION


@complete
class Range(Content, Looks, Layout, base_classes.Range):
    """A rectangle of cells. Rows and columns count from 1, as in Excel."""

    def __init__(self, book: Any, cells: Any, corners: addresses.Rectangle | None = None) -> None:
        """LibreOffice is asked for the corners where they are not given."""
        self.book = book
        self._cells = cells
        self.corners = corners or addresses.corners_of(cells)

    @property
    def api(self) -> Any:
        return self._cells

    @property
    def sheet(self) -> Any:
        return self.book.sheet_of(self._cells)

    @property
    def row(self) -> int:
        return self.corners[1] + 1

    @property
    def column(self) -> int:
        return self.corners[0] + 1

    @property
    def shape(self) -> tuple[int, int]:
        left, top, right, bottom = self.corners
        return bottom - top + 1, right - left + 1

    @property
    def coords(self) -> tuple[Any, int, int, int, int]:
        return self.sheet, self.row, self.column, *self.shape

    def __len__(self) -> int:
        rows, columns = self.shape
        return rows * columns

    def __call__(self, arg1: int, arg2: int | None = None) -> Range:
        """One cell, by row and column or by its number; it may lie outside."""
        if arg2 is None:
            row, column = divmod(arg1 - 1, self.shape[1])
            return self(row + 1, column + 1)
        return self.cell(arg1 - 1, arg2 - 1)

    def cell(self, row: int, column: int) -> Range:
        """The cell that lies so many rows and columns from the first one."""
        return self.at(self.corners[0] + column, self.corners[1] + row)

    def at(self, column: int, row: int) -> Range:
        """The cell of the same sheet in this column and row, counted from 0."""
        corners = (column, row, column, row)
        return Range(self.book, self._cells.Spreadsheet.getCellRangeByPosition(*corners), corners)

    def get_address(
        self, row_absolute: bool = True, col_absolute: bool = True, external: bool = False
    ) -> str:
        inside = addresses.address(self.corners, "$" * row_absolute, "$" * col_absolute)
        if not external:
            return inside
        return addresses.quoted(f"[{self.book.name}]{self._cells.Spreadsheet.Name}") + f"!{inside}"

    @property
    def address(self) -> str:
        return self.get_address()

    @property
    def name(self) -> Any:
        """The name that means exactly these cells; None without one."""
        meant = f"={addresses.quoted(self._cells.Spreadsheet.Name)}!{self.address}"
        return next((name for name in self.book.names if name.refers_to == meant), None)

    @name.setter
    def name(self, value: str) -> None:
        self.book.names.add(value, f"={addresses.quoted(self._cells.Spreadsheet.Name)}!{self.address}")

    @property
    def note(self) -> Note | None:
        return note_at(self)

    def add_note(self, text: str) -> Note:
        left, top = self.corners[:2]
        sheet = self._cells.Spreadsheet
        place = struct("table.CellAddress", Sheet=sheet.RangeAddress.Sheet, Column=left, Row=top)
        sheet.Annotations.insertNew(place, text)
        return Note(self.sheet, self._cells.getCellByPosition(0, 0).Annotation)

    def select(self) -> None:
        controller = self.book.document.CurrentController
        if controller.ActiveSheet.Name != self._cells.Spreadsheet.Name:
            raise RuntimeError(f"Excel selects cells of the active sheet only: {self.address}")
        controller.select(self._cells)

    def clear_contents(self) -> None:
        self._cells.clearContents(CONTENTS)

    def clear_formats(self) -> None:
        self._cells.clearContents(FORMATS)

    def clear(self) -> None:
        self._cells.clearContents(EVERYTHING)

"""One sheet."""

from __future__ import annotations

from typing import Any

from xlwings import base_classes

from tests.libreoffice_engine.addresses import rectangle
from tests.libreoffice_engine.cells import CONTENTS, EVERYTHING, FORMATS, Range
from tests.libreoffice_engine.complete import complete
from tests.libreoffice_engine.names import Names
from tests.libreoffice_engine.notes import Note
from tests.libreoffice_engine.shapes import Shapes


@complete
class Sheet(base_classes.Sheet):
    """A sheet of an open document."""

    book = None  # the base class has a property without a setter

    def __init__(self, book: Any, sheet: Any) -> None:
        self.book = book
        self._sheet = sheet

    @property
    def api(self) -> Any:
        return self._sheet

    @property
    def name(self) -> str:
        return self._sheet.Name

    @name.setter
    def name(self, value: str) -> None:
        self._sheet.Name = value

    @property
    def index(self) -> int:
        return self._sheet.RangeAddress.Sheet + 1

    @property
    def visible(self) -> bool:
        return self._sheet.IsVisible

    @visible.setter
    def visible(self, value: bool) -> None:
        self._sheet.IsVisible = bool(value)

    @property
    def names(self) -> Names:
        return Names(self.book, self)

    @property
    def notes(self) -> list[Note]:
        return [Note(self, note) for note in self._sheet.Annotations]

    @property
    def shapes(self) -> Shapes:
        return Shapes(self)

    @property
    def cells(self) -> Range:
        return Range(self.book, self._sheet)

    @property
    def used_range(self) -> Range:
        """From the first to the last cell with content; Excel counts cells that are only formatted too."""
        cursor = self._sheet.createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        return Range(self.book, cursor)

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        """Cells by address, name, (row, column), (row, column, rows, columns), or between two of these."""
        ends = [rectangle(self._sheet, one) for one in (arg1, arg2) if one is not None]
        left, top = min(one[0] for one in ends), min(one[1] for one in ends)
        right, bottom = max(one[2] for one in ends), max(one[3] for one in ends)
        corners = (left, top, right, bottom)
        return Range(self.book, self._sheet.getCellRangeByPosition(*corners), corners)

    def activate(self) -> None:
        if not self.visible:
            raise RuntimeError(f"Excel activates no hidden sheet: {self.name}")
        self.book.document.CurrentController.setActiveSheet(self._sheet)

    select = activate

    def delete(self) -> None:
        self.book.document.Sheets.removeByName(self.name)

    def clear(self) -> None:
        self._sheet.clearContents(EVERYTHING)

    def clear_contents(self) -> None:
        self._sheet.clearContents(CONTENTS)

    def clear_formats(self) -> None:
        self._sheet.clearContents(FORMATS)

    def autofit(self, axis: str | None = None) -> None:
        self.used_range.autofit(axis)

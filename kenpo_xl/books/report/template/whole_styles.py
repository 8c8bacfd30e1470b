"""The looks of whole rows and columns of the template: of cells that have no style of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kenpo_xl.books.report.template.drawn_sheet import StyledColumns
from kenpo_xl.books.report.template.style import Palette, Style
from kenpo_xl.domain.frozen import frozen

DEFAULT_WIDTH = 9.14
"""The width of a column in characters where a sheet states none."""


@frozen
class WholeStyles:
    """The looks of an openpyxl worksheet that show in empty cells: rows by number, from 0, and columns."""

    rows: dict[int, Style]
    columns: tuple[StyledColumns, ...]

    @classmethod
    def of_sheet(cls, sheet: Any, palette: Palette) -> WholeStyles:
        """Those of an openpyxl worksheet."""
        rows = {
            number - 1: style
            for number, row in sheet.row_dimensions.items()
            if (style := _visible_style(row, palette))
        }
        return cls(rows, tuple(_styled_columns(sheet, palette)))

    def at(self, row: int, column: int) -> Style | None:
        """The look of a cell without a style, counted from 0; None where it has none."""
        columns = (one.style for one in self.columns if one.first <= column <= one.last)
        return self.rows.get(row) or next(columns, None)


def _styled_columns(sheet: Any, palette: Palette) -> Iterator[StyledColumns]:
    usual = sheet.sheet_format.defaultColWidth or DEFAULT_WIDTH
    for entry in sheet.column_dimensions.values():
        style = _visible_style(entry, palette)
        if style and entry.min:
            width = entry.width if entry.customWidth else usual
            yield StyledColumns(entry.min - 1, entry.max - 1, width, style)


def _visible_style(size: Any, palette: Palette) -> Style | None:
    """The style of a row or a column of openpyxl, None where it does not show in empty cells."""
    style = palette.style(size) if size.style_id else None
    return style if style and style.is_visible_when_empty else None

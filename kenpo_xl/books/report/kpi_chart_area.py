"""The sheet of the charts of KPI一覧: cells for their data, and their fonts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kenpo_xl.books.common.text_metrics import line_width, printable_text, wrapped_lines
from kenpo_xl.books.report.layout.paragraph import line_capacities
from kenpo_xl.books.report.template.screen_widths import Width

# The column of names, and the first of the numbers beside them.
NAMES, VALUES = 1, 3
# The pixels of a row that holds one line. Not 20: XlsxWriter leaves out that height as the usual one, and
# applications then make rows, and the charts above them, as high as their font wants.
ROW = 21
_SIZE, _LINE, _AIR = 9, 15, 5
_MOST_NAME_LINES = 3
DARK, GREY, PALE = "#1F3864", "#7F7F7F", "#D9D9D9"
# XlsxWriter ships no types.
Chart = Any
NextRow = int


class ChartArea:
    """The sheet that is drawn on; names have `name_width` pixels, `as_of` is the as-of date in words."""

    def __init__(self, book: Any, sheet: Any, *, name_width: int, as_of: str) -> None:
        self.book, self.sheet, self.as_of = book, sheet, as_of
        self.title = book.add_format({"bold": True, "font_size": 11})
        self.note = book.add_format({"font_size": 10})
        self._line_length = line_capacities(Width.fixed(name_width), _SIZE)[0]
        small = {"font_size": _SIZE, "text_wrap": True}
        self._header = book.add_format({**small, "bold": True, "bottom": 1, "valign": "bottom"})
        self._name = book.add_format({**small, "valign": "top"})
        self._numbers: dict[str, Any] = {}

    def write_headers(self, row: int, title: str, *headers: str) -> None:
        """Write the title of some data, which the chart has too, and the headers of its numbers."""
        self._write_wrapped_text(row, title, self._header)
        self.sheet.write_blank(row, NAMES + 1, None, self._header)
        for column, header in enumerate(headers, start=VALUES):
            self.sheet.write_string(row, column, printable_text(header), self._header)

    def write_row_name(self, row: int, text: str) -> None:
        """Write the name of a row of numbers, in the lines in which the chart shows it."""
        self._write_wrapped_text(row, text, self._name)

    def _write_wrapped_text(self, row: int, text: str, style: Any) -> None:
        lines = len(wrapped_lines(printable_text(text), self._line_length))
        self.sheet.set_row_pixels(row, max(lines * _LINE + _AIR, ROW))
        self.sheet.write_string(row, NAMES, printable_text(text), style)

    def write_number(self, row: int, column: int, value: Decimal | None, code: str) -> None:
        """Write a number; an unknown one leaves no cell, so that a chart has a gap there and no 0."""
        if value is None:
            return
        if code not in self._numbers:
            shape = {"num_format": code, "valign": "top", "font_size": _SIZE}
            self._numbers[code] = self.book.add_format(shape)
        self.sheet.write_number(row, column, float(value), self._numbers[code])

    def cell_reference(self, row: int, column: int) -> list[str | int]:
        """The reference of XlsxWriter's charts to a cell: sheet, row, column."""
        return [self.sheet.get_name(), row, column]

    def range_reference(self, first: int, last: int, column: int) -> list[str | int]:
        """The reference of XlsxWriter's charts to the cells of one column: sheet, rows, columns."""
        return [self.sheet.get_name(), first, column, last, column]

    def font_options(self, size: float, *, bold: bool = False) -> dict[str, Any]:
        """XlsxWriter's options for a font of a chart, of the sheet's own name."""
        return {"name": self.book.formats[0].font_name, "size": size, "bold": bold, "color": "black"}


def wrapped_name(name: str, line_length: int, suffix: str = "") -> str:
    """A name in a few lines, cut where it is too long; the suffix is not broken."""
    lines = wrapped_lines(printable_text(name), line_length)
    if line_width(lines[-1] + suffix) > line_length:
        lines.append("")
    lines[-1] += suffix
    if len(lines) > _MOST_NAME_LINES:
        end = f"…{suffix}"
        cut = wrapped_lines(lines[_MOST_NAME_LINES - 1], line_length - line_width(end))[0] + end
        lines = [*lines[: _MOST_NAME_LINES - 1], cut]
    return "\n".join(lines)

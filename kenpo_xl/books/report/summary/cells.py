"""Cells of the sheet 概要, each joined of narrow columns, in formats that are made once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from kenpo_xl.books.common.links import Links
from kenpo_xl.books.common.text_metrics import printable_text
from kenpo_xl.books.report.layout.paragraph import EXCEL_SIDES
from kenpo_xl.books.report.summary.columns import (
    SIZE,
    ColumnSpan,
    SummaryColumns,
    line_length,
    width_of_widest_text,
)
from kenpo_xl.books.report.summary.drawn_bars import DARK
from kenpo_xl.books.report.template.page_setup import POINT
from kenpo_xl.domain.lengths import HalfWidths

_PLAIN: Mapping[str, Any] = {}
# Points of a number.
_NUMBER_SIZES = (SIZE, 9, 8, 7)


class SummaryCells:
    """Writes the cells of one worksheet; formats are named by XlsxWriter's properties."""

    def __init__(self, sheet: Any, book: Any, columns: SummaryColumns) -> None:
        self.sheet, self.columns = sheet, columns
        self._book = book
        self._links = Links(sheet)
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def write(
        self,
        row: int,
        span: ColumnSpan,
        value: Decimal | str | None,
        look: Mapping[str, Any] = _PLAIN,
        *,
        link: str = "",
        tip: str = "",
        down: int = 1,
    ) -> None:
        """Write a value into joined cells; `look` has properties of XlsxWriter's formats."""
        style = self._cell_format({"valign": "vcenter", "font_size": SIZE, **look})
        if span.last > span.first or down > 1:
            self.sheet.merge_range(row, span.first, row + down - 1, span.last, "", style)
        if link:
            self._links.write_link(row, span.first, link, style, tip=tip)
        if isinstance(value, Decimal):
            self.sheet.write_number(row, span.first, float(value), style)
        elif value:
            self.sheet.write_string(row, span.first, printable_text(value), style)
        else:
            self.sheet.write_blank(row, span.first, None, style)

    def write_heading(self, row: int, span: ColumnSpan, text: str, height: int) -> None:
        """Write the heading of a part of the page."""
        self.sheet.set_row_pixels(row, height)
        self.write(row, span, text, {"bold": True, "font_size": 12, "font_color": DARK})

    def line_length(self, span: ColumnSpan, size: float = SIZE) -> HalfWidths:
        """The half-width characters of a line in some columns, in a font of so many points."""
        return line_length(self.columns.pixel_width(span), size)

    def fitting_size(self, span: ColumnSpan, widest: int, sizes: Sequence[float]) -> float | None:
        """The largest of these sizes in which so many half-width characters have one line, None for none."""
        return next((size for size in sizes if widest <= self.line_length(span, size)), None)

    def number_look(self, span: ColumnSpan, text: str) -> dict[str, Any]:
        """The look of the largest letters in which a number has room; in the smallest it is shrunk."""
        room = self.columns.pixel_width(span) * POINT - EXCEL_SIDES
        sizes = (size for size in _NUMBER_SIZES if width_of_widest_text([text]) * size / 2 <= room)
        size = next(sizes, None)
        if size == SIZE:
            return {}
        return {"font_size": size} if size else {"font_size": min(_NUMBER_SIZES), "shrink": True}

    def _cell_format(self, look: dict[str, Any]) -> Any:
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(look)
        return self._formats[key]

"""The list sheets behind the printed pages: one row of headers, then a row for each entry."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from kenpo_xl.books.common.links import FIGURES, Links
from kenpo_xl.books.common.text_metrics import printable_text, wrapped_lines
from kenpo_xl.books.report.layout.formats import Formats
from kenpo_xl.books.report.layout.paragraph import line_capacities
from kenpo_xl.books.report.layout.tables.table_boxes import pattern_styles
from kenpo_xl.books.report.layout.tables.table_cells import CellPattern
from kenpo_xl.books.report.not_printed import leave_out_of_print
from kenpo_xl.books.report.template.screen_widths import Width, printed_pixels, xlsxwriter_pixels
from kenpo_xl.books.report.template.style import Style
from kenpo_xl.books.report.template.template import Template
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.text_difference import ComparedPart
from kenpo_xl.domain.lengths import Pixels

# In the order in which they follow the sections of the report.
KPIS, REVIEW, CHANGES, TREND = "KPI一覧", "要確認", "変更一覧", "推移"
LIST_SHEETS = (KPIS, REVIEW, CHANGES, TREND, FIGURES)
PRINTING = (
    "この一覧は報告書と一緒には印刷されません。"
    "印刷するときは、先に「ページ レイアウト」の「印刷範囲」で「印刷範囲のクリア」を選んでください。"
)
FONT = 9.75
"""The points of the letters of a list, unless those of the template's tables are smaller.

From 9 to 9.5 points a screen without smoothing draws nothing of the hyphens in 1-2-2: such letters of a
template become as large as these.
"""
_WITHOUT_HYPHENS = 9
# Pixels of a line, of the air around lines, and of a digit of a column's width.
_LINE, _AIR, _USUAL_HEIGHT = 16, 6, 20
# That of a row of one line on a printed page with enough space.
_PRINTED_HEIGHT = 26
INDENT = 16
"""The points of an indent."""
# In per cent: a list in a smaller scale is printed on several pages.
_LEAST_SCALE = 55


def page_breaks(heights: Sequence[int], room: int, *, first: int) -> list[int]:
    """The rows with which further pages begin; each page has `room` pixels for rows of these heights.

    `first` is the first of the rows, counted from 0.
    """
    breaks: list[int] = []
    used = 0
    for row, height in enumerate(heights, start=first):
        if used + height > room and used:
            breaks.append(row)
            used = 0
        used += height
    return breaks


@frozen
class MarkedText:
    """A text whose parts differ from another: struck through what is gone, else bold and underlined."""

    parts: tuple[ComparedPart, ...]
    is_gone: bool = False

    def __str__(self) -> str:
        return "".join(part.text for part in self.parts)


@frozen
class LooseText:
    """A text of two lines that are apart: larger spaces, its first and its last, make each line higher."""

    text: str

    def __str__(self) -> str:
        return self.text

    @property
    def parts(self) -> tuple[str, ...]:
        """The text in pieces: those two spaces, and what is beside them."""
        first, space, rest = printable_text(self.text).partition(" ")
        middle, last_space, last = rest.rpartition(" ")
        return tuple(filter(None, (first, space, middle, last_space, last)))


Value = str | Decimal | int | MarkedText | LooseText | None
# The size of a space of a loose text against its letters.
_HIGH = 1.35
_GONE: dict[str, Any] = {"font_strikeout": True}
_ADDED: dict[str, Any] = {"bold": True, "underline": 1}


@frozen
class Column:
    """A column of a list: header, width in half-width characters, and formats of its cells.

    Texts that are `indented` keep off the line at their left.
    """

    header: str
    width: float
    format: str = "General"
    wraps: bool = False
    centred: bool = False
    indented: bool = False


@frozen
class ListCell:
    """A cell that differs from its column: a number format or font size of its own, or a link with its tip.

    `link` leads to a fact or a source; without one ('') the cell is a plain one. A `size` of 0 is as usual.
    """

    value: Value
    format: str = ""
    link: str = ""
    tip: str = ""
    size: float = 0


_IN_RUNS = (MarkedText, LooseText)
_TEXTS = (str, *_IN_RUNS)


class ListSheet:
    """A list in the styles of the report's tables, on a worksheet that is already set up for printing.

    It is not printed with the report: its print area is an empty cell, and both Excel and LibreOffice leave
    out pages without contents. To print it, clear the print area.
    `row` is the next free row, counted from 0; `sheet` the XlsxWriter worksheet.
    """

    def __init__(
        self,
        sheet: Any,
        columns: Sequence[Column],
        template: Template,
        formats: Formats,
        *,
        start: int = 0,
        font: float = FONT,
    ) -> None:
        self.sheet = sheet
        self.columns = columns
        self.start = start
        self.row = start + 1
        self._formats = formats
        self.setup = template.setup.for_lists
        self._default_size = template.default.font_size
        self._heights: list[int] = []
        self._styles = _list_styles(template, font)
        self._known: dict[tuple[int, bool, str, float], Any] = {}
        # By whether the value is a text, and by the number of the column.
        self._usual_formats = [
            [self._cell_format(number, is_text, "", 0) for number in range(len(columns))]
            for is_text in (False, True)
        ]
        self._wrapping = {number for number, column in enumerate(columns) if column.wraps}
        self._links = Links(sheet)
        self._write_headers()

    def add_row(self, *values: Value | ListCell) -> None:
        """Write a row, one value for each column from the left; as high as the texts that wrap."""
        lines = 1
        plain: list[tuple[int, str | float | None, Any]] = []
        number_formats, text_formats = self._usual_formats
        for number, given in zip(range(len(self.columns)), values, strict=True):
            if isinstance(given, ListCell):
                value, style = self._value_and_format(number, given)
            else:
                value, style = given, (text_formats if isinstance(given, _TEXTS) else number_formats)[number]
            if isinstance(value, str):
                value = printable_text(value)
                plain.append((number, value or None, style))
            elif isinstance(value, _IN_RUNS):
                self._write_runs(number, str(value), self._rich_text_runs(value), style)
            else:
                plain.append((number, value if value is None else float(value), style))
            if number in self._wrapping and isinstance(value, _TEXTS):
                lines = max(lines, self._line_count(self.columns[number], printable_text(str(value))))
        self.sheet.write_plain_cells(self.row, plain)
        height = lines * _LINE + _AIR if lines > 1 else _USUAL_HEIGHT
        if lines > 1:
            self.sheet.set_row_pixels(self.row, height)
        self._heights.append(height)
        self.row += 1

    def _value_and_format(self, number: int, cell: ListCell) -> tuple[Value, Any]:
        """The value and the format of a cell by the number of its column; its link is written."""
        style = self._cell_format(number, isinstance(cell.value, _TEXTS), cell.format, cell.size)
        if cell.link:
            self._links.write_link(self.row, number, cell.link, style, tip=cell.tip)
        return cell.value, style

    def print_with_report(self, last_column: int, *, heading: Pixels) -> int:
        """Print the rows so far, and the columns up to one, from 0; returns the number of pages.

        All of them are on one page, unless their letters were too small to be read. `heading` is the height
        of the rows above the headers. Rows are higher where that takes no smaller letters.
        """
        self.sheet.print_area(0, 0, self.row - 1, last_column)
        width = self.printed_pixels(last_column)
        above = heading + _USUAL_HEIGHT
        fitted = self.setup.scaled_to_fit(width)
        high = [max(height, _PRINTED_HEIGHT) for height in self._heights]
        if self.setup.scaled_to_fit(width, above + sum(high)).scale == fitted.scale:
            self._heights = high
            for row, height in enumerate(high, start=self.start + 1):
                self.sheet.set_row_pixels(row, height)
        if self.setup.scaled_to_fit(width, above + sum(self._heights)).scale >= _LEAST_SCALE:
            self.sheet.fit_to_pages(1, 1)
            return 1
        self.sheet.set_print_scale(fitted.scale)
        breaks = page_breaks(
            self._heights, fitted.usable_height_pixels(on_grid=False) - above, first=self.start + 1
        )
        self.sheet.set_h_pagebreaks(breaks)
        return 1 + len(breaks)

    def printed_pixels(self, last_column: int) -> float:
        """The pixels of the columns up to one, from 0, on the screen where they are widest."""
        widths = [column.width for column in self.columns[: last_column + 1]]
        return printed_pixels(widths, self._default_size)

    def add_filter(self) -> None:
        """Put the filter over all rows that were added."""
        self.sheet.autofilter(self.start, 0, max(self.row - 1, self.start), len(self.columns) - 1)

    def _write_headers(self) -> None:
        style = self._formats[self._styles[CellPattern.HEADER]]
        for number, column in enumerate(self.columns):
            self.sheet.write_string(self.start, number, column.header, style)
        self.sheet.freeze_panes(self.start + 1, 1)
        self.sheet.repeat_rows(self.start)
        self.setup.set_page(self.sheet)
        leave_out_of_print(self.sheet)
        self.sheet.fit_to_pages(1, 0)

    def _rich_text_runs(self, value: MarkedText | LooseText) -> list[Any]:
        """The parts of a text, each behind the format of its letters."""
        base = self._styles[CellPattern.TEXT]
        plain = self._formats[base]
        if isinstance(value, LooseText):
            high = self._formats[base.with_properties(font_size=round(base.font_size * _HIGH * 2) / 2)]
            return [run for part in value.parts for run in (high if part == " " else plain, part)]
        marked = self._formats[base.with_properties(**(_GONE if value.is_gone else _ADDED))]
        return [
            run
            for part in value.parts
            for run in (marked if part.differs else plain, printable_text(part.text))
        ]

    def _write_runs(self, number: int, text: str, runs: Sequence[Any], style: Any) -> None:
        if len(runs) > 2:
            self.sheet.write_rich_string(self.row, number, *runs, style)
        else:
            self.sheet.write_string(self.row, number, printable_text(text), style)

    def _line_count(self, column: Column, text: str) -> int:
        """The number of lines of a text in a column that wraps; some applications do not compute it."""
        capacity = line_capacities(
            Width.fixed(xlsxwriter_pixels(column.width)),
            self._styles[CellPattern.TEXT].font_size,
            INDENT if column.indented else 0,
        ).excel
        return len(wrapped_lines(text, capacity))

    def _cell_format(self, number: int, is_text: bool, number_format: str, size: float) -> Any:
        """The format of a cell by the number of its column, made once."""
        key = number, is_text, number_format, size
        if key not in self._known:
            style = self._cell_style(self.columns[number], is_text, number_format)
            self._known[key] = self._formats[style.with_properties(font_size=size) if size else style]
        return self._known[key]

    def _cell_style(self, column: Column, is_text: bool, number_format: str) -> Style:
        if is_text:
            style = self._styles[CellPattern.TEXT].with_properties(text_wrap=column.wraps or None)
            style = style.with_properties(indent=1) if column.indented else style
        else:
            style = self._styles[CellPattern.TYPED].with_properties(num_format=number_format or column.format)
        return style.with_properties(align="center") if column.centred else style


def _list_styles(template: Template, font: float) -> dict[CellPattern, Style]:
    """The styles of the report's tables, in letters no larger than the columns of lists are made for."""
    return {
        kind: style.with_properties(font_size=font) if style.font_size >= _WITHOUT_HYPHENS else style
        for kind, style in pattern_styles(template).items()
    }

"""The plainer sheets of the books that staff fill in: lists below one header, and the stamp."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kenpo_xl.books.common import names
from kenpo_xl.books.common.grid import row_height
from kenpo_xl.books.common.styles import Styles

# The first row below the headers of a list, counted from 0.
FIRST_ROW = 4
_TITLE_HEIGHT = 24
HEADER_ABOVE_FILTER = 36
"""The height of headers with a filter, in points: two lines, and below them its buttons."""
FOOTER = "&L&A&R&P / &N"


def add_list_sheet(
    book: Workbook, styles: Styles, name: str, note: str, columns: Iterable[tuple[str, float]]
) -> Worksheet:
    """A new sheet with a title, a note and the headers of an empty list."""
    sheet = book.add_worksheet(name)
    sheet.hide_gridlines(2)
    sheet.set_row(0, _TITLE_HEIGHT)
    sheet.write(0, 0, name, styles("title"))
    sheet.write(1, 0, note, styles("path"))
    for column, (header, width) in enumerate(columns):
        sheet.set_column(column, column, width, styles("wrapped"))
        sheet.write(FIRST_ROW - 1, column, header, styles("header"))
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.repeat_rows(FIRST_ROW - 1)
    set_up_page(sheet)
    return sheet


def write_list_rows(
    sheet: Worksheet, styles: Styles, rows: Iterable[Sequence[str]], widths: Sequence[float]
) -> None:
    """Write rows of texts below the headers of a list, each as high as its longest text needs."""
    for row, texts in enumerate(rows, start=FIRST_ROW):
        sheet.set_row(row, max(row_height(*pair) for pair in zip(texts, widths, strict=False)))
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text, styles("grid"))


def write_confirmations(sheet: Worksheet, styles: Styles, column: int, confirmed: Sequence[bool]) -> int:
    """Write the cells in which staff confirm each row of a list; the last row, from 0."""
    for row, is_confirmed in enumerate(confirmed, start=FIRST_ROW):
        sheet.write_string(row, column, names.CONFIRMED if is_confirmed else "", styles("kind"))
    last = FIRST_ROW + len(confirmed) - 1
    choice = {"validate": "list", "source": [names.CONFIRMED], "error_type": "warning"}
    sheet.data_validation(FIRST_ROW, column, last, column, choice)
    return last


def style_columns(sheet: Worksheet, styles: Styles, columns: Iterable[tuple[float, Format, bool]]) -> None:
    """Give every row below the headers the style of its column.

    Each column is a triple: width, style, and whether it is hidden.
    """
    for column, (width, style, is_hidden) in enumerate(columns):
        sheet.set_column(column, column, width, style, {"hidden": is_hidden})
    for row in range(FIRST_ROW - 1):
        sheet.set_row(row, None if row else _TITLE_HEIGHT, styles("plain"))


def set_up_page(sheet: Worksheet, footer: str = FOOTER) -> None:
    """Set the page of a sheet to A4 landscape, fitted to one page width."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(footer)


def add_stamp_sheet(book: Workbook, rows: Iterable[Sequence[str]]) -> Worksheet:
    """The new hidden sheet by which a book is recognized."""
    sheet = book.add_worksheet(names.STAMP_SHEET)
    for place, row in enumerate(rows):
        sheet.write_row(place, 0, row)
    sheet.hide()
    return sheet

"""Lists in an open workbook: rows by their headers, written and emptied in bulk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.live.cells import Undo, clear_cells, write_cells
from kenpo_xl.ooxml.edit.cell_xml import CellXml

if TYPE_CHECKING:
    import xlwings


@frozen
class ListRows:
    """Rows of a list: the column of each header, and the new content of each row by header.

    `mixed` are the headers of the columns that contain more than texts.
    """

    sheet: str
    columns: Mapping[str, int]
    rows: Mapping[int, Mapping[str, CellXml]]
    mixed: Collection[str] = ()

    @property
    def headers_by_column(self) -> dict[int, str]:
        """The header of each column."""
        return {column: header for header, column in self.columns.items()}

    def text_column_indexes(self, columns: Iterable[int]) -> list[int]:
        """Which of these columns, counted from the first of them, contain texts only."""
        return [
            place for place, column in enumerate(columns) if self.headers_by_column[column] not in self.mixed
        ]


def write_rows(book: xlwings.Book, rows: ListRows, undo: Undo) -> None:
    """Write the rows of a list."""
    headers = rows.headers_by_column
    for area, down, across in _contiguous_areas(book, rows):
        cells = [[rows.rows[row].get(headers[column], CellXml()) for column in across] for row in down]
        write_cells(area, cells, rows.text_column_indexes(across), undo)


def clear_rows(book: xlwings.Book, rows: ListRows, undo: Undo) -> None:
    """Empty the rows of a list."""
    for area, _, across in _contiguous_areas(book, rows):
        clear_cells(area, rows.text_column_indexes(across), undo)


def fit_row_heights(book: xlwings.Book, lists: Iterable[ListRows]) -> None:
    """Make rows as high as their contents need."""
    for rows in lists:
        for area, _, _ in _contiguous_areas(book, rows):
            area.rows.autofit()


def _contiguous_areas(book: xlwings.Book, rows: ListRows) -> Iterator[tuple[xlwings.Range, range, range]]:
    """The cells, rows and columns of a list in contiguous areas: usually one."""
    sheet = book.sheets[rows.sheet]
    for across in _consecutive_ranges(rows.columns.values()):
        for down in _consecutive_ranges(rows.rows):
            first, last = (down[0], across[0]), (down[-1], across[-1])
            yield sheet.range(first, last), down, across


def _consecutive_ranges(numbers: Iterable[int]) -> Iterator[range]:
    """Consecutive numbers as ranges."""
    for _, run in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0]):
        found = [number for _, number in run]
        yield range(found[0], found[-1] + 1)

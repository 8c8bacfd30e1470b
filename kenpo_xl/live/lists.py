"""Lists in an open workbook: rows by the words of their headers, written and emptied in bulk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.live.cells import Undo, clear, write
from kenpo_xl.ooxml.edit.cell_xml import CellXml

if TYPE_CHECKING:
    import xlwings


@frozen
class Rows:
    """Rows of a list: the column of each header, and the new content of each row by header.

    `mixed` are the headers of the columns that hold more than texts.
    """

    sheet: str
    columns: Mapping[str, int]
    rows: Mapping[int, Mapping[str, CellXml]]
    mixed: Collection[str] = ()

    @property
    def headers(self) -> dict[int, str]:
        """The header of each column."""
        return {column: header for header, column in self.columns.items()}

    def texts(self, across: Iterable[int]) -> list[int]:
        """Which of these columns, counted from the first of them, hold texts only."""
        return [place for place, column in enumerate(across) if self.headers[column] not in self.mixed]


def write_rows(book: xlwings.Book, rows: Rows, undo: Undo) -> None:
    """Write the rows of a list."""
    headers = rows.headers
    for area, down, across in _areas(book, rows):
        cells = [[rows.rows[row].get(headers[column], CellXml()) for column in across] for row in down]
        write(area, cells, rows.texts(across), undo)


def clear_rows(book: xlwings.Book, rows: Rows, undo: Undo) -> None:
    """Empty the rows of a list."""
    for area, _, across in _areas(book, rows):
        clear(area, rows.texts(across), undo)


def fit_rows(book: xlwings.Book, lists: Iterable[Rows]) -> None:
    """Make rows as high as what stands in them needs."""
    for rows in lists:
        for area, _, _ in _areas(book, rows):
            area.rows.autofit()


def _areas(book: xlwings.Book, rows: Rows) -> Iterator[tuple[xlwings.Range, range, range]]:
    """The cells of a list, its rows and its columns, in parts that hang together: usually one."""
    sheet = book.sheets[rows.sheet]
    for across in _runs(rows.columns.values()):
        for down in _runs(rows.rows):
            first, last = (down[0], across[0]), (down[-1], across[-1])
            yield sheet.range(first, last), down, across


def _runs(numbers: Iterable[int]) -> Iterator[range]:
    """Numbers that follow one another, together."""
    for _, run in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0]):
        found = [number for _, number in run]
        yield range(found[0], found[-1] + 1)

"""The widths of a table's columns: from the widest text of each, as generous as the page allows."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kenpo_xl.books.common.text_metrics import line_width, widest_line_width
from kenpo_xl.books.report.layout.table import TableLook, TablePart, row_heights
from kenpo_xl.books.report.layout.table_cells import (
    CellPattern,
    TableBox,
    boxes,
    columns_of,
    is_number,
    with_columns,
)
from kenpo_xl.books.report.template.template import POINT
from kenpo_xl.domain.outputs.report import ReportTable

# Beside the text of a cell, in points: comfortable, usual, close, and the least that no application cuts.
_PADDINGS = (16.0, 10.0, 5.5)
_LEAST_PADDING = 4.5
# Letters may come out a little wider than they are drawn.
_SLACK = 1.02
# A table that is too wide is set smaller by this much before headers and figures are crowded; never below.
_SMALLER, _SMALLEST = 1.0, 7.0
# A header wider than this (in halves) is broken into two lines, a row header later.
_HEADER, _ROW_HEADER = 14, 26
# A column of texts is not made narrower than this to save the font size; the least that any text gets.
_TEXT, _LEAST = 20, 8


def set_tables(table: ReportTable, look: TableLook) -> list[TablePart]:
    """The table as one part of the page; where it is too wide, as several below one another.

    Each piece repeats the row headers. All but the last keep with what follows; one with notes does so too.
    """
    count = columns_of(table)
    parts: list[TablePart] = []
    for pieces in range(1, max(count, 1) + 1):
        cuts = [count * piece // pieces for piece in range(pieces + 1)]
        parts = [set_table(with_columns(table, *cut), look) for cut in pairwise(cuts)]
        if not any(part.shrinks for part in parts):
            break
    keeps = bool(table.notes)
    return [*(replace(part, keeps=True) for part in parts[:-1]), replace(parts[-1], keeps=keeps)]


def set_table(table: ReportTable, look: TableLook) -> TablePart:
    """The table as a part of the page: widest padding and largest font with which it fits."""
    found = list(boxes(table, look.not_applicable))
    columns = _columns(found, table)
    for size, padding, crowded in _attempts(look.size):
        widths = _widths(found, columns, look, size=size, padding=padding, crowded=crowded)
        if widths:
            heights = row_heights(found, table, widths, look, size)
            return TablePart(look, table, widths, heights, size)
    widths = _squeezed(columns, look)
    heights = row_heights(found, table, widths, look, _SMALLEST)
    return TablePart(look, table, widths, heights, _SMALLEST, shrinks=True)


def _attempts(size: float) -> Iterator[tuple[float, float, bool]]:
    """Font sizes with paddings, from the best to the worst, and whether texts may be crowded."""
    lowest = max(size - _SMALLER, _SMALLEST)
    for smaller in _sizes(size, lowest):
        for padding in _PADDINGS:
            yield smaller, padding, False
    for smaller in _sizes(lowest, _SMALLEST):
        yield smaller, _LEAST_PADDING, True


def _sizes(highest: float, lowest: float) -> Iterator[float]:
    steps = int((highest - lowest) * 2)
    return (highest - step / 2 for step in range(steps + 1))


@dataclass
class _Column:
    """What a column would like, needs to look well, and needs at least, in halves.

    `figures` while there is no text in its body.
    """

    wished: int = 0
    decent: int = 0
    least: int = 0
    figures: bool = True

    def ask(self, wished: int, decent: int, least: int) -> None:
        """Be as wide as the widest that asks."""
        self.wished = max(self.wished, wished)
        self.decent = max(self.decent, decent)
        self.least = max(self.least, least)


def _widths(
    found: Sequence[TableBox],
    columns: Sequence[_Column],
    look: TableLook,
    *,
    size: float,
    padding: float,
    crowded: bool,
) -> tuple[int, ...] | None:
    """Widths in narrow columns that fit into the look, or None."""

    def narrow(halves: int) -> int:
        points = halves * size / 2 * _SLACK + padding
        return max(math.ceil(points / (look.width.least * POINT)), 1)

    widths = [narrow(column.wished) for column in columns]
    least = [narrow(column.least if crowded else column.decent) for column in columns]
    if sum(least) > look.columns:
        return None
    widths = _reduced(widths, least, look.columns)
    widths = _evened(widths, [column.figures for column in columns], look.columns)
    return _spanned(found, widths, narrow, look.columns)


def _columns(found: Sequence[TableBox], table: ReportTable) -> list[_Column]:
    columns = [_Column() for _ in range(table.header_columns + columns_of(table))]
    for box in found:
        column = columns[box.column]
        if is_number(box):
            width = line_width(box.text)
            column.ask(width, width, width)
        elif box.column == box.last_column:
            column.ask(*_text_needs(box))
        if box.kind in {CellPattern.CORNER, CellPattern.ROW_HEADER} or (
            box.kind is CellPattern.TEXT and box.text
        ):
            column.figures = False
    return columns


def _text_needs(box: TableBox) -> tuple[int, int, int]:
    """What a text would like, needs to look well and needs at least; a header may take two lines."""
    width = widest_line_width(box.text)
    if box.kind is CellPattern.TEXT:
        return width, min(width, _TEXT), min(width, _LEAST)
    line = _ROW_HEADER if box.kind is CellPattern.ROW_HEADER else _HEADER
    wished = width if width <= line else max(line, math.ceil(width / 2) + 1)
    return wished, wished, min(wished, max(math.ceil(wished / 2) + 1, _LEAST))


def _reduced(wished: list[int], least: list[int], room: int) -> list[int]:
    """The wished widths, cut down where most can be spared until they fit."""
    widths = list(wished)
    while sum(widths) > room:
        spare = [width / low for width, low in zip(widths, least, strict=True)]
        widths[spare.index(max(spare))] -= 1
    return widths


def _evened(widths: list[int], figures: list[bool], room: int) -> list[int]:
    """The narrower columns of figures made equally wide, as far as there is room and up to the widest."""
    even = list(widths)
    for common in sorted({width for width, is_figure in zip(widths, figures, strict=True) if is_figure}):
        wider = [
            max(width, common) if figure else width for width, figure in zip(widths, figures, strict=True)
        ]
        if sum(wider) <= room:
            even = wider
    return even


def _spanned(
    found: Sequence[TableBox], widths: list[int], narrow: Callable[[int], int], room: int
) -> tuple[int, ...]:
    """The widths, larger under headers that span several columns and need more, as far as there is room."""
    for box in found:
        columns = range(box.column, box.last_column + 1)
        if len(columns) == 1:
            continue
        missing = narrow(_text_needs(box)[0]) - sum(widths[column] for column in columns)
        for step in range(max(min(missing, room - sum(widths)), 0)):
            widths[columns[step % len(columns)]] += 1
    return tuple(widths)


def _squeezed(columns: Sequence[_Column], look: TableLook) -> tuple[int, ...]:
    """Widths in proportion to the needs where nothing fits; numbers are then shrunk by the application."""
    least = [max(column.least, 2) for column in columns]
    widths = [max(need * look.columns // sum(least), 1) for need in least]
    return tuple(_reduced(widths, [1] * len(widths), max(look.columns, len(widths))))

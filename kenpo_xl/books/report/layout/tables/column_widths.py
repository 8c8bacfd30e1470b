"""The widths of a table's columns: from the widest text of each, as wide as the page allows."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from kenpo_xl.books.common.text_metrics import widest_line_width
from kenpo_xl.books.report.layout.paragraph import EXCEL_SIDES
from kenpo_xl.books.report.layout.tables.table import TableLook, TablePart, row_heights
from kenpo_xl.books.report.layout.tables.table_cells import (
    CellPattern,
    TableBox,
    body_column_count,
    column_slice,
    grid_boxes,
    is_number,
    number_width,
)
from kenpo_xl.books.report.template.page_setup import POINT
from kenpo_xl.domain.outputs.report import ReportTable

# Beside the text of a cell, in points: comfortable, with space at one side, close, and the least that no
# application cuts.
_COMFORTABLE, _PADDED, _CLOSE, _LEAST_PADDING = 16.0, 11.0, 5.5, 4.5
# Letters may come out a little wider than they are drawn.
_SLACK = 1.02
# A table that is too wide is set smaller by this much before headers and figures are crowded; never below.
_SMALLER, _SMALLEST = 1.0, 7.0
# A header wider than this (in halves) is broken into two lines, a row header or one with line feeds later.
_HEADER, _ROW_HEADER = 14, 26
# A column of texts is not made narrower than this to save the font size; the least that any text gets.
_TEXT, _LEAST = 20, 8
# Cells that make their column one of texts, also empty ones.
_OF_TEXTS = (CellPattern.CORNER, CellPattern.ROW_HEADER)


def table_parts(table: ReportTable, look: TableLook) -> list[TablePart]:
    """The table as one part of the page; where it is too wide, as several below one another.

    Each piece repeats the row headers. All but the last are kept with the next; one with notes too.
    """
    count = body_column_count(table)
    parts: list[TablePart] = []
    for pieces in range(1, max(count, 1) + 1):
        cuts = [count * piece // pieces for piece in range(pieces + 1)]
        slices = [table] if pieces == 1 else [column_slice(table, *cut) for cut in pairwise(cuts)]
        parts = [table_part(one, look) for one in slices]
        if not any(part.shrinks for part in parts):
            break
    keeps = bool(table.notes)
    return [
        *(replace(part, keep_with_next=True) for part in parts[:-1]),
        replace(parts[-1], keep_with_next=keeps),
    ]


def table_part(table: ReportTable, look: TableLook) -> TablePart:
    """The table as a part of the page: widest padding and largest font with which it fits."""
    found = list(grid_boxes(table, look.not_applicable))
    columns = _needs_by_column(found, table)
    chosen = _first_fit_with_widths(found, columns, look, _fits_to_try(look.size))
    if chosen and _is_any_row_header_torn(columns, look, *chosen):
        # Smaller letters are read more easily than a header that is broken in each row.
        chosen = (
            _first_fit_with_widths(found, columns, look, _fits_of_whole_headers(chosen[0].size)) or chosen
        )
    if chosen:
        fit, widths = chosen
        heights = row_heights(found, table, widths, look, fit.size, padded=fit.padded)
        return TablePart(look, table, widths, heights, fit.size, padded=fit.padded)
    widths = _proportional_widths(columns, look)
    heights = row_heights(found, table, widths, look, _SMALLEST, padded=False)
    return TablePart(look, table, widths, heights, _SMALLEST, shrinks=True)


class _Fit(NamedTuple):
    """A font size, the padding of numbers and of texts in points, and whether texts may be crowded.

    Row headers may only be crowded where they `may_tear`.
    """

    size: float
    padding: float
    text_padding: float
    crowded: bool = False
    may_tear: bool = False

    @property
    def padded(self) -> bool:
        """True where a text has space at its left."""
        return self.text_padding >= _PADDED


def _fits_to_try(size: float) -> Iterator[_Fit]:
    """The fits of a table, from the best to the worst: smaller letters come before less space."""
    lowest = max(size - _SMALLER, _SMALLEST)
    yield _Fit(size, _COMFORTABLE, _COMFORTABLE)
    yield from (_Fit(smaller, _PADDED, _PADDED) for smaller in _font_sizes(size, lowest))
    for smaller in _font_sizes(size, max(lowest - _SMALLER / 2, _SMALLEST)):
        yield _Fit(smaller, smaller / 2 + EXCEL_SIDES, _PADDED)
    for text_padding in (_PADDED, _CLOSE):
        yield from (_Fit(smaller, _CLOSE, text_padding) for smaller in _font_sizes(size, lowest))
    for smaller in _font_sizes(lowest, _SMALLEST):
        for text_padding in (_PADDED, _LEAST_PADDING):
            yield _Fit(smaller, _LEAST_PADDING, text_padding, crowded=True, may_tear=True)


def _fits_of_whole_headers(size: float) -> Iterator[_Fit]:
    """The fits in which other texts are crowded, in letters of this size or smaller ones."""
    for smaller in _font_sizes(size, _SMALLEST):
        for padding in (smaller / 2 + EXCEL_SIDES, _LEAST_PADDING):
            yield _Fit(smaller, padding, _PADDED, crowded=True)


def _font_sizes(highest: float, lowest: float) -> Iterator[float]:
    steps = int((highest - lowest) * 2)
    return (highest - step / 2 for step in range(steps + 1))


@dataclass
class _ColumnNeeds:
    """The width that a column would like, needs to look well, and needs at least, in halves.

    `figures` while there is no text in its body, `row_headers` where it has some.
    """

    wished: int = 0
    decent: int = 0
    least: int = 0
    figures: bool = True
    row_headers: bool = False

    def raise_to(self, wished: int, decent: int, least: int) -> None:
        """Raise the needs to these, where they are larger."""
        self.wished = max(self.wished, wished)
        self.decent = max(self.decent, decent)
        self.least = max(self.least, least)


def _first_fit_with_widths(
    boxes: Sequence[TableBox], columns: Sequence[_ColumnNeeds], look: TableLook, fits: Iterable[_Fit]
) -> tuple[_Fit, tuple[int, ...]] | None:
    """The first of these fits that the table's space allows, with the widths in narrow columns."""
    for fit in fits:
        if widths := _fitting_widths(boxes, columns, look, fit=fit):
            return fit, widths
    return None


def _is_any_row_header_torn(
    columns: Sequence[_ColumnNeeds], look: TableLook, fit: _Fit, widths: Sequence[int]
) -> bool:
    """True where a row header has less than it needs to look well."""
    return fit.may_tear and any(
        column.row_headers and width < _narrow_column_count(column.decent, look, fit.size, fit.text_padding)
        for column, width in zip(columns, widths, strict=True)
    )


def _narrow_column_count(halves: int, look: TableLook, size: float, padding: float) -> int:
    """How many narrow columns a text needs, with its padding in points."""
    points = halves * size / 2 * _SLACK + padding
    return max(math.ceil(points / (look.width.least * POINT)), 1)


def _fitting_widths(
    boxes: Sequence[TableBox], columns: Sequence[_ColumnNeeds], look: TableLook, *, fit: _Fit
) -> tuple[int, ...] | None:
    """Widths in narrow columns that fit into the table's space, or None."""

    def narrow_column_count(halves: int, padding: float = fit.padding) -> int:
        return _narrow_column_count(halves, look, fit.size, padding)

    paddings = [fit.padding if column.figures else fit.text_padding for column in columns]
    wished = [column.wished for column in columns]
    is_crowded = [fit.crowded and (fit.may_tear or not column.row_headers) for column in columns]
    least = [
        column.least if crowded else column.decent
        for column, crowded in zip(columns, is_crowded, strict=True)
    ]
    narrowest = list(map(narrow_column_count, least, paddings))
    if sum(narrowest) > look.columns:
        return None
    widths = _widths_reduced_to_fit(list(map(narrow_column_count, wished, paddings)), narrowest, look.columns)
    widths = _widths_with_equal_figure_columns(widths, [column.figures for column in columns], look.columns)
    return _widths_with_spanning_headers(boxes, widths, narrow_column_count, look.columns)


def _needs_by_column(boxes: Sequence[TableBox], table: ReportTable) -> list[_ColumnNeeds]:
    columns = [_ColumnNeeds() for _ in range(table.header_columns + body_column_count(table))]
    for box in boxes:
        column = columns[box.column]
        if is_number(box):
            column.raise_to(*[number_width(box)] * 3)
        elif box.column == box.last_column:
            column.raise_to(*_text_width_needs(box))
        if box.kind in _OF_TEXTS or (box.kind is CellPattern.TEXT and box.text):
            column.figures = False
        column.row_headers |= box.kind is CellPattern.ROW_HEADER
    return columns


class _WidthNeeds(NamedTuple):
    """The width that a text would like, needs to look well, and needs at least, in halves."""

    wished: int
    decent: int
    least: int


def _text_width_needs(box: TableBox) -> _WidthNeeds:
    """The width needs of a text; a header may take two lines."""
    width = widest_line_width(box.text)
    if box.kind is CellPattern.TEXT:
        return _WidthNeeds(width, min(width, _TEXT), min(width, _LEAST))
    line = _ROW_HEADER if box.kind is CellPattern.ROW_HEADER or "\n" in box.text else _HEADER
    decent = width if width <= line else max(line, math.ceil(width / 2) + 1)
    # A header such as 令和6年度（12月まで） would be broken within its brackets.
    wished = width if "（" in box.text and width <= _ROW_HEADER else decent
    return _WidthNeeds(wished, decent, min(decent, max(math.ceil(decent / 2) + 1, _LEAST)))


def _widths_reduced_to_fit(wished: list[int], least: list[int], available: int) -> list[int]:
    """The wished widths, cut down where most can be spared until they fit."""
    widths = list(wished)
    while sum(widths) > available:
        spare = [width / low for width, low in zip(widths, least, strict=True)]
        widths[spare.index(max(spare))] -= 1
    return widths


def _widths_with_equal_figure_columns(widths: list[int], figures: list[bool], available: int) -> list[int]:
    """The narrower columns of figures made equally wide, as far as they fit and up to the widest."""
    even = list(widths)
    for common in sorted({width for width, is_figure in zip(widths, figures, strict=True) if is_figure}):
        wider = [
            max(width, common) if figure else width for width, figure in zip(widths, figures, strict=True)
        ]
        if sum(wider) <= available:
            even = wider
    return even


def _widths_with_spanning_headers(
    boxes: Sequence[TableBox], widths: list[int], narrow_column_count: Callable[[int], int], available: int
) -> tuple[int, ...]:
    """The widths, larger under headers that span several columns and need more, as far as they fit."""
    for box in boxes:
        columns = range(box.column, box.last_column + 1)
        if len(columns) == 1:
            continue
        missing = narrow_column_count(_text_width_needs(box)[0]) - sum(widths[column] for column in columns)
        for step in range(max(min(missing, available - sum(widths)), 0)):
            widths[columns[step % len(columns)]] += 1
    return tuple(widths)


def _proportional_widths(columns: Sequence[_ColumnNeeds], look: TableLook) -> tuple[int, ...]:
    """Widths in proportion to the needs where nothing fits; numbers are then shrunk by the application."""
    least = [max(column.least, 2) for column in columns]
    widths = [max(need * look.columns // sum(least), 1) for need in least]
    return tuple(_widths_reduced_to_fit(widths, [1] * len(widths), max(look.columns, len(widths))))

"""Reads the workbook of an office's form into grids of cells."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from kenpo_xl.domain.cell_reference import CellPosition
from kenpo_xl.domain.numbers.exact import decimal_from_excel, number_format
from kenpo_xl.domain.time.fiscal_calendar import era_name_letter_and_year
from kenpo_xl.ooxml.drawings import objects_on_sheet
from kenpo_xl.ooxml.workbook import CellError, RawCell, Sheet, Workbook, text_of_value
from kenpo_xl.pipeline.adopt.grid import CellContent, SourceCell, SourceSheet

_YEAR_LETTERS = re.compile(r"[yge]", re.IGNORECASE)


def read_source_sheets(path: Path) -> list[SourceSheet]:
    """The sheets of a form in their order; KenpoError if the file cannot be read."""
    book = Workbook(path)
    return [_source_sheet(book, sheet) for sheet in book.sheets.values()]


def _source_sheet(book: Workbook, sheet: Sheet) -> SourceSheet:
    cells = {at: _source_cell(book, raw) for at, raw in sheet.cells.items()} if sheet.is_readable else {}
    hidden_rows, hidden_columns = _hidden_lines(sheet, cells)
    struck = set(sheet.struck_positions) if cells else set()
    struck_rows = _struck_rows(cells, struck)
    hidden = _positions_in(cells, hidden_rows, hidden_columns)
    return SourceSheet(
        name=sheet.name,
        cells={at: cell for at, cell in cells.items() if at not in hidden and at[0] not in struck_rows},
        merges=tuple(sheet.merges) if cells else (),
        is_hidden=sheet.state != "visible",
        hidden=_shown_positions(cells, hidden),
        struck=tuple(sorted(struck)),
        objects=tuple(_kinds_and_cells_of_objects(book, sheet)),
        skipped_rows=frozenset(hidden_rows | struck_rows),
        skipped_columns=frozenset(hidden_columns),
    )


def _hidden_lines(sheet: Sheet, cells: Iterable[CellPosition]) -> tuple[set[int], set[int]]:
    """The hidden rows, and the hidden columns up to the last that has a cell."""
    if not sheet.is_readable:
        return set(), set()
    rows, ranges = sheet.hidden_rows_and_columns
    last = max((column for _, column in cells), default=0)
    return set(rows), {column for first, end in ranges for column in range(first, min(end, last) + 1)}


def _positions_in(
    cells: Iterable[CellPosition], rows: Collection[int], columns: Collection[int]
) -> set[CellPosition]:
    """Those of some cells that are in one of the rows or columns."""
    return {at for at in cells if at[0] in rows or at[1] in columns}


def _shown_positions(
    cells: Mapping[CellPosition, SourceCell], positions: Iterable[CellPosition]
) -> tuple[CellPosition, ...]:
    """Those of some cells that show something, from the top left."""
    return tuple(at for at in sorted(positions) if cells[at].shown)


def _kinds_and_cells_of_objects(book: Workbook, sheet: Sheet) -> Iterator[tuple[str, CellPosition]]:
    """The kind of each picture, chart or shape, and the cell that it begins in."""
    for one in objects_on_sheet(book.package, sheet):
        yield one.kind, (max(one.top, 1), max(one.left, 1))


def _struck_rows(cells: Mapping[CellPosition, SourceCell], struck: Collection[CellPosition]) -> set[int]:
    """The rows whose constants are all struck through."""
    rows = {row for row, _ in struck}
    kept = {at[0] for at, cell in cells.items() if cell.shown and not cell.formula and at not in struck}
    return rows - kept


def _source_cell(book: Workbook, raw: RawCell) -> SourceCell:
    value, styles = _content_of_cell(raw), book.styles
    shape = number_format(book.number_format_code(raw))
    return SourceCell(
        value=value,
        shown=_displayed_text(value, shape.code),
        formula=raw.formula,
        format=shape,
        is_framed=raw.style in styles.framed,
        is_filled=raw.style in styles.filled,
        is_crossed=raw.style in styles.crossed,
    )


def _content_of_cell(raw: RawCell) -> CellContent:
    value = raw.value
    if value is None or isinstance(value, CellError):
        return None
    if isinstance(value, bool | date):
        return value
    return decimal_from_excel(value) if isinstance(value, float) else text_of_value(value)


def _displayed_text(value: CellContent, code: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return _date_shown(value, code)
    return number_format(code).displayed_text(value)


def _date_shown(day: date, code: str) -> str:
    """A date with the parts that its format has: 令和6年4月, 4月18日."""
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]', "", code).lower()
    era, _, number = era_name_letter_and_year(day)
    year = f"{era}{'元' if number == 1 else number}年" if _YEAR_LETTERS.search(bare) else ""
    month = f"{day.month}月" if "m" in bare else ""
    return f"{year}{month}{f'{day.day}日' if 'd' in bare else ''}" or f"{day:%Y/%m/%d}"

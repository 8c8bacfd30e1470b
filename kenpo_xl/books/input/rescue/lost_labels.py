"""Puts labels back whose text is lost: those of tables from a fresh book, reworded headers of the lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kenpo_xl.books.common import names
from kenpo_xl.books.input.line_headers import find_line_headers
from kenpo_xl.books.input.read.alike_headers import header_likeness
from kenpo_xl.books.input.rescue.doubts import Doubts
from kenpo_xl.books.input.rescue.sheet_texts import replace_texts
from kenpo_xl.domain.cell_reference import CellPosition
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.ooxml.salvage.readable_copy import LOST_TEXT
from kenpo_xl.ooxml.workbook import Area, Sheet, Workbook

_POSITION = "文字が失われているため、表の中の位置で写しました"
_ALIKE, _MOST_REWORDED = 0.5, 1
# Rows above a table that belong to it: its caption and its as-of month.
_ABOVE = 2


def restore_lost_labels(book: Workbook, fresh: Workbook | None, plan: Plan, doubts: Doubts) -> None:
    """Put the labels of tables into cells whose text is lost, where the table has the size of a fresh one.

    Every value of such a table is uncertain. Without a fresh book all other lost texts become empty.
    """
    for sheet in list(book.sheets.values()):
        lost = _cells_of_lost_texts(sheet)
        if not lost:
            continue
        texts = {} if fresh else dict.fromkeys(lost, "")
        for area, labels in _labels_of_tables(book, sheet, fresh, plan) if fresh else ():
            found = {at: text for at, text in labels.items() if at in lost}
            texts |= found
            if found:
                doubts.add_area(area, _POSITION)
        replace_texts(book, sheet, texts)


def _cells_of_lost_texts(sheet: Sheet) -> list[CellPosition]:
    return [at for at in sheet.cells if sheet.value(*at) == LOST_TEXT] if sheet.is_readable else []


def _labels_of_tables(
    book: Workbook, sheet: Sheet, fresh: Workbook, plan: Plan
) -> Iterator[tuple[Area, Mapping[CellPosition, str]]]:
    """The area of each table that has the size of a fresh one, and the labels that belong there."""
    tables = ((item.key, table.name) for item in plan.items for table in item.tables)
    for key, table in tables:
        name = names.table_excel_name(key, table)
        there, new = book.named_area(name), fresh.named_area(name)
        if there and new and there.sheet == sheet.name and _height_and_width(there) == _height_and_width(new):
            yield there, dict(_shifted_texts(fresh.sheets[new.sheet], new, there))


def _height_and_width(area: Area) -> tuple[int, int]:
    return area.bottom - area.top, area.right - area.left


def _shifted_texts(fresh: Sheet, new: Area, there: Area) -> Iterator[tuple[CellPosition, str]]:
    for (row, column), cell in fresh.cells.items():
        is_inside = new.top - _ABOVE <= row <= new.bottom and column <= new.right
        if is_inside and isinstance(cell.value, str):
            yield (row - new.top + there.top, column - new.left + there.left), cell.value


def restore_line_headers(book: Workbook, sheet: Sheet, doubts: Doubts) -> None:
    """Put the header of the progress back that was reworded, where all others are in their row."""
    if find_line_headers(sheet, None):
        return
    for row, columns in sheet.non_empty_columns_by_row.items():
        texts = {column: normalized(sheet.text(row, column)) for column in columns}
        reworded = _column_and_missing_header(texts)
        if reworded is None:
            continue
        column, header = reworded
        if header_likeness(normalized(header), texts[column]) >= _ALIKE:
            reason = f"見出し「{sheet.text(row, column)}」を「{header}」とみました"
            doubts.add_area(Area(sheet.name, row + 1, 1, sheet.last_row, max(columns)), reason)
            replace_texts(book, sheet, {(row, column): header})
        return


def _column_and_missing_header(texts: Mapping[int, str]) -> tuple[int, str] | None:
    """The only column of a row without a header of the progress, and the only header that the row lacks.

    `texts` are normalized, by column; None where the row is not all headers but one.
    """
    wanted = {normalized(header): header for header in names.LINE_HEADERS}
    missing = [header for text, header in wanted.items() if text not in texts.values()]
    others = [column for column, text in texts.items() if text not in wanted]
    return (others[0], missing[0]) if len(missing) == len(others) == _MOST_REWORDED else None

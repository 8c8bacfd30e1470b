"""Lists of the open planner's book that the program fills and the planner changes: what she typed stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.books.planner import lists
from kenpo_xl.books.planner.list_rows import AdjustmentRow, list_rows, sheet_of_list, sheet_of_list_if_any
from kenpo_xl.books.planner.lists import PlannerList
from kenpo_xl.books.planner.rows import IS_TYPED, KEYS, ListRow, key_of_row
from kenpo_xl.live.cells import undo_on_failure
from kenpo_xl.live.lists import ListRows, clear_rows, fit_row_heights, write_rows
from kenpo_xl.ooxml.edit.cell_xml import CellXml
from kenpo_xl.ooxml.edit.protection import raise_if_file_protected
from kenpo_xl.ooxml.rich_text import text_typed_by_user
from kenpo_xl.ooxml.workbook import Sheet, Workbook

if TYPE_CHECKING:
    from kenpo_xl.live.workbook import OpenBook


def refresh_list(book: OpenBook, copy: Path, planner_list: PlannerList, rows: Sequence[ListRow]) -> bool:
    """Replace the rows that the planner left as they were by `rows`; whether anything changed.

    Her own rows stay where they are, and what they are about is not listed again. `copy` holds the open state
    of the book. A list that books made before lack may be missing. KenpoError where another sheet or a header
    is missing, or the sheet is protected.
    """
    workbook = Workbook(copy)
    if planner_list in lists.SUMMARY and sheet_of_list_if_any(workbook, planner_list) is None:
        return False
    there = list_rows(workbook, planner_list)
    kept = list(filter(IS_TYPED[planner_list], there))
    untouched = [row.row for row in there if row not in kept]
    wanted = _rows_besides(kept, rows, KEYS[planner_list])
    sheet, top, columns = _sheet_and_columns(copy, planner_list)
    new = dict(zip(_free_rows(top, {row.row for row in kept}), wanted, strict=False))
    if _texts_of_rows(sheet, columns, untouched) == _with_all_headers(new, columns):
        return False
    raise_if_file_protected(copy, [sheet.name])
    before = ListRows(sheet.name, columns, {row: {} for row in untouched})
    after = ListRows(sheet.name, columns, {row: _cells_by_header(words) for row, words in new.items()})
    with undo_on_failure() as undo:
        undo(fit_row_heights, book, (before, after))
        clear_rows(book, before, undo)
        write_rows(book, after, undo)
        fit_row_heights(book, (before, after))
    return True


def _rows_besides(
    kept: Iterable[AdjustmentRow], rows: Iterable[ListRow], headers: Sequence[str]
) -> list[ListRow]:
    """The rows without those about the same as a kept one, which the columns of `headers` say."""
    own = {key_of_row({header: row(header) for header in headers}, headers) for row in kept}
    return [row for row in rows if key_of_row(row, headers) not in own]


def _sheet_and_columns(copy: Path, planner_list: PlannerList) -> tuple[Sheet, int, dict[str, int]]:
    """The sheet of a list, its header row and the column of each header; a new one may be missing."""
    sheet = sheet_of_list(Workbook(copy), planner_list)
    top, columns = sheet.header_row_and_columns([header for header, _, _ in planner_list.columns])
    return sheet, top, columns


def _free_rows(top: int, taken: set[int]) -> Iterator[int]:
    return (row for row in count(top + 1) if row not in taken)


def _texts_of_rows(sheet: Sheet, columns: dict[str, int], rows: Sequence[int]) -> dict[int, ListRow]:
    return {
        row: {header: text_typed_by_user(sheet.value(row, column)) for header, column in columns.items()}
        for row in rows
    }


def _with_all_headers(rows: dict[int, ListRow], columns: dict[str, int]) -> dict[int, ListRow]:
    return {row: {header: words.get(header, "") for header in columns} for row, words in rows.items()}


def _cells_by_header(words: ListRow) -> dict[str, CellXml]:
    return {header: CellXml(text) for header, text in words.items()}

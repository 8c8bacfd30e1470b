"""Reads the planner's remarks to groups (差戻し) from the planner's book."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from kenpo_xl.books.common.save_record import read_save_record
from kenpo_xl.books.planner import lists
from kenpo_xl.books.planner.list_rows import refuse_lost_sheet, sheet_of_list_if_any
from kenpo_xl.books.planner.reader import PlacedRow, placed_rows, planner_places, refuse_book_of_other_plan
from kenpo_xl.domain.findings.return_remark import ReturnRemark
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.ooxml.workbook import Workbook


@frozen
class ReturnRow:
    """A row of 差戻し: its number, its remark, and whether the planner closed it."""

    number: int
    remark: ReturnRemark
    is_closed: bool


def read_return_rows(path: Path, plan: Plan) -> tuple[ReturnRow, ...]:
    """The rows with a text; none of a book that was made before there was the sheet.

    KenpoError for a book of another plan, or whose sheet was renamed or removed, or lacks one of the headers.
    """
    book = Workbook(path)
    refuse_book_of_other_plan(book, plan)
    if sheet_of_list_if_any(book, lists.RETURNS) is None:
        refuse_lost_sheet(book, lists.RETURNS)
        return ()
    saved = read_save_record(book).time_of_staff
    rows = placed_rows(book, lists.RETURNS, planner_places(book, plan))
    return tuple(_return_row(row, saved) for row in rows if row(lists.REMARK))


def _return_row(row: PlacedRow, saved: datetime | None) -> ReturnRow:
    remark = ReturnRemark(
        group=row(lists.NAME),
        text=row(lists.REMARK),
        item=row(lists.ITEM),
        cell=row(lists.PLACE_IN_BOOK),
        source=row.source_of_cell(lists.REMARK),
        saved=saved,
        moved=row.place.moved,
    )
    return ReturnRow(row.row.row, remark, is_closed=bool(row(lists.CLOSED)))

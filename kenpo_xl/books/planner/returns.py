"""Reads the planner's remarks to groups (差戻し) from the planner's book."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from kenpo_xl.books.common.save_record import read_save_record
from kenpo_xl.books.common.stamp import added_list_in_planner_book
from kenpo_xl.books.planner import lists
from kenpo_xl.books.planner.reader import (
    PlacedRow,
    placed_rows,
    planner_places,
    refuse_book_of_other_plan,
    sheet_of_list_if_any,
)
from kenpo_xl.domain.findings.return_remark import ReturnRemark
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.errors import KenpoError
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
        _refuse_lost_sheet(book)
        return ()
    saved = read_save_record(book).time_of_staff
    rows = placed_rows(book, lists.RETURNS, planner_places(book, plan))
    return tuple(_return_row(row, saved) for row in rows if row(lists.REMARK))


def _refuse_lost_sheet(book: Workbook) -> None:
    """KenpoError for a book whose sheet was renamed or removed."""
    name, wanted = lists.RETURNS.sheet, lists.RETURNS.input_headers
    renamed = (
        sheet.name
        for sheet in book.sheets.values()
        if sheet.is_readable and len(sheet.header_row_and_columns(wanted)[1]) == len(wanted)
    )
    if found := next(renamed, ""):
        raise KenpoError(
            f"{book.path.name} のシート「{name}」の名前が「{found}」に変わっています。"
            f"「{name}」に戻して、保存してください。"
        )
    if added_list_in_planner_book(book) == name:
        raise KenpoError(
            f"{book.path.name} にシート「{name}」がありません。元に戻すか、このブックを別の場所へ移して "
            "build を実行し、新しいブックに調整と差戻しを写してください。"
        )


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

"""Reads the planner's book (取りまとめ.xlsm) into adjustments: sheets by name, columns by their headers.

Inserted, sorted and hidden rows, moved columns, extra white space and merged cells do not matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kenpo_xl.books.common.stamp import (
    branch_and_quarter_key,
    branch_and_quarter_label,
    item_marks_in_book,
    key_in_planner_book,
)
from kenpo_xl.books.planner import lists
from kenpo_xl.books.planner.lists import PlannerList
from kenpo_xl.books.planner.renumbered import PlannerPlaces
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.results.adjustments import (
    Adjustments,
    Choice,
    FigureAdjustment,
    RatingAdjustment,
    WordingAdjustment,
)
from kenpo_xl.domain.source import Source
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.rich_text import text_typed_by_user
from kenpo_xl.ooxml.workbook import Sheet, Workbook


def read_adjustments(path: Path, plan: Plan) -> Adjustments:
    """The planner's adjustments; KenpoError for a book of another plan, or a missing sheet or header.

    A row without a final rating or a choice is no adjustment, nor is one of wording whose new words are the
    old ones; it counts as soon as they differ, so that a missing one can be reported.
    """
    book = Workbook(path)
    refuse_book_of_other_plan(book, plan)
    found = {one: list_rows(book, one) for one in lists.ALL}
    places = PlannerPlaces(item_marks_in_book(book), plan)
    return Adjustments(
        tuple(_rating_adjustment(row, places) for row in found[lists.RATINGS] if row(lists.FINAL)),
        tuple(
            _wording_adjustment(row, places)
            for row in found[lists.WORDINGS]
            if row(lists.OLD) != row(lists.NEW)
        ),
        tuple(_figure_adjustment(row, places) for row in found[lists.FIGURES] if row(lists.CHOICE)),
    )


def current_rating_rows(path: Path, plan: Plan) -> list[AdjustmentRow]:
    """The rows of 調整 whose block still has its number; KenpoError as for `read_adjustments`."""
    book = Workbook(path)
    refuse_book_of_other_plan(book, plan)
    places = PlannerPlaces(item_marks_in_book(book), plan)
    return [
        row
        for row in list_rows(book, lists.RATINGS)
        if not places.renumbering_message(row(lists.ITEM), row(lists.BLOCK))
    ]


def refuse_book_of_other_plan(book: Workbook, plan: Plan) -> None:
    """KenpoError for a book that is no planner's book of this plan."""
    key, name = key_in_planner_book(book), book.path.name
    if not key:
        raise KenpoError(f"{name} は取りまとめのブックではありません。build で作ったブックを置いてください。")
    wanted = branch_and_quarter_key(plan)
    if key != wanted:
        raise KenpoError(
            f"{name} は別の計画（{branch_and_quarter_label(key)}）のブックです。"
            "別のフォルダーへ移して build を実行し、"
            f"{branch_and_quarter_label(wanted)}のブックを作ってください。"
        )


@frozen
class AdjustmentRow:
    """One row of a list, its cells by the words of their headers."""

    book: str
    sheet: Sheet
    row: int
    columns: dict[str, int]

    def __call__(self, header: str) -> str:
        return text_typed_by_user(self.sheet.value(self.row, self.columns[header]))

    def source_of_cell(self, header: str) -> Source:
        return Source(self.book, self.sheet.name, a1(self.row, self.columns[header]))


def sheet_of_list_if_any(book: Workbook, planner_list: PlannerList) -> Sheet | None:
    """The sheet of a list, whatever the blanks in its name; None where it is missing."""
    wanted = normalized(planner_list.sheet)
    return next((sheet for name, sheet in book.sheets.items() if normalized(name) == wanted), None)


def sheet_of_list(book: Workbook, planner_list: PlannerList) -> Sheet:
    """The sheet of a list; KenpoError where it is missing."""
    sheet = sheet_of_list_if_any(book, planner_list)
    if sheet is None:
        raise KenpoError(
            f"{book.path.name} にシート「{planner_list.sheet}」がありません。"
            "シートの名前を元に戻してください。"
        )
    return sheet


def list_rows(book: Workbook, planner_list: PlannerList) -> list[AdjustmentRow]:
    """The filled rows of a list; KenpoError where its sheet or a header of it is missing."""
    sheet = sheet_of_list(book, planner_list)
    row, columns = sheet.header_row_and_columns(planner_list.input_headers)
    missing = [header for header in planner_list.input_headers if header not in columns]
    if missing:
        raise KenpoError(
            f"{book.path.name} のシート「{sheet.name}」に見出し「{'」「'.join(missing)}」がありません。"
            "見出しを元に戻してください。"
        )
    return list(_rows_below_headers(AdjustmentRow(book.path.name, sheet, row, columns)))


def _rows_below_headers(headers: AdjustmentRow) -> Iterator[AdjustmentRow]:
    """The filled rows below the headers, without the rest of headers that are merged over two rows."""
    for number in (number for number in headers.sheet.non_empty_rows() if number > headers.row):
        row = AdjustmentRow(headers.book, headers.sheet, number, headers.columns)
        if any(row(header) != headers(header) for header in headers.columns):
            yield row


def _rating_adjustment(row: AdjustmentRow, places: PlannerPlaces) -> RatingAdjustment:
    return RatingAdjustment(
        item=row(lists.ITEM),
        block=row(lists.BLOCK),
        final=row(lists.FINAL),
        reason=row(lists.REASON),
        group=row(lists.GROUP),
        computed=row(lists.COMPUTED),
        source=row.source_of_cell(lists.FINAL),
        moved=places.renumbering_message(row(lists.ITEM), row(lists.BLOCK)),
    )


def _wording_adjustment(row: AdjustmentRow, places: PlannerPlaces) -> WordingAdjustment:
    return WordingAdjustment(
        item=row(lists.ITEM),
        block=row(lists.BLOCK),
        old=row(lists.OLD),
        new=row(lists.NEW),
        reason=row(lists.REASON),
        source=row.source_of_cell(lists.NEW),
        moved=places.renumbering_message(row(lists.ITEM), row(lists.BLOCK)),
    )


def _figure_adjustment(row: AdjustmentRow, places: PlannerPlaces) -> FigureAdjustment:
    choices = {normalized(choice): choice for choice in Choice}
    return FigureAdjustment(
        identity=row(lists.IDENTITY),
        choice=choices.get(normalized(row(lists.CHOICE))),
        entity=row(lists.ENTITY),
        typed=row(lists.TYPED),
        reason=row(lists.REASON),
        source=row.source_of_cell(lists.CHOICE),
        moved=places.renumbering_message(row(lists.IDENTITY).partition("/")[0]),
    )

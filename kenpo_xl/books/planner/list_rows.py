"""The rows of a list in the planner's book: its sheet by name, its columns by their headers."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.books.common.stamp import added_lists_in_planner_book
from kenpo_xl.books.planner import lists
from kenpo_xl.books.planner.lists import PlannerList
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.source import Source
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.rich_text import text_typed_by_user
from kenpo_xl.ooxml.workbook import Sheet, Workbook


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

    @property
    def recorded(self) -> str:
        """What the program wrote beside the row, '' for nothing."""
        return self(lists.KEY) if lists.KEY in self.columns else ""


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
    row, columns = sheet.header_row_and_columns((*planner_list.input_headers, lists.KEY))
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


def rows_of_added_list(book: Workbook, planner_list: PlannerList) -> list[AdjustmentRow]:
    """The rows of a list that books made before lack; KenpoError where its sheet was renamed or removed."""
    if sheet_of_list_if_any(book, planner_list) is None:
        refuse_lost_sheet(book, planner_list)
        return []
    return list_rows(book, planner_list)


def refuse_lost_sheet(book: Workbook, planner_list: PlannerList) -> None:
    """KenpoError for a book whose sheet of a list was renamed or removed; none where it never had it."""
    name, wanted = planner_list.sheet, planner_list.input_headers
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
    if name in added_lists_in_planner_book(book):
        raise KenpoError(
            f"{book.path.name} にシート「{name}」がありません。元に戻すか、このブックを別の場所へ移して "
            "build を実行し、新しいブックに調整と差戻しを写してください。"
        )

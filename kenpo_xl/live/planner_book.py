"""The planner's book while it is open: the lists that the program fills, and unsettled ratings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.books.board.overview_sheet import group_notices
from kenpo_xl.books.planner import lists
from kenpo_xl.books.planner.list_rows import sheet_of_list_if_any
from kenpo_xl.books.planner.lists import PlannerList
from kenpo_xl.books.planner.reader import current_rating_rows
from kenpo_xl.books.report.remarks_sheet import NOTHING, TO_CONFIRM, TO_CORRECT
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.remarks import Remark
from kenpo_xl.domain.outputs.status_board import Board, GroupState
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.results.adjustments import RatingAdjustment
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.time.fiscal_calendar import date_text_with_weekday
from kenpo_xl.errors import KenpoError
from kenpo_xl.live.cells import undo_on_failure
from kenpo_xl.live.lists import ListRows, clear_rows, fit_row_heights, write_rows
from kenpo_xl.ooxml.edit.cell_xml import CellXml
from kenpo_xl.ooxml.edit.protection import raise_if_file_protected
from kenpo_xl.ooxml.workbook import Workbook

if TYPE_CHECKING:
    from kenpo_xl.live.workbook import OpenBook

BookLinks = Mapping[str, str]


def write_group_states(book: OpenBook, copy: Path, board: Board, links: BookLinks) -> None:
    """List the state of every group; `copy` contains the open state of the book.

    `links` are relative paths by file name. KenpoError where the sheet or one of its headers is missing, or
    the sheet is protected.
    """
    _replace_list_rows(book, copy, lists.STATES, [_group_state_row(group, links) for group in board.groups])


def write_remarks_list(book: OpenBook, copy: Path, remarks: Iterable[Remark], links: BookLinks) -> None:
    """List the remarks to check before printing; the rest as for `write_group_states`."""
    rows = [_remark_row(remark, links) for remark in remarks]
    _replace_list_rows(book, copy, lists.REMARKS, rows or [{lists.MESSAGE: CellXml(NOTHING)}])


def write_plan_check(
    book: OpenBook, copy: Path, rows: Iterable[tuple[str, str, str, Source]], link: str
) -> None:
    """List rows on cells of the plan book, which is at `link`: act, name, words, cell; as above."""
    _replace_list_rows(
        book,
        copy,
        lists.PLAN_CHECK,
        [
            {
                lists.ACT: CellXml(act),
                lists.SHEET: CellXml(source.sheet),
                lists.CELL: _cell_link(source, link),
                lists.ROW: CellXml(name),
                lists.MESSAGE: CellXml(words),
            }
            for act, name, words, source in rows
        ],
    )


def _replace_list_rows(
    book: OpenBook, copy: Path, planner_list: PlannerList, rows: Iterable[Mapping[str, CellXml]]
) -> None:
    """Replace the rows of a list; all of them or none."""
    sheet = sheet_of_list_if_any(Workbook(copy), planner_list)
    headers = [header for header, _, _ in planner_list.columns]
    top, columns = sheet.header_row_and_columns(headers) if sheet else (0, {})
    if sheet is None or not {*headers} - {*planner_list.added} <= columns.keys():
        raise KenpoError(
            f"{copy.name} にシート「{planner_list.sheet}」かその見出しがありません。元に戻すか、"
            "このブックを別の場所へ移して build を実行し、新しいブックに調整を写してください。"
        )
    raise_if_file_protected(copy, [sheet.name])
    mixed = lists.SHOWN[planner_list]
    old = ListRows(sheet.name, columns, {row: {} for row in sheet.non_empty_rows() if row > top}, mixed)
    new = ListRows(sheet.name, columns, dict(enumerate(rows, start=top + 1)), mixed)
    with undo_on_failure() as undo:
        undo(fit_row_heights, book, (old, new))
        clear_rows(book, old, undo)
        write_rows(book, new, undo)
        fit_row_heights(book, (old, new))


def _group_state_row(group: GroupState, links: BookLinks) -> dict[str, CellXml]:
    counts = {
        lists.ERRORS: group.errors,
        lists.WARNINGS: group.warnings,
        lists.INFOS: group.infos,
        lists.ACCEPTED: group.accepted,
    }
    return {
        lists.NAME: CellXml(group.group),
        lists.STATE: CellXml(f"{group.state.glyph} {group.state_text}"),
        **{header: _count_cell(count, group.was_checked) for header, count in counts.items()},
        lists.SUBMITTED: CellXml(group.submitted_text),
        lists.PERSON: CellXml(group.person),
        lists.DUE: CellXml(date_text_with_weekday(group.due) if group.due else ""),
        lists.BOOK: _link_cell(group.book, links.get(group.book, "")),
        lists.NOTICE: CellXml("\n".join(group_notices(group))),
    }


def _count_cell(count: int, was_checked: bool) -> CellXml:
    return CellXml(str(count), "n") if was_checked else CellXml("－")


def _remark_row(remark: Remark, links: BookLinks) -> dict[str, CellXml]:
    source = remark.source or Source("", "", "")
    link = links.get(source.workbook, "")
    return {
        lists.ACT: CellXml(TO_CORRECT if remark.is_error else TO_CONFIRM),
        lists.CONCERN: CellXml(str(remark.concern)),
        lists.PLACE: CellXml(remark.place),
        lists.MESSAGE: CellXml(remark.message),
        lists.TYPED_VALUE: CellXml(remark.typed),
        lists.COMPUTED_VALUE: CellXml(remark.computed),
        lists.FILE: CellXml(source.workbook),
        lists.SHEET: CellXml(source.sheet),
        lists.CELL: _cell_link(source, link),
    }


def _cell_link(source: Source, link: str) -> CellXml:
    """A link to a cell of the workbook at `link`; plain text where one of them is not known."""
    name = source.sheet.replace("'", "''")
    target = f"{link}#'{name}'!{source.cell or 'A1'}" if link and name else ""
    return _link_cell(source.cell, target)


def _link_cell(text: str, link: str) -> CellXml:
    """A linked text; a plain one where no link is known."""
    quoted = (part.replace('"', '""') for part in (link, text))
    return CellXml(text, "str", 'HYPERLINK("{}","{}")'.format(*quoted)) if link and text else CellXml(text)


def write_return_states(book: OpenBook, copy: Path, states: Mapping[int, tuple[str, str | None]]) -> None:
    """Write state and reply beside the planner's remarks, by row, all of them or none.

    A reply that is None stays as it is. KenpoError where the sheet is protected.
    """
    sheet = sheet_of_list_if_any(Workbook(copy), lists.RETURNS)
    if sheet is None or not states:
        return
    raise_if_file_protected(copy, [sheet.name])
    headers = (lists.STATE, lists.REPLY)
    _, columns = sheet.header_row_and_columns(headers)
    if len(columns) < len(headers):
        raise KenpoError(
            f"シート「{sheet.name}」に見出し「{lists.STATE}」か「{lists.REPLY}」がありません。元に戻してください。"
        )
    written = {row: CellXml(state) for row, (state, _) in states.items()}
    replies = {row: CellXml(reply) for row, (_, reply) in states.items() if reply is not None}
    with undo_on_failure() as undo:
        for header, cells in ((lists.STATE, written), (lists.REPLY, replies)):
            rows = {row: {header: cell} for row, cell in cells.items()}
            write_rows(book, ListRows(sheet.name, {header: columns[header]}, rows), undo)


@frozen
class UnsettledRating:
    """A row of 調整 whose rating is not settled, and the cells of the ratings recorded in it."""

    row: RatingAdjustment
    group: Source
    computed: Source


def unsettled_ratings(copy: Path, plan: Plan) -> tuple[UnsettledRating, ...]:
    """The rows of 調整 in which the planner typed neither a final rating nor a reason.

    KenpoError as for `read_adjustments`.
    """
    return tuple(_read_unsettled_ratings(copy, plan))


def _read_unsettled_ratings(copy: Path, plan: Plan) -> Iterator[UnsettledRating]:
    for row in current_rating_rows(copy, plan):
        if row(lists.ITEM) and not row(lists.FINAL) and not row(lists.REASON):
            one = RatingAdjustment(
                row(lists.ITEM),
                row(lists.BLOCK),
                final="",
                group=row(lists.GROUP),
                computed=row(lists.COMPUTED),
            )
            yield UnsettledRating(one, row.source_of_cell(lists.GROUP), row.source_of_cell(lists.COMPUTED))


def write_rating_cells(book: OpenBook, copy: Path, ratings: Mapping[Source, str]) -> None:
    """Write ratings into cells of the open book, all of them or none; KenpoError where they are protected."""
    raise_if_file_protected(copy, {place.sheet for place in ratings})
    with undo_on_failure() as undo:
        for place, glyph in ratings.items():
            cell = book.sheets[place.sheet].range(place.cell)
            undo(setattr, cell, "value", cell.value)
            cell.value = glyph

"""The planner's book while it is open: the lists that the program fills, and ratings not settled yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.books.board.overview_sheet import notices
from kenpo_xl.books.planner import lists
from kenpo_xl.books.planner.lists import PlannerList
from kenpo_xl.books.planner.reader import rating_rows
from kenpo_xl.books.report.remarks_sheet import NOTHING, TO_CONFIRM, TO_CORRECT
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.remarks import Remark
from kenpo_xl.domain.outputs.status_board import Board, GroupState
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.results.adjustments import RatingAdjustment
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.time.fiscal_calendar import day_text
from kenpo_xl.errors import KenpoError
from kenpo_xl.live.cells import all_or_nothing
from kenpo_xl.live.lists import Rows, clear_rows, fit_rows, write_rows
from kenpo_xl.ooxml.edit.cell_xml import CellXml
from kenpo_xl.ooxml.edit.protection import refuse_protected_in
from kenpo_xl.ooxml.workbook import Workbook

if TYPE_CHECKING:
    from kenpo_xl.live.workbook import OpenBook

Ways = Mapping[str, str]


def show_states(book: OpenBook, copy: Path, board: Board, ways: Ways) -> None:
    """List the state of every group; `copy` holds the open state of the book, `ways` lead to its books.

    KenpoError where the sheet or one of its headers is gone, or the sheet is protected.
    """
    _show(book, copy, lists.STATES, [_state(group, ways) for group in board.groups])


def show_remarks(book: OpenBook, copy: Path, remarks: Iterable[Remark], ways: Ways) -> None:
    """List what the planner should look at before printing; the rest as for `show_states`."""
    rows = [_remark(remark, ways) for remark in remarks]
    _show(book, copy, lists.REMARKS, rows or [{lists.MESSAGE: CellXml(NOTHING)}])


def _show(book: OpenBook, copy: Path, wanted: PlannerList, rows: Iterable[Mapping[str, CellXml]]) -> None:
    """Put rows in the place of those that a list has; all of them or none."""
    sheet = Workbook(copy).sheets.get(wanted.sheet)
    headers = [header for header, _, _ in wanted.columns]
    top, columns = sheet.header_row(headers) if sheet else (0, {})
    if sheet is None or columns.keys() < set(headers):
        raise KenpoError(
            f"{copy.name} にシート「{wanted.sheet}」かその見出しがありません。元に戻すか、"
            "このブックを別の場所へ移して build を実行し、新しいブックに調整を写してください。"
        )
    refuse_protected_in(copy, [sheet.name])
    mixed = lists.SHOWN[wanted]
    old = Rows(sheet.name, columns, {row: {} for row in sheet.non_empty_rows() if row > top}, mixed)
    new = Rows(sheet.name, columns, dict(enumerate(rows, start=top + 1)), mixed)
    with all_or_nothing() as undo:
        undo(fit_rows, book, (old, new))
        clear_rows(book, old, undo)
        write_rows(book, new, undo)
        fit_rows(book, (old, new))


def _state(group: GroupState, ways: Ways) -> dict[str, CellXml]:
    counts = {
        lists.ERRORS: group.errors,
        lists.WARNINGS: group.warnings,
        lists.INFOS: group.infos,
        lists.ACCEPTED: group.accepted,
    }
    return {
        lists.NAME: CellXml(group.group),
        lists.STATE: CellXml(f"{group.state.glyph} {group.words}"),
        **{
            header: CellXml(str(count), "n") if group.was_checked else CellXml("－")
            for header, count in counts.items()
        },
        lists.DUE: CellXml(day_text(group.due) if group.due else ""),
        lists.BOOK: _link(group.book, ways.get(group.book, "")),
        lists.NOTICE: CellXml("\n".join(notices(group))),
    }


def _count(count: int, was_checked: bool) -> CellXml:
    return CellXml(str(count), "n") if was_checked else CellXml("－")


def _remark(remark: Remark, ways: Ways) -> dict[str, CellXml]:
    source = remark.source or Source("", "", "")
    way = ways.get(source.workbook, "")
    name = source.sheet.replace("'", "''")
    return {
        lists.ACT: CellXml(TO_CORRECT if remark.is_error else TO_CONFIRM),
        lists.CONCERN: CellXml(str(remark.concern)),
        lists.PLACE: CellXml(remark.place),
        lists.MESSAGE: CellXml(remark.message),
        lists.TYPED_VALUE: CellXml(remark.typed),
        lists.COMPUTED_VALUE: CellXml(remark.computed),
        lists.FILE: CellXml(source.workbook),
        lists.SHEET: CellXml(source.sheet),
        lists.CELL: _link(source.cell, f"{way}#'{name}'!{source.cell}" if way and name else ""),
    }


def _link(words: str, way: str) -> CellXml:
    """Words that lead somewhere; plain ones where no way is known."""
    quoted = (part.replace('"', '""') for part in (way, words))
    return CellXml(words, "str", 'HYPERLINK("{}","{}")'.format(*quoted)) if way and words else CellXml(words)


@frozen
class OpenRating:
    """A row of 調整 whose rating is not settled, and the cells of the ratings that were recorded in it."""

    row: RatingAdjustment
    group: Source
    computed: Source


def open_ratings(copy: Path, plan: Plan) -> tuple[OpenRating, ...]:
    """The rows of 調整 in which the planner typed neither a final rating nor a reason.

    KenpoError as for `read_adjustments`.
    """
    return tuple(_open_ratings(copy, plan))


def _open_ratings(copy: Path, plan: Plan) -> Iterator[OpenRating]:
    for row in rating_rows(copy, plan):
        if row(lists.ITEM) and not row(lists.FINAL) and not row(lists.REASON):
            one = RatingAdjustment(
                row(lists.ITEM),
                row(lists.BLOCK),
                final="",
                group=row(lists.GROUP),
                computed=row(lists.COMPUTED),
            )
            yield OpenRating(one, row.source(lists.GROUP), row.source(lists.COMPUTED))


def put_ratings(book: OpenBook, copy: Path, ratings: Mapping[Source, str]) -> None:
    """Write ratings into cells of the open book, all of them or none; KenpoError where they are protected."""
    refuse_protected_in(copy, {place.sheet for place in ratings})
    with all_or_nothing() as undo:
        for place, glyph in ratings.items():
            cell = book.sheets[place.sheet].range(place.cell)
            undo(setattr, cell, "value", cell.value)
            cell.value = glyph

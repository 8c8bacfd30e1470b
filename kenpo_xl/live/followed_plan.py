"""The rows of the open planner's book follow a plan whose items and blocks got other numbers since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.books.common import names
from kenpo_xl.books.common.item_marks import stamp_rows_of_item
from kenpo_xl.books.common.stamp import FOLLOWED
from kenpo_xl.books.planner import lists
from kenpo_xl.books.planner.reader import PlacedRow, has_key_columns, placed_rows, planner_places
from kenpo_xl.books.planner.rows import block_texts
from kenpo_xl.domain.plan.identities import GONE
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.errors import KenpoError
from kenpo_xl.live.cells import undo_on_failure
from kenpo_xl.live.lists import ListRows, write_rows
from kenpo_xl.ooxml.edit.cell_xml import CellXml
from kenpo_xl.ooxml.edit.protection import raise_if_file_protected
from kenpo_xl.ooxml.workbook import Workbook

if TYPE_CHECKING:
    from kenpo_xl.live.workbook import OpenBook


def follow_plan(book: OpenBook, copy: Path, plan: Plan) -> bool:
    """Write the numbers of today into the rows of the planner's lists; whether the plan is a changed one.

    `copy` holds the open state of the book. KenpoError where a row names a number that another item or block
    has since, or a sheet is protected. A book that was made before there was the hidden column stays.
    """
    workbook = Workbook(copy)
    if not has_key_columns(workbook):
        return False
    places = planner_places(workbook, plan)
    rows = [row for one in lists.TYPED_IN for row in placed_rows(workbook, one, places)]
    _refuse_unclear_rows(rows)
    todo = [*_changed_rows(rows, plan)]
    todo += [] if places.is_plan_as_recorded else [_recorded_items(workbook, plan)]
    raise_if_file_protected(copy, {one.sheet for one in todo})
    with undo_on_failure() as undo:
        for one in todo:
            write_rows(book, one, undo)
    return not places.is_plan_as_recorded


def _refuse_unclear_rows(rows: Iterable[PlacedRow]) -> None:
    for row in rows:
        if row.place.is_unclear:
            where = f"シート「{row.row.sheet.name}」の {row.row.row} 行目"
            raise KenpoError(f"{where}: {row.place.moved}。")


def _changed_rows(rows: Iterable[PlacedRow], plan: Plan) -> Iterator[ListRows]:
    """The cells to write into each row that names its item otherwise than today."""
    for row in rows:
        texts = _texts_of_today(row, plan)
        if any(row.row(header) != text for header, text in texts.items()):
            columns = {header: row.row.columns[header] for header in texts}
            cells = {header: CellXml(text) for header, text in texts.items()}
            yield ListRows(row.row.sheet.name, columns, {row.row.row: cells})


def _texts_of_today(row: PlacedRow, plan: Plan) -> dict[str, str]:
    """The cells by which a row names its item, and the hidden one; of what is gone, marked as such."""
    place, item = row.place, plan.item(row.place.item)
    if place.is_gone:
        return _texts_of_gone_row(row)
    block = item.block(place.block) if item else None
    shown = block_texts(plan, item, block) if item and block and lists.FINAL in row.row.columns else {}
    known = {header: text for header, text in shown.items() if header in row.row.columns}
    return {**row.texts, **known, lists.KEY: place.path if item and not place.moved else ""}


def _texts_of_gone_row(row: PlacedRow) -> dict[str, str]:
    first = next(header for header in row.texts if header in (lists.ITEM, lists.IDENTITY))
    return {first: f"{GONE}{row(first)}", lists.KEY: ""}


def _recorded_items(workbook: Workbook, plan: Plan) -> ListRows:
    """The items of the plan in the hidden sheet, in the place of those that are there."""
    wanted = [row for item in plan.items for row in stamp_rows_of_item(item)]
    last = max(len(wanted), *workbook.sheets[names.STAMP_SHEET].non_empty_rows())
    columns = {str(place): FOLLOWED + place for place in range(3)}
    cells = (dict(zip(columns, map(CellXml, row), strict=True)) for row in wanted)
    rows: dict[int, dict[str, CellXml]] = {row: {} for row in range(1, last + 1)}
    rows |= dict(enumerate(cells, start=1))
    return ListRows(names.STAMP_SHEET, columns, rows)

"""A planner's book of before, without all of the buttons and lists, and what was typed into it."""

from __future__ import annotations

import re
from collections.abc import Callable

from kenpo_xl.books.planner import lists
from kenpo_xl.books.planner.control import BUTTONS
from kenpo_xl.books.planner.list_rows import refuse_lost_sheet, rows_of_added_list, sheet_of_list_if_any
from kenpo_xl.books.planner.lists import PlannerList
from kenpo_xl.books.planner.reader import PlacedRow, has_key_columns, placed_rows, planner_places
from kenpo_xl.books.planner.rows import IS_TYPED, ListRow
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.ooxml.workbook import Workbook

_MACRO = re.compile(rb"KenpoButtons\.(\w+)")


def has_missing_parts(book: Workbook) -> bool:
    """Whether a planner's book lacks a button, a list, or the column by which its rows follow the plan."""
    package = book.package
    drawings = (package.read(part) for part in package if part.endswith(".vml"))
    macros = {name.decode() for drawing in drawings for name in _MACRO.findall(drawing)}
    has_lists = all(sheet_of_list_if_any(book, one) for one in lists.SUMMARY)
    return bool({one.macro for one in BUTTONS} - macros) or not has_key_columns(book) or not has_lists


def typed_rows_by_list(book: Workbook, plan: Plan) -> dict[PlannerList, list[ListRow]] | None:
    """The rows of each list that the planner typed into, by today's numbers; None where one has no place.

    KenpoError where a sheet that came with the book was renamed or removed, or lacks a header.
    """
    found = {one: _typed_placed_rows(book, one, plan) for one in lists.TYPED_IN}
    if any(row.place.moved for rows in found.values() for row in rows):
        return None
    typed = {
        one: [{**_texts_by_header(one, row, row.row.columns), lists.KEY: row.place.path} for row in rows]
        for one, rows in found.items()
    }
    for one in lists.SUMMARY:
        rows = rows_of_added_list(book, one)
        typed[one] = [_texts_by_header(one, row, row.columns) for row in rows if IS_TYPED[one](row)]
    return typed


def _typed_placed_rows(book: Workbook, planner_list: PlannerList, plan: Plan) -> list[PlacedRow]:
    if planner_list is lists.RETURNS and sheet_of_list_if_any(book, planner_list) is None:
        refuse_lost_sheet(book, planner_list)
        return []
    rows = placed_rows(book, planner_list, planner_places(book, plan))
    return [row for row in rows if IS_TYPED[planner_list](row)]


def _texts_by_header(
    planner_list: PlannerList, row: Callable[[str], str], columns: dict[str, int]
) -> ListRow:
    return {header: row(header) for header, _, _ in planner_list.columns if header in columns}

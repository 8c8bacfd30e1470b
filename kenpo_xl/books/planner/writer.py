"""Writes the planner's book (取りまとめ.xlsm): lists that adjust ratings, wording and figures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from kenpo_xl.books.common import names
from kenpo_xl.books.common.control_sheet import add_control_sheet
from kenpo_xl.books.common.grid import row_height
from kenpo_xl.books.common.item_marks import stamp_rows_of_item
from kenpo_xl.books.common.list_sheet import (
    FIRST_ROW,
    HEADER_ABOVE_FILTER,
    add_list_sheet,
    add_stamp_sheet,
    style_columns,
)
from kenpo_xl.books.common.macros.launcher_cells import write_launcher_cells
from kenpo_xl.books.common.macros.macro_workbook import new_book_of_plan
from kenpo_xl.books.common.stamp import branch_and_period_key
from kenpo_xl.books.common.styles import STATE_STYLES, Styles
from kenpo_xl.books.planner import lists
from kenpo_xl.books.planner.control import control_of_planner_book
from kenpo_xl.books.planner.lists import PlannerList
from kenpo_xl.books.planner.rows import (
    ListRow,
    outlook_rows,
    rating_rows,
    rows_of_differing_overwrites,
    rows_with_typed,
    wording_rows,
)
from kenpo_xl.domain.outputs.status_board import groups_with_items
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import CellKind
from kenpo_xl.domain.results.adjustments import LEAVE_OUT, Choice, WordingAdjustment
from kenpo_xl.domain.results.assessments import Assessments
from kenpo_xl.domain.results.figures import Figures
from kenpo_xl.domain.results.outlooks import KpiOutlook, Outlook
from kenpo_xl.domain.submission.submission import Submission

_SPARE = {
    lists.RETURNS: 30,
    lists.RATINGS: 10,
    lists.WORDINGS: 300,
    lists.FIGURES: 30,
    lists.OUTLOOKS: 10,
    lists.POINTS: 3,
}
"""The empty rows of each list."""
# As far as states are coloured, counted from 0.
_STATE_ROWS = 200
# Columns of the hidden sheet, after those of the stamp, that drop-downs take their words from.
_ITEMS, _IDENTITIES = "D", "E"
_NOTHING: Mapping[PlannerList, Sequence[ListRow]] = MappingProxyType({})


def write_planner_book(
    plan: Plan,
    path: Path,
    figures: Figures,
    assessments: Assessments,
    wordings: Iterable[WordingAdjustment] = (),
    submissions: Iterable[Submission] = (),
    outlooks: Iterable[KpiOutlook] = (),
    *,
    typed: Mapping[PlannerList, Sequence[ListRow]] = _NOTHING,
) -> None:
    """Write the book to `path` with the present ratings, lines and overwritten cells; same input, same bytes.

    `wordings` are changes of wording, `submissions` have the other lines of 文の調整, `outlooks` are those of
    見通し. `typed` are rows of the planner, which replace the program's.
    """
    content: dict[PlannerList, list[ListRow]] = {
        lists.RETURNS: [],
        lists.RATINGS: rating_rows(plan, assessments),
        lists.WORDINGS: wording_rows(plan, wordings, submissions),
        lists.FIGURES: rows_of_differing_overwrites(figures),
        lists.OUTLOOKS: outlook_rows(plan, assessments, outlooks),
        lists.POINTS: [],
    }
    validations = _validations_by_list_and_header(plan)
    with new_book_of_plan(path, has_buttons=plan.has_buttons) as book:
        look = Styles(book)
        add_control_sheet(book, look, control_of_planner_book(plan))
        for one, mixed in lists.SHOWN.items():
            write_auto_filled_list(book, look, one, mixed)
        for one, own in content.items():
            rows = rows_with_typed(one, own, typed.get(one, ()))
            _InputListWriter(book, look, one).write_rows(rows, _SPARE[one], validations[one])
        _write_stamp(book, plan)


def _validations_by_list_and_header(plan: Plan) -> dict[PlannerList, dict[str, dict[str, Any]]]:
    """What may be typed into the columns of each list, by header."""
    return {
        lists.RETURNS: _return_validations(plan),
        lists.RATINGS: _rating_validations(plan),
        lists.WORDINGS: _wording_validations(plan),
        lists.FIGURES: _figure_validations(plan),
        lists.OUTLOOKS: _outlook_validations(),
        lists.POINTS: {},
    }


def _write_stamp(book: Workbook, plan: Plan) -> None:
    """Add the hidden sheet: what the book is of, and the words of drop-downs."""
    rows: list[tuple[str, ...]] = [(names.PLAN_KEY, branch_and_period_key(plan))]
    rows += [(names.PLANNER, one.sheet) for one in (lists.RETURNS, *lists.SUMMARY)]
    rows += [row for item in plan.items for row in stamp_rows_of_item(item)]
    stamp = add_stamp_sheet(book, rows)
    if plan.has_buttons:
        write_launcher_cells(book, stamp, len(rows))
    stamp.write_column(f"{_ITEMS}1", [item.id for item in plan.items])
    stamp.write_column(f"{_IDENTITIES}1", _computed_figure_ids(plan))


def write_auto_filled_list(
    book: Workbook, look: Styles, definition: PlannerList, mixed_columns: Collection[str]
) -> None:
    """Add a list that the program fills; each state of a submission has its colour."""
    sheet = add_list_sheet(
        book,
        look,
        definition.sheet,
        definition.note,
        [(header, width) for header, width, _ in definition.columns],
    )
    styles = (look(style, "" if header in mixed_columns else "@") for header, _, style in definition.columns)
    widths = (width for _, width, _ in definition.columns)
    style_columns(sheet, look, ((width, style, False) for width, style in zip(widths, styles, strict=True)))
    if definition is lists.STATES:
        for state, style in STATE_STYLES.items():
            rule = {"type": "text", "criteria": "begins with", "value": state.glyph, "format": look(style)}
            sheet.conditional_format(FIRST_ROW, 1, _STATE_ROWS, 1, rule)


class _InputListWriter:
    """One list: filled rows, then spare ones, and what may be typed into its columns."""

    def __init__(self, book: Workbook, look: Styles, definition: PlannerList) -> None:
        self.look, self.definition = look, definition
        columns = [(header, width) for header, width, _ in definition.columns]
        self.sheet: Worksheet = add_list_sheet(book, look, definition.sheet, definition.note, columns)
        hidden = [place for place, (header, _) in enumerate(columns) if header == lists.KEY]
        for place in hidden:
            self.sheet.set_column(place, place, None, None, {"hidden": True})
        self.last_shown = len(columns) - len(hidden) - 1

    def write_rows(
        self, rows: Sequence[dict[str, str]], spare: int, validations: dict[str, dict[str, Any]]
    ) -> None:
        """Write rows by headers, `spare` empty rows, and data validations by header."""
        self.sheet.set_row(FIRST_ROW - 1, HEADER_ABOVE_FILTER)
        for column, (header, _, _) in enumerate(self.definition.columns):
            self.sheet.write_string(FIRST_ROW - 1, column, header, self.look("header above filter"))
        for row, values in enumerate([*rows, *[{}] * spare], start=FIRST_ROW):
            self._write_row(row, values)
        last = FIRST_ROW + len(rows) + spare - 1
        for column, (header, _, _) in enumerate(self.definition.columns):
            if header in validations:
                self.sheet.data_validation(FIRST_ROW, column, last, column, validations[header])
        self.sheet.autofilter(FIRST_ROW - 1, 0, last, self.last_shown)

    def _write_row(self, row: int, values: dict[str, str]) -> None:
        """Write a row; a spare one is left without height and grows with what is typed into it."""
        texts = [(values[header], width) for header, width, _ in self.definition.columns if header in values]
        if texts:
            self.sheet.set_row(row, max(row_height(text, width) for text, width in texts))
        for column, (header, _, style) in enumerate(self.definition.columns):
            self.sheet.write_string(row, column, values.get(header, ""), self.look(style))


def _computed_figure_ids(plan: Plan) -> list[str]:
    return [
        str(identity)
        for table in plan.tables.values()
        for identity, (row, column) in table.positions.items()
        if table.cells[row][column].kind is CellKind.COMPUTED
    ]


def _rating_validations(plan: Plan) -> dict[str, dict[str, Any]]:
    glyphs = _drop_down_validation("評価", [step.glyph for step in plan.scale.steps])
    prompt = {"input_title": lists.FINAL, "input_message": plan.scale.legend_text[:250]}
    return {
        lists.ITEM: _item_validation(plan),
        lists.GROUP: glyphs,
        lists.COMPUTED: glyphs,
        lists.FINAL: glyphs | prompt,
    }


def _return_validations(plan: Plan) -> dict[str, dict[str, Any]]:
    return {
        lists.NAME: _drop_down_validation(lists.NAME, list(groups_with_items(plan))),
        lists.ITEM: _item_validation(plan),
        lists.CLOSED: _drop_down_validation(lists.CLOSED, [lists.IS_CLOSED]),
    }


def _wording_validations(plan: Plan) -> dict[str, dict[str, Any]]:
    prompt = f"空のままでは直しません。行ごと載せないときは {LEAVE_OUT} と入れてください。"
    new = {"validate": "any", "input_title": lists.NEW, "input_message": prompt}
    return {lists.ITEM: _item_validation(plan), lists.NEW: new}


def _figure_validations(plan: Plan) -> dict[str, dict[str, Any]]:
    rules = {lists.CHOICE: _drop_down_validation(lists.CHOICE, list(Choice))}
    count = len(_computed_figure_ids(plan))
    if not count:
        return rules
    reference = _hidden_list_reference(_IDENTITIES, count)
    return {lists.IDENTITY: _drop_down_validation(lists.IDENTITY, reference), **rules}


def _outlook_validations() -> dict[str, dict[str, Any]]:
    return {
        lists.COMPUTED_OUTLOOK: _drop_down_validation(lists.COMPUTED_OUTLOOK, list(Outlook)),
        lists.FINAL_OUTLOOK: _drop_down_validation(lists.FINAL_OUTLOOK, list(lists.FINAL_OUTLOOKS)),
    }


def _item_validation(plan: Plan) -> dict[str, Any]:
    return _drop_down_validation(lists.ITEM, _hidden_list_reference(_ITEMS, len(list(plan.items))))


def _hidden_list_reference(column: str, count: int) -> str:
    return f"={names.STAMP_SHEET}!${column}$1:${column}${count}"


def _drop_down_validation(title: str, source: list[str] | str) -> dict[str, Any]:
    """A drop-down that warns about another word, and does not refuse it."""
    return {
        "validate": "list",
        "source": source,
        "error_type": "warning",
        "error_title": title,
        "error_message": "一覧から選んでください。",
    }

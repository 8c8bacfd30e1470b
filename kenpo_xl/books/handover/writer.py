"""Writes 引継ぎ.xlsx: one sheet with a row for everything that a planner should know or confirm."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from kenpo_xl.books.common.grid import row_height
from kenpo_xl.books.common.links import Links, link_to_file_or_cell
from kenpo_xl.books.common.list_sheet import FIRST_ROW, HEADER_ABOVE_FILTER, set_up_page
from kenpo_xl.books.common.styled_workbook import new_styled_workbook
from kenpo_xl.books.common.styles import Styles
from kenpo_xl.books.common.text_metrics import printable_text
from kenpo_xl.books.handover import sheet as words
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.outputs.handover import AS_IT_IS, Handover, HandoverRow, HandoverState
from kenpo_xl.domain.plan.plan import PLAN_NAME
from kenpo_xl.domain.plan.yearly_cells import CellContent

_STYLE_OF_STATE = {HandoverState.OPEN: "unsure", HandoverState.DONE: "good", HandoverState.INFO: "said"}
_NOTE = (
    "「要確認」の行の「新しい値」に値を入れるか、「確認済」に「このまま」と入れて保存し、"
    "もう一度「次の期を作る」（コマンドでは build）を実行します。新しい値は計画ブックに入ります。"
)
_NOTHING = "確認が必要な行はありません。"
_STATE, _NEW, _CONFIRMED = (words.HEADERS.index(one) for one in (words.STATE, words.NEW, words.CONFIRMED))


def write_handover_book(handover: Handover, path: Path) -> None:
    """Write the book; the same rows give the same bytes."""
    with new_styled_workbook(path) as book:
        _SheetWriter(book).write(handover)


class _SheetWriter:
    """The sheet while it is written, row below row."""

    def __init__(self, book: Workbook) -> None:
        self.styles = Styles(book)
        self.sheet: Worksheet = book.add_worksheet(words.SHEET)
        self.links = Links(self.sheet)

    def write(self, handover: Handover) -> None:
        sheet, styles = self.sheet, self.styles
        sheet.hide_gridlines(2)
        for column, (width, header) in enumerate(zip(words.WIDTHS, words.HEADERS, strict=True)):
            hidden = {"hidden": header in words.HIDDEN}
            sheet.set_column(column, column, width, styles("plain"), hidden)
            sheet.write_string(FIRST_ROW - 1, column, header, styles("header above filter"))
        sheet.set_row(FIRST_ROW - 1, HEADER_ABOVE_FILTER)
        sheet.write_string(0, 0, f"{words.SHEET}　{handover.title}", styles("title"))
        sheet.write_string(1, 0, _note_on_open_rows(handover), styles("path"))
        sheet.write_string(2, 0, words.PREVIOUS_LABEL, styles("path"))
        sheet.write_string(2, 2, handover.previous, styles("path"))
        for row, one in enumerate(_sorted_rows(handover), start=FIRST_ROW):
            self._write_row(row, one)
        self._finish(len(handover.rows))

    def _write_row(self, row: int, one: HandoverRow) -> None:
        texts = (
            one.state,
            one.kind,
            one.name,
            _displayed_text(one.old),
            _displayed_text(one.new),
            "",
            "",
            one.hint,
        )
        widths = zip(texts, words.WIDTHS, strict=False)
        self.sheet.set_row(row, max(20, *(row_height(text, width) for text, width in widths)))
        self.sheet.write_string(row, 1, one.kind, self.styles("said"))
        self.sheet.write_string(row, 2, printable_text(one.name), self.styles("grid"))
        self._write_content(row, 3, one.old, one, "plan")
        takes_answer = one.needs_answer or one.is_cell
        answer = one.answer.new if takes_answer and one.answer.new is not None else one.new
        self._write_content(row, _NEW, answer, one, "typed text" if takes_answer else "grid")
        style = self.styles("kind" if one.needs_answer else "said")
        self.sheet.write_string(row, _CONFIRMED, printable_text(one.answer.confirmed), style)
        self._write_place(row, one)
        self.sheet.write_string(row, 7, one.hint, self.styles("explanation"))
        self.sheet.write_string(row, 8, one.id, self.styles("plain"))
        if one.is_cell:
            self._write_content(row, 9, one.new, one, "plain")
        else:
            self.sheet.write_string(row, 9, f"{words.NAMED}{one.new or ''}", self.styles("plain"))
        self.sheet.write_string(row, 10, one.digest, self.styles("plain"))
        self._write_state(row, one)

    def _write_content(self, row: int, column: int, value: CellContent, one: HandoverRow, style: str) -> None:
        """A value in the number format of the plan book; of text in a text format."""
        number = one.format if one.format != "General" else ""
        is_number = isinstance(value, Decimal) or (value is None and bool(number))
        look = self.styles(style, number if is_number or isinstance(value, date) else "@")
        if isinstance(value, Decimal):
            self.sheet.write_number(row, column, float(value), look)
        elif isinstance(value, date):
            self.sheet.write_datetime(row, column, _as_datetime(value), look)
        elif value:
            self.sheet.write_string(row, column, printable_text(value), look)
        else:
            self.sheet.write_blank(row, column, None, self.styles(style, number))

    def _write_place(self, row: int, one: HandoverRow) -> None:
        style, column = self.styles("file"), words.HEADERS.index(words.PLACE)
        if one.source is None:
            self.sheet.write_blank(row, column, None, self.styles("grid"))
            return
        link = link_to_file_or_cell(PLAN_NAME, one.source.sheet, one.source.cell)
        self.links.write_link(row, column, link, style)
        self.sheet.write_string(row, column, f"{one.source.sheet}!{one.source.cell}", style)

    def _write_state(self, row: int, one: HandoverRow) -> None:
        """The state as a formula, so that it follows what the planner types."""
        style = self.styles(_STYLE_OF_STATE[HandoverState.INFO])
        if not one.needs_answer:
            self.sheet.write_string(row, _STATE, HandoverState.INFO, style)
            return
        typed = f"OR(LEN($E{row + 1})>0,LEN($F{row + 1})>0)" if one.is_cell else f"LEN($F{row + 1})>0"
        formula = f'=IF({typed},"{HandoverState.DONE}","{HandoverState.OPEN}")'
        self.sheet.write_formula(row, _STATE, formula, style, str(one.state))

    def _finish(self, count: int) -> None:
        last = FIRST_ROW + max(count, 1) - 1
        for state in (HandoverState.OPEN, HandoverState.DONE):
            rule = {"type": "cell", "criteria": "==", "value": f'"{state}"'}
            look = self.styles(_STYLE_OF_STATE[state])
            self.sheet.conditional_format(FIRST_ROW, _STATE, last, _STATE, {**rule, "format": look})
        self.sheet.data_validation(FIRST_ROW, _CONFIRMED, last, _CONFIRMED, _validation_options_to_confirm())
        self.sheet.autofilter(FIRST_ROW - 1, 0, last, len(words.HEADERS) - len(words.HIDDEN) - 1)
        self.sheet.freeze_panes(FIRST_ROW, 3)
        self.sheet.repeat_rows(FIRST_ROW - 1)
        set_up_page(self.sheet)
        self.sheet.print_area(0, 0, last, len(words.HEADERS) - len(words.HIDDEN) - 1)


def _validation_options_to_confirm() -> dict[str, Any]:
    return {
        "validate": "list",
        "source": [AS_IT_IS],
        "error_type": "information",
        "input_title": words.CONFIRMED,
        "input_message": "確かめたら「このまま」を選びます。",
    }


def _note_on_open_rows(handover: Handover) -> str:
    count = len(handover.open_rows)
    return f"確認が必要な行が {count} 件あります。{_NOTE}" if count else _NOTHING


def cell_to_confirm(handover: Handover, row: HandoverRow) -> str:
    """The cell for the word that confirms a row, in a sheet as written."""
    place = next(at for at, one in enumerate(_sorted_rows(handover)) if one.id == row.id)
    return f"{words.SHEET}!{a1(FIRST_ROW + place + 1, _CONFIRMED + 1)}"


def _sorted_rows(handover: Handover) -> list[HandoverRow]:
    """The rows to confirm first, each part in its own order."""
    return sorted(handover.rows, key=lambda row: not row.needs_answer)


def _displayed_text(value: CellContent) -> str:
    return "" if value is None else str(value)


def _as_datetime(day: date) -> Any:
    from datetime import datetime

    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 (a cell has no zone)

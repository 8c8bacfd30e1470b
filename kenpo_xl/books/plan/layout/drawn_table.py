"""Reads one drawn table: headers, body cells, formulas; reports broken ones."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from kenpo_xl.books.plan.layout.body_cells import GIVEN_BY_WORD, BodyCellReader, Given
from kenpo_xl.books.plan.layout.formulas import circular_cells, with_identity_formulas
from kenpo_xl.books.plan.layout.headers import HeaderReader
from kenpo_xl.books.plan.layout.outline import check_is_one_rectangle, check_short_names_above_body
from kenpo_xl.books.plan.layout.row_ratings import read_row_rating
from kenpo_xl.books.plan.support.former_names import name_and_former_names
from kenpo_xl.books.plan.support.problems import Problems
from kenpo_xl.books.plan.support.unused import warn_of_unread_cell
from kenpo_xl.domain.cell_reference import CellPosition, a1
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.open_lists import rows_without_unique_words
from kenpo_xl.domain.plan.table import AsOf, Axis, CellDefinition, Printing, RowRating, Table
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.ooxml.workbook import RawCell, Sheet, Workbook, text_of_value

MARK, FRAME, CONTENT = 1, 2, 3
REPEAT = "くり返し"
_OPTIONS = ("基準月", "印刷", "単位", "キー", "名札", "計画値", "担当", "評価の列")
_AS_OF, _PRINT, _UNIT, _KEY, _NAMES, _FIXED, _OWNER, _RATING = _OPTIONS
_PRINTINGS = {"": Printing.ALL, "しない": Printing.NONE, "記入した行まで": Printing.FILLED}
_MONTHS = {"": AsOf.TABLE, "列ごと": AsOf.COLUMNS}
_KEY_ALONE = "「キー」は「くり返し」の行と組で使います。行の A 列に「くり返し」を付けるか、消してください。"
_ALIKE = (
    "一覧の行と見分けられません。この行の文字の欄に「計」「小計」など、ほかの行と別の言葉を入れてください。"
)
_Choice = TypeVar("_Choice")


@dataclass
class DrawnTable:
    """A table (None if headers are broken), its body and text cells, the row 担当, and the next row.

    A table with a broken body is included, so that references to its cells are not reported as well.
    """

    next_row: int
    table: Table | None = None
    texts: list[CellPosition] = field(default_factory=list)
    body: dict[CellPosition, tuple[int, int]] = field(default_factory=dict)
    owner_row: int | None = None


@dataclass
class DrawnTableReader:
    """Reads the table with the mark 表 in row `start`, in a plan of `fiscal_year`."""

    book: Workbook
    sheet: Sheet
    start: int
    item: str
    marks: Container[str]
    fiscal_year: FiscalYear
    problems: Problems
    options: dict[str, int] = field(default_factory=dict)
    note_rows: list[int] = field(default_factory=list)
    headers: HeaderReader = field(init=False)
    failed: bool = False

    def __post_init__(self) -> None:
        self.top = self.bottom = self.start

    def read_drawn_table(self) -> DrawnTable:
        row = self._next_row_after_options(self.start + 1)
        row = self._next_row_after_extent(row)
        row = self._next_row_after_notes(row)
        drawing = DrawnTable(row, owner_row=self.options.get(_OWNER))
        if self.bottom < self.top:
            self.add_error(
                self.start, FRAME, "表の枠が描かれていません。この行の下に見出しと欄を描いてください。"
            )
            return drawing
        check_is_one_rectangle(self.sheet, self.top, self.bottom, CONTENT, self.add_error)
        if self.failed:
            return drawing
        extent, repeating = range(self.top, self.bottom + 1), self._repeating_row()
        self.headers = HeaderReader(self.sheet, extent, repeating, self.add_error, self.fiscal_year)
        if self.headers.is_broken:
            return drawing
        drawing.body = {
            (r, c): (i, j)
            for i, r in enumerate(self.headers.body_rows)
            for j, c in enumerate(self.headers.body_columns)
        }
        if _NAMES in self.options:
            body = self.headers.body_columns
            check_short_names_above_body(self.sheet, self.options[_NAMES], FRAME, body, self.add_error)
        table = with_identity_formulas(self._read_table(), drawing.body, self.sheet.name, self.add_error)
        if not self.failed:
            for place in circular_cells(table, drawing.body):
                self.add_error(
                    *place, "算式が循環しています（自分自身を使っています）。参照するセルを直してください。"
                )
        for alike in rows_without_unique_words(table):
            self.add_error(self.headers.body_rows[alike], self.headers.body_columns[0], _ALIKE)
        drawing.table = table
        drawing.texts = list(self._text_cells(drawing.body))
        return drawing

    def add_error(self, row: int, column: int, message: str) -> None:
        self.failed = True
        self.problems.add_error(self.sheet.name, a1(row, column), message)

    def _mark_of_row(self, row: int) -> str:
        return normalized(self.sheet.text(row, MARK))

    def _next_row_after_options(self, row: int) -> int:
        while self._mark_of_row(row) in _OPTIONS:
            mark = self._mark_of_row(row)
            if mark in self.options:
                self.add_error(row, MARK, f"「{mark}」が 2 行あります。1 行にしてください。")
            self.options[mark] = row
            if mark not in (_NAMES, _RATING):
                warn_of_unread_cell(self.sheet, row, FRAME, mark, self.problems)
            row += 1
        return row

    def _next_row_after_extent(self, row: int) -> int:
        """Sets top and bottom of the drawing; the first row below it."""
        row = self.top = self.sheet.next_displayed_row(row)
        while row in self.sheet.displayed_columns_by_row and self._mark_of_row(row) not in self.marks:
            if self._mark_of_row(row) and self._mark_of_row(row) != REPEAT:
                self.add_error(
                    row,
                    MARK,
                    f"A 列の「{self.sheet.text(row, MARK)}」はここでは使えません。"
                    f"表の中の行なら空か「{REPEAT}」にし、"
                    f"{'、'.join(_OPTIONS)} は「表」のすぐ下の行に置いてください。",
                )
            row += 1
        self.bottom = row - 1
        return row

    @staticmethod
    def _has_content(cell: RawCell | None) -> bool:
        return cell is not None and bool(cell.formula or text_of_value(cell.value))

    def _next_row_after_notes(self, row: int) -> int:
        """The row after the notes below the drawing."""
        while self._mark_of_row(ahead := self.sheet.next_displayed_row(row)) == "注":
            self.note_rows.append(ahead)
            warn_of_unread_cell(self.sheet, ahead, CONTENT, "注", self.problems)
            row = ahead + 1
        return row

    def _text_cells(self, body: Mapping[CellPosition, object]) -> Iterator[CellPosition]:
        """The worksheet cells of the caption, the corner, the headers and the notes."""
        yield self.start, CONTENT
        for row in range(self.top, self.bottom + 1):
            for column in range(CONTENT, self.headers.right + 1):
                if (row, column) in self.sheet.cells and (row, column) not in body:
                    yield row, column
        for row in self.note_rows:
            yield row, CONTENT

    def _repeating_row(self) -> int | None:
        rows = [row for row in range(self.top, self.bottom + 1) if self._mark_of_row(row) == REPEAT]
        if len(rows) > 1:
            self.add_error(rows[1], MARK, "「くり返し」は 1 つの表に 1 行だけです。")
        return rows[0] if rows else None

    def _option_text(self, option: str) -> str:
        return self.sheet.text(self.options[option], FRAME) if option in self.options else ""

    def _option_choice(self, option: str, choices: Mapping[str, _Choice], absent: _Choice) -> _Choice:
        if option not in self.options:
            return absent
        text = normalized(self._option_text(option))
        if text not in choices:
            words = "か".join(f"「{word}」" for word in choices if word)
            self.add_error(
                self.options[option], FRAME, f"「{option}」の B 列は空のままにするか、{words}にしてください。"
            )
            return absent
        return choices[text]

    def _read_table(self) -> Table:
        headers = self.headers
        rows, columns = headers.read_axes(
            lambda row: self.sheet.text(row, FRAME),
            self._name_above_column,
            self._repeating_row(),
            self.problems,
        )
        repeating = self._repeating_row()
        name, former_names = name_and_former_names(self.sheet.text(self.start, FRAME))
        return Table(
            name=name,
            item=self.item,
            caption=self.sheet.text(self.start, CONTENT),
            corner=headers.corner,
            rows=rows,
            columns=columns,
            cells=self._cell_definitions(),
            column_headers=tuple(headers.column_headers),
            row_headers=tuple(headers.row_headers),
            header_rows=headers.header_rows,
            header_columns=headers.header_columns,
            repeating=None if repeating is None else repeating - headers.body_rows[0],
            key_column=self._index_of_key_column(columns),
            as_of=self._option_choice(_AS_OF, _MONTHS, AsOf.PERIOD),
            printing=self._option_choice(_PRINT, _PRINTINGS, Printing.ALL),
            unit=self._option_text(_UNIT).replace("%", "％"),
            notes=tuple(self.sheet.text(row, CONTENT) for row in self.note_rows),
            row_rating=self._read_row_rating(columns),
            place=a1(self.start, FRAME),
            former_names=former_names,
        )

    def _read_row_rating(self, columns: tuple[Axis, ...]) -> RowRating | None:
        row = self.options.get(_RATING)
        if row is None:
            return None
        words = [self.sheet.text(row, FRAME + at) for at in range(4)]
        found = read_row_rating(words, columns, lambda at, why: self.add_error(row, FRAME + at, why))
        column = self.headers.body_columns[found.column] if found else 0
        for at in self.headers.body_rows if found else ():
            is_empty = not self._has_content(self.sheet.get(at, column))
            if is_empty and not self._body_cells.format_at(at, column).is_text:
                self.add_error(at, column, "評価の列の欄は、表示形式を「文字列」にしてください。")
        return found

    def _name_above_column(self, column: int) -> str:
        return self.sheet.text(self.options[_NAMES], column) if _NAMES in self.options else ""

    def _index_of_key_column(self, columns: tuple[Axis, ...]) -> int:
        wanted = normalized(self._option_text(_KEY))
        repeating = self._repeating_row()
        if repeating is None:
            if _KEY in self.options:
                self.problems.add_warning(self.sheet.name, a1(self.options[_KEY], MARK), _KEY_ALONE)
            return 0
        for place, axis in enumerate(columns):
            if wanted and normalized(axis.name) == wanted:
                return place
        if wanted:
            self.add_error(
                self.options[_KEY], FRAME, f"列「{self._option_text(_KEY)}」がこの表にありません。"
            )
        formats = (self._body_cells.format_at(repeating, column) for column in self.headers.body_columns)
        return next((index for index, style in enumerate(formats) if style.is_text), 0)

    def _cell_definitions(self) -> tuple[tuple[CellDefinition, ...], ...]:
        read, columns = self._body_cells.read_body_cell, self.headers.body_columns
        return tuple(tuple(read(row, column) for column in columns) for row in self.headers.body_rows)

    @cached_property
    def _body_cells(self) -> BodyCellReader:
        given = self._option_choice(_FIXED, GIVEN_BY_WORD, Given.NONE)
        return BodyCellReader(self.book, self.sheet, given, self._repeating_row(), self.add_error)

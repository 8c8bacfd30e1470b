"""The shape of a table in a form: which rows and columns are headers, body, totals, lists, units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace
from functools import cached_property

from kenpo_xl.domain.cell_reference import CellPosition, Rectangle
from kenpo_xl.domain.frozen import frozen, mutable
from kenpo_xl.pipeline.adopt.grid import Content, SourceSheet
from kenpo_xl.pipeline.adopt.header_lines import HeaderColumns, columns_beginning_in, count_header_rows
from kenpo_xl.pipeline.adopt.questions import Asked, Interview
from kenpo_xl.pipeline.adopt.words import (
    comparable_words,
    header_in_one_line,
    is_about_form_itself,
    is_entity_header,
    is_header_of_total,
    is_heading,
    is_number_header,
    is_unit,
    is_unit_column,
    unit_if_header_is_unit,
)

YES, NO = "はい", "いいえ"
_NUMBERS = (Content.NUMBER, Content.FORMULA)
_FEW = 2
# A form has fewer; a list of all cases is no form.
_MOST_ROWS, _MOST_COLUMNS = 1_000, 120


@frozen
class TableShape:
    """The rows and columns of a table by what they are, as row and column numbers of the sheet.

    `sections` has the section title above each body row that has one. `list_rows` are the rows of an open
    list, of which the plan has one.
    """

    sheet: SourceSheet
    area: Rectangle
    header_rows: tuple[int, ...]
    unit_row: int | None
    stub_columns: tuple[int, ...]
    body_rows: tuple[int, ...]
    body_columns: tuple[int, ...]
    unit_column: int | None = None
    number_column: int | None = None
    sections: dict[int, str] = field(default_factory=dict)
    section_rows: tuple[int, ...] = ()
    list_rows: tuple[int, ...] = ()

    @cached_property
    def _texts_of_columns(self) -> dict[int, list[str]]:
        return {column: self._texts_above(column) for column in self.body_columns}

    @cached_property
    def _texts_of_rows(self) -> dict[int, list[str]]:
        return {row: self._texts_beside(row) for row in self.body_rows}

    def header_texts(self, column: int) -> list[str]:
        """The texts above a body column, each once."""
        return self._texts_of_columns[column]

    def row_texts(self, row: int) -> list[str]:
        """The texts beside a body row, each once."""
        return self._texts_of_rows[row]

    def _texts_above(self, column: int) -> list[str]:
        roots = dict.fromkeys(self.sheet.root(row, column) for row in self.header_rows)
        return [header_in_one_line(text) for root in roots if (text := self.sheet.text(*root))]

    def _texts_beside(self, row: int) -> list[str]:
        roots = dict.fromkeys(self.sheet.root(row, column) for column in self.stub_columns)
        return [header_in_one_line(text) for root in roots if (text := self.sheet.text(*root))]

    def is_total_row(self, row: int) -> bool:
        """Whether a row is a total."""
        columns = self.stub_columns or self.body_columns
        texts = [self.sheet.text(row, column) for column in (self.number_column, *columns) if column]
        first = next(filter(None, texts), "")
        return is_header_of_total(first) or any(map(is_header_of_total, self.row_texts(row)))


def shape_of_table(sheet: SourceSheet, area: Rectangle, interview: Interview) -> TableShape | None:
    """The shape of a region that is a table, None for one that has no body of rows and columns."""
    return _ShapeReader(sheet, area, interview).shape()


@frozen
class _TableColumns:
    """The columns of a table by what they are, as numbers; an open list has no headers beside its body."""

    number: int | None
    unit: int | None
    headers: Sequence[int]
    body: Sequence[int]
    is_list: bool


@mutable
class _ShapeReader:
    """One region while its rows and columns are distinguished."""

    sheet: SourceSheet
    area: Rectangle
    interview: Interview

    def shape(self) -> TableShape | None:
        self.rows, self.columns = self._rows_and_columns(self.area)
        if not self._has_size_of_table() or self._has_only_fields():
            return None
        sections = self._assign_rows()
        if not self.body:
            return None
        columns = self._table_columns()
        if not self._has_places(columns.body):
            return None
        shape = TableShape(
            sheet=self.sheet,
            area=self.area,
            header_rows=tuple(self.headers),
            unit_row=self.unit_row,
            stub_columns=tuple(columns.headers),
            body_rows=tuple(self.body),
            body_columns=tuple(columns.body),
            unit_column=columns.unit,
            number_column=columns.number,
            sections=self._section_by_row(sections),
            section_rows=tuple(sections),
        )
        if not columns.is_list:
            return shape
        rows = tuple(row for row in self.body if not shape.is_total_row(row))
        return replace(shape, list_rows=rows)

    def _has_size_of_table(self) -> bool:
        return _FEW <= len(self.columns) <= _MOST_COLUMNS and 0 < len(self.rows) <= _MOST_ROWS

    def _assign_rows(self) -> list[int]:
        """The rows that are titles of sections, once those of headers, units and the body are assigned."""
        count = count_header_rows(self.sheet, self.rows, self.columns)
        headers, rest = self.rows[:count], self.rows[count:]
        sections = [row for row in rest if self._is_section(row)]
        self.body = [row for row in rest if row not in sections and not self._is_empty(row)]
        self.unit_row = next((row for row in reversed(headers) if self._has_only_units(row)), None)
        self.headers = [row for row in headers if row != self.unit_row]
        return sections

    def _table_columns(self) -> _TableColumns:
        number = self.columns[0] if self._is_number_column(self.columns[0]) else None
        columns = [column for column in self.columns if column != number]
        unit = next(filter(self._is_unit_column, columns), None)
        columns = [column for column in columns if column != unit]
        is_list = self._is_open_list(columns)
        headers = (
            []
            if is_list
            else HeaderColumns(self.sheet, self.headers, self.body).columns_with_headers(columns)
        )
        return _TableColumns(
            number=number,
            unit=unit,
            headers=headers,
            body=[column for column in columns if column not in headers],
            is_list=is_list,
        )

    def _rows_and_columns(self, area: Rectangle) -> tuple[list[int], list[int]]:
        """The rows and columns without those that merged cells cover throughout, as on grid paper."""
        top, left, bottom, right = area
        rows = self.sheet.visible_rows(top, bottom)
        columns = self.sheet.visible_columns(left, right)
        roots = {(row, column): self.sheet.root(row, column) for row in rows for column in columns}
        return (
            [row for row in rows if any(roots[row, one][0] == row for one in columns)],
            [one for one in columns if any(roots[row, one][1] == one for row in rows)],
        )

    def _has_only_fields(self) -> bool:
        """Whether the region is no table but labels, each with one place for words at its right."""
        lines = [self._cells_of_row(row) for row in self.rows]
        if any(map(self._has_number, lines)):
            return False
        has_wide_place = any(self.sheet.is_wide(at) for line in lines for at in line[1:])
        if all(len(line) <= _FEW for line in lines):
            return has_wide_place or len(lines[0]) == 1
        return has_wide_place and any(map(self._has_admin_label, lines))

    def _cells_of_row(self, row: int) -> list[CellPosition]:
        return list(dict.fromkeys(self.sheet.root(row, column) for column in self.columns))

    def _has_number(self, line: Sequence[CellPosition]) -> bool:
        return any(self.sheet.at(*at).content in _NUMBERS for at in line)

    def _has_admin_label(self, line: Sequence[CellPosition]) -> bool:
        return any(is_about_form_itself(self.sheet.text(*at)) for at in line[::2])

    def _content_of_cell(self, row: int, column: int) -> Content:
        return self.sheet.at(row, column).content

    def _is_section(self, row: int) -> bool:
        """Whether a row is the title of those below it: one text over all columns, or alone in brackets."""
        texts = [column for column in self.columns if self.sheet.text(row, column)]
        area = self.sheet.area(row, self.columns[0])
        is_across = area[1] <= self.columns[0] and area[3] >= self.columns[-1] and area[0] == area[2]
        is_alone = texts == self.columns[:1] and is_heading(self.sheet.text(row, self.columns[0]))
        return self._content_of_cell(row, self.columns[0]) is Content.TEXT and (is_across or is_alone)

    def _is_empty(self, row: int) -> bool:
        return not any(
            (row, column) in self.sheet.framed or self.sheet.text(row, column) for column in self.columns
        )

    def _section_by_row(self, rows: Sequence[int]) -> dict[int, str]:
        found = {}
        for row in self.body:
            above = [one for one in rows if one < row]
            first = next((text for c in self.columns if (text := self.sheet.text(row, c))), "")
            if above and not comparable_words(first).startswith(("合計", "総計", "総合計", "計")):
                found[row] = self.sheet.text(above[-1], self.columns[0])
        return found

    def _has_only_units(self, row: int) -> bool:
        own = columns_beginning_in(self.sheet, row, self.columns)
        texts = [text for column in own if (text := self.sheet.text(row, column))]
        return bool(texts) and all(unit_if_header_is_unit(text) for text in texts) and row != self.rows[0]

    def _is_number_column(self, column: int) -> bool:
        """Whether a column numbers the rows."""
        header = "".join(self.sheet.text(row, column) for row in self.headers_or_first())
        cells = [self.sheet.at(row, column) for row in self.body]
        numbers = [cell.number for cell in cells if cell.number is not None]
        counts = len(numbers) > 1 and numbers == list(range(int(numbers[0]), int(numbers[0]) + len(numbers)))
        return is_number_header(header) or (counts and numbers[0] == 1 and not header)

    def headers_or_first(self) -> Sequence[int]:
        """The rows in which headers are looked for."""
        return self.headers or self.rows[:1]

    def _is_unit_column(self, column: int) -> bool:
        texts = [text for row in self.body if (text := self.sheet.text(row, column))]
        header = "".join(dict.fromkeys(self.sheet.text(row, column) for row in self.headers))
        is_of_units = bool(texts) and all(map(is_unit, texts))
        return is_of_units and (is_unit_column(header) or not header or column != self.columns[0])

    def _has_places(self, columns: Sequence[int]) -> bool:
        """Whether there is a place for a value: a number, or an empty cell with a frame."""
        return any(
            self._content_of_cell(row, column) in _NUMBERS
            or ((row, column) in self.sheet.framed and self._content_of_cell(row, column) is Content.BLANK)
            for row in self.body
            for column in columns
        )

    def _is_open_list(self, columns: Sequence[int]) -> bool:
        """Whether the rows are those of a list that grows; asked where it seems so."""
        if not self.headers:
            return False
        blank = [row for row in self.body if self._is_blank_row(row, columns)]
        has_blank_rows = len(blank) >= _FEW
        if not has_blank_rows and not self._names_entities(columns):
            return False
        is_begun = any(self.sheet.text(row, columns[0]) for row in self.body if row not in blank)
        return self._answer_on_list(columns, YES if has_blank_rows or is_begun else NO) == YES

    def _names_entities(self, columns: Sequence[int]) -> bool:
        """Whether the first header is that of names (団体名), beside another column of words."""
        first = "".join(self.sheet.text(row, columns[0]) for row in self.headers)
        return is_entity_header(first) and len(list(filter(self._is_text_column, columns))) >= _FEW

    def _answer_on_list(self, columns: Sequence[int], guess: str) -> str:
        headers = "、".join(filter(None, (self.sheet.text(self.headers[-1], one) for one in columns[:3])))
        return self.interview.ask(
            Asked.LIST,
            f"{self.sheet.name}/{headers}",
            f"「{header_in_one_line(headers)}」の表は、行を必要なだけ増やせる一覧ですか。",
            place=(self.sheet.name, (self.body[0], columns[0])),
            choices=(YES, NO),
            guess=guess,
            weight=len(self.body) * len(columns),
        )

    def _is_blank_row(self, row: int, columns: Sequence[int]) -> bool:
        texts = [self.sheet.at(row, one).content for one in columns]
        return all(one in (Content.BLANK, Content.FORMULA, Content.SIGN) for one in texts) and (
            Content.BLANK in texts and not self.sheet.text(row, columns[0])
        )

    def _is_text_column(self, column: int) -> bool:
        contents = [self._content_of_cell(row, column) for row in self.body]
        return Content.TEXT in contents or Content.DATE in contents

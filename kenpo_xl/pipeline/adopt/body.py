"""The body cells of a table in a form: what is typed, computed, given, of which unit and format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from kenpo_xl.domain.cell_reference import CellPosition
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.pipeline.adopt.cell_units import (
    LARGEST_FRACTION,
    are_hundredths_and_is_shown_as_percent,
    has_factor_of_hundred,
    number_of_decimals,
    unit_of_header_words,
)
from kenpo_xl.pipeline.adopt.grid import Content, SourceCell
from kenpo_xl.pipeline.adopt.guards import without_guards
from kenpo_xl.pipeline.adopt.questions import Asked, Interview
from kenpo_xl.pipeline.adopt.shape import NO, YES, TableShape
from kenpo_xl.pipeline.adopt.words import (
    comparable_words,
    header_and_unit,
    header_in_one_line,
    is_header_of_given_value,
    is_header_of_rate,
    is_header_of_result,
    is_text_header,
    unit_if_header_is_unit,
    unit_of_number_format,
)

_PERCENT = "％"
_NUMBERS = (Content.NUMBER, Content.FORMULA)
_NO_PLACE, _NO_NUMBER = "対象外", "数を入れる欄"
_MOST_DECIMALS = 3
_ROWS_LOOKED_AT = 40


@frozen
class DraftCell:
    """A body cell before formulas are translated. `scale` turns its number into that of the plan."""

    at: CellPosition
    cell: SourceCell
    is_text: bool = False
    is_percent: bool = False
    scale: Decimal = Decimal(1)
    unit: str = ""
    is_not_applicable: bool = False
    is_given: bool = False
    decimals: int = 0

    @property
    def formula(self) -> str:
        """The formula without its guards, '' for a typed cell."""
        return without_guards(self.cell.formula) if self.cell.formula else ""

    @property
    def value(self) -> Decimal | None:
        """The number as the plan has it, None for none."""
        number = self.cell.number
        return None if number is None else number * self.scale

    def with_decimals(self, decimals: int) -> DraftCell:
        """The same with other decimals."""
        return replace(self, decimals=max(decimals, 0))

    def format_code(self) -> str:
        """The number format of the cell in the plan book."""
        if self.is_text:
            return "@"
        decimals = f".{'0' * self.decimals}" if self.decimals else ""
        if self.is_percent:
            return f"0{decimals}%"
        own = self.cell.format
        if own.unit and own.has_digits and own.unit not in ("月", "年"):
            return own.code.split(";")[0]
        unit = f'" {self.unit}"' if self.unit else ""
        return f"#,##0{decimals}{unit}"


@frozen
class BodyReader:
    """Reads the body of one table."""

    shape: TableShape
    interview: Interview
    caption_units: tuple[str, ...] = ()

    def draft_cell(self, row: int, column: int) -> DraftCell:
        """What a body cell is."""
        sheet = self.shape.sheet
        cell = sheet.at(row, column)
        at = sheet.root(row, column)
        is_covered = at != (row, column)
        if column in self.text_columns:
            return DraftCell((row, column), cell, is_text=True)
        is_percent, scale = self.percent_and_scale(row, column)
        return DraftCell(
            (row, column),
            cell,
            is_percent=is_percent,
            scale=scale,
            unit="" if is_percent else self.unit(row, column),
            is_not_applicable=is_covered or self._is_not_applicable(row, column, cell),
            is_given=self._is_given(row, column) and cell.content is Content.NUMBER and not is_covered,
            decimals=self._displayed_decimals(row, column, is_percent, scale),
        )

    @cached_property
    def _cells_of_columns(self) -> dict[int, list[SourceCell]]:
        at, rows = self.shape.sheet.at, self.shape.body_rows[:_ROWS_LOOKED_AT]
        return {column: [at(row, column) for row in rows] for column in self.shape.body_columns}

    @cached_property
    def text_columns(self) -> frozenset[int]:
        """The columns in which staff write words."""
        return frozenset(column for column in self.shape.body_columns if self._is_text_column(column))

    def _is_text_column(self, column: int) -> bool:
        rows = self.shape.list_rows or self.shape.body_rows
        contents = [self.shape.sheet.at(row, column).content for row in rows]
        texts = sum(one in (Content.TEXT, Content.DATE) for one in contents)
        numbers = sum(one in _NUMBERS for one in contents)
        words = "".join(self.shape.header_texts(column))
        return texts > numbers or (not numbers and (texts > 0 or is_text_header(words)))

    def unit(self, row: int, column: int) -> str:
        """The unit of a cell: ％ of its column, else that of its row, its column, or the caption."""
        above = self._unit_of_column(column)
        if above == _PERCENT:
            return above
        return self._unit_of_row(row) or above or self._unit_of_caption(row, column)

    def _unit_of_row(self, row: int) -> str:
        shape = self.shape
        text = shape.sheet.text(row, shape.unit_column) if shape.unit_column else ""
        beside = [header_and_unit(one)[1] for one in shape.row_texts(row)]
        return unit_of_number_format(text or next(filter(None, reversed(beside)), ""))

    def _unit_of_column(self, column: int) -> str:
        shape = self.shape
        below = unit_if_header_is_unit(shape.sheet.text(shape.unit_row, column)) if shape.unit_row else ""
        above = [header_and_unit(one)[1] for one in shape.header_texts(column)]
        found = header_and_unit(below)[1] or below or next(filter(None, reversed(above)), "")
        return unit_of_number_format(found)

    def _unit_of_caption(self, row: int, column: int) -> str:
        """The unit of the caption that fits the headers above a cell, else those beside it."""
        units = [unit_of_number_format(one) for one in self.caption_units]
        sides = [
            comparable_words("".join(texts))
            for texts in (self.shape.header_texts(column), self.shape.row_texts(row))
        ]
        if not units or (any(map(is_header_of_rate, sides)) and _PERCENT not in units):
            return ""
        if len(units) == 1:
            return units[0] if units[0] == _PERCENT else ""  # the table's own unit
        return next(filter(None, (unit_of_header_words(words, units) for words in sides)), "")

    def percent_and_scale(self, row: int, column: int) -> tuple[bool, Decimal]:
        """Whether a cell is a percentage, and what makes its number a fraction."""
        cell = self.shape.sheet.at(row, column)
        if cell.format.is_percent:
            return True, Decimal(1)
        if isinstance(cell.value, str) and (cell.number_in_text or ("", ""))[1] == _PERCENT:
            return True, Decimal(1)
        unit = self.unit(row, column)
        if unit == _PERCENT or cell.format.has_literal_percent_sign:
            return True, Decimal(1) if self._are_fractions(row, column) else Decimal("0.01")
        if unit or not self._may_be_rate(row, column):
            return False, Decimal(1)
        return self._asked_percent(column, row)

    def _may_be_rate(self, row: int, column: int) -> bool:
        words = [*self.shape.header_texts(column), *self.shape.row_texts(row)]
        return any(map(is_header_of_rate, words)) and not self.shape.sheet.at(row, column).format.unit

    def _asked_percent(self, column: int, row: int) -> tuple[bool, Decimal]:
        cells = self._line_of_rate(row, column)
        formats = [cell for _, cell in cells if cell.format.is_percent]
        if formats:
            return True, Decimal(1)
        words = next(
            filter(is_header_of_rate, [*self.shape.header_texts(column), *self.shape.row_texts(row)])
        )
        is_hundredfold, guess = are_hundredths_and_is_shown_as_percent([cell for _, cell in cells])
        answer = self.interview.ask(
            Asked.PERCENT,
            words,
            f"「{header_in_one_line(words)}」は ％ で表す割合ですか。",
            place=(self.shape.sheet.name, cells[0][0]),
            choices=(YES, NO),
            guess=guess,
            weight=1,
        )
        if answer == NO:
            return False, Decimal(1)
        return True, Decimal("0.01") if is_hundredfold else Decimal(1)

    def _line_of_rate(self, row: int, column: int) -> list[tuple[CellPosition, SourceCell]]:
        """The cells of the column or row whose header names the rate."""
        if any(map(is_header_of_rate, self.shape.header_texts(column))):
            rows = self.shape.body_rows[:_ROWS_LOOKED_AT]
            return list(zip(((one, column) for one in rows), self._cells_of_columns[column], strict=True))
        return [((row, one), self.shape.sheet.at(row, one)) for one in self.shape.body_columns]

    def _are_fractions(self, row: int, column: int) -> bool:
        """Whether a line of ％ holds fractions, shown without ％: 0.965 below (％)."""
        if self._unit_of_row(row) == _PERCENT:
            cells = [self.shape.sheet.at(row, one) for one in self.shape.body_columns]
        else:
            cells = self._cells_of_columns[column]
        if has_factor_of_hundred(cells):
            return False
        numbers = [
            abs(cell.number) for cell in cells if cell.number is not None and not cell.format.is_percent
        ]
        return bool(numbers) and max(numbers) <= LARGEST_FRACTION and any(one % 1 for one in numbers)

    def _is_not_applicable(self, row: int, column: int, cell: SourceCell) -> bool:
        if cell.content is not Content.SIGN:
            return False
        if cell.is_crossed_out:
            return True
        answer = self.interview.ask(
            Asked.SIGN,
            cell.shown,
            f"「{cell.shown}」は、数のないこと（0 など）ですか、入れるもののない欄（対象外）ですか。",
            place=(self.shape.sheet.name, (row, column)),
            choices=(_NO_PLACE, _NO_NUMBER),
            guess=_NO_NUMBER if self._is_among_numbers(row, column) else _NO_PLACE,
            weight=1,
        )
        return answer == _NO_PLACE

    def _is_among_numbers(self, row: int, column: int) -> bool:
        """Whether the row and the column of a dash have numbers that are typed."""
        beside = [self.shape.sheet.at(row, one).content for one in self.shape.body_columns]
        above = [cell.content for cell in self._cells_of_columns[column]]
        return Content.NUMBER in beside and Content.NUMBER in above

    def _is_given(self, row: int, column: int) -> bool:
        """Whether the plan gives the number of a cell; asked for each header that names targets."""
        words = self._words_of_given(row, column)
        if not words or not self._has_results:
            return False
        answer = self.interview.ask(
            Asked.GIVEN,
            words,
            f"「{words}」の数は、計画で決まる数ですか（グループは入力しません）。",
            place=(self.shape.sheet.name, (row, column)),
            choices=("計画で決まる", "入力する"),
            guess="計画で決まる",
            weight=1,
        )
        return answer == "計画で決まる"

    def _words_of_given(self, row: int, column: int) -> str:
        sides = (self.shape.header_texts(column), self.shape.row_texts(row))
        texts = [one for side in sides if not any(map(is_header_of_result, side)) for one in side]
        if any(map(is_header_of_result, (*sides[0], *sides[1]))):
            return ""
        return next(
            (
                header_in_one_line(one)
                for one in texts
                if is_header_of_given_value(one) and not is_header_of_rate(one)
            ),
            "",
        )

    @cached_property
    def _has_results(self) -> bool:
        shape = self.shape
        texts = [text for column in shape.body_columns for text in shape.header_texts(column)]
        texts += [text for row in shape.body_rows for text in shape.row_texts(row)]
        return any(map(is_header_of_result, texts))

    def _displayed_decimals(self, row: int, column: int, is_percent: bool, scale: Decimal) -> int:
        """The decimals that a cell shows, else those of its column."""
        own = self.shape.sheet.at(row, column)
        cells = [own, *self._cells_of_columns[column]]
        shown = [cell.format for cell in cells if not (cell.format.is_general or cell.format.is_text)]
        if shown:
            return min(shown[0].decimals, _MOST_DECIMALS)
        found = _decimals_of_typed(cells, shift=2 if is_percent and scale == 1 else 0)
        return min(max(found, 1) if is_percent else found, _MOST_DECIMALS - 1)


def _decimals_of_typed(cells: Iterable[SourceCell], *, shift: int) -> int:
    """The most decimals of typed numbers, once the point is moved right by `shift`; 0 for none."""
    typed = (cell.number for cell in cells if cell.number is not None and not cell.formula)
    return max((number_of_decimals(number.scaleb(shift)) for number in typed), default=0)

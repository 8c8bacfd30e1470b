"""Body cells of a drawn table: typed, computed, given by the plan, or not applicable; reports broken ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from functools import partial
from types import MappingProxyType

from kenpo_xl.books.plan.layout.formulas import parsed_formula
from kenpo_xl.books.plan.layout.number_formats import unusable_format_message
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.numbers.exact import NumberFormat, decimal_from_excel, number_format
from kenpo_xl.domain.plan.table import CellDefinition, CellKind
from kenpo_xl.domain.source import Source
from kenpo_xl.ooxml.workbook import RawCell, Sheet, Workbook, text_of_value

NOT_APPLICABLE = ("／", "/")

_EMPTY_CELL = (
    "計画値の表に空欄があります。数を入れるか ／ を入れてください。"
    "グループが入力する欄もある表なら、「計画値」の B 列に「一部」と入れてください。"
)
_NUMBER = (
    "表の欄に数が入っています。空にするか、計画で決まる数なら「計画値」の印を付けてください"
    "（入力する欄もある表なら、その B 列に「一部」）。"
)


class Given(Enum):
    """Which cells of a table hold numbers of the plan (計画値)."""

    NONE = auto()
    FILLED = auto()
    ALL = auto()


GIVEN_BY_WORD: Mapping[str, Given] = MappingProxyType({"": Given.ALL, "一部": Given.FILLED})
"""What the cell beside the mark 計画値 may contain."""


@dataclass(frozen=True)
class BodyCellReader:
    """Reads body cells of the table whose open list is the sheet row `repeating` (None for none)."""

    book: Workbook
    sheet: Sheet
    given: Given
    repeating: int | None
    add_error: Callable[[int, int, str], None]

    def read_body_cell(self, row: int, column: int) -> CellDefinition:
        cell, style = self.sheet.get(row, column), self.format_at(row, column)
        source = Source(self.book.path.name, self.sheet.name, a1(row, column))
        define = partial(CellDefinition, source=source, format=style)
        unusable = unusable_format_message(style.code)
        if unusable and not _holds_constant(cell):
            self.add_error(row, column, unusable)
        if cell is None or _is_empty(cell):
            if self.given is Given.ALL:
                self.add_error(row, column, _EMPTY_CELL)
            return define(CellKind.TYPED)
        if cell.formula:
            formula = parsed_formula(cell.formula, partial(self.add_error, row, column))
            return define(CellKind.COMPUTED, formula=formula)
        if text_of_value(cell.value) in NOT_APPLICABLE:
            return define(CellKind.NOT_APPLICABLE)
        kind, value = self._kind_and_value_of_constant(row, column, cell)
        return define(kind, value=value)

    def format_at(self, row: int, column: int) -> NumberFormat:
        return number_format(self.book.number_format_code(self.sheet.get(row, column)))

    def _kind_and_value_of_constant(
        self, row: int, column: int, cell: RawCell
    ) -> tuple[CellKind, Decimal | str | None]:
        """The kind and value of a cell with a constant; reports one that must be empty."""
        if isinstance(cell.value, float):
            if self.given is Given.NONE:
                self.add_error(row, column, _NUMBER)
            return CellKind.FIXED, decimal_from_excel(cell.value)
        if self._may_contain_text(row, column) and isinstance(cell.value, str):
            return CellKind.FIXED, cell.value.strip()
        word, in_total = text_of_value(cell.value)[:12], self.repeating not in (None, row)
        remedy = _advice_for_text_in_body(cell, in_total=in_total)
        self.add_error(row, column, f"入力する欄に文字「{word}」が入っています。{remedy}")
        # As empty: what refers to it is right, and must not be reported as well.
        return CellKind.TYPED, None

    def _may_contain_text(self, row: int, column: int) -> bool:
        """Whether the cell is in a total row of an open list, in a column without numbers."""
        if self.repeating is None or row == self.repeating:
            return False
        style = self.format_at(self.repeating, column)
        return style.is_text or style.is_general


def _is_empty(cell: RawCell | None) -> bool:
    return cell is None or not (cell.formula or text_of_value(cell.value))


def _holds_constant(cell: RawCell | None) -> bool:
    return cell is not None and not cell.formula and not _is_empty(cell)


def _advice_for_text_in_body(cell: RawCell, *, in_total: bool) -> str:
    """The remedy for a word in a body cell."""
    if normalized(text_of_value(cell.value)).startswith("="):
        return "算式なら、表示形式を「標準」か数値にしてから、半角の = で入れ直してください。"
    if in_total:
        return (
            "空にするか ／ にしてください。"
            "言葉を入れる列なら、くり返しの行の表示形式を「文字列」にしてください。"
        )
    return "空にするか、対象外なら ／ にしてください。"

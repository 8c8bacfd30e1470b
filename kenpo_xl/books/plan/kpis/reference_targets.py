"""Reads targets that are another's value: 全国平均以上, 県平均を下回る."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kenpo_xl.books.plan.layout.formula_reader import FormulaReader
from kenpo_xl.books.plan.support.list_sheets import ListRow
from kenpo_xl.domain.formulas.evaluate import Node, Ref
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.plan import National
from kenpo_xl.domain.plan.ratings import Direction
from kenpo_xl.domain.plan.table import Axis, FigureId, Table
from kenpo_xl.domain.plan.targets.aim import ReferenceTarget
from kenpo_xl.ooxml.workbook import Workbook

REFERENCE = "比べる値"
# 全国平均以上, 県内平均を上回る, 類似団体の平均値未満; 過去3年平均 is of earlier years.
_WORDS = re.compile(
    r"(?P<name>(?!過去|直近|前年)\D{1,9}?平均)(?:値|の水準)?"
    r"(?P<side>以上|以下|未満|超|を?(?:上回る|超える|下回る)(?:水準)?)?(?:を?目指す|とする|を?維持)?"
)
_BELOW, _EXCLUSIVE = ("以下", "未満", "下回"), ("未満", "超", "上回", "下回")


def parse_reference_target(words: str) -> tuple[str, Direction, bool] | None:
    """The name of the other value, the direction, and whether it must be passed; None for other words."""
    found = _WORDS.fullmatch(words)
    if not found:
        return None
    side = found["side"] or ""
    direction = Direction.AT_MOST if any(word in side for word in _BELOW) else Direction.AT_LEAST
    return found["name"], direction, any(word in side for word in _EXCLUSIVE)


class ReferenceReader:
    """Reads 比べる値 of one row of the sheet KPI, else finds the cell beside the result by its header."""

    def __init__(self, book: Workbook, row: ListRow, formulas: FormulaReader) -> None:
        self.book, self.row, self.formulas = book, row, formulas

    def read_reference(self, words: str, result: Node | None) -> ReferenceTarget | None:
        """The target that words name; None for other words, or with an error where it has no value."""
        found = parse_reference_target(words)
        if found is None:
            return None
        name, _, is_exclusive = found
        source = self._reference_source(name, result)
        return None if source is None else ReferenceTarget(name, source, is_exclusive)

    def _reference_source(self, name: str, result: Node | None) -> Decimal | Node | None:
        if self.formulas.has_formula(REFERENCE):
            return self.formulas.read_formula(REFERENCE)
        if self.row.is_filled(REFERENCE):
            return self.row.fraction(self.book, REFERENCE)
        if name == National.MEAN and self.formulas.has_formula(name):
            return self.formulas.read_formula(name)
        beside = self._cell_beside(name, result)
        if beside is None:
            self.row.add_error(
                "目標",
                f"「{name}」の数が 1 つに決まりません。列「{REFERENCE}」を作り、"
                "「=」で様式図の欄を示すか、数を入れてください。",
            )
        return beside

    def _cell_beside(self, name: str, result: Node | None) -> Ref | None:
        """The only cell in the row or the column of the result whose header has the name."""
        places = self.formulas.figure_positions(result) if isinstance(result, Ref) else []
        found = [one for place in places for one in _figures_beside(*place, name)]
        return Ref(found[0]) if len(found) == 1 else None


def _figures_beside(table: Table, row: int, column: int, name: str) -> Iterator[FigureId]:
    """The other figures in a row under a header with the name, then those in a column beside one."""
    for at, axis in enumerate(table.columns):
        if at != column and _is_named(axis, name):
            yield table.identity(row, at)
    for at, axis in enumerate(table.rows):
        if at != row and _is_named(axis, name):
            yield table.identity(at, column)


def _is_named(axis: Axis, name: str) -> bool:
    return any(name in normalized(text) for text in (axis.name, *axis.labels))

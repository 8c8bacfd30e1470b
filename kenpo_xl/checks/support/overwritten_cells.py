"""Overwritten computed cells compared with the values of their parts, within rounding."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations, product

from kenpo_xl.checks.support.figure_wording import input_text_for_value
from kenpo_xl.domain.formulas.evaluate import Call, Group, Node, Operation, Ref, formula_keys
from kenpo_xl.domain.formulas.intervals import (
    Interval,
    decimal_places,
    exact_interval,
    formula_interval,
    is_rounding_of_interval,
    rounding_interval,
    rounding_modes_that_give,
)
from kenpo_xl.domain.formulas.tree import ROUNDINGS, written_whole_number
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.numbers.exact import DOWN, HALF_UP, SIGNS, UP, rounded
from kenpo_xl.domain.plan.table import CellKind, FigureId
from kenpo_xl.domain.results.figures import Figure, Figures, TableFigures
from kenpo_xl.domain.source import Source

# Amounts in thousands are rounded.
_ROUNDED_UNITS = ("千", "万", "百", "億")
_MOST_LEFT_OUT = 3
_MOST_PARTS = 40


@frozen
class OverwrittenCell:
    """An overwritten computed cell, with the value of its parts.

    `planned` is the rounding mode of the plan, `roundings` the modes that give the typed number. `exact` is
    None if a part is empty or unreadable.
    """

    figure: Figure
    column: int
    parts: tuple[Figure, ...]
    typed: Decimal
    exact: Interval | None
    planned: str
    roundings: frozenset[str]
    agrees: bool

    @property
    def is_rounded_otherwise(self) -> bool:
        return not self.agrees and bool(self.roundings)

    @property
    def disagrees_with_parts(self) -> bool:
        return not self.agrees and not self.roundings and self.exact is not None

    @property
    def source(self) -> Source:
        assert self.figure.source is not None
        return self.figure.source


def overwritten_cells(table: TableFigures, figures: Figures) -> Iterator[OverwrittenCell]:
    """The computed cells of a table that hold a number of a person's own; `figures` are all of the period."""
    for place, row in enumerate(table.rows):
        for column, figure in enumerate(row.figures):
            if figure.overwritten and isinstance(figure.typed, Decimal) and figure.source is not None:
                assert figure.cell.formula is not None
                yield _FormulaFigures(figures).compare(table, place, column, figure)


class _FormulaFigures:
    """The figures that formulas read, in their own table or in another one."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures

    def compare(self, table: TableFigures, place: int, column: int, figure: Figure) -> OverwrittenCell:
        """The comparison of what was typed over a formula with what the formula reads."""
        formula, typed = figure.cell.formula, figure.typed
        assert formula is not None
        assert isinstance(typed, Decimal)
        inner, planned, decimals = _term_rounding_and_decimals(formula)
        read = (self._figures_for_key(table, place, key) for key in dict.fromkeys(formula_keys(formula)))
        parts = tuple(one for found in read for _, _, one in found)
        exact = None if any(map(_is_unreadable, parts)) else self._interval_of_formula(inner, table, place)
        if decimals is None:
            decimals = _displayed_decimals(figure, typed)
        roundings: frozenset[str] = frozenset()
        agrees = False
        if exact is not None and exact.is_exact:
            roundings = rounding_modes_that_give(typed, exact.low, decimals)
            agrees = planned in roundings
        elif exact is not None:
            agrees = is_rounding_of_interval(typed, exact, decimals)
        return OverwrittenCell(figure, column, parts, typed, exact, planned, roundings, agrees)

    def _interval_of_formula(self, formula: Node, table: TableFigures, place: int) -> Interval | None:
        return formula_interval(
            formula, lambda key: [self._interval_of(*one) for one in self._figures_for_key(table, place, key)]
        )

    def _figures_for_key(
        self, table: TableFigures, place: int, key: Hashable
    ) -> list[tuple[TableFigures, int, Figure]]:
        """The figures that a formula in the row `place` reads for a key, with their tables and rows."""
        assert isinstance(key, FigureId)
        own = table if key in table.table.positions else self.figures.tables[key.item, key.table]
        row, column = own.table.positions[key]
        if own is table and row == table.rows[place].index:
            return [(table, place, table.rows[place].figures[column])]
        return [(own, at, one.figures[column]) for at, one in enumerate(own.rows) if one.index == row]

    def _interval_of(self, table: TableFigures, place: int, figure: Figure) -> Interval | None:
        """The possible values of a part: counts are exact, decimals and thousands rounded."""
        number, cell = figure.printed_number, figure.cell
        if number is None:
            return None
        if cell.kind is CellKind.COMPUTED and not figure.overwritten and cell.formula is not None:
            return self._interval_of_formula(cell.formula, table, place)
        places = max(_displayed_decimals(figure, number), decimal_places(number))
        unit = table.table.unit_at(*table.table.positions[figure.id])
        is_rounded = places > 0 or unit.startswith(_ROUNDED_UNITS)
        return rounding_interval(number, places) if is_rounded else exact_interval(number)


def _is_unreadable(figure: Figure) -> bool:
    """Whether a number cell contains words or is missing, which is reported there and not in the total."""
    if figure.source is None and figure.cell.kind in (CellKind.TYPED, CellKind.COMPUTED):
        return True
    value = figure.typed if figure.overwritten else figure.printed_value
    return isinstance(value, str) and value.strip() not in SIGNS


def _term_rounding_and_decimals(formula: Node) -> tuple[Node, str, int | None]:
    """The rounded term, mode and decimals of a formula; (formula, HALF_UP, None) without ROUND."""
    match formula:
        case Call(name, (term, decimals)) if name in ROUNDINGS:
            return term, ROUNDINGS[name], written_whole_number(decimals)
    return formula, HALF_UP, None


def _displayed_decimals(figure: Figure, value: Decimal) -> int:
    """The displayed decimals of a value as Excel holds it: three for 8.9 ％; those of the book as issued."""
    place = figure.last_place or figure.cell.format.last_place
    return decimal_places(value) if place is None else -place.adjusted()


def is_computed_from_other_tables(figure: Figure) -> bool:
    """Whether the formula of a figure reads other tables than its own."""
    keys = formula_keys(figure.cell.formula) if figure.cell.formula is not None else ()
    return any(isinstance(key, FigureId) and key[:2] != figure.id[:2] for key in keys)


def restoring_hint(figure: Figure) -> str:
    """What to do for the computed value in an overwritten cell: to type it, or to get the formula back."""
    assert figure.computed is not None
    value = rounded(figure.computed, _displayed_decimals(figure, figure.computed))
    typed = input_text_for_value(figure, value)
    if is_computed_from_other_tables(figure):
        return f"{typed} と入れ直すか、セルを空にしてください（報告書には計算した数を載せます）。"
    return f"{typed} と入れ直すか、セルを空にして「直す」を押すと、算式に戻ります。"


def _sum_of_numbers(figures: Iterable[Figure]) -> Decimal:
    return sum((figure.printed_number or Decimal(0) for figure in figures), Decimal(0))


def _combinations_with_sum(parts: Sequence[Figure], count: int, total: Decimal) -> list[tuple[Figure, ...]]:
    return [some for some in combinations(parts, count) if _sum_of_numbers(some) == total]


def omitted_parts(one: OverwrittenCell) -> tuple[Figure, ...] | None:
    """The parts that a total omits; None if it is no total, or they are not unique."""
    total = one.figure.computed
    if total is None or one.figure.cell.formula is None or not is_sum_formula(one.figure.cell.formula):
        return None
    parts = [part for part in one.parts if part.printed_number]
    missing = total - one.typed
    most = _MOST_LEFT_OUT if len(parts) <= _MOST_PARTS else 1
    for count in range(1, min(most, len(parts) - 1) + 1):
        found = _combinations_with_sum(parts, count, missing)
        if found:
            return found[0] if len(found) == 1 else None
    return None


def is_sum_formula(formula: Node) -> bool:
    """Whether a formula only adds up."""
    match formula:
        case Ref() | Group():
            return True
        case Operation("+", left, right):
            return is_sum_formula(left) and is_sum_formula(right)
        case Call("SUM", arguments):
            return all(map(is_sum_formula, arguments))
        case Call(name, (term, _)) if name in ROUNDINGS:
            return is_sum_formula(term)
    return False


def _cells_rounded_that_way(
    cells: Iterable[OverwrittenCell],
    axis: Callable[[OverwrittenCell], Hashable],
    key: Hashable,
    rounding: str,
) -> list[OverwrittenCell]:
    return [one for one in cells if axis(one) == key and rounding in one.roundings]


def _is_line_rounded_that_way(
    cells: Iterable[OverwrittenCell],
    axis: Callable[[OverwrittenCell], Hashable],
    key: Hashable,
    rounding: str,
) -> bool:
    """Whether all cells of a line that agree with their parts allow this rounding mode."""
    return all(rounding in one.roundings for one in cells if axis(one) == key and one.agrees)


def groups_rounded_otherwise(found: Sequence[OverwrittenCell]) -> Iterator[list[OverwrittenCell]]:
    """The cells with another rounding mode: grouped by consistent column or row, else alone."""
    left = [one for one in found if one.is_rounded_otherwise]
    for axis in (_column_key, _row_key):
        for key, way in product(dict.fromkeys(map(axis, left)), (DOWN, UP, HALF_UP)):
            together = _cells_rounded_that_way(left, axis, key, way)
            if len(together) > 1 and _is_line_rounded_that_way(found, axis, key, way):
                left = [one for one in left if one not in together]
                yield together
    yield from ([one] for one in left)


def _column_key(one: OverwrittenCell) -> str:
    return one.figure.id.column


def _row_key(one: OverwrittenCell) -> tuple[str, str]:
    return one.figure.id.row, one.figure.entity


def is_formula_cleared(figure: Figure) -> bool:
    """Whether a computed cell is empty although its formula gives a value."""
    is_empty = figure.typed in (None, "") and figure.computed is not None
    return figure.cell.kind is CellKind.COMPUTED and is_empty

"""Checks that the cells of a KPI belong to the year of their column."""

from __future__ import annotations

from kenpo_xl.books.plan.layout.formula_reader import FigurePosition, FormulaReader
from kenpo_xl.books.plan.support.list_sheets import ListRow
from kenpo_xl.domain.formulas.evaluate import Node
from kenpo_xl.domain.plan.figure_span import LAST_YEAR, effective_year_role
from kenpo_xl.domain.plan.placeholders import YearRole

_RESULT, _TARGET, _SAME_PERIOD, _LAST_YEAR = "実績", "目標", "前年同期", "前年度実績"


def warn_of_unlikely_years(
    row: ListRow,
    formulas: FormulaReader,
    *,
    result: Node | None,
    target: object,
    same_period: Node | None,
    last_year: Node | None,
) -> None:
    """Adds warnings: 実績 of another year, 前年同期 or 前年度実績 of this year, 目標 = 実績."""
    places = formulas.figure_positions(result)
    if places and all(map(_is_of_past_year, places)):
        row.add_warning(
            _RESULT, f"実績が{_year_text(places)}の欄です。今年度の欄をクリックし直してください。"
        )
    if result is not None and target == result:
        row.add_warning(_TARGET, "目標が実績と同じ欄です。目標の欄をクリックし直してください。")
    for header, tree in ((_SAME_PERIOD, same_period), (_LAST_YEAR, last_year)):
        of_this_year = formulas.figure_positions(tree)
        if tree is not None and tree == result:
            row.add_warning(header, f"{header}が実績と同じ欄です。前年の欄をクリックし直してください。")
        elif of_this_year and all(map(_is_of_current_year, of_this_year)):
            row.add_warning(header, f"{header}が今年度の欄です。前年の欄をクリックし直してください。")


def _year_roles(position: FigurePosition) -> list[YearRole]:
    table, row, column = position
    axes = (table.rows[row], table.columns[column])
    return [
        year_role
        for axis in axes
        for year_role in (axis.year_role, effective_year_role(axis))
        if year_role is not None
    ]


def _is_of_past_year(position: FigurePosition) -> bool:
    """Whether a cell is of last year, of another stated year, or for reference."""
    table, row, column = position
    axes = (table.rows[row], table.columns[column])
    is_other = any(axis.years and effective_year_role(axis) is YearRole.OTHER for axis in axes)
    return is_other or any(
        year_role in (*LAST_YEAR, YearRole.REFERENCE) for year_role in _year_roles(position)
    )


def _is_of_current_year(position: FigurePosition) -> bool:
    return YearRole.CURRENT in _year_roles(position) and not _is_of_past_year(position)


def _year_text(positions: list[FigurePosition]) -> str:
    """The year of the cells as messages name it: 前年同期, 令和3年度."""
    table, row, column = positions[0]
    axes = (table.rows[row], table.columns[column])
    years = next((str(axis.years) for axis in axes if axis.years), "")
    past = (
        year_role for year_role in _year_roles(positions[0]) if year_role in (*LAST_YEAR, YearRole.REFERENCE)
    )
    return years or str(next(past, YearRole.OTHER))

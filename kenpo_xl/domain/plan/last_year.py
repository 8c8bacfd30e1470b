"""What a row or column of last year (前年) was called in last year's own report."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.figure_span import LAST_YEAR, effective_year_role
from kenpo_xl.domain.plan.placeholders import YearRole
from kenpo_xl.domain.plan.table import Axis, CellKind, FigureId, Table

# The words of a short name that name the year or the moment only: 前年同月, 当年(※), 今年度実績, 2年前.
_OF_THE_YEAR = LazyPattern(
    r"\([^()]*\)|(?:当|前|同|昨|今|本)(?:年度?|月|期)(?:の?同(?:期|月))?|\d{1,2}年[前後]|末|実績"
    r"|(?:令和|平成|昭和|(?<![A-Za-z])[RHS])\.?(?:\d{1,2}|元)(?!\d)(?:年度?)?"
    r"|(?<!\d)(?:19|20)\d\d(?!\d)(?:年度?)?"
)


def identity_in_last_years_report(table: Table, row: int, column: int) -> FigureId | None:
    """The identity under which a figure of last year was this year's figure a year ago.

    A figure of last year is in a row or column that means 前年同期 or 前年度末 (also one marked
    参考 whose header has {前年度}); one of another year by number (令和3年度) is as old as it says. Its
    sibling
    is the row or column of the same table that means 当年 and whose name is the same but for the words of
    the year: 前年＞委託 and 当年＞委託, 前年4月 and 4月, R3 and R6, 前年 and 当年(※). Where none means
    当年 it is the one that covers the whole year (通期). So 決定達成/前年/達成率 of fiscal 2024 was
    決定達成/当年/達成率 in the reports of fiscal 2023; the months decide in which of them.

    None for a figure that is not of last year, one without such a sibling, and one whose sibling is a planned
    value (計画値).
    """
    then_row, then_column = _index_of_this_year(table.rows, row), _index_of_this_year(table.columns, column)
    if then_row is None or then_column is None or (then_row, then_column) == (row, column):
        return None
    if table.cells[then_row][then_column].kind is CellKind.FIXED:
        return None
    return table.identity(then_row, then_column)


def _is_of_last_year(axis: Axis) -> bool:
    has_other_years = bool(axis.years) and axis.year_role is not YearRole.CURRENT
    return has_other_years or effective_year_role(axis) in LAST_YEAR


def _is_same_but_for_year(one: Axis, other: Axis) -> bool:
    return one.months == other.months and _name_without_year(one.name) == _name_without_year(other.name)


def _is_whole_year_without_role(axis: Axis) -> bool:
    months = axis.months
    return axis.year_role is None and months is not None and months[0] == months[1] % 12 + 1


def _index_of_this_year(axes: Sequence[Axis], index: int) -> int | None:
    """The place of the axis of this year; `place` itself where it is not of last year, None without one."""
    own = axes[index]
    if not _is_of_last_year(own):
        return index
    current = [at for at, axis in enumerate(axes) if axis.year_role is YearRole.CURRENT]
    same = [at for at in current if _is_same_but_for_year(axes[at], own)]
    if not current:
        same = [at for at, axis in enumerate(axes) if _is_whole_year_without_role(axis)]
    return same[0] if len(same) == 1 else None


@lru_cache(maxsize=1_024)
def _name_without_year(name: str) -> str:
    return _OF_THE_YEAR.sub("", name)

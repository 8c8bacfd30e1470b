"""Names of KPIs and headers that have a number: 30日以内処理率."""

from __future__ import annotations

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.language.numbers_in_text import numbers_in
from kenpo_xl.domain.lazy_patterns import LazyPattern

_DIGIT = LazyPattern(r"\d")


def names_with_numbers(context: CheckContext) -> tuple[str, ...]:
    """The names of KPIs and the headers of the book's tables that have a number, in half-width letters."""
    return context.computed_once(_names_with_numbers)


def _names_with_numbers(context: CheckContext) -> tuple[str, ...]:
    axes = (axis.name for found in context.own_tables for axis in (*found.table.rows, *found.table.columns))
    parts = (part for name in axes for part in name.split("＞"))
    names = dict.fromkeys((*(kpi.name for kpi in context.plan.kpis), *parts))
    return tuple(half_width(name) for name in names if _DIGIT.search(name) and numbers_in(name))

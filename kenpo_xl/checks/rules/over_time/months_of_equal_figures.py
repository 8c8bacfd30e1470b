"""Typed as-of months of figures that must be equal (時系列)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.rules.over_time.as_of_months import source_of_month, violation_of_month
from kenpo_xl.checks.support.past_reports import WRONG_AS_OF_MONTH
from kenpo_xl.checks.support.printed_text import printed_lines
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.formulas.tree import Node, Ref
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.dates.dates_in_text import dates_in
from kenpo_xl.domain.language.numbers_in_text import numbers_in
from kenpo_xl.domain.plan.cross_checks import CrossCheckKind
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.results.figures import Figure, TableFigures


@rule(
    "TI20",
    Family.HISTORY,
    Severity.WARNING,
    "同じはずの数の基準月が違います",
    why="「検算」で同じはずの数の一方が 10 月、もう一方が 11 月までなら、どちらかの基準月が誤っています。",
    remedy="2 つの表の基準月を確かめ、違う方を直してください。",
    superseded_by=WRONG_AS_OF_MONTH,
)
def months_of_equal_figures_differ(context: CheckContext) -> Iterator[Violation]:
    """The two figures of a row 等しい of 検算 have typed as-of months that differ.

    Reported is the month that no line states with the number, else the left one; none that is to come (TI10).
    """
    for check in context.plan.cross_checks:
        if check.kind is not CrossCheckKind.EQUAL:
            continue
        found = [_column_of_month_read_by(context, side) for side in (check.left, check.right)]
        places = [one for one in found if one is not None]
        if len(places) != _SIDES or len({one.month for one in places}) < _SIDES:
            continue
        odd, other = sorted(places, key=lambda one: one.is_stated)
        message = (
            f"「{odd.table.table.name}」の基準月は {odd.month} 月ですが、同じはずの数のある"
            f"「{other.table.table.name}」は {other.month} 月です。"
        )
        hint = "どちらの月までの数か確かめ、違う方を直してください。"
        related = source_of_month(context, other.table, other.place)
        violation = violation_of_month(context, odd.table, odd.place, message, hint)
        yield replace(violation, related=(related,) if related else ())


@frozen
class _PlaceOfMonth:
    """Where the as-of month of a figure is typed; `is_stated`: a line says the number with that month."""

    table: TableFigures
    place: int
    month: int
    is_stated: bool


_SIDES = 2


def _column_of_month_read_by(context: CheckContext, side: Node | None) -> _PlaceOfMonth | None:
    """Where the as-of month of a single figure of this book is typed; None for others, and one to come."""
    key = side.key if isinstance(side, Ref) else None
    if not isinstance(key, FigureId) or key.item not in context.entries_by_item:
        return None
    found, month = context.figures.with_identity(key), context.figures.as_of_month(key)
    table = context.figures.tables[key.item, key.table]
    place = 0 if len(table.months) == 1 else table.table.positions[key][1]
    if not found or not month or table.months[place : place + 1] != (month,):
        return None
    if context.plan.fiscal_year.month(month) > context.plan.as_of_month:
        return None
    return _PlaceOfMonth(table, place, month, _is_month_stated_in_text(context, found[0], month))


def _is_month_stated_in_text(context: CheckContext, figure: Figure, month: int) -> bool:
    """Whether a line of its item says the number of a figure with a month."""
    return any(
        any(one.month == month for one in dates_in(line.text))
        and any(one.value == figure.printed_number for one in numbers_in(line.text))
        for line in printed_lines(context, figure.id.item)
    )

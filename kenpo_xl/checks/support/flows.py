"""Flows and states: a count of the year so far only grows, the level of a stock may fall or stay."""

from __future__ import annotations

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.figure_wording import table_of_figure, unit_of
from kenpo_xl.checks.support.number_cells import MAY_FALL, MEAN
from kenpo_xl.domain.formulas.tree import formula_keys
from kenpo_xl.domain.numbers.counts import COUNTED_UNITS, is_named_as_level, is_named_as_new
from kenpo_xl.domain.results.figures import Figure
from kenpo_xl.domain.time.span import Accumulation

_MYRIADS = "千万億百"
# Groups of people that are a level where no other header names what is counted.
_GROUPS = frozenset(
    who + number for who in ("被保険者", "被扶養者", "加入者", "組合員") for number in ("", "数")
)
_MEASURES = tuple("数件回額量")


def is_flow_count(context: CheckContext, figure: Figure) -> bool:
    """Whether a figure is a whole number of things that are counted one by one."""
    number = figure.printed_number
    is_whole = number is not None and number == number.to_integral_value()
    return is_whole and unit_of(context, figure) in COUNTED_UNITS


def is_amount_of_money(context: CheckContext, figure: Figure) -> bool:
    """Whether a figure is an amount of money."""
    unit = unit_of(context, figure)
    return unit.endswith("円") and not unit[:-1].strip(_MYRIADS)


def is_stock_level(context: CheckContext, figure: Figure) -> bool:
    """Whether a figure is the level of a stock, as the plan or the words of its own row and column say."""
    if context.figures.span_of_figure(figure.id).kind is Accumulation.MOMENT:
        return True
    table = table_of_figure(context, figure)
    row, column = table.positions[figure.id]
    names = [axis.name.rpartition("＞")[2] for axis in (table.rows[row], table.columns[column])]
    if any(map(is_named_as_new, names)) or unit_of(context, figure) == "件":
        return any(name.startswith("未") or "残" in name for name in names)
    if any(map(is_named_as_level, names)) or any(map(MAY_FALL.is_in, names)):
        return True
    return not _GROUPS.isdisjoint(names) and not any(
        name.endswith(_MEASURES) and name not in _GROUPS for name in names
    )


def is_named_mean(context: CheckContext, figure: Figure) -> bool:
    """Whether a figure is a mean, as its own words or those of a KPI that reads it say (1件当たりの額)."""
    table = table_of_figure(context, figure)
    row, column = table.positions[figure.id]
    kpis = (one.kpi for one in context.own_kpi_assessments)
    names = [one.name for one in kpis if one.result is not None and figure.id in formula_keys(one.result)]
    return any(map(MEAN.is_in, (table.rows[row].name, table.columns[column].name, *names)))

"""時系列: tables of KPIs and lines of rates that hold the numbers of another time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import Requirement, rule
from kenpo_xl.checks.support.figure_wording import unit_of, value_text
from kenpo_xl.checks.support.number_cells import last_year_by_figure
from kenpo_xl.checks.support.past_reports import (
    WRONG_AS_OF_MONTH,
    name_with_months,
    past_periods,
    typed_figures_of_book,
    value_in_same_unit,
)
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.formulas.evaluate import formula_keys
from kenpo_xl.domain.numbers.exact import decimal_text
from kenpo_xl.domain.plan.table import CellKind, FigureId
from kenpo_xl.domain.results.facts import Fact
from kenpo_xl.domain.results.figures import Figure
from kenpo_xl.domain.results.history import PastPeriod

# A single number is equal by chance with fewer digits; of rates so many must be equal together.
_DIGITS, _DIGITS_OF_SEVERAL, _FEWEST_RATES = 4, 3, 3


@rule(
    "TI22",
    Family.HISTORY,
    Severity.WARNING,
    "KPI の表が前の期の報告と同じ値のままです",
    why="月だけが進んで数を直し忘れると、前の期の実績が新しい月の実績として印刷され、評価も変わりません。",
    remedy="この期の数か確かめ、古いままであれば入れ直してください。本当に同じであれば、理由を残してください。",
    needs=Requirement.HISTORY,
    superseded_by=("TI12", *WRONG_AS_OF_MONTH),
)
def kpi_table_is_last_quarters(context: CheckContext) -> Iterator[Violation]:
    """All rates and levels of this year in a table that a KPI reads are those of the newest report.

    The report is of the same year and of an earlier month. Two numbers and more, or one of four digits;
    running totals are TI12's. One finding for a table, at its first number.
    """
    for figures in _figures_by_table_of_kpis(context).values():
        before = [_unmoved_since_last_report(context, figure) for figure in figures]
        reports = {one[0].label for one in before if one}
        if len(reports) == 1 and all(before) and _are_equal_figures_hardly_chance(figures):
            yield _violation_for_unmoved_figures(context, figures, f"{reports.pop()}の報告")


def _figures_by_table_of_kpis(context: CheckContext) -> dict[tuple[str, ...], list[Figure]]:
    """The typed figures of this year in each table that a rate or level of a KPI reads."""
    results = _tables_of_kpis(context)
    tables: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in typed_figures_of_book(context) if results else ():
        span = context.figures.span_of_figure(figure.id)
        if figure.id[:2] in results and context.plan.fiscal_year.contains(span.last):
            tables[figure.id[:2]].append(figure)
    return tables


def _tables_of_kpis(context: CheckContext) -> set[tuple[str, ...]]:
    return {
        key[:2]
        for found in context.own_kpi_assessments
        if found.kpi.result is not None and not found.kpi.newest
        for key in formula_keys(found.kpi.result)
        if isinstance(key, FigureId)
    }


def _unmoved_since_last_report(context: CheckContext, figure: Figure) -> tuple[PastPeriod, Fact] | None:
    """The newest report of an earlier month of the year, if it has the same number."""
    span = context.figures.span_of_figure(figure.id)
    for period, fact in past_periods(context).facts_with_identity(str(figure.id), figure.entity):
        if fact.span is None or not context.plan.fiscal_year.contains(fact.span.last):
            continue
        is_same = value_in_same_unit(context, figure, fact) == figure.printed_number
        return (period, fact) if fact.span.last < span.last and is_same else None
    return None


def _are_equal_figures_hardly_chance(figures: Sequence[Figure]) -> bool:
    numbers = [decimal_text(one.printed_number or Decimal(0)) for one in figures]
    digits = max(len(one.replace(".", "").strip("0")) for one in numbers)
    return digits >= (_DIGITS if len(figures) == 1 else _DIGITS_OF_SEVERAL)


@rule(
    "TI23",
    Family.HISTORY,
    Severity.WARNING,
    "今年の割合の並びが、前年の並びと同じです",
    why="前年の行を写して今年の割合を入れ忘れると、前年の割合が今年の割合として印刷されます。",
    remedy="今年の割合か確かめ、写したままであれば入れ直してください。",
    superseded_by=WRONG_AS_OF_MONTH,
)
def rates_are_last_years(context: CheckContext) -> Iterator[Violation]:
    """Three rates and more of a row or column, all that it has, are those of last year beside them.

    Silent where all of them are one number (100 ％). Counts are TI13's.
    """
    for table in context.own_tables:
        then = last_year_by_figure(context, table)
        for figures in _lines_of_rates(context, then):
            numbers = {one.printed_number for one in figures}
            is_same = all(one.printed_number == then[one.id, one.entity].printed_number for one in figures)
            if is_same and len(figures) >= _FEWEST_RATES and len(numbers) > 1:
                yield _violation_for_unmoved_figures(
                    context, figures, name_with_months(context, then[figures[0].id, figures[0].entity])
                )


def _lines_of_rates(
    context: CheckContext, keys: Collection[tuple[FigureId, str]]
) -> Collection[list[Figure]]:
    """The typed rates among some figures, by row and by column; () for fewer than three figures."""
    lines: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for identity, entity in keys if len(keys) >= _FEWEST_RATES else ():
        for figure in context.figures.with_identity(identity):
            is_rate = figure.cell.kind is CellKind.TYPED and unit_of(context, figure) == "％"
            if is_rate and figure.entity == entity and figure.printed_number is not None:
                lines["行", figure.id.row, figure.entity].append(figure)
                lines["列", figure.id.column].append(figure)
    return lines.values()


def _violation_for_unmoved_figures(context: CheckContext, figures: Sequence[Figure], other: str) -> Violation:
    """One violation for numbers that are all those of another time, at the first of them."""
    figure, *more = figures
    source = figure.source
    assert source is not None
    cells = tuple(one.source for one in more if one.source)
    also = f"（{'、'.join(cell.cell for cell in cells)} も同じ）" if cells else ""
    value = value_text(context, figure)
    message = f"{name_with_months(context, figure)}は {value} で、{other}と同じ値です{also}。"
    return replace(Violation(source, figure.identity_with_entity, message, actual=value), explains=cells)

"""Typed as-of months against the numbers of last year, which its reports gave for other months (時系列)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import Requirement, rule
from kenpo_xl.checks.rules.over_time.as_of_months import violation_of_month
from kenpo_xl.checks.support.figure_wording import name_of_figure, table_of_figure, value_text
from kenpo_xl.checks.support.past_reports import (
    fact_in_last_years_report,
    past_periods,
    value_in_same_unit,
)
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.plan.last_year import identity_in_last_years_report
from kenpo_xl.domain.plan.table import CellKind
from kenpo_xl.domain.results.figures import Figure, TableFigures
from kenpo_xl.domain.results.history import PastPeriod

# Shorter numbers are those of another month by chance.
_FEWEST_DIGITS = 3


@rule(
    rule_codes.MONTH_OF_LAST_YEAR_DIFFERS,
    Family.HISTORY,
    Severity.WARNING,
    "基準月が、前年の数の月と違います",
    why="前年の数が前年の報告で 11 月の数だったのに基準月が 10 月なら、今年の数の月も違います。",
    remedy="表の上の基準月と、前年の数を確かめ、違う方を直してください。",
    needs=Requirement.HISTORY,
    superseded_by=(rule_codes.AS_OF_MONTH_NOT_MOVED, rule_codes.AS_OF_MONTH_IN_FUTURE),
)
def month_is_not_that_of_last_year(context: CheckContext) -> Iterator[Violation]:
    """All figures of last year under a typed as-of month are those that its reports gave for one other month.

    Numbers of three digits and more, of which no report gave another value for the month itself (TI02).
    """
    for table in context.own_tables:
        for place, month in enumerate(table.months):
            figures = list(_figures_of_last_year(context, table, place)) if month else []
            found = [_reports_of_another_month(context, one) for one in figures]
            common = set.intersection(*map(set, found)) if found else set()
            if len(common) == 1:
                (other,) = common
                yield _violation_for_other_month(context, table, place, figures[0], other, found[0][other])


def _violation_for_other_month(
    context: CheckContext, table: TableFigures, place: int, figure: Figure, month: int, report: PastPeriod
) -> Violation:
    name, value = name_of_figure(context, figure), value_text(context, figure)
    return violation_of_month(
        context,
        table,
        place,
        f"「{table.table.name}」の基準月は {table.months[place]} 月ですが、{name}の {value} は、"
        f"{report.label}の報告では {month} 月の数でした。",
        "表の上の基準月か、前年の数を確かめ、違う方を直してください。",
    )


def _figures_of_last_year(context: CheckContext, table: TableFigures, place: int) -> Iterator[Figure]:
    """The typed numbers of last year that are of the typed as-of month."""
    for row in table.rows:
        for column, figure in enumerate(row.figures):
            is_of_place = len(table.months) == 1 or column == place
            if is_of_place and figure.cell.kind is CellKind.TYPED and figure.printed_number is not None:
                span = context.figures.span_of_figure(figure.id)
                is_then = identity_in_last_years_report(table.table, row.index, column) is not None
                if is_then and span.last.number == table.months[place] and _has_figure_enough_digits(figure):
                    yield figure


def _has_figure_enough_digits(figure: Figure) -> bool:
    assert figure.printed_number is not None
    return len(figure.printed_number.normalize().as_tuple().digits) >= _FEWEST_DIGITS


def _reports_of_another_month(context: CheckContext, figure: Figure) -> dict[int, PastPeriod]:
    """By month the reports of that year that gave the number; empty if one gave any number for its own."""
    if fact_in_last_years_report(context, figure) is not None:
        return {}
    table, span = table_of_figure(context, figure), context.figures.span_of_figure(figure.id)
    year = context.figures.year_of_figure(figure.id)
    then = identity_in_last_years_report(table, *table.positions[figure.id])
    found: dict[int, PastPeriod] = {}
    for period, fact in past_periods(context).facts_with_identity(str(then), figure.entity):
        value = value_in_same_unit(context, figure, fact)
        if fact.span is None or value is None or figure.displayed_text(value) != figure.printed_text():
            continue
        is_alike = fact.span.kind is span.kind and (fact.span.first == span.first or span.first == span.last)
        if is_alike and year.contains(fact.span.last):
            found.setdefault(fact.span.last.number, period)
    return found

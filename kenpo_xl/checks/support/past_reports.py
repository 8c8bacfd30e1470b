"""Figures and facts that the rules over time (時系列) compare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.figure_wording import name_without_table, table_of_figure
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.figure_span import LAST_YEAR, effective_year_role
from kenpo_xl.domain.plan.last_year import identity_in_last_years_report
from kenpo_xl.domain.plan.placeholders import YearRole
from kenpo_xl.domain.plan.table import Axis, CellKind, Table
from kenpo_xl.domain.results.facts import Fact
from kenpo_xl.domain.results.figures import Figure, TableFigures
from kenpo_xl.domain.results.history import History, PastPeriod
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.domain.time.span import Accumulation, Span

# Rules that report a wrong as-of month; they explain what others find in its figures.
WRONG_AS_OF_MONTH = (
    rule_codes.AS_OF_MONTH_NOT_MOVED,
    rule_codes.AS_OF_MONTH_IN_FUTURE,
    rule_codes.MONTH_OF_LAST_YEAR_DIFFERS,
)


def past_periods(context: CheckContext) -> History:
    """The earlier periods of the book's branch."""
    return context.computed_once(_past_periods)


def _past_periods(context: CheckContext) -> History:
    return (context.history or History()).periods_before(context.plan)


def last_report_of_fiscal_year(context: CheckContext) -> PastPeriod | None:
    """The newest earlier report of the same fiscal year."""
    return past_periods(context).period_before_in_year(context.plan)


def typed_figures_of_book(context: CheckContext) -> Iterator[Figure]:
    """The typed numbers of the book, also over formulas; without duplicate entities.

    Computed cells are left out, since their parts are compared, and so are 計画値.
    """
    typed = [
        one for one in context.own_figures if one.printed_number is not None and _holds_typed_number(one)
    ]
    times = Counter((figure.id, figure.entity) for figure in typed)
    return (figure for figure in typed if times[figure.id, figure.entity] == 1)


def _holds_typed_number(figure: Figure) -> bool:
    return figure.cell.kind is CellKind.TYPED or (figure.overwritten and not figure.prefers_computed)


def value_in_same_unit(context: CheckContext, figure: Figure, fact: Fact) -> Decimal | None:
    """The earlier value; None if its cell had another unit (24.45 ％ is not 0.2445)."""
    table = table_of_figure(context, figure)
    return fact.value if fact.unit == table.unit_of_cell_value(*table.positions[figure.id]) else None


def fact_in_last_years_report(context: CheckContext, figure: Figure) -> tuple[PastPeriod, Fact] | None:
    """The period and fact of last year's report for a figure of last year, else None."""
    table = table_of_figure(context, figure)
    then = identity_in_last_years_report(table, *table.positions[figure.id])
    return (
        past_periods(context).fact_with_span(
            str(then), figure.entity, context.figures.span_of_figure(figure.id)
        )
        if then
        else None
    )


def name_with_months(context: CheckContext, figure: Figure) -> str:
    """Table, name and months of a figure, each once, for messages."""
    name, table = name_without_table(context, figure), figure.id.table
    words = name if table in name else f"{table}の{name}" if name else table
    return f"{words}（{context.figures.span_of_figure(figure.id)}）"


@frozen
class AsOfGroup:
    """The figures under one typed as-of month (基準月), with last quarter's values.

    `place` is the index of the month in its table. `pairs` are the figures with the same months in both
    reports, `of` is the number of all compared ones.
    """

    table: TableFigures
    place: int
    pairs: tuple[tuple[Figure, Decimal], ...]
    of: int

    @property
    def has_old_as_of_month(self) -> bool:
        """Whether the as-of month is still that of last quarter's report."""
        return bool(self.pairs) and len(self.pairs) == self.of

    @property
    def changed_figures(self) -> list[tuple[Figure, Decimal]]:
        """The figures that differ as printed from last quarter's report, with its value."""
        return [
            (figure, then)
            for figure, then in self.pairs
            if figure.printed_text() != figure.displayed_text(then)
        ]

    @property
    def has_changed_under_old_month(self) -> bool:
        """Whether more than half of the figures changed under an unchanged as-of month."""
        return self.has_old_as_of_month and 2 * len(self.changed_figures) > len(self.pairs)


def as_of_groups_in_both_reports(context: CheckContext) -> list[AsOfGroup]:
    """The figures in both reports, grouped by typed as-of month."""
    return context.computed_once(_groups_by_as_of_month)


def _groups_by_as_of_month(context: CheckContext) -> list[AsOfGroup]:
    before = last_report_of_fiscal_year(context)
    found: dict[tuple[str, str, int], list[tuple[Figure, Fact]]] = {}
    for figure in typed_figures_of_book(context) if before else ():
        place = _index_of_as_of_month(context, figure)
        fact = before.facts_by_key.get((str(figure.id), figure.entity)) if before else None
        if place is not None and fact is not None:
            found.setdefault((figure.id.item, figure.id.table, place), []).append((figure, fact))
    return [
        AsOfGroup(
            context.figures.tables[item, table],
            place,
            tuple(_figures_with_same_months(context, facts)),
            len(facts),
        )
        for (item, table, place), facts in found.items()
    ]


def _figures_with_same_months(
    context: CheckContext, facts: list[tuple[Figure, Fact]]
) -> Iterator[tuple[Figure, Decimal]]:
    for figure, fact in facts:
        then = value_in_same_unit(context, figure, fact)
        if then is not None and fact.span == context.figures.span_of_figure(figure.id):
            yield figure, then


def _index_of_as_of_month(context: CheckContext, figure: Figure) -> int | None:
    """The index of the typed as-of month of a figure; None if headers or period date it."""
    found = context.figures.tables[figure.id.item, figure.id.table]
    row, column = found.table.positions[figure.id]
    if any(_is_dated(axis, context.plan.fiscal_year) for axis in axes_of_cell(found.table, row, column)):
        return None
    place = 0 if len(found.months) == 1 else column
    return place if place < len(found.months) and found.months[place] else None


def _is_dated(axis: Axis, year: FiscalYear) -> bool:
    is_of_another_year = axis.years is not None and axis.year_role is not YearRole.CURRENT
    return (
        effective_year_role(axis) in LAST_YEAR or is_of_another_year or axis.months not in (None, year.whole)
    )


def axes_of_cell(table: Table, row: int, column: int) -> tuple[Axis, Axis]:
    """The row and the column of a cell."""
    return table.rows[row], table.columns[column]


def is_extended_span(earlier: Span, later: Span) -> bool:
    """Whether a span is the other one and further months."""
    return (
        earlier.kind is Accumulation.CUMULATIVE and earlier.first == later.first and earlier.last < later.last
    )

"""Rules on figures that equal another time's (時系列): last quarter's, last year's, the month before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import Requirement, rule
from kenpo_xl.checks.support.figure_wording import value_text
from kenpo_xl.checks.support.flows import is_amount_of_money, is_flow_count, is_stock_level
from kenpo_xl.checks.support.number_cells import last_year_by_figure
from kenpo_xl.checks.support.past_reports import (
    WRONG_AS_OF_MONTH,
    fact_in_last_years_report,
    is_extended_span,
    name_with_months,
    past_periods,
    typed_figures_of_book,
    value_in_same_unit,
)
from kenpo_xl.checks.support.printed_text import printed_lines
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.dates.dates_in_text import dates_in
from kenpo_xl.domain.language.numbers_in_text import numbers_in
from kenpo_xl.domain.numbers.exact import decimal_text
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.results.facts import Fact
from kenpo_xl.domain.results.figures import Figure, TableFigures
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.time.span import Accumulation, Span

# Smaller numbers are equal by chance; a state of the same size stays what it is.
_LEAST_TOTAL, _LEAST, _LEAST_STATE = 10, 100, 1000
# 48000 is a number that an office chooses, 48213 one that it counts.
_COUNTED_DIGITS = 3
# So many figures of a table that are all equal are one finding.
_WHOLE_TABLE = 3


@frozen
class _Equal:
    """A figure with the other place that holds its value: in the same book, or an earlier report's."""

    figure: Figure
    other: str
    source: Source | None = None


_Compared = tuple[Figure, _Equal | None]
_Key = Callable[[Figure], tuple[str, ...]]


@rule(
    "TI12",
    Family.HISTORY,
    Severity.WARNING,
    "累計が前の期の報告と同じ値のままです",
    why="基準月だけを進めて数値を直し忘れると、前の期の数が新しい月の数として印刷されます。",
    remedy="この期の数か確かめ、古いままであれば入れ直してください。その後増えていなければ、理由を残してください。",
    needs=Requirement.HISTORY,
    superseded_by=WRONG_AS_OF_MONTH,
)
def total_is_last_quarters(context: CheckContext) -> Iterator[Violation]:
    """A running count or sum is the same as in the newest report, which covers fewer months.

    Silent below 10, for states and rates, where two earlier reports gave it too, and where a line of the
    item dates it before (9月5日に18,909件を発送). A whole table of three figures or more is one finding.
    """
    compared: list[_Compared] = []
    for figure in typed_figures_of_book(context):
        span = context.figures.span_of_figure(figure.id)
        if context.plan.fiscal_year.contains(span.last) and _is_filled_flow(context, figure, _LEAST_TOTAL):
            compared.append((figure, _equal_value_in_last_report(context, figure, span)))
    for together in _equal_figures_by_line(compared, lambda one: one.id[:2], least=_WHOLE_TABLE):
        yield _violation_for_copied_figures(context, together)


def _is_filled_flow(context: CheckContext, figure: Figure, least: int) -> bool:
    number = figure.printed_number
    if number is None or number < least or is_stock_level(context, figure):
        return False
    return is_flow_count(context, figure) or is_amount_of_money(context, figure)


def _equal_value_in_last_report(context: CheckContext, figure: Figure, span: Span) -> _Equal | None:
    """The newest report that covers fewer months of the year, if its value is the same."""
    reports = [
        (period, fact)
        for period, fact in past_periods(context).facts_with_identity(str(figure.id), figure.entity)
        if fact.span is not None and is_extended_span(fact.span, span)
    ]
    values = [value_in_same_unit(context, figure, fact) for _, fact in reports[:2]]
    if not values or values[0] != figure.printed_number or values[1:] == values[:1]:
        return None
    period, fact = reports[0]
    if _is_dated_before(context, figure, fact):
        return None
    return _Equal(figure, f"{period.label}の報告（{fact.span}）")


def _is_dated_before(context: CheckContext, figure: Figure, fact: Fact) -> bool:
    """Whether a line of the item gives the number with dates up to the earlier report only."""
    for written in printed_lines(context, figure.id.item):
        dates = [one.month_in(context.plan.fiscal_year) for one in dates_in(written.text) if one.is_possible]
        is_stated = dates and any(one.value == figure.printed_number for one in numbers_in(written.text))
        if is_stated and fact.span and max(dates) <= fact.span.last:
            return True
    return False


@rule(
    "TI13",
    Family.HISTORY,
    Severity.WARNING,
    "今年の数が前年の数と同じです",
    why="前年の行を写して今年の数を入れ忘れると、前年の数が今年の数として印刷されます。",
    remedy="今年の数か確かめ、写したままであれば入れ直してください。本当に同じであれば、理由を残してください。",
    superseded_by=("TI01", "TI12", "TI14", *WRONG_AS_OF_MONTH),
)
def figure_is_last_years(context: CheckContext) -> Iterator[Violation]:
    """A typed figure is that of last year beside it, or that of last year's report for the same months.

    Silent below 100, for states below 1000, rates, averages, round numbers (48,000) and numbers that another
    month has too, and where last year's figure is not that of its report (TI02). A whole row or column of
    two figures or more is one finding.
    """
    then = {
        key: figure
        for table in context.own_tables
        for key, figure in last_year_by_figure(context, table).items()
    }
    constant = _figures_repeated_in_series(context)
    compared: list[_Compared] = []
    for figure in typed_figures_of_book(context):
        span = context.figures.span_of_figure(figure.id)
        key = figure.id, figure.entity
        if context.plan.fiscal_year.contains(span.last) and _is_number_distinctive(context, figure):
            compared.append(
                (figure, None if key in constant else _equal_value_of_last_year(context, figure, then))
            )
    lines: tuple[_Key, ...] = (
        lambda one: (*one.id[:3], one.entity),
        lambda one: (*one.id[:2], one.id.column),
    )
    for together in _equal_figures_by_line(compared, *lines):
        yield _violation_for_copied_figures(context, together)


def _is_number_distinctive(context: CheckContext, figure: Figure) -> bool:
    """Whether a number is so large and so little round that it is hardly equal by chance."""
    number = figure.printed_number
    if number is None or not (is_flow_count(context, figure) or is_amount_of_money(context, figure)):
        return False
    digits = decimal_text(number).replace(".", "").strip("0")
    return len(digits) >= _COUNTED_DIGITS and number >= (
        _LEAST_STATE if is_stock_level(context, figure) else _LEAST
    )


def _equal_value_of_last_year(
    context: CheckContext, figure: Figure, then: dict[tuple[FigureId, str], Figure]
) -> _Equal | None:
    beside = then.get((figure.id, figure.entity))
    if beside is not None:
        if beside.printed_number != figure.printed_number or _differs_from_its_report(context, beside):
            return None
        return _Equal(figure, name_with_months(context, beside), beside.source)
    span = context.figures.span_of_figure(figure.id)
    before = Span(span.first.years_earlier(1), span.last.years_earlier(1), span.kind)
    found = past_periods(context).fact_with_span(str(figure.id), figure.entity, before)
    if found is None or value_in_same_unit(context, figure, found[1]) != figure.printed_number:
        return None
    return _Equal(figure, f"{found[0].label}の報告（{before}）")


def _differs_from_its_report(context: CheckContext, figure: Figure) -> bool:
    """Whether last year's report gave another value for a figure of last year."""
    found = fact_in_last_years_report(context, figure)
    then = value_in_same_unit(context, figure, found[1]) if found else None
    return then is not None and then != figure.printed_number


@rule(
    "TI14",
    Family.HISTORY,
    Severity.WARNING,
    "前の月（四半期）と同じ数です",
    why="前の月の列を写して数を入れ忘れると、前の月の数がその月の数として印刷されます。",
    remedy="その月の数か確かめ、写したままであれば入れ直してください。本当に同じであれば、理由を残してください。",
    superseded_by=("TI01", *WRONG_AS_OF_MONTH),
)
def month_is_repeated(context: CheckContext) -> Iterator[Violation]:
    """The figure of a single month or quarter is that of the one before it in its row or column.

    Silent below 100, for states below 1000, rates and round numbers (48,000), and where another pair of the
    series is equal too: a number of copies stays for months. A whole month of two figures or more is one
    finding.
    """
    compared: list[_Compared] = []
    for table in context.own_tables:
        for series in _series_of_table(context, table):
            pairs = list(_figures_with_period_before(context, series))
            equal = [figure for before, figure in pairs if before.printed_number == figure.printed_number]
            for before, figure in pairs:
                is_same = len(equal) == 1 and equal[0] is figure and _is_number_distinctive(context, figure)
                same = _Equal(figure, name_with_months(context, before), before.source) if is_same else None
                compared.append((figure, same))
    for together in _equal_figures_by_line(
        compared, lambda one: (*one.id[:2], str(context.figures.span_of_figure(one.id)))
    ):
        yield _violation_for_copied_figures(context, together)


def _series_of_table(context: CheckContext, table: TableFigures) -> Iterator[list[Figure]]:
    """The typed figures of this year of each row with months in columns, and the other way round."""
    series: dict[tuple[object, ...], list[Figure]] = {}
    year = context.plan.fiscal_year
    for row in table.rows:
        for column, figure in enumerate(row.figures):
            axes = table.table.rows[row.index], table.table.columns[column]
            span = context.figures.span_of_figure(figure.id)
            is_typed = figure.source is not None and figure.printed_number is not None
            if not is_typed or not year.contains(span.last) or bool(axes[0].months) == bool(axes[1].months):
                continue
            key = ("列", column) if axes[0].months else ("行", row.index, row.entity)
            series.setdefault(key, []).append(figure)
    yield from series.values()


def _figures_with_period_before(
    context: CheckContext, series: list[Figure]
) -> Iterator[tuple[Figure, Figure]]:
    """The figures of a series whose months follow one another, with the one before."""
    ordered = sorted(series, key=lambda one: context.figures.span_of_figure(one.id).last)
    for before, figure in pairwise(ordered):
        spans = [context.figures.span_of_figure(one.id) for one in (before, figure)]
        follows = spans[0].last.next == spans[1].first
        if follows and spans[1].kind in (Accumulation.MONTH, Accumulation.CUMULATIVE, Accumulation.MOMENT):
            yield before, figure


def _figures_repeated_in_series(context: CheckContext) -> set[tuple[FigureId, str]]:
    """The figures of series of months whose number another month of the series has too."""
    found: set[tuple[FigureId, str]] = set()
    for table in context.own_tables:
        for series in _series_of_table(context, table):
            times = Counter(figure.printed_number for figure in series)
            found.update((one.id, one.entity) for one in series if times[one.printed_number] > 1)
    return found


def _equal_figures_by_line(
    compared: Sequence[_Compared], *keys: _Key, least: int = 2
) -> Iterator[list[_Equal]]:
    """The equal figures: those of a line (by a key) of which all are equal together, the others alone."""
    left = [equal for _, equal in compared if equal]
    for key in keys:
        lines: dict[tuple[str, ...], list[_Equal | None]] = {}
        for figure, equal in compared:
            lines.setdefault(key(figure), []).append(equal if equal in left else None)
        for line in lines.values():
            whole = [equal for equal in line if equal]
            if len(whole) == len(line) >= least:
                left = [one for one in left if one not in whole]
                yield whole
    yield from ([one] for one in left)


def _violation_for_copied_figures(context: CheckContext, together: Sequence[_Equal]) -> Violation:
    """One violation for figures that are equal together, at the first of them."""
    first, *others = together
    figure, source = first.figure, first.figure.source
    assert source is not None
    cells = [one.figure.source for one in others if one.figure.source]
    more = f"（{'、'.join(cell.cell for cell in cells)} も同じ）" if cells else ""
    place = f"（{first.source.cell}）" if first.source else ""
    value = value_text(context, figure)
    return Violation(
        source,
        figure.identity_with_entity,
        f"{name_with_months(context, figure)}は {value} で、{first.other}{place}と同じ値です{more}。",
        actual=value,
        related=(first.source,) if first.source else (),
        explains=tuple(cells),
    )

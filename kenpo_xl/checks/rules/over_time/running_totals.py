"""Rules on running totals (累計) that decrease from month to month (時系列)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import ANY_OTHER, Requirement, rule
from kenpo_xl.checks.support.figure_wording import table_of_figure, value_text
from kenpo_xl.checks.support.flows import is_amount_of_money, is_flow_count, is_named_mean, is_stock_level
from kenpo_xl.checks.support.names.named_figures import figure_of_whole_year_before, figure_of_year_before
from kenpo_xl.checks.support.past_reports import (
    WRONG_AS_OF_MONTH,
    axes_of_cell,
    is_extended_span,
    name_with_months,
    past_periods,
    typed_figures_of_book,
    value_in_same_unit,
)
from kenpo_xl.checks.support.sentences.series import Series, printed_number, series_of_figure
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.plan.table import Axis, CellKind
from kenpo_xl.domain.results.figures import Figure, TableFigures
from kenpo_xl.domain.time.fiscal_calendar import Month
from kenpo_xl.domain.time.span import Accumulation, Span

_FEWEST_BEFORE, _SMALLEST_TOTAL = 2, 30
_HINT = "累計でない数や、別の欄の数ではないか確かめてください。訂正であれば、「指摘」に理由を入れてください。"


@rule(
    rule_codes.FALL_SINCE_REPORT,
    Family.HISTORY,
    Severity.WARNING,
    "累計が前の期より減っています",
    why="年度の初めからの件数や人数は、月が進めば増えるか同じになります。",
    remedy="累計でない数や、別の行の数を入れていないか確かめてください。",
    needs=Requirement.HISTORY,
    superseded_by=(rule_codes.NEGATIVE_COUNT, rule_codes.FALL_WITHIN_TABLE, *WRONG_AS_OF_MONTH),
)
def cumulative_falls_since_report(context: CheckContext) -> Iterator[Violation]:
    """A running count is smaller than in the newest report, which covers fewer months.

    Whole numbers of things that are counted (件, 人, 社 …), and money that falls by more than the threshold
    (money is corrected now and then); not rates
    or averages, nor what the plan or its own row or column calls a state (末, 時点, 対象者数).
    Equal is no fall (TI12).
    """
    correction = context.threshold(rule_codes.FALL_SINCE_REPORT)
    for figure in typed_figures_of_book(context):
        span = context.figures.span_of_figure(figure.id)
        if not _is_running_count(context, figure, span) or not context.plan.fiscal_year.contains(span.last):
            continue
        for period, fact in past_periods(context).facts_with_identity(str(figure.id), figure.entity):
            then = value_in_same_unit(context, figure, fact)
            if then is None or fact.span is None or not is_extended_span(fact.span, span):
                continue
            if _falls_beyond_correction(context, figure, then, correction):
                yield from _fall_violations(context, figure, then, f"{period.label}の報告（{fact.span}）")
            break


@rule(
    rule_codes.FALL_WITHIN_TABLE,
    Family.HISTORY,
    Severity.WARNING,
    "累計が途中の月で減っています",
    why="年度の初めからの件数や人数は、月が進めば増えるか同じになります。",
    remedy="その月だけの数や、別の月の数を入れていないか確かめてください。",
)
def cumulative_falls_within_table(context: CheckContext) -> Iterator[Violation]:
    """In a row or column of running counts (累計) a later month is smaller than an earlier one.

    Needs no history; the same counts as TI04. Equal is no fall.
    """
    correction = context.threshold(rule_codes.FALL_WITHIN_TABLE)
    for found in _series_of_running_counts(context):
        for (earlier, before), (later, figure) in pairwise(sorted(found, key=lambda one: one[0].last)):
            if before.printed_number is None or figure.printed_number is None or earlier.last == later.last:
                continue
            if _falls_beyond_correction(context, figure, before.printed_number, correction):
                yield from _fall_violations(
                    context, figure, before.printed_number, f"{earlier.last.number}月まで"
                )


@rule(
    "TI18",
    Family.HISTORY,
    Severity.WARNING,
    "月や四半期の数に、年度の初めからの累計が入っているようです",
    why="月ごとや四半期ごとの欄に累計を入れると、合計にも前の月の数が 2 度入ります。",
    remedy="その月や四半期だけの数か確かめ、累計であれば入れ直してください。",
    superseded_by=(rule_codes.ODD_SIZE,),
)
def running_total_in_single_period(context: CheckContext) -> Iterator[Violation]:
    """A number of one month or quarter is about the sum of all those before it and a usual one.

    It has two periods and more before it, is 2.2 times the largest of them, and was not so last year. Behind
    a single one, it is by itself about what last year's total gives for the months so far, and makes with the
    one before it 1.4 times that.
    """
    for found in context.own_tables:
        for figure in _possible_totals(found):
            series = series_of_figure(context, figure)
            if (
                series is None
                or series.is_running
                or not _is_flow_of_one_month(context, figure)
                or figure.source is None
            ):
                continue
            before = _values_before(series, figure)
            if _is_near_sum_of_values_before(figure, before) and _is_rise_unusual(context, figure, before):
                total = sum(before, Decimal(0))
                yield Violation(
                    figure.source,
                    figure.identity_with_entity,
                    f"{name_with_months(context, figure)}は {value_text(context, figure)} ですが、"
                    f"その前までの計 {value_text(context, figure, total)} を含む累計のようです。",
                    "その月や四半期だけの数か確かめてください。",
                    value_text(context, figure),
                )


@rule(
    "TI28",
    Family.HISTORY,
    Severity.INFO,
    "月や四半期の数が、その前までの計より多くなっています",
    why="月ごとや四半期ごとの欄に累計を入れると、合計にも前の月の数が 2 度入ります。",
    remedy="その月や四半期だけの数か確かめてください。そうであれば、このままで構いません。",
    superseded_by=(ANY_OTHER,),
)
def single_period_is_more_than_all_before(context: CheckContext) -> Iterator[Violation]:
    """A number of one month or quarter is at least the sum of two or more before it, and not much more.

    It is 1.6 times the largest of them, and was not so last year.
    """
    for found in context.own_tables:
        for figure, above in _figures_with_those_before(found):
            series = (
                series_of_figure(context, figure) if _may_figure_be_running_total(figure, above) else None
            )
            if (
                series is None
                or series.is_running
                or not _is_flow_of_one_month(context, figure)
                or figure.source is None
            ):
                continue
            before = _values_before(series, figure)
            if _may_figure_be_running_total(figure, before) and not _rose_so_in_last_year(
                context, figure, before
            ):
                total = value_text(context, figure, sum(before, Decimal(0)))
                yield Violation(
                    figure.source,
                    figure.identity_with_entity,
                    f"{name_with_months(context, figure)}は {value_text(context, figure)} ですが、"
                    f"その前までを足しても {total} です。",
                    "その月や四半期だけの数か確かめてください。",
                    value_text(context, figure),
                )


def _may_figure_be_running_total(figure: Figure, before: Sequence[Decimal]) -> bool:
    """Whether a figure is between the sum of those before it and that with one and a half more."""
    now, total = figure.printed_number, sum(before, Decimal(0))
    if now is None or len(before) < _FEWEST_BEFORE or total < _SMALLEST_TOTAL:
        return False
    most = total + total / len(before) * Decimal("1.5")
    return now >= max(before) * Decimal("1.6") and total <= now <= most


def _is_flow_of_one_month(context: CheckContext, figure: Figure) -> bool:
    """Whether a figure counts things or money, and is no level of a stock."""
    if is_amount_of_money(context, figure) and is_named_mean(context, figure):
        return False
    return (is_flow_count(context, figure) or is_amount_of_money(context, figure)) and not is_stock_level(
        context, figure
    )


def _lines_with_axes(found: TableFigures) -> Iterator[tuple[Sequence[Figure], Sequence[Axis]]]:
    """The figures of each row with the columns of the table, and of each column with the rows."""
    rows = [row.figures for row in found.rows]
    yield from ((row, found.table.columns) for row in rows)
    yield from ((line, found.table.rows) for line in zip(*rows, strict=False))


def _possible_totals(found: TableFigures) -> Iterator[Figure]:
    """The typed figures that look like the total of those before them in their row or column of months."""
    return (
        one for one, before in _figures_with_those_before(found) if _is_near_sum_of_values_before(one, before)
    )


def _figures_with_those_before(found: TableFigures) -> Iterator[tuple[Figure, Sequence[Decimal]]]:
    """The typed figures of rows and columns of months, each with the numbers before it."""
    for line, axes in _lines_with_axes(found) if found.table.repeating is None else ():
        before: list[Decimal] = []
        for figure, axis in zip(line, axes, strict=False):
            if figure.cell.kind is CellKind.TYPED and axis.months is not None:
                yield figure, tuple(before)
            if figure.printed_number is not None:
                before.append(figure.printed_number)


def _values_before(series: Series, figure: Figure) -> list[Decimal]:
    """The numbers of a series before a figure."""
    order = list(series.figures.values())
    at = next((place for place, one in enumerate(order) if one is figure), 0)
    return [printed_number(one) for one in order[:at]]


def _is_near_sum_of_values_before(figure: Figure, before: Sequence[Decimal]) -> bool:
    now, total = figure.printed_number, sum(before, Decimal(0))
    if now is None or not before or total < _SMALLEST_TOTAL:
        return False
    usual, least = total / len(before), Decimal("1.6") if len(before) < _FEWEST_BEFORE else Decimal("2.2")
    return now >= max(before) * least and usual / 2 <= now - total <= usual * Decimal("1.5")


def _is_rise_unusual(context: CheckContext, figure: Figure, before: list[Decimal]) -> bool:
    """Whether the year before shows no such rise; behind a single period, that the sum would be too large."""
    if len(before) >= _FEWEST_BEFORE:
        return not _rose_so_in_last_year(context, figure, before)
    then, span = figure_of_whole_year_before(context, figure), context.figures.span_of_figure(figure.id)
    year = context.plan.fiscal_year
    if then is None or context.figures.span_of_figure(then.id).first != (year - 1).first:
        return False
    share = printed_number(then) * (year.place_of(span.last.number) + 1) / len(year.months)
    now = printed_number(figure)
    return share * Decimal("0.75") <= now <= share * Decimal("1.25") and now + before[0] >= share * Decimal(
        "1.4"
    )


def _rose_so_in_last_year(context: CheckContext, figure: Figure, before: list[Decimal]) -> bool:
    """Whether the same period of the year before was far above a usual one too."""
    then = figure_of_year_before(context, figure)
    return then is not None and printed_number(then) >= max(before) * 2


def _series_of_running_counts(context: CheckContext) -> Iterable[list[tuple[Span, Figure]]]:
    """The running counts of each row or column, with their spans."""
    series: dict[tuple[str, str, str, Month], list[tuple[Span, Figure]]] = {}
    for figure in typed_figures_of_book(context):
        span = context.figures.span_of_figure(figure.id)
        if not figure.entity and _is_running_count(context, figure, span):
            for line in _month_series_names(context, figure):
                key = (figure.id.item, figure.id.table, line, span.first)
                series.setdefault(key, []).append((span, figure))
    return series.values()


def _is_running_count(context: CheckContext, figure: Figure, span: Span) -> bool:
    """Whether a figure counts things or money from April on, and is no level of a stock."""
    if (
        span.kind not in (Accumulation.CUMULATIVE, Accumulation.YEAR)
        or span.first.number != context.plan.fiscal_year.first_month
    ):
        return False
    return _is_flow_of_one_month(context, figure)


def _falls_beyond_correction(
    context: CheckContext, figure: Figure, before: Decimal, percent: Decimal
) -> bool:
    """Whether a figure is smaller than before; of money by more than a correction of so many percent."""
    now = figure.printed_number
    correction = percent / 100 if is_amount_of_money(context, figure) else 0
    return now is not None and now < before * (1 - correction)


def _month_series_names(context: CheckContext, figure: Figure) -> Iterator[str]:
    """The row or column along which the months of a figure go on."""
    table = table_of_figure(context, figure)
    row, column = axes_of_cell(table, *table.positions[figure.id])
    if column.months and not row.months:
        yield f"行 {figure.id.row}"
    if row.months and not column.months:
        yield f"列 {figure.id.column}"


def _fall_violations(
    context: CheckContext, figure: Figure, earlier_value: Decimal, earlier_period: str
) -> Iterator[Violation]:
    if figure.source is not None:
        now, before = value_text(context, figure), value_text(context, figure, earlier_value)
        message = (
            f"{name_with_months(context, figure)}は {now} で、{earlier_period}の {before} より減っています。"
        )
        yield Violation(figure.source, figure.identity_with_entity, message, _HINT, now, before)

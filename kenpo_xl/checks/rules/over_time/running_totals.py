"""Rules on running totals (累計) that decrease from month to month (時系列)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import Requirement, rule
from kenpo_xl.checks.support.figure_wording import table_of, value_text
from kenpo_xl.checks.support.flows import is_count, is_money, is_state
from kenpo_xl.checks.support.past_reports import (
    WRONG_AS_OF_MONTH,
    axes_of_cell,
    extends_span,
    name_with_months,
    past_periods,
    typed_figures_of_book,
    value_in_same_unit,
)
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.results.figures import Figure
from kenpo_xl.domain.time.fiscal_calendar import MONTHS_OF_FISCAL_YEAR, Month
from kenpo_xl.domain.time.span import Accumulation, Span

_HINT = "累計でない数や、別の欄の数ではないか確かめてください。訂正であれば、「指摘」に理由を入れてください。"


@rule(
    rule_codes.FALL_SINCE_REPORT,
    Family.HISTORY,
    Severity.WARNING,
    "累計が前の期より減っています",
    why="年度の初めからの件数や人数は、月が進めば増えるか同じになります。",
    remedy="累計でない数や、別の行の数を入れていないか確かめてください。",
    needs=Requirement.HISTORY,
    superseded_by=(rule_codes.FALL_WITHIN_TABLE, *WRONG_AS_OF_MONTH),
)
def cumulative_falls(context: CheckContext) -> Iterator[Violation]:
    """A running count is smaller than in the newest report, which covers fewer months.

    Whole numbers of things that are counted (件, 人, 社 …), and money that falls by more than the threshold
    (money is corrected now and then); not rates
    or averages, nor what the plan or its own row or column calls a state (末, 時点, 対象者数).
    Equal is no fall (TI12).
    """
    correction = context.threshold(rule_codes.FALL_SINCE_REPORT)
    for figure in typed_figures_of_book(context):
        span = context.figures.span_of_figure(figure.id)
        if not _is_running_count(context, figure, span) or span.fiscal_year != context.plan.fiscal_year:
            continue
        for period, fact in past_periods(context).facts_with_identity(str(figure.id), figure.entity):
            then = value_in_same_unit(context, figure, fact)
            if then is None or fact.span is None or not extends_span(fact.span, span):
                continue
            if _falls(context, figure, then, correction):
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
            if _falls(context, figure, before.printed_number, correction):
                yield from _fall_violations(
                    context, figure, before.printed_number, f"{earlier.last.number}月まで"
                )


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
        or span.first.number != MONTHS_OF_FISCAL_YEAR[0]
    ):
        return False
    is_counted = is_count(context, figure) or is_money(context, figure)
    return is_counted and not is_state(context, figure)


def _falls(context: CheckContext, figure: Figure, before: Decimal, percent: Decimal) -> bool:
    """Whether a figure is smaller than before; of money by more than a correction of so many percent."""
    now = figure.printed_number
    correction = percent / 100 if is_money(context, figure) else 0
    return now is not None and now < before * (1 - correction)


def _month_series_names(context: CheckContext, figure: Figure) -> Iterator[str]:
    """The row or column along which the months of a figure go on."""
    table = table_of(context, figure)
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

"""Which months a figure of a table covers, and how: from the words of its row and its column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.plan.placeholders import UP_TO, YearRole
from kenpo_xl.domain.plan.table import Axis, CellKind, Table
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, Month
from kenpo_xl.domain.time.span import Accumulation, Span, Years

LAST_YEAR = (YearRole.SAME_PERIOD, YearRole.YEAR_END)
# What the words of a header say, the first that is found counts: `{年度}（{基準月}現在）` is the year so far.
_WORDS = (
    (AnyOf("まで|累計"), Accumulation.CUMULATIVE),
    (AnyOf("末|時点|{基準日}"), Accumulation.MOMENT),
    (AnyOf("{年度}|{年度略}"), Accumulation.CUMULATIVE),
    (AnyOf("現在"), Accumulation.MOMENT),
    (AnyOf("{年月}|{基準年月}|{前年同月}"), Accumulation.MONTH),
)
# Row and column may both name a time: 期末残高 of {年度}（{基準月}まで） is that of a moment.
_STRONGEST = (Accumulation.MOMENT, Accumulation.MONTH, Accumulation.CUMULATIVE)


def span_of_cell(table: Table, row: int, column: int, fiscal_year: FiscalYear, as_of: int) -> Span:
    """The span of a body cell in a plan of `fiscal_year`; `as_of` is its as-of month (1 to 12).

    A kind in the name frame counts before the header. A header that names months covers them, 通期 in the
    course of the year those up to the as-of month. 前年度末 is the whole year before, or its last month
    where its table is about moments. 計画値 are those of the whole year. What names no time itself, such
    as 全国平均 beside {年月}, is read as this year's row or column beside it.
    """
    axes = (table.columns[column], table.rows[row])
    years = years_in_headers(axes)
    year = _year_of_cell(axes, years, fiscal_year)
    stated = _stated_accumulation(axes)
    named = _span_of_named_time(axes, years or Years(year, year), fiscal_year, stated)
    if named is not None:
        return named
    kind = stated or _decisive_accumulation(
        [_accumulation_of_axis(table.columns, axes[0]), _accumulation_of_axis(table.rows, axes[1])]
    )
    if _is_past_year(axes, years, fiscal_year):
        whole = Accumulation.MOMENT if kind is Accumulation.MOMENT else Accumulation.YEAR
        return _span_up_to(year.last, year, stated or whole)
    if table.cells[row][column].kind is CellKind.FIXED:
        return _span_up_to(year.last, year, stated or Accumulation.YEAR)
    return _span_up_to(year.month(as_of), year, kind or Accumulation.CUMULATIVE)


def _year_of_cell(axes: Sequence[Axis], years: Years | None, fiscal_year: FiscalYear) -> FiscalYear:
    """The year that headers name by number, else this one, or the one before."""
    if years:
        return fiscal_year.at(years.last)
    return fiscal_year - any(effective_year_role(axis) in LAST_YEAR for axis in axes)


def _stated_accumulation(axes: Sequence[Axis]) -> Accumulation | None:
    return next((axis.kind for axis in axes if axis.kind), None)


def _span_of_named_time(
    axes: Sequence[Axis], years: Years, fiscal_year: FiscalYear, stated: Accumulation | None
) -> Span | None:
    """The span of the months or of the several years that headers name; None for any other cell."""
    named = next((axis.months for axis in axes if axis.months), None)
    if named and (named != fiscal_year.whole or years.last != fiscal_year):
        kind = stated or _accumulation_of_named_months(axes, named)
        return _span_of_months(*months_in_years(years, named, fiscal_year), fiscal_year, kind)
    if years.first == years.last:
        return None
    first, last = fiscal_year.at(years.first).first, fiscal_year.at(years.last).last
    return _span_of_months(first, last, fiscal_year, stated or Accumulation.CUMULATIVE)


def _is_past_year(axes: Sequence[Axis], years: Years | None, fiscal_year: FiscalYear) -> bool:
    """Whether a cell is of the whole of another year: 前年度末, or one that is named without {基準月}."""
    if any(effective_year_role(axis) is YearRole.YEAR_END for axis in axes):
        return True
    return years is not None and years.last != fiscal_year and not any(map(is_year_to_date, axes))


def whole_year_span(fiscal_year: FiscalYear) -> Span:
    """The whole of a fiscal year."""
    return _span_up_to(fiscal_year.last, fiscal_year, Accumulation.YEAR)


def year_to_date_span(last: Month, fiscal_year: FiscalYear) -> Span:
    """The fiscal year of a month up to and with it; `fiscal_year` is one of the plan's."""
    return _span_up_to(last, fiscal_year, Accumulation.CUMULATIVE)


def years_in_headers(axes: Sequence[Axis]) -> Years | None:
    """The years that the headers of a cell name by number, None where they name none.

    前年同期 beside 令和5年度 is the year before that.
    """
    years = next((axis.years for axis in axes if axis.years), None)
    if years and any(axis.years is None and effective_year_role(axis) in LAST_YEAR for axis in axes):
        return replace(years, first=years.first - 1, last=years.last - 1)
    return years


def months_in_years(years: Years, months: tuple[int, int], fiscal_year: FiscalYear) -> tuple[Month, Month]:
    """The first and the last of the months that a header names, in the years that it is of.

    `fiscal_year` is one of the plan's.

    The last one lies in the year; the first is the nearest before it, so that 1～12月 of fiscal 2024 begin
    with January 2024 and 3～2月 with March 2024. A calendar year whose months go over its end begins in it.
    """
    first, last = months
    in_calendar = Month(years.last + (first > last), last)
    end = in_calendar if years.calendar else fiscal_year.at(years.last).month(last)
    if years.first != years.last and not years.calendar:
        return fiscal_year.at(years.first).month(first), end
    return Month(end.year - (first > last), first), end


def _span_up_to(last: Month, fiscal_year: FiscalYear, kind: Accumulation) -> Span:
    """The span of a kind from the first month of the year of a month up to it."""
    return _span_of_months(fiscal_year.of(last).first, last, fiscal_year, kind)


def _span_of_months(first: Month, last: Month, fiscal_year: FiscalYear, kind: Accumulation) -> Span:
    """The span of a kind from its months; the year so far is the whole of it when it ends."""
    year, is_year = fiscal_year.of(last), first == last.years_earlier(1).next
    match kind:
        case Accumulation.MONTH | Accumulation.MOMENT:
            first = last
        case Accumulation.YEAR if not is_year:
            first, last = year.first, year.last
        case Accumulation.CUMULATIVE:
            first = year.first if first == last else first
            kind = Accumulation.YEAR if first == last.years_earlier(1).next else kind
    return Span(first, last, kind)


def _names_period_end(words: str) -> bool:
    return "末" in words and "まで" not in words


def _accumulation_of_named_months(axes: Sequence[Axis], months: tuple[int, int]) -> Accumulation:
    """The kind of named months: as the words beside them say (10月現在, 令和6年10月末), else by their number.

    令和6年度（10月現在） is the year so far.
    """
    first, last = months
    for axis in axes:
        words = "".join(axis.labels) if axis.months else ""
        if "時点" in words or (_names_period_end(words) and (axis.years or first != last)):
            return Accumulation.MOMENT
        if "現在" in words:
            return Accumulation.CUMULATIVE if "年度" in words else Accumulation.MOMENT
    return Accumulation.MONTH if first == last else Accumulation.CUMULATIVE


def effective_year_role(axis: Axis) -> YearRole | None:
    """The year that an axis names; 参考 and その他 name none, so that their headers do."""
    return axis.header_year_role if axis.year_role in (YearRole.REFERENCE, YearRole.OTHER) else axis.year_role


def is_year_to_date(axis: Axis) -> bool:
    """Whether a header means a part of its year, up to the as-of month: it contains {基準月}."""
    return any(UP_TO in label for label in axis.labels)


def _accumulation_of_axis(axes: Sequence[Axis], own: Axis) -> Accumulation | None:
    """What an axis says of its kind, else what all of this year beside it say."""
    kind = _accumulation_in_labels(own)
    if kind or own.year_role in (None, YearRole.CURRENT):
        return kind
    beside = {_accumulation_in_labels(axis) for axis in axes if axis.year_role is YearRole.CURRENT}
    return beside.pop() if len(beside) == 1 else None


def _accumulation_in_labels(axis: Axis) -> Accumulation | None:
    return axis.kind or _accumulation_in_words("".join(axis.labels))


@lru_cache(maxsize=1_024)
def _accumulation_in_words(header: str) -> Accumulation | None:
    """The kind that the words of a header say, which every cell below it asks for."""
    return next((kind for stated, kind in _WORDS if stated.is_in(header)), None)


def _decisive_accumulation(kinds: Sequence[Accumulation | None]) -> Accumulation | None:
    return next((kind for kind in _STRONGEST if kind in kinds), None)

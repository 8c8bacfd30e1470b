"""Years and months of a drawn header, and warnings about ambiguous or fixed ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kenpo_xl.domain.plan.figure_span import months_in_years
from kenpo_xl.domain.plan.named_years import (
    each_year_named_in,
    normalized_header,
    year_offset_named_in,
    years_and_months_in_header,
)
from kenpo_xl.domain.plan.placeholders import (
    PLACEHOLDER,
    UP_TO,
    YearRole,
    with_offset_years,
    year_role_of_placeholders,
)
from kenpo_xl.domain.plan.table import Axis
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, Month, fiscal_year_text, months_in_header
from kenpo_xl.domain.time.span import Accumulation, Years

# 前年同期, 昨年度の同じ時期, 同年同月; in a header of {前年度} also 同期 alone. 前年同期比 names no year.
_SAME = r"同(?:じ)?(?:期間?|月|時期|四半期)(?!\s*(?:対?比|増減|差|から|より|と))"
_LAST_YEARS_PERIOD = re.compile(rf"(?:(?:前|昨)年度?の?|同年){_SAME}")
_SAME_PERIOD = re.compile(_SAME)
# From this number of numbered years on, the headers of one side are a series: each keeps its year.
_SERIES = 3
_MONTHS_BY_NUMBER = re.compile(r"\d月")
_UP_TO_MONTH = re.compile(r"(?<![\d~～〜])\d+月(?:まで|現在|時点)")
_ROLES = {0: YearRole.CURRENT, 1: YearRole.YEAR_END}
_ERA_LETTER = re.compile(r"(?<![A-Za-z])[RHS]\.?\d")


def axis_from_header(
    name: str, labels: tuple[str, ...], words: Sequence[str], fiscal_year: FiscalYear
) -> Axis:
    """The axis of a header; `words` of its name frame take precedence."""
    stated = next((YearRole(word) for word in words if word in list(YearRole)), None)
    kind = next((Accumulation(word) for word in words if word in list(Accumulation)), None)
    written = [with_offset_years(label, fiscal_year) for label in labels]
    years, months = _years_named_in(written, fiscal_year), _first_and_last_month(written, fiscal_year)
    if stated not in (None, YearRole.REFERENCE, YearRole.OTHER) or any(
        map(year_role_of_placeholders, labels)
    ):
        years = None
    axis = Axis(name, labels, stated, months, kind, years)
    return _with_year_role(axis, stated, fiscal_year)


def _with_year_role(axis: Axis, stated: YearRole | None, fiscal_year: FiscalYear) -> Axis:
    named = _year_role_of_years(axis, fiscal_year) if axis.years else _year_role(axis.labels)
    return replace(axis, year_role=stated or named, header_year_role=named)


def _years_named_in(labels: Sequence[str], fiscal_year: FiscalYear) -> Years | None:
    named = (years_and_months_in_header(label, fiscal_year) for label in reversed(labels))
    return next((found.years for found in named if found), None)


def _first_and_last_month(labels: Sequence[str], fiscal_year: FiscalYear) -> tuple[int, int] | None:
    """First and last month that the headers name, the innermost first."""
    for label in reversed(labels):
        single = PLACEHOLDER.fullmatch(label.strip("（）() "))
        plain = unicodedata.normalize("NFKC", single[1] if single else label).replace("前年", "")
        dated = years_and_months_in_header(label, fiscal_year)
        found = dated.months if dated else months_in_header(plain, fiscal_year)
        if found:
            return found
    return None


def _year_role(labels: Sequence[str]) -> YearRole | None:
    """The year role by the placeholders of a header, or its words for last year.

    {前年度} up to {基準月} is 前年同期 too.
    """
    year_role = next(filter(None, map(year_role_of_placeholders, labels)), None)
    words = "".join(PLACEHOLDER.sub("", label) for label in labels)
    is_part = _SAME_PERIOD.search(words) or any(UP_TO in label for label in labels)
    if year_role is None:
        offsets = map(year_offset_named_in, reversed(labels))
        year_role = _ROLES.get(next((offset for offset in offsets if offset is not None), -1))
    if _LAST_YEARS_PERIOD.search(words) or (year_role is YearRole.YEAR_END and is_part):
        return YearRole.SAME_PERIOD
    return year_role


def _year_role_of_years(axis: Axis, fiscal_year: FiscalYear) -> YearRole:
    """The role of stated years: 当年 for the plan's year, 前年 for the one before, else その他."""
    assert axis.years is not None
    if axis.years.first != axis.years.last or axis.years.last not in (fiscal_year, fiscal_year - 1):
        return YearRole.OTHER
    if axis.years.last == fiscal_year:
        return YearRole.CURRENT
    words = "".join(axis.labels)
    is_part = axis.months is not None or UP_TO in words or _SAME_PERIOD.search(words)
    return YearRole.SAME_PERIOD if is_part else YearRole.YEAR_END


def with_resolved_years(
    axes: Sequence[Axis], others: Sequence[Axis], fiscal_year: FiscalYear
) -> tuple[Axis, ...]:
    """The axes of one side, each 令和6年 resolved to a calendar or fiscal year.

    Above 1月 to 12月, or above 4月 to 12月 beside 令和7年 above 1月 to 3月, it is a calendar year; above 4月
    to 3月, and without a month by number, the fiscal year.
    """
    return tuple(_with_resolved_year(axis, axes, others, fiscal_year) for axis in axes)


def _with_resolved_year(
    axis: Axis, axes: Sequence[Axis], others: Sequence[Axis], fiscal_year: FiscalYear
) -> Axis:
    if axis.years is None or not axis.years.calendar:
        return axis
    years, beside = axis.years, _first_months_of_same_year(axis, axes, others)
    if not beside or _crosses_new_year(beside, fiscal_year):
        years = Years(years.first, years.last)
    elif axis.months and _has_months(axis):
        year = fiscal_year.of(months_in_years(years, axis.months, fiscal_year)[1])
        years = Years(year, year)
    stated = axis.year_role if axis.year_role is not axis.header_year_role else None
    return _with_year_role(replace(axis, years=years), stated, fiscal_year)


def _first_months_of_same_year(axis: Axis, axes: Sequence[Axis], others: Sequence[Axis]) -> list[int]:
    """The first months of headers of the same year, else of the other side."""
    own = [one for one in axes if one.years == axis.years and _has_months(one)]
    return [one.months[0] for one in own or filter(_has_months, others) if one.months]


def _has_months(axis: Axis) -> bool:
    return axis.months is not None and bool(_MONTHS_BY_NUMBER.search(normalized_header("".join(axis.labels))))


def _crosses_new_year(months: Sequence[int], fiscal_year: FiscalYear) -> bool:
    """Whether a month of the calendar year in which a fiscal year ends follows one in which it begins."""
    later = [at for at, month in enumerate(months) if month >= fiscal_year.first_month]
    return bool(later) and any(month < fiscal_year.first_month for month in months[later[0] :])


def header_warnings(axis: Axis, drawn: Axis, axes: Sequence[Axis], fiscal_year: FiscalYear) -> Iterator[str]:
    """Warnings about a header; `drawn`: the axis before resolution, `axes`: its side."""
    if drawn.years and axis.years and drawn.years != axis.years and not _has_months(axis):
        yield from _ambiguous_year_warnings(drawn.years, axis.years, fiscal_year)
        return
    two_years = list(_two_year_warnings(axis, fiscal_year))
    yield from two_years
    if axis.months and axis.kind is None and _begins_before_year(axis.months, fiscal_year):
        yield _before_year_message(axis, fiscal_year)
    if not two_years and not _is_valid_in_later_years(axis, axes):
        yield from _outdated_soon_warnings(axis, fiscal_year)


def _is_valid_in_later_years(axis: Axis, axes: Sequence[Axis]) -> bool:
    """Whether a header of a year stays valid: a calendar year, or one of a series of years."""
    is_calendar = axis.years is not None and axis.years.calendar
    return is_calendar or len({one.years for one in axes if one.years}) >= _SERIES


def _outdated_soon_warnings(axis: Axis, fiscal_year: FiscalYear) -> Iterator[str]:
    for label in axis.labels:
        offer = suggested_placeholder(label, fiscal_year)
        if offer:
            yield f"見出し「{label}」の年月は次の期に合わなくなります。{offer} を使ってください。"


def _ambiguous_year_warnings(named: Years, taken: Years, fiscal_year: FiscalYear) -> Iterator[str]:
    first, last = fiscal_year.whole
    if first > last:  # a fiscal year that is no calendar year
        yield (
            f"見出しの「{named}」は{taken}（{first}月～翌年{last}月）と読みました。"
            f"年度のことなら「{taken}」、暦年のことなら「{named}1～12月」と書いてください"
            "（毎年動く見出しは {年度}、{前年度} です）。"
        )


def _two_year_warnings(axis: Axis, fiscal_year: FiscalYear) -> Iterator[str]:
    for label in axis.labels:
        years = {one.last for one in each_year_named_in(label)}
        if (
            len(years) > 1
            and years_and_months_in_header(label, fiscal_year) is None
            and axis.year_role is None
        ):
            yield (
                f"見出し「{label}」には年が 2 つあり、どの年の数か決まりません。"
                "名札に 当年、前年同期、前年度末、その他 のどれかを入れてください。"
            )


def _begins_before_year(months: tuple[int, int], fiscal_year: FiscalYear) -> bool:
    """Whether months begin before the fiscal year that they end in."""
    first, last = map(fiscal_year.place_of, months)
    return first > last


def _before_year_message(axis: Axis, fiscal_year: FiscalYear) -> str:
    assert axis.months is not None
    year = axis.years or Years(fiscal_year - _is_of_last_year(axis), fiscal_year - _is_of_last_year(axis))
    first, last = months_in_years(year, axis.months, fiscal_year)
    return (
        f"見出しの {axis.months[0]}～{axis.months[1]}月は {first}～{last} と読みました"
        f"（{fiscal_year_text(fiscal_year.of(last))}の {fiscal_year.first_month} 月より前から始まります）。"
        "違うときは月を直してください。"
    )


def _is_of_last_year(axis: Axis) -> bool:
    return axis.year_role in (YearRole.SAME_PERIOD, YearRole.YEAR_END)


def header_time_missing_in_name(axis: Axis, fiscal_year: FiscalYear) -> str:
    """Years and months of a header that its name does not contain; '' for none."""
    if axis.months and (axis.years or _begins_before_year(axis.months, fiscal_year)):
        years = axis.years or Years(
            fiscal_year - _is_of_last_year(axis), fiscal_year - _is_of_last_year(axis)
        )
        return _month_range_text(*months_in_years(years, axis.months, fiscal_year))
    if axis.years:
        return "" if str(axis.years) in axis.name else str(axis.years)
    if axis.months is None or axis.months == fiscal_year.whole or re.search(r"\d(?:月|四半期)", axis.name):
        return ""
    return "～".join(map(str, axis.months)) + "月"


def _month_range_text(first: Month, last: Month) -> str:
    return str(first) if first == last else f"{first}～{last}"


def suggested_placeholder(label: str, fiscal_year: FiscalYear) -> str | None:
    """The placeholder for a year or month that is outdated next period, else None.

    A year that is neither the plan's nor the one before gets none.
    """
    text = normalized_header(label)
    named = years_and_months_in_header(label, fiscal_year)
    year = named.years if named else next(each_year_named_in(label), None)
    if year is None:
        return UP_TO if _UP_TO_MONTH.search(text) else None
    if year.first != year.last or fiscal_year - year.last not in (0, 1):
        return None
    months = named.months if named and named.months else (0, 1)
    if months[0] == months[1]:
        return _month_placeholders(months[0], is_current=year.last == fiscal_year)
    return _year_placeholder(year, text, is_current=year.last == fiscal_year)


def _month_placeholders(month: int, *, is_current: bool) -> str:
    return f"{{年月}} か {{{month}月}}" if is_current else f"{{前年同月}} か {{前年{month}月}}"


def _year_placeholder(year: Years, text: str, *, is_current: bool) -> str:
    if year.calendar:
        return "{4月}、{5月} など" if is_current else "{前年4月}、{前年5月} など"
    offer = f"{{{'' if is_current else '前'}年度{'略' if _ERA_LETTER.search(text) else ''}}}"
    return f"{offer} と {UP_TO}" if _UP_TO_MONTH.search(text) else offer

"""Totals and means of several months or quarters that sentences state, against the table (整合)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import unit_of
from kenpo_xl.checks.support.number_matching import (
    decimal_places,
    figure_agrees,
    figures_with_number,
    sources_of_other_side,
)
from kenpo_xl.checks.support.sentences.mentions import (
    Mention,
    is_comparable,
    mentions_of_item,
)
from kenpo_xl.checks.support.sentences.named_figures import figures_named
from kenpo_xl.checks.support.sentences.names_behind import noun_behind
from kenpo_xl.checks.support.sentences.series import Series, printed_number, series_of_figure
from kenpo_xl.checks.support.sentences.stated_times import StatedTime, TimeKind
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.language.numbers_in_text import FRACTION
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import HALF_UP, rounded
from kenpo_xl.domain.results.figures import Figure
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear

_OTHER = AnyOf("目標|計画|見込|予定|うち|新規|全国|支部平均|1日|1回|1件|1人|割合|差")
_TOTAL = LazyPattern(
    r"(?:累計|合計|総計|延べ|計|合わせて|あわせて)(?:件数|人数|数)?(?:は|が|で|して)?(?:、)?(?:計)?$"
)
_MEAN = LazyPattern(
    r"(?:(?P<month>月|1か月|各月|毎月の)|(?P<quarter>1?四半期|各四半期|四半期ごとの))(?:当たり)?の?平均(?:で|して|は|すると)*(?:、)?$"
)
_FEWEST = 2


@rule(
    "CO79",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の合計や月平均が、表の月や四半期の数と合いません",
    why="「上期は9,278件」「月平均1,411件」と書けば、読み手は表の数を足して確かめます。",
    remedy="表の数と、文の合計や平均のどれが正しいか確かめて直してください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, rule_codes.NUMBER_DIFFERS_FROM_FIGURE, "CO84"),
)
def total_of_months_differs(context: CheckContext) -> Iterator[Violation]:
    """上期, 5月から12月まで, 累計 or 月平均 of a row whose months or quarters give another number.

    The words name the row and nothing else, and no figure of the item has the number. Silent for rates, 目標
    and うち.
    """
    for item in context.own_items:
        for mention in mentions_of_item(context, item.id):
            if _may_be_total(mention):
                yield from _violation_of_total(context, mention)


def _may_be_total(mention: Mention) -> bool:
    if mention.number.unit in ("", FRACTION) or _OTHER.is_in(mention.words) or not is_comparable(mention):
        return False
    return _is_of_several_months(mention.time) or bool(
        _TOTAL.search(mention.words) or _mean_of(mention) is not None
    )


def _is_of_several_months(time: StatedTime | None) -> bool:
    if time is None or time.months is None:
        return False
    return time.kind is TimeKind.UP_TO or (time.kind is TimeKind.MONTHS and time.months[0] != time.months[1])


def _mean_of(mention: Mention) -> int | None:
    """How many months each period has of which a mean is stated; None for no mean."""
    place = mention.number.start
    found = _MEAN.search(mention.written.text[max(0, place - 16) : place])
    return (1 if found["month"] else 3) if found else None


def _violation_of_total(context: CheckContext, mention: Mention) -> Iterator[Violation]:
    length = _mean_of(mention)
    time = None if mention.time and mention.time.kind is TimeKind.OTHER and length else mention.time
    if time and time.fiscal_year_in(context.plan.fiscal_year) != context.plan.fiscal_year:
        return
    words = _MEAN.sub("", _TOTAL.sub("", mention.words))
    series = _series(context, mention, words)
    figures = _periods(context.plan.fiscal_year, series, time) if series else []
    if len(figures) < _FEWEST or (length and not _are_of_length(series, length)):
        return
    total = sum(map(printed_number, figures), Decimal(0))
    right = total / len(figures) if length else total
    places = decimal_places(mention.number.value)
    allowed = Decimal(1).scaleb(-places) if length else Decimal(0)
    if abs(mention.number.value - right) > allowed and not _is_figure_of_item(context, mention):
        yield _violation(context, mention, figures, rounded(right, places, HALF_UP), is_mean=bool(length))


def _series(context: CheckContext, mention: Mention, words: str) -> Series | None:
    """The series of months or quarters that some words name, and nothing else; None if not just one."""
    for called in (words, f"{words}{noun_behind(mention.tail)}"):
        named = figures_named(context, replace(mention, time=None), words=called) if called else []
        found = {
            id(series): series
            for one in named
            if one.is_strict and (series := series_of_figure(context, one.figure)) is not None
        }
        if len(found) == 1:
            (series,) = found.values()
            return None if series.is_running else series
    return None


def _periods(year: FiscalYear, series: Series, time: StatedTime | None) -> list[Figure]:
    """The figures of a series that make up a stated time, all without one; none if they do not fill it."""
    if time is None or time.months is None:
        return list(series.figures.values())
    first, last = (time.months[0] if time.kind is TimeKind.MONTHS else year.first_month, time.months[1])
    inside = {
        months: figure
        for months, figure in series.figures.items()
        if year.place_of(first) <= year.place_of(months[0])
        and year.place_of(months[1]) <= year.place_of(last)
    }
    keys = list(inside)
    begins = bool(keys) and (keys[0][0] == first or time.kind is TimeKind.UP_TO)
    return list(inside.values()) if begins and keys[-1][1] == last else []


def _are_of_length(series: Series | None, length: int) -> bool:
    return series is not None and all((last - first) % 12 + 1 == length for first, last in series.figures)


def _is_figure_of_item(context: CheckContext, mention: Mention) -> bool:
    return any(
        figure_agrees(context, figure, mention.number)
        for figure in figures_with_number(context, mention.written)
    )


def _violation(
    context: CheckContext, mention: Mention, figures: Sequence[Figure], right: Decimal, *, is_mean: bool
) -> Violation:
    number = mention.number.text.strip()
    first, last = figures[0], figures[-1]
    assert first.source is not None
    assert last.source is not None
    what = "平均" if is_mean else "合計"
    return mention.written.violation(
        mention.number.start,
        f"文では「{number}」ですが、表「{first.id.table}」の "
        f"{first.source.cell}～{last.source.cell} の{what}は {right:,} {unit_of(context, first)} です。",
        "表の数を確かめ、文か表を直してください。",
        actual=number,
        expected=f"{right:,}",
        related=sources_of_other_side(*figures),
    )

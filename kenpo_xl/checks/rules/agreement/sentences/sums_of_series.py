"""Totals and means of several months or quarters that sentences state, against the table (整合)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import unit_of
from kenpo_xl.checks.support.names.named_figures import figures_named, names_of_figure
from kenpo_xl.checks.support.names.names_behind import noun_behind
from kenpo_xl.checks.support.number_matching import (
    decimal_places,
    figure_agrees,
    figures_with_number,
    sources_of_other_side,
)
from kenpo_xl.checks.support.printed_text import printed_lines
from kenpo_xl.checks.support.sentences.mentions import (
    Mention,
    is_mention_comparable,
    mentions_of_item,
)
from kenpo_xl.checks.support.sentences.series import Series, printed_number, series_of_figure
from kenpo_xl.checks.support.sentences.stated_times import StatedTime, TimeKind, joined_times, stated_times_in
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf, half_width, normalized
from kenpo_xl.domain.language.numbers_in_text import FRACTION
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import HALF_UP, rounded
from kenpo_xl.domain.results.figures import Figure
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear

_OTHER = AnyOf("目標|計画|見込|予定|うち|全国|支部平均|1日|1回|1件|1人|割合|の差は|の差が|の差を|の差も")
_TOTAL = LazyPattern(
    r"(?:(?:年度|年)(?:当初|初め)(?:から|以降)?)?(?:を|の|で|、)*(?:累計|合計|総計|延べ|通算|合算|計|[合併]わせて?|併せて|あわせて)(?:件数|人数|数|額|値)?"
    r"(?:すると|した|して|は|が|で|と)?(?:、)?(?:計)?$",
    needs=("計", "延べ", "通算", "合", "併", "あわせ"),
)
_PERIOD = (
    r"(?:(?<!\d)1[かヶカケヵ箇]月|ひと月|各月|毎月の?|月ごとの?|(?<!\d)月"
    r"|(?<![第\d])1?四半期(?:ごとの?)?|[各毎]四半期の?)"
)
_PER = r"(?:当たり|当り|あたり)"
_LEADS = r"(?:値|額|数|して|すると|で|は|の|が|を|に|、)*"
_MEANS = ("平均", "当たり", "当り", "あたり")
_MEAN = LazyPattern(
    rf"(?:{_PERIOD}{_PER}?の?平均{_LEADS}|平均{_LEADS}{_PERIOD}{_PER}?{_LEADS}|{_PERIOD}{_PER}{_LEADS})$",
    needs=_MEANS,
)
# What is left of it where 毎月 and 月平均 are taken out as times.
_WORDS_OF_MEAN = LazyPattern(
    rf"(?:して|すると|で|は|の|が|を|に|、)*(?:{_PERIOD}?{_PER}?の?平均{_LEADS}(?:{_PERIOD}{_PER}?{_LEADS})?|{_PERIOD}{_PER}{_LEADS})$",
    needs=_MEANS,
)
_NEAR = 24
_FEWEST = 2
_NEW = "新規"


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

    The words name the row and nothing else. Silent for rates, 目標 and うち, and for a number of another
    figure of the item; its total or one of its months is wrong where nothing before names that month.
    """
    for item in context.own_items:
        for mention in mentions_of_item(context, item.id):
            if _may_number_be_total(mention):
                yield from _violation_of_total(context, mention)


def _may_number_be_total(mention: Mention) -> bool:
    if (
        mention.number.unit in ("", FRACTION)
        or _OTHER.is_in(mention.words)
        or not is_mention_comparable(mention)
    ):
        return False
    return _is_of_several_months(mention.time) or bool(
        _TOTAL.search(mention.words) or _number_of_parts_of_mean(mention) is not None
    )


def _is_of_several_months(time: StatedTime | None) -> bool:
    if time is None or time.months is None:
        return False
    is_longer = time.kind is TimeKind.MONTHS and time.months[0] != time.months[1]
    return bool(time.parts) or time.kind is TimeKind.UP_TO or is_longer


def _number_of_parts_of_mean(mention: Mention) -> int | None:
    """How many months each period has of which a mean is stated; None for no mean."""
    place = mention.number.start
    found = _MEAN.search(normalized(mention.written.text[max(0, place - _NEAR) : place]))
    return (3 if "四半期" in found[0] else 1) if found else None


def _time_of_mean(context: CheckContext, mention: Mention) -> StatedTime | None:
    """The months that a mean is of, also where 毎月 or 月平均 is behind them; None without any."""
    plain, year = half_width(mention.written.text), context.plan.fiscal_year
    before = plain[mention.sentence[0] : mention.number.start]
    times = joined_times(stated_times_in(before, year), before, year)
    return next((one for one in reversed(times) if one.kind is not TimeKind.OTHER or one.parts), None)


def _violation_of_total(context: CheckContext, mention: Mention) -> Iterator[Violation]:
    length = _number_of_parts_of_mean(mention)
    figures = _figures_meant(context, mention, length)
    if not figures:
        return
    total = sum(map(printed_number, figures), Decimal(0))
    right = total / len(figures) if length else total
    places = decimal_places(mention.number.value)
    allowed = Decimal(1).scaleb(-places) if length else Decimal(0)
    if abs(mention.number.value - right) > allowed and not _is_number_another_figure(
        context, mention, figures
    ):
        yield _violation_for_sum_or_mean(
            context, mention, figures, rounded(right, places, HALF_UP), is_mean=bool(length)
        )


def _figures_meant(context: CheckContext, mention: Mention, length: int | None) -> list[Figure]:
    """The figures that a total, or a mean of periods of some length, is of; none where that is not clear."""
    time = _time_of_mean(context, mention) if length else mention.time
    if time and not _is_clear_time_of(context.plan.fiscal_year, time):
        return []
    words = (_WORDS_OF_MEAN if length else _TOTAL).sub("", mention.words)
    series = _only_series_named(context, mention, words)
    figures = _figures_of_stated_time(context.plan.fiscal_year, series, time) if series else []
    if len(figures) < _FEWEST or _is_of_new_ones(context, words, figures[0]):
        return []
    return figures if not length or _are_of_length(series, length) else []


def _is_clear_time_of(year: FiscalYear, time: StatedTime) -> bool:
    """Whether a time is of a fiscal year, and its months are said to be a period or have parts."""
    is_unclear = time.kind is TimeKind.OTHER and time.months is not None and not time.parts
    return time.fiscal_year_in(year) == year and not is_unclear


def _only_series_named(context: CheckContext, mention: Mention, words: str) -> Series | None:
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


def _figures_of_stated_time(year: FiscalYear, series: Series, time: StatedTime | None) -> list[Figure]:
    """The figures of a series that make up a stated time, all without one; none if they do not fill it."""
    if time is None or time.months is None:
        return list(series.figures.values())
    if time.parts:
        found = [series.figures.get(part) for part in time.parts]
        return [one for one in found if one] if all(found) else []
    first = time.months[0] if time.kind is TimeKind.MONTHS else year.first_month
    return _figures_filling_months(year, series, (first, time.months[1]), is_open=time.kind is TimeKind.UP_TO)


def _figures_filling_months(
    year: FiscalYear, series: Series, months: tuple[int, int], *, is_open: bool
) -> list[Figure]:
    """The figures of a series in some months, none if they leave the last, or the first, out.

    An open beginning may be left out.
    """
    first, last = months
    inside = {
        own: figure
        for own, figure in series.figures.items()
        if year.place_of(first) <= year.place_of(own[0]) and year.place_of(own[1]) <= year.place_of(last)
    }
    keys = list(inside)
    begins = bool(keys) and (keys[0][0] == first or is_open)
    return list(inside.values()) if begins and keys[-1][1] == last else []


def _are_of_length(series: Series | None, length: int) -> bool:
    return series is not None and all((last - first) % 12 + 1 == length for first, last in series.figures)


def _is_of_new_ones(context: CheckContext, words: str, figure: Figure) -> bool:
    """Whether words say 新規, which the names of a figure do not."""
    names = (figure.id.table, *names_of_figure(context, figure))
    return _NEW in words and not any(_NEW in name for name in names)


def _is_number_another_figure(context: CheckContext, mention: Mention, figures: Sequence[Figure]) -> bool:
    """Whether a number may be a figure of the item: of another name or year, or of a month named before."""
    names, year = names_of_figure(context, figures[0]), context.plan.fiscal_year
    for one in figures_with_number(context, mention.written):
        if not figure_agrees(context, one, mention.number):
            continue
        is_same = one.id.table == figures[0].id.table and names_of_figure(context, one) == names
        if not is_same or not year.contains(context.figures.span_of_figure(one.id).last):
            return True
        if any(one is part for part in figures) and _are_months_named_before(context, mention, one):
            return True
    return False


def _are_months_named_before(context: CheckContext, mention: Mention, figure: Figure) -> bool:
    """Whether the line names the months of a figure before the number, or a line of its block does."""
    span = context.figures.span_of_figure(figure.id)
    own, text = mention.written, mention.written.text[: mention.number.start]
    above = [
        one.text for one in printed_lines(context, own.item.id) if one.block == own.block and one is not own
    ]
    return any(
        time.months == (span.first.number, span.last.number)
        for line in (*above, text)
        for time in stated_times_in(half_width(line), context.plan.fiscal_year)
    )


def _violation_for_sum_or_mean(
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

"""Numbers that a sentence says were in an earlier report of the year, against that report (時系列)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import Requirement, rule
from kenpo_xl.checks.rules.agreement.targets.kpi_claims import only_kpi_called
from kenpo_xl.checks.support.figure_wording import is_in_percent_points, name_with_table, value_text
from kenpo_xl.checks.support.names.named_figures import figures_named
from kenpo_xl.checks.support.number_matching import (
    decimal_places,
    is_unit_of_figure,
    sources_of_other_side,
)
from kenpo_xl.checks.support.past_reports import past_periods, value_in_same_unit
from kenpo_xl.checks.support.sentences.mentions import Mention, is_mention_comparable, mentions_of_item
from kenpo_xl.checks.support.sentences.series import series_of_figure
from kenpo_xl.checks.support.sentences.stated_times import TimeKind
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.language.numbers_in_text import FRACTION
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import HALF_UP, rounded
from kenpo_xl.domain.results.facts import Fact, kpi_fact_identity
from kenpo_xl.domain.results.figures import Figure
from kenpo_xl.domain.results.history import PastPeriod
from kenpo_xl.domain.time.span import Accumulation

_REPORT = (
    r"(?:(?:の|に)?(?:評議会|会議|運営会議|委員会)?(?:への?|での?|で|に)?"
    r"(?:報告|評議会|会議|資料|公表|集計)(?:し)?(?:書|分|値|時点?|末|た)?)"
)
_ENDS = r"(?:では|で|には|に|の|は|から|時点|、|\s)*"
_LAST = LazyPattern(rf"前(?:回|四半期末?){_REPORT}?{_ENDS}$", needs=("前回", "前四半期"))
_WORDS_OF_REPORT = LazyPattern(rf"{_REPORT}{_ENDS}$", needs=("報告", "会", "資料", "公表", "集計"))
_NOT_SO = AnyOf("前年|昨年|目標|計画|見込|予定|平均|うち|の差は|の差が|の差を")
_NEAR = 24
_QUARTER = "四半期末"
"""Months may be dates of other counts: 9月末の1,041事業所."""


@frozen
class _Reported:
    """What an earlier report gave for a figure, or the result of a KPI, as a number of a sentence has it."""

    period: PastPeriod
    value: Decimal
    name: str
    shown: str
    figure: Figure | None = None


@rule(
    "TI26",
    Family.HISTORY,
    Severity.WARNING,
    "前に報告した数として書かれた数が、前の報告と違います",
    why="「前回報告時の22件から46件となった」の22件は、前の報告書で確かめられます。",
    remedy="前の報告書の数を確かめ、文を直してください。",
    needs=Requirement.HISTORY,
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, rule_codes.NUMBER_DIFFERS_FROM_FIGURE, "CO84"),
)
def earlier_report_is_misquoted(context: CheckContext) -> Iterator[Violation]:
    """A number of 前回報告時, 前回 or 第2四半期末 is not what the report of that time gave for the figure.

    The words name a running figure or a KPI of the item and nothing else, and no report that may be meant has
    the number.
    """
    if not past_periods(context):
        return
    for item in context.own_items:
        before: Mention | None = None
        for mention in mentions_of_item(context, item.id):
            if (
                mention.time is not None
                and is_mention_comparable(mention)
                and not _NOT_SO.is_in(mention.words)
            ):
                reported = list(_values_in_reports(context, mention, before))
                if reported and not any(_is_number_the_value(mention, one.value) for one in reported):
                    yield _violation_for_misquoted_report(mention, reported[0])
            before = mention


def _values_in_reports(
    context: CheckContext, mention: Mention, before: Mention | None
) -> Iterator[_Reported]:
    """What the reports gave that a number may be quoted from."""
    words = _WORDS_OF_REPORT.sub("", mention.words)
    if not words.strip("、は") and before is not None and before.sentence_id == mention.sentence_id:
        words = before.words
    place = mention.number.start
    plain = half_width(mention.written.text[max(0, place - _NEAR) : place])
    assert mention.time is not None
    if mention.time.kind is TimeKind.OTHER:
        if words and _LAST.search(plain):
            yield from _values_in_last_report(context, mention, words)
    elif (
        words
        and _QUARTER in plain
        and _is_time_end_of_earlier_report(context, mention)
        and not figures_named(context, mention, words=words)
    ):
        yield from _values_in_reports_until_month(context, mention, words)


def _is_time_end_of_earlier_report(context: CheckContext, mention: Mention) -> bool:
    """Whether a number is of the end of an earlier month of this year: 第2四半期末, 9月末."""
    time, year = mention.time, context.plan.fiscal_year
    if time is None or time.kind not in (TimeKind.AT, TimeKind.UP_TO) or time.months is None:
        return False
    now = context.plan.as_of_month.number
    return time.fiscal_year_in(year) == year and year.place_of(time.months[1]) < year.place_of(now)


def _values_in_last_report(context: CheckContext, mention: Mention, words: str) -> Iterator[_Reported]:
    period = past_periods(context).periods[0]
    for figure in _year_to_date_figures_named(context, mention, words):
        fact = period.facts_by_key.get((str(figure.id), figure.entity))
        yield from _values_reported_of_figure(context, figure, period, fact)
    kpi = only_kpi_called(context, mention.written, words)
    if kpi is not None:
        fact = period.facts_by_key.get((kpi_fact_identity(kpi.kpi.name, "実績"), ""))
        unit = kpi.kpi.format.unit_of_cell_value(kpi.kpi.format.unit)
        is_rate = kpi.kpi.format.is_percent == (mention.number.unit == FRACTION)
        if fact is not None and fact.value is not None and fact.unit == unit and is_rate:
            shown = kpi.kpi.format.displayed_text(fact.value)
            yield _Reported(period, fact.value, f"KPI「{kpi.kpi.name}」の実績", shown)


def _values_in_reports_until_month(
    context: CheckContext, mention: Mention, words: str
) -> Iterator[_Reported]:
    assert mention.time is not None
    assert mention.time.months is not None
    for figure in _year_to_date_figures_named(context, mention, words):
        for period, fact in past_periods(context).facts_with_identity(str(figure.id), figure.entity):
            is_of_year = period.fiscal_year == context.plan.fiscal_year and fact.span is not None
            if is_of_year and fact.span and fact.span.last.number == mention.time.months[1]:
                yield from _values_reported_of_figure(context, figure, period, fact)


def _year_to_date_figures_named(context: CheckContext, mention: Mention, words: str) -> Sequence[Figure]:
    """The figures of this year that words name and that count from April on, or are of the end of a month."""
    found = []
    for named in figures_named(context, replace(mention, time=None), words=words, unit=""):
        span = context.figures.span_of_figure(named.figure.id)
        is_longer = span.first != span.last and span.first.number == context.plan.fiscal_year.first_month
        series = series_of_figure(context, named.figure)
        is_single = series is not None and not series.is_running
        if named.is_strict and not is_single and (span.kind is Accumulation.MOMENT or is_longer):
            found.append(named.figure)
    return [one for one in found if is_unit_of_figure(context, one, mention.number.unit)]


def _values_reported_of_figure(
    context: CheckContext, figure: Figure, period: PastPeriod, fact: Fact | None
) -> Iterator[_Reported]:
    then = value_in_same_unit(context, figure, fact) if fact is not None else None
    if then is None:
        return
    number = then / 100 if is_in_percent_points(context, figure) else then
    name = name_with_table(context, figure)
    yield _Reported(period, number, name, value_text(context, figure, then), figure)


def _is_number_the_value(mention: Mention, value: Decimal) -> bool:
    number = mention.number.value
    return number in (value, rounded(value, decimal_places(number), HALF_UP))


def _violation_for_misquoted_report(mention: Mention, one: _Reported) -> Violation:
    number = mention.number.text.strip()
    return mention.written.violation(
        mention.number.start,
        f"文では前に報告した数が「{number}」ですが、"
        f"{one.period.label}の報告では、{one.name}は {one.shown} でした。",
        "前の報告書の数を確かめ、文を直してください。",
        actual=number,
        expected=one.shown,
        related=sources_of_other_side(*((one.figure,) if one.figure else ())),
    )

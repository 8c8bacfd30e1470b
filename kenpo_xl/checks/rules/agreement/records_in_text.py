"""Records and runs that sentences claim: 過去最高, 3か月連続で増加 (整合)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import name_with_table, value_text
from kenpo_xl.checks.support.names.named_figures import figure_of_year_before, figures_named
from kenpo_xl.checks.support.number_matching import sources_of_other_side
from kenpo_xl.checks.support.past_reports import past_periods, value_in_same_unit
from kenpo_xl.checks.support.printed_text import (
    PrintedText,
    lines_and_reasons,
    quoted_with_neighbors,
    sentence_span,
)
from kenpo_xl.checks.support.sentences.directions import change_verbs_in
from kenpo_xl.checks.support.sentences.mentions import Mention, mention_at
from kenpo_xl.checks.support.sentences.series import Series, printed_number, series_named
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.results.figures import Figure
from kenpo_xl.domain.time.span import Span

_RECORD = LazyPattern(
    r"(?:はが|[はがも]|、|\s)*(?P<word>過去(?:\d+年(?:間)?で)?(?:(?P<most>最高|最多|最大)|(?P<least>最低|最少|最小)))"
    r"(?:の[^。、はがを]{0,10}|水準|値|件数|人数)?"
    r"(?:(?:と|に)な(?:った|っ[てた]|り)|を(?:更新|記録)|であ(?:る|り|った(?=[。、]|$))|だった(?=[。、]|$)|で、|。|$)",
    needs=("過去",),
)
_RUN = LazyPattern(
    r"(?:はが|[はがも]|、|\s)*(?P<run>(?P<count>\d{1,2})\s*(?P<step>か月|四半期|期)連続(?:して|で|の)?)"
    r"(?:(?:前月|前期|前四半期|(?P<year>(?:前年|昨年)(?:度?の?同(?:月|期|四半期))?の?(?:実績)?))(?:を|より(?:も)?))?[、\s]*$",
    needs=("連続",),
)
_OTHER = AnyOf("目標|計画|見込|予定|全国|うち|平均|除|支部で")
_YEARS_BACK = 5
_FEWEST = 2
_STEPS = {"か月": 1, "四半期": 3, "期": 3}


@rule(
    "CO71",
    Family.AGREEMENT,
    Severity.WARNING,
    "「過去最高」「3か月連続」などの言葉が、表や前の報告の数と合いません",
    why="「過去最高となった」と書けば、読み手は前年や前の月の数と比べます。",
    remedy="表と前の報告の数、文の言葉のどれが正しいか確かめて直してください。",
    superseded_by=("CO19", "CO60", "CO61"),
)
def record_is_none(context: CheckContext) -> Iterator[Violation]:
    """過去最高 of a figure that was higher a year before, or in an earlier report of the same months.

    Or 3か月連続で増加 of a figure that never rose so often in a row. The words before it name the figure and
    nothing else.
    """
    for written in lines_and_reasons(context):
        plain = half_width(written.text)
        if "過去" in plain:
            yield from _violations_for_false_records(context, written, plain)
        if "連続" in plain:
            yield from _violations_for_false_runs(context, written, plain)


def _violations_for_false_records(
    context: CheckContext, written: PrintedText, plain: str
) -> Iterator[Violation]:
    for found in _RECORD.finditer(plain):
        first, end = sentence_span(plain, found.start("word"))
        mention = mention_at(context, written, found.start())
        if _OTHER.is_in(plain[first:end]) or not mention.words:
            continue
        beyond = _facts_and_figures_beyond_record(context, mention, wants_most=bool(found["most"]))
        if beyond:
            fact, figures = beyond[-1]
            yield _violation_for_record(written, found.start("word"), found["word"], fact, figures)


def _facts_and_figures_beyond_record(
    context: CheckContext, mention: Mention, *, wants_most: bool
) -> list[tuple[str, tuple[Figure, ...]]]:
    """What was beyond each figure that a text names; none where a single one may be the record."""
    named = [one.figure for one in figures_named(context, mention, unit="") if one.is_strict]
    beyond = [_fact_and_figures_beyond(context, one, wants_most=wants_most) for one in named]
    known = [one for one in beyond if one]
    return known if len(known) == len(named) else []


def _fact_and_figures_beyond(
    context: CheckContext, figure: Figure, *, wants_most: bool
) -> tuple[str, tuple[Figure, ...]] | None:
    """What was higher (or lower) than a figure in the same months of an earlier year; None for nothing."""
    now = printed_number(figure)
    then = figure_of_year_before(context, figure)
    own = f"{name_with_table(context, figure)}は {value_text(context, figure)}"
    if then is not None and _is_value_beyond(printed_number(then), now, wants_most=wants_most):
        return f"{own}、前年は {value_text(context, then)}", (figure, then)
    for year, value in _years_and_earlier_values(context, figure):
        if _is_value_beyond(value, now, wants_most=wants_most):
            return f"{own}、{year}の報告では {figure.displayed_text(value)}", (figure,)
    return None


def _is_value_beyond(then: Decimal, now: Decimal, *, wants_most: bool) -> bool:
    return then > now if wants_most else then < now


def _years_and_earlier_values(context: CheckContext, figure: Figure) -> Iterator[tuple[str, Decimal]]:
    """The names of earlier fiscal years and the values that their reports had for the same months."""
    span = context.figures.span_of_figure(figure.id)
    for years in range(1, _YEARS_BACK + 1):
        earlier = Span(span.first.years_earlier(years), span.last.years_earlier(years), span.kind)
        found = past_periods(context).fact_with_span(str(figure.id), figure.entity, earlier)
        value = value_in_same_unit(context, figure, found[1]) if found else None
        if value is not None:
            yield str(earlier), value


def _violations_for_false_runs(
    context: CheckContext, written: PrintedText, plain: str
) -> Iterator[Violation]:
    for verb in change_verbs_in(plain):
        first, end = sentence_span(plain, verb.start())
        found = _RUN.search(plain[first : verb.start()])
        if found is None or _OTHER.is_in(plain[first:end]):
            continue
        words = plain[first : first + found.start()]
        if found["year"]:
            yield from _violations_for_runs_of_years(
                context, written, words, first, found, is_up=bool(verb["up"])
            )
            continue
        runs = _series_with_months_per_period(context, written, words, _STEPS[found["step"]])
        count, is_up = int(found["count"]), bool(verb["up"])
        if runs and not any(_has_run_of_changes(one, count, is_up=is_up) for one in runs):
            figures = list(runs[0].figures.values())[-count:]
            values = "、".join(value_text(context, one) for one in figures)
            fact = f"{name_with_table(context, figures[-1])}までは {values}"
            yield _violation_for_record(written, first + found.start("run"), found["run"], fact, figures[-2:])


def _violations_for_runs_of_years(
    context: CheckContext, written: PrintedText, words: str, first: int, found: re.Match[str], *, is_up: bool
) -> Iterator[Violation]:
    """A run of months that are all above (or below) those of the year before, which the table lacks."""
    named = [series for series, _ in series_named(context, written, words, None)]
    steps = _STEPS[found["step"]]
    runs = [
        _changes_since_last_year(context, one)
        for one in named
        if one.is_running or _months_per_period(one) == steps
    ]
    count = int(found["count"])
    if (
        len(runs) == len(named)
        and runs
        and not any(_length_of_longest_run(one, is_up=is_up) >= count for one in runs)
    ):
        figure = list(named[0].figures.values())[-1]
        then = figure_of_year_before(context, figure)
        if then is not None:
            fact = f"{name_with_table(context, figure)}は {value_text(context, figure)}、前年は "
            fact += value_text(context, then)
            yield _violation_for_record(
                written, first + found.start("run"), found["run"], fact, (figure, then)
            )


def _changes_since_last_year(context: CheckContext, series: Series) -> list[Decimal]:
    pairs = ((now, figure_of_year_before(context, now)) for now in series.figures.values())
    return [printed_number(now) - printed_number(then) for now, then in pairs if then is not None]


def _length_of_longest_run(changes: Sequence[Decimal], *, is_up: bool) -> int:
    longest = length = 0
    for change in changes:
        length = length + 1 if (change > 0 if is_up else change < 0) else 0
        longest = max(longest, length)
    return longest


def _series_with_months_per_period(
    context: CheckContext, written: PrintedText, words: str, months: int
) -> list[Series]:
    """The series that words name, if each has values of so many months; else none."""
    named = [series for series, _ in series_named(context, written, words, None)]
    is_any_other = any(_months_per_period(one) != months or one.is_running for one in named)
    return [] if is_any_other else named


def _months_per_period(series: Series) -> int:
    first, last = next(iter(series.figures))
    return (last - first) % 12 + 1


def _has_run_of_changes(series: Series, count: int, *, is_up: bool) -> bool:
    """Whether so many figures in a row rise (or fall); True for a series that is too short to decide."""
    values = series.values
    if len(values) < max(count, _FEWEST):
        return True
    windows = (values[start : start + count] for start in range(len(values) - count + 1))
    return any(
        all(later > earlier if is_up else later < earlier for earlier, later in pairwise(window))
        for window in windows
    )


def _violation_for_record(
    written: PrintedText, place: int, word: str, fact: str, figures: Sequence[Figure]
) -> Violation:
    quote = quoted_with_neighbors(written.text, place, place + len(word))
    return written.violation(
        place,
        f"{quote}とありますが、{fact} です。",
        "表と前の報告の数を確かめ、文か表を直してください。",
        actual=word,
        related=sources_of_other_side(*figures),
    )

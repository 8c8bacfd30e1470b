"""Rules on times within a sentence that contradict one another (表記).

What searches a text is imported for the first text that no earlier check has searched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.miswritten import miswritten_violations, report_time_of
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.dates.date_notation import Miswritten
from kenpo_xl.domain.language.times.durations import misstated_lengths_of_periods
from kenpo_xl.domain.language.times.ordinals import misordered_numbers
from kenpo_xl.domain.language.times.report_time import ReportTime
from kenpo_xl.domain.language.times.steps import misnamed_quarters, misnamed_steps


def _violations_for_miswritten_times(
    context: CheckContext, find: Callable[[str, ReportTime], Iterator[Miswritten]], hint: str
) -> Iterator[Violation]:
    return miswritten_violations(context, find, hint, report_time_of(context))


@rule(
    rule_codes.NAMED_TIME,
    Family.WORDING,
    Severity.WARNING,
    "「第3四半期」などの時期と、横に書いた年月日が合いません",
    why="「第3四半期（7～9月）」「前年度（令和6年度）」のように名前と月や年が違うと、いつのことか読み手に分かりません。",
    remedy="時期の名前と年月日のどちらが正しいか確かめて、違う方を直してください。",
    superseded_by=(rule_codes.IMPOSSIBLE_DATE, rule_codes.OTHER_PERIOD, "WO15"),
)
def named_time_is_another(context: CheckContext) -> Iterator[Violation]:
    """A quarter, half, year or third of a month beside the months, year or days of another.

    第3四半期（7～9月）, 上期の11月に, 前年度（令和6年度） in the report of 令和6年度, 12月中旬（12月25日）.
    Months from April to the end of the quarter are right (running totals). 前年度 and 翌年度 may be those of
    a year that the sentence has named. Quarters of calendar years and of companies are not meant.
    """
    hint = "暦と計画の年度を確かめ、違う方を直してください。"
    yield from _violations_for_miswritten_times(context, _contradicting_times, hint)


def _contradicting_times(text: str, report: ReportTime) -> Iterator[Miswritten]:
    from kenpo_xl.domain.language.dates.day_words import contradicting_thirds
    from kenpo_xl.domain.language.dates.holiday_names import contradicting_holidays
    from kenpo_xl.domain.language.times.appositions import contradicting_appositions
    from kenpo_xl.domain.language.times.ends_of_periods import contradicting_ends

    yield from contradicting_appositions(text, report)
    yield from contradicting_holidays(text, report)
    yield from contradicting_ends(text, report)
    yield from contradicting_thirds(text)


@rule(
    "WO51",
    Family.WORDING,
    Severity.WARNING,
    "期間の長さが、始まりと終わりに合いません",
    why="「4月から9月までの5か月間」と書けば、読み手は月を数えます。",
    remedy="始まりと終わりの日、長さのどれが正しいか確かめて直してください。",
    superseded_by=(rule_codes.IMPOSSIBLE_DATE, "WO40", "CO08"),
)
def period_is_miscounted(context: CheckContext) -> Iterator[Violation]:
    """The length of a period in days, weeks, months or years is not that from its first to its last date.

    Both ends count. The number of working days is right too, and of periods that begin or end within a
    month the whole months and those that are begun. 約, うち and 延べ are silent.
    """
    yield from _violations_for_miswritten_times(
        context, misstated_lengths_of_periods, "始まりと終わり、長さを確かめ、違う方を直してください。"
    )


@rule(
    "WO52",
    Family.WORDING,
    Severity.WARNING,
    "日付の順が合いません（後のことが、先のことより前の日付です）",
    why="「12月10日の照会に対し、12月3日に回答した」では、どちらかの日付が違っています。",
    remedy="2 つの日付を元の資料で確かめ、違う方を直してください。",
    superseded_by=(rule_codes.IMPOSSIBLE_DATE, "WO40", "WO10", rule_codes.NAMED_TIME),
)
def later_act_is_dated_earlier(context: CheckContext) -> Iterator[Violation]:
    """Two acts whose words say which comes first, with dates that say the opposite.

    照会 and 回答, 開始 and 終了, 抽出 and 送付; その後, を踏まえ; a deadline before its notice. Only where
    both dates are single ones of one sentence and the second is that of a verb. Words of other years, 延期,
    再 and 既に are silent. Also a list of dates of which one is out of order or occurs twice, and results
    that were reported before the end of what gave them; what was used before it was begun, and what came in
    time though it is dated after the last day; what the next sentence does before it was made ready.
    """
    hint = "2 つの日付を確かめ、違う方を直してください。"
    yield from _violations_for_miswritten_times(context, _misdated_acts, hint)
    yield from _violations_for_miswritten_times(
        context, _disordered_dates, "並べた日付を元の資料で確かめ、違うものを直してください。"
    )


def _misdated_acts(text: str, report: ReportTime) -> Iterator[Miswritten]:
    from kenpo_xl.domain.language.times.deadlines import closings_after_event, deadlines_before_notice
    from kenpo_xl.domain.language.times.results_before_end import results_before_the_end
    from kenpo_xl.domain.language.times.sequence import acts_in_wrong_order
    from kenpo_xl.domain.language.times.steps_across import steps_across_sentences
    from kenpo_xl.domain.language.times.too_early_or_late import timely_though_late, uses_before_begin

    yield from acts_in_wrong_order(text, report)
    yield from steps_across_sentences(text, report)
    yield from deadlines_before_notice(text, report)
    yield from closings_after_event(text, report)
    yield from results_before_the_end(text, report)
    yield from uses_before_begin(text, report)
    yield from timely_though_late(text, report)


def _disordered_dates(text: str, report: ReportTime) -> Iterator[Miswritten]:
    from kenpo_xl.domain.language.dates.listed_dates import disordered_dates

    yield from disordered_dates(text, report)


@rule(
    "WO53",
    Family.WORDING,
    Severity.WARNING,
    "回の番号と日付の順が合いません",
    why="「第1回を11月に、第2回を10月に」では、番号か日付のどちらかが違っています。",
    remedy="番号と日付を確かめ、違う方を直してください。",
    superseded_by=(rule_codes.IMPOSSIBLE_DATE, "WO24", "WO52"),
)
def numbered_times_are_misordered(context: CheckContext) -> Iterator[Violation]:
    """第2回 dated before 第1回, one number with two dates, or a number left out of three or more.

    Each number must have its own date right beside it; of different names (第1回総会, 第1回部会) each is
    counted for itself.
    """
    yield from _violations_for_miswritten_times(
        context, misordered_numbers, "番号と日付を確かめ、違う方を直してください。"
    )


@rule(
    "WO54",
    Family.WORDING,
    Severity.WARNING,
    "翌月、前日などの言葉と日付が合いません",
    why="「10月に発送し、翌月の12月に」では、いつのことか読み手に分かりません。",
    remedy="元の日付と言葉のどれが正しいか確かめて直してください。",
    superseded_by=(rule_codes.IMPOSSIBLE_DATE, rule_codes.NAMED_TIME),
)
def step_is_misnamed(context: CheckContext) -> Iterator[Violation]:
    """翌月, 前月, 翌日, 3日後 beside a date that is not so far from any other date of the sentence.

    And 次の四半期 or 翌四半期 beside the number of this quarter or an earlier one.
    """
    yield from _violations_for_miswritten_times(
        context, misnamed_quarters, "四半期の番号を確かめて直してください。"
    )
    yield from _violations_for_miswritten_times(
        context, misnamed_steps, "元の日付を確かめ、違う方を直してください。"
    )


@rule(
    "WO55",
    Family.WORDING,
    Severity.WARNING,
    "回数が、並べた時期や間隔と合いません",
    why="「4月、7月の3回」「四半期ごとに年3回」と書けば、読み手は数えます。",
    remedy="時期の抜けや重なりを確かめ、回数か時期を直してください。",
    superseded_by=(rule_codes.IMPOSSIBLE_DATE, "CO08"),
)
def times_are_miscounted(context: CheckContext) -> Iterator[Violation]:
    """A number of times that is not that of the dates listed before it, or of a regular interval.

    4月、7月の3回; 四半期ごとに年3回; 4月から12月まで毎月、計8回. Months with に may hold several times each.
    3回開催した（7月、9月）, 隔月（4月、5月）, 半年間（4月～8月）, and hours: 9時から16時までの8時間. Also
    隔月から四半期に1回に増やした.
    """
    yield from _violations_for_miswritten_times(
        context, _miscounted_or_irregular, "時期の抜けや重なりを確かめ、回数か時期を直してください。"
    )


def _miscounted_or_irregular(text: str, report: ReportTime) -> Iterator[Miswritten]:
    from kenpo_xl.domain.language.sense.regular_times import irregular_times
    from kenpo_xl.domain.language.times.frequencies import miscounted_times
    from kenpo_xl.domain.language.times.frequency_changes import (
        contradicting_frequency_changes,
        more_times_than_months,
    )

    found = tuple(miscounted_times(text, report))
    yield from found or irregular_times(text)
    yield from contradicting_frequency_changes(text)
    yield from more_times_than_months(text, report)


@rule(
    "WO56",
    Family.WORDING,
    Severity.WARNING,
    "時刻が正しくありません",
    why="「13時75分」「受付は17時から9時まで」のような時刻は、必ず打ち間違いです。",
    remedy="元の資料で時刻を確かめて直してください。",
)
def clock_time_is_impossible(context: CheckContext) -> Iterator[Violation]:
    """Minutes from 60 on, 午前 or 午後 with more than 12 hours, and what ends before it begins by day.

    9時から5時 may be by day, and what goes on over night (夜, 翌, 時間外) is not meant.
    """
    hint = "時刻を確かめて直してください。"
    yield from miswritten_violations(context, _impossible_clock_times, hint)


def _impossible_clock_times(text: str) -> Iterator[Miswritten]:
    from kenpo_xl.domain.language.times.clock import impossible_clock_times

    yield from impossible_clock_times(text)

"""Rules on dates in sentences (表記): malformed, impossible, or outside the period.

What searches a text is imported for the first text that no earlier check has searched.
"""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.miswritten import miswritten_violations, report_time_of
from kenpo_xl.checks.support.other_times import is_date_of_another_year
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.dates.date_notation import (
    Miswritten,
    contradicting_years,
    impossible_dates,
    impossible_years,
    malformed_eras,
    reversed_periods,
    unfinished_dates,
    wrong_weekdays,
)
from kenpo_xl.domain.language.dates.dates_in_text import dates_in
from kenpo_xl.domain.language.dates.day_words import contradicting_weekday_words
from kenpo_xl.domain.language.times.report_time import ReportTime


@rule(
    "WO01",
    Family.WORDING,
    Severity.ERROR,
    "和暦の書き方が整っていません",
    why="「令和7月」のように年が抜けると、いつのことか読み手に分かりません。",
    remedy="「令和7年1月」のように、年号、年、月の順に書いてください。",
)
def era_is_malformed(context: CheckContext) -> Iterator[Violation]:
    """An era is followed by a number and 年: not 令和7月1～3月, 今和7年, 令7年 or 令和和7年."""
    yield from miswritten_violations(
        context, malformed_eras, "年を補い、「令和7年1月」のように書いてください。"
    )


@rule(
    "WO02",
    Family.WORDING,
    Severity.WARNING,
    "日付が書きかけになっています",
    why="「12月20に」のような書きかけの日付は、印刷してから見つかると差し替えになります。",
    remedy="月と日の両方を、「12月20日」のように書いてください。",
)
def date_is_unfinished(context: CheckContext) -> Iterator[Violation]:
    """After a month, a bare number from 1 to 31 and に, から, まで … is a day without 日; not 12月に20件.

    A day after a bare number and a space is one without 月: 12 20日に. Also a period without から or an end.
    """
    yield from miswritten_violations(
        context, unfinished_dates, "「12月20日」のように、月と日を補ってください。"
    )
    yield from miswritten_violations(
        context, _half_ranges, "「1月21日から2月18日まで」のように、始めと終わりを書いてください。"
    )


def _half_ranges(text: str) -> Iterator[Miswritten]:
    from kenpo_xl.domain.language.dates.half_ranges import half_ranges

    yield from half_ranges(text)


@rule(
    rule_codes.IMPOSSIBLE_DATE,
    Family.WORDING,
    Severity.ERROR,
    "暦にない日付があります",
    why="平成32年や2月30日のように暦にない日付は、必ず打ち間違いです。",
    remedy="正しい年、月、日に直してください。",
)
def date_does_not_exist(context: CheckContext) -> Iterator[Violation]:
    """No 令和0年, 平成32年, 昭和65年, 大正16年 or 明治46年; no 13月, no 2月30日, no 7/37に."""
    for find in (impossible_years, impossible_dates):
        yield from miswritten_violations(context, find, "正しい日付に直してください。")


@rule(
    "WO04",
    Family.WORDING,
    Severity.WARNING,
    "曜日が日付と合いません",
    why="日付か曜日のどちらかが違っています。案内を見た人が別の日に来てしまいます。",
    remedy="暦を確かめ、日付か曜日を直してください。",
)
def weekday_does_not_fit(context: CheckContext) -> Iterator[Violation]:
    """A weekday beside a day does not fit it: 12月20日（土）, 土曜日（12月20日）; no year: the plan's.

    Silent where the year is another one and the weekday is that of the plan's: the year is wrong (WO05).
    """
    for find in (_wrong_weekdays, contradicting_weekday_words):
        yield from miswritten_violations(
            context, find, "暦を確かめて、日付か曜日を直してください。", report_time_of(context)
        )


def _wrong_weekdays(text: str, report: ReportTime) -> Iterator[Miswritten]:
    year = report.fiscal_year
    of_this_year = {wrong.start for wrong in wrong_weekdays(text, year, ignore_years=True)}
    dates = {one.start for one in dates_in(text) if is_date_of_another_year(one, year)}
    return (one for one in wrong_weekdays(text, year) if one.start not in dates or one.start in of_this_year)


@rule(
    "WO15",
    Family.WORDING,
    Severity.ERROR,
    "西暦と和暦の年が合いません",
    why="「2024（令和5）年度」のように 2 つの年が違うと、どちらの年のことか読み手に分かりません。",
    remedy="どちらの年が正しいか確かめて、違う方を直してください。",
)
def calendars_contradict(context: CheckContext) -> Iterator[Violation]:
    """Western and era year contradict each other: 2024（令和6）年度, 令和6年（2024年）."""
    yield from miswritten_violations(context, contradicting_years, "正しい年に直してください。")


@rule(
    "WO40",
    Family.WORDING,
    Severity.WARNING,
    "期間の終わりが始まりより前です",
    why="「9月26日から9月5日」のように始まりと終わりが逆だと、いつからいつまでか読み手に分かりません。",
    remedy="始まりの日と終わりの日を確かめ、早い日を先に書いてください。",
)
def period_is_reversed(context: CheckContext) -> Iterator[Violation]:
    """The last day of a period is before its first; periods over the turn of the year are right.

    Also 9月16日から14日 and 11月下旬から上旬.
    """
    hint = "始まりの日と終わりの日を確かめ、早い日を先に書いてください。"
    yield from miswritten_violations(context, _reversed_periods_and_ranges, hint)


def _reversed_periods_and_ranges(text: str) -> Iterator[Miswritten]:
    from kenpo_xl.domain.language.dates.reversed_ranges import reversed_ranges

    found = list(reversed_periods(text))
    yield from found
    yield from (one for one in reversed_ranges(text) if one.start not in {other.start for other in found})

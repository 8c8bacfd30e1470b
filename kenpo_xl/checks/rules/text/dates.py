"""Rules on dates in sentences (表記): malformed, impossible, or outside the period."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import all_printed_texts, printed_lines, quoted, sentence_at
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.date_notation import (
    Miswritten,
    contradicting_years,
    impossible_dates,
    impossible_years,
    malformed_eras,
    unfinished_dates,
    wrong_weekdays,
)
from kenpo_xl.domain.language.dates_in_text import NamedDate, dates_in
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.placeholders import YearRole
from kenpo_xl.domain.time.fiscal_calendar import fiscal_year_text

# Words for a date of another time than the period's.
ELSEWHEN = AnyOf(
    "締結|協定|制定|設置|設立|開設|発足|公表|公布|告示|予定|参考|前年|昨年|前回|前期|過去|同期|同月|以降|見込|計画|まで|改正|施行|策定|作成|当時|予告|今後|来年|翌年|次年"
)


def _notation_violations(
    context: CheckContext, find: Callable[[str], Iterator[Miswritten]], hint: str
) -> Iterator[Violation]:
    for written in all_printed_texts(context):
        for wrong in find(written.text):
            quote = quoted(written.text[wrong.start : wrong.end])
            yield written.violation(wrong.start, f"{quote}は{wrong.wrong}。", hint, actual=quote[1:-1])


@rule(
    "WO01",
    Family.WORDING,
    Severity.ERROR,
    "和暦の書き方が整っていません",
    why="「令和7月」のように年が抜けると、いつのことか読み手に分かりません。",
    remedy="「令和7年1月」のように、年号、年、月の順に書きます。",
)
def era_is_malformed(context: CheckContext) -> Iterator[Violation]:
    """An era is followed by a number and 年. Exact: 令和7年1～3月 is right, 令和7月1～3月 is not."""
    yield from _notation_violations(
        context, malformed_eras, "年を補い、「令和7年1月」のように書いてください。"
    )


@rule(
    "WO02",
    Family.WORDING,
    Severity.WARNING,
    "日付が書きかけになっています",
    why="「12月20に」のような書きかけの日付は、印刷してから見つかると差し替えになります。",
    remedy="月と日の両方を、「12月20日」のように書きます。",
)
def date_is_unfinished(context: CheckContext) -> Iterator[Violation]:
    """After a month, a bare number from 1 to 31 and に, から, まで … is a day without 日; not 12月に20件."""
    yield from _notation_violations(
        context, unfinished_dates, "「12月20日」のように、月と日を補ってください。"
    )


@rule(
    rule_codes.IMPOSSIBLE_DATE,
    Family.WORDING,
    Severity.ERROR,
    "暦にない日付があります",
    why="平成32年や2月30日のように暦にない日付は、必ず打ち間違いです。",
    remedy="正しい年、月、日に直します。",
)
def date_does_not_exist(context: CheckContext) -> Iterator[Violation]:
    """No 令和0年, 平成32年, 昭和65年, 大正16年 or 明治46年; no 13月, no 2月30日."""
    for find in (impossible_years, impossible_dates):
        yield from _notation_violations(context, find, "正しい日付に直してください。")


@rule(
    "WO04",
    Family.WORDING,
    Severity.WARNING,
    "曜日が日付と合いません",
    why="日付か曜日のどちらかが違っています。案内を見た人が別の日に来てしまいます。",
    remedy="暦を確かめ、日付か曜日を直します。",
)
def weekday_does_not_fit(context: CheckContext) -> Iterator[Violation]:
    """A weekday in brackets does not fit its day (in the plan's fiscal year by default)."""

    def find(text: str) -> Iterator[Miswritten]:
        return wrong_weekdays(text, context.plan.fiscal_year)

    yield from _notation_violations(context, find, "暦を確かめて、日付か曜日を直してください。")


@rule(
    "WO15",
    Family.WORDING,
    Severity.ERROR,
    "西暦と和暦の年が合いません",
    why="「2024（令和5）年度」のように 2 つの年が違うと、どちらの年のことか読み手に分かりません。",
    remedy="どちらの年が正しいか確かめて、違う方を直します。",
)
def calendars_contradict(context: CheckContext) -> Iterator[Violation]:
    """Western and era year contradict each other: 2024（令和6）年度, 令和6年（2024年）."""
    yield from _notation_violations(context, contradicting_years, "正しい年に直してください。")


@rule(
    "WO05",
    Family.WORDING,
    Severity.WARNING,
    "年度の外の日付があります",
    why="前の年度の文を写したまま、年だけ直し忘れることがよくあります。",
    remedy="年を直します。前の年度のことなら「前年度」「参考」、先のことなら「予定」と書き添えます。",
    superseded_by=(rule_codes.IMPOSSIBLE_DATE, rule_codes.BIRTH_DATE),
)
def date_is_outside_the_year(context: CheckContext) -> Iterator[Violation]:
    """A month with a year outside the plan's fiscal year, without an explaining word.

    Explanations: 予定, 参考, 前年, 昨年, 過去 and the like, 「…から」 without a second date, a range that
    reaches into the year, 付け of a notice, the name of an event. One finding a list.
    """
    year = context.plan.fiscal_year
    for written in all_printed_texts(context):
        if any(_names_another_year(axis.year_role, "".join(axis.labels)) for axis in written.axes):
            continue
        dates, last = dates_in(written.text), -1
        for place, named in enumerate(dates):
            if not _is_of_another_year(named, year):
                continue
            if _explains_another_year(written.text, dates[place:], year):
                continue
            goes_on, last = named.goes_on and last == place - 1, place
            if goes_on:
                continue
            quote = quoted(written.text[named.start : named.end])
            yield written.violation(
                named.start,
                f"{quote}は{fiscal_year_text(year)}の日付ではありません。",
                "年を確かめてください。別の年度のことなら「前年度」「参考」「予定」などと書き添えてください。",
                actual=quote[1:-1],
            )


def _is_of_another_year(named: NamedDate, year: int) -> bool:
    """Whether a date with a year of its own is not of a fiscal year."""
    return named.year is not None and named.is_possible and named.month_in(year).fiscal_year != year


# After the date of a named event or document, a birthday, or a compared value.
_NAMED_BY_DATE = LazyPattern(
    r"付|(?:(?:\d{1,2}日)?以[前降後]に?|から[^。、]{1,20})?生ま?れ"
    r"|(?:の[一-龯]{0,6}?|[一-龯]{0,4}?)(?:豪雨|台風|大雨|地震|震災|通知|通達|告示|適用|改正|改定)"
    r"|[にと]比|比[でべ較]"
)


def _explains_another_year(text: str, dates: Sequence[NamedDate], year: int) -> bool:
    """Whether a sentence explains why the first of `dates` is outside fiscal year `year`."""
    named, *after = dates
    rest = half_width(text[named.end :]).lstrip(" 上中下旬末")
    begins = rest.startswith(("から", "より")) and not after
    spans = rest.startswith("~") and after and after[0].month_in(year).fiscal_year == year
    is_elsewhen = ELSEWHEN.is_in(sentence_at(text, named.start))
    return bool(begins or spans or is_elsewhen or _NAMED_BY_DATE.match(rest))


def _names_another_year(year_role: YearRole | None, words: str) -> bool:
    return year_role not in (None, YearRole.CURRENT) or ELSEWHEN.is_in(words)


_DONE = re.compile(
    r"(?:行っ|実施し|開催し|送付し|発送し|報告し|掲載し|決定し|図っ|開始し|終了し|配布し|周知し|発信し|いただい)た"
    r"|済み?(?=[、。)]|$)|ました|(?:実施|開催|発送|送付|報告|配布|掲載)(?=[。)]|\s*$)"
)
_AHEAD = re.compile(r"予定|見込|計画|準備|今後|する(?:こと|。|$)|向け")


@rule(
    "WO06",
    Family.WORDING,
    Severity.INFO,
    "基準日より後のことが、済んだ書き方になっています",
    why="基準日より後のことは、評議会の日までに済んでいても、予定と実績のどちらか分かるように書きます。",
    remedy="まだのことなら「予定」と書き、済んだことならそのままで構いません。",
)
def future_is_described_as_past(context: CheckContext) -> Iterator[Violation]:
    """A date after the as-of date (基準日) with a verb in the past, without 予定."""
    as_of = context.plan.period.as_of
    for written in printed_lines(context):
        for sentence, start in _sentences_with_start(written.text):
            late = _first_future_date(sentence, context)
            if late is None or _AHEAD.search(sentence) or not _DONE.search(sentence, late.end):
                continue
            quote = quoted(sentence[late.start : late.end])
            yield written.violation(
                start + late.start,
                f"{quote}は基準日（{as_of.month}月{as_of.day}日）より後ですが、済んだことのように書かれています。",
                "まだ行っていないことなら「予定」と書き添えてください。済んでいれば、このままで構いません。",
                actual=quote[1:-1],
            )


def _first_future_date(sentence: str, context: CheckContext) -> NamedDate | None:
    """The first date after the as-of date, except the end of a range that began before."""
    before: NamedDate | None = None
    for named in dates_in(sentence):
        goes_on = before and re.fullmatch(
            r"\s*(?:[~-]|から)\s*", half_width(sentence[before.end : named.start])
        )
        if _is_after_as_of(named, context) and not goes_on:
            return named
        before = named
    return None


def _sentences_with_start(text: str) -> Iterator[tuple[str, int]]:
    for found in re.finditer(r"[^。\n]+。?", text):
        yield found[0], found.start()


def _is_after_as_of(named: NamedDate, context: CheckContext) -> bool:
    plan = context.plan
    if not named.is_possible or named.month_in(plan.fiscal_year).fiscal_year != plan.fiscal_year:
        return False
    day = named.day_in(plan.fiscal_year)
    return day > plan.period.as_of if day else named.month_in(plan.fiscal_year) > plan.as_of_month

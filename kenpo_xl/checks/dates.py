"""Dates in the text (表記): that cannot be read, are not there, or are of another time than the period's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.told import told_before
from kenpo_xl.checks.written import Written, everything, lines, quoted, sentence_at
from kenpo_xl.domain.calendar import MONTHS_OF_FISCAL_YEAR, fiscal_year_text, quarter_end
from kenpo_xl.domain.case import Case
from kenpo_xl.domain.findings import Family, Flaw, Severity
from kenpo_xl.domain.japanese_dates import (
    Miswritten,
    NamedDate,
    dates_in,
    impossible_dates,
    impossible_years,
    malformed_eras,
    unfinished_dates,
    wrong_weekdays,
)
from kenpo_xl.domain.placeholders import Tense
from kenpo_xl.domain.plan import AsOf
from kenpo_xl.domain.text import half_width, places_of

# What says that a date is meant to be of another time than the period's.
ELSEWHEN = re.compile(
    r"締結|協定|制定|設置|設立|開設|発足|公表|公布|告示|予定|参考|前年|昨年|前回|前期|過去|同期|同月|以降|見込|計画|まで|改正|施行|策定|作成|当時|予告|今後|来年|翌年|次年"
)


def _flaws(case: Case, find: Callable[[str], Iterator[Miswritten]], hint: str) -> Iterator[Flaw]:
    for written in everything(case):
        for wrong in find(written.text):
            said = quoted(written.text[wrong.start : wrong.end])
            yield written.flaw(wrong.start, f"{said}は{wrong.wrong}。", hint, actual=said[1:-1])


@rule(
    "WO01",
    Family.WORDING,
    Severity.ERROR,
    "和暦の書き方が整っていません",
    why="「令和7月」のように年が抜けると、いつのことか読み手に分かりません。",
    remedy="「令和7年1月」のように、年号、年、月の順に書きます。",
)
def era_is_malformed(case: Case) -> Iterator[Flaw]:
    """An era is followed by a number and 年. Exact: 令和7年1～3月 is right, 令和7月1～3月 is not."""
    yield from _flaws(case, malformed_eras, "年を補い、「令和7年1月」のように書いてください。")


@rule(
    "WO02",
    Family.WORDING,
    Severity.WARNING,
    "日付が書きかけになっています",
    why="「12月20に」のような書きかけの日付は、印刷してから見つかると差し替えになります。",
    remedy="月と日の両方を、「12月20日」のように書きます。",
)
def date_is_unfinished(case: Case) -> Iterator[Flaw]:
    """After a month, a bare number from 1 to 31 and に, から, まで … is a day without 日; not 12月に20件."""
    yield from _flaws(case, unfinished_dates, "「12月20日」のように、月と日を補ってください。")


@rule(
    "WO03",
    Family.WORDING,
    Severity.ERROR,
    "暦にない日付があります",
    why="平成32年や2月30日のように暦にない日付は、必ず打ち間違いです。",
    remedy="正しい年、月、日に直します。",
)
def date_does_not_exist(case: Case) -> Iterator[Flaw]:
    """No 令和0年, 平成32年, 昭和65年, 大正16年 or 明治46年; no 13月, no 2月30日."""
    for find in (impossible_years, impossible_dates):
        yield from _flaws(case, find, "正しい日付に直してください。")


@rule(
    "WO04",
    Family.WORDING,
    Severity.WARNING,
    "曜日が日付と合いません",
    why="日付か曜日のどちらかが違っています。案内を見た人が別の日に来てしまいます。",
    remedy="暦を確かめ、日付か曜日を直します。",
)
def weekday_does_not_fit(case: Case) -> Iterator[Flaw]:
    """A weekday in brackets right behind a day; a day without its year is of the plan's fiscal year."""

    def find(text: str) -> Iterator[Miswritten]:
        return wrong_weekdays(text, case.plan.fiscal_year)

    yield from _flaws(case, find, "暦を確かめて、日付か曜日を直してください。")


@rule(
    "WO05",
    Family.WORDING,
    Severity.WARNING,
    "年度の外の日付があります",
    why="前の年度の文を写したまま、年だけ直し忘れることがよくあります。",
    remedy="年を直します。前の年度のことなら「前年度」「参考」、先のことなら「予定」と書き添えます。",
    yields_to=("WO03",),
)
def date_is_outside_the_year(case: Case) -> Iterator[Flaw]:
    """A month with its own year that is not of the plan's fiscal year, in a sentence that does not say so.

    予定, 参考, 前年, 昨年, 過去 and the like say so, and 「…から」 without a second date. One finding a list.
    """
    year = case.plan.fiscal_year
    for written in everything(case):
        if any(_is_elsewhen(axis.tense, "".join(axis.labels)) for axis in written.axes):
            continue
        dates, told = dates_in(written.text), -1
        for place, named in enumerate(dates):
            if named.year is None or not named.is_possible or named.month_in(year).fiscal_year == year:
                continue
            sentence = sentence_at(written.text, named.start)
            rest = half_width(written.text[named.end :]).lstrip(" 上中下旬末")
            begins = rest.startswith(("から", "より")) and place + 1 == len(dates)
            if begins or ELSEWHEN.search(sentence):
                continue
            goes_on, told = named.goes_on and told == place - 1, place
            if goes_on:
                continue
            said = quoted(written.text[named.start : named.end])
            yield written.flaw(
                named.start,
                f"{said}は{fiscal_year_text(year)}の日付ではありません。",
                "年を確かめてください。別の年度のことなら「前年度」「参考」「予定」などと書き添えてください。",
                actual=said[1:-1],
            )


def _is_elsewhen(tense: Tense | None, words: str) -> bool:
    return tense not in (None, Tense.CURRENT) or bool(ELSEWHEN.search(words))


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
def future_is_told_as_past(case: Case) -> Iterator[Flaw]:
    """A date after the period's as-of date (基準日) before a verb that says done, without 予定."""
    as_of = case.plan.period.as_of
    for written in lines(case):
        for sentence, start in _sentences(written.text):
            late = _late(sentence, case)
            if late is None or _AHEAD.search(sentence) or not _DONE.search(sentence, late.end):
                continue
            said = quoted(sentence[late.start : late.end])
            yield written.flaw(
                start + late.start,
                f"{said}は基準日（{as_of.month}月{as_of.day}日）より後ですが、済んだことのように書かれています。",
                "まだ行っていないことなら「予定」と書き添えてください。済んでいれば、このままで構いません。",
                actual=said[1:-1],
            )


def _late(sentence: str, case: Case) -> NamedDate | None:
    """The first date after the as-of date that does not end a stretch of time begun before it."""
    before: NamedDate | None = None
    for named in dates_in(sentence):
        goes_on = before and re.fullmatch(
            r"\s*(?:[~-]|から)\s*", half_width(sentence[before.end : named.start])
        )
        if _is_after(named, case) and not goes_on:
            return named
        before = named
    return None


def _sentences(text: str) -> Iterator[tuple[str, int]]:
    for found in re.finditer(r"[^。\n]+。?", text):
        yield found[0], found.start()


def _is_after(named: NamedDate, case: Case) -> bool:
    plan = case.plan
    if not named.is_possible or named.month_in(plan.fiscal_year).fiscal_year != plan.fiscal_year:
        return False
    day = named.day_in(plan.fiscal_year)
    return day > plan.period.as_of if day else named.month_in(plan.fiscal_year) > plan.base


_QUARTER = re.compile(
    r"第\s*([1-4一二三四])\s*四半期\s*(?:末|までの?)?\s*(?:現在|時点|まで|実績|の(?:実績|取組|進捗|(?:実施)?状況))"
)
# What is said of another quarter with a reason.
_IN_PASSING = re.compile(r"踏まえ|受け|比べ|比較|対比|分析|検証|報告|説明|共有|反省|継続|引き続")
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4}
_AS_OF = re.compile(r"\s*(?:末\s*)?(?:時点|現在)|\s*(?:末|まで)\s*\)")
_COLUMN_AS_OF = re.compile(r"\s*は\s*$")


@rule(
    "WO07",
    Family.WORDING,
    Severity.WARNING,
    "別の時期が書かれています",
    why="前の期の文を写したまま、「9月末」や「第2四半期」を直し忘れることがよくあります。",
    remedy="表の基準月と同じ月に直すか、表の基準月を直します。",
)
def another_period_is_named(case: Case) -> Iterator[Flaw]:
    """The month of 12月末時点, （12月末） or （12月まで） is that of the period or of a table of the item.

    Behind a number that is a figure of the item it is that figure's as-of month, behind the head of a column
    and は that column's. A quarter with 末, 現在, 時点 or まで is the plan's. Sentences with 予定, 参考, 前年
    and the like are left alone. In items without tables only the end of the quarter before is told.
    """
    for written in lines(case):
        plain = half_width(written.text)
        for found in _other_quarters(case, plain):
            if not ELSEWHEN.search(plain.replace("まで", "")):
                yield _other_time(written, found.start(), found.end(), f"第{case.plan.period.quarter}四半期")
        for named in dates_in(plain):
            months = _expected_months(case, written, plain, named)
            if months and named.month not in months:
                told = "・".join(f"{month}月" for month in sorted(months, key=MONTHS_OF_FISCAL_YEAR.index))
                yield _other_time(written, named.start, named.end, told)


def _other_quarters(case: Case, plain: str) -> Iterator[re.Match[str]]:
    """Where a text speaks of another quarter as if it were the plan's; not where it speaks of both."""
    found = {one: _NUMERALS.get(one[1]) or int(one[1]) for one in _QUARTER.finditer(plain)}
    now = case.plan.period.quarter
    if now not in found.values() and not _IN_PASSING.search(plain):
        yield from (one for one, number in found.items() if number != now)


def _other_time(written: Written, start: int, end: int, told: str) -> Flaw:
    said = quoted(written.text[start:end])
    return written.flaw(
        start,
        f"{said}とありますが、この期や表の基準は{told}です。",
        "時期を確かめて、文か表の基準月のどちらかを直してください。",
        actual=said[1:-1],
        expected=told,
    )


def _expected_months(case: Case, written: Written, plain: str, named: NamedDate) -> set[int]:
    """The months that an as-of month in a text may be; none where it is no as-of month, or cannot be told."""
    year = case.plan.fiscal_year
    sentence = sentence_at(plain, named.start).replace("まで", "")
    if named.day is not None or not named.is_possible or ELSEWHEN.search(sentence):
        return set()
    if named.month_in(year).fiscal_year != year:
        return set()
    column = _column_month(case, written, plain, named)
    if column:
        return {column}
    if not _AS_OF.match(plain, named.end):
        return set()
    figures = told_before(case, written, plain, named.start)
    if figures:
        return {case.figures.as_of_month(figure.id) or case.plan.base.number for figure in figures}
    typed = {
        month
        for table in written.item.tables
        for month in case.figures.tables[written.item.id, table.name].months
        if month
    }
    if written.item.tables:
        return typed | {case.plan.base.number}
    return {case.plan.base.number} if _is_last_quarters_end(case, sentence, named) else set()


def _is_last_quarters_end(case: Case, sentence: str, named: NamedDate) -> bool:
    """Whether a sentence names no month but the one that ended the quarter before, and reports no meeting."""
    quarter, year = case.plan.period.quarter, case.plan.fiscal_year
    before = quarter_end(year, quarter - 1).month if quarter > 1 else 0
    months = {one.month for one in dates_in(sentence)}
    return named.month == before and len(months) == 1 and not _IN_PASSING.search(sentence)


def _column_month(case: Case, written: Written, plain: str, named: NamedDate) -> int | None:
    """The as-of month typed for the column whose head stands before は and the month: 事業者健診は10月."""
    for table in written.item.tables:
        if table.as_of is not AsOf.COLUMNS:
            continue
        months = case.figures.tables[written.item.id, table.name].months
        for place, axis in enumerate(table.columns):
            for _, end in places_of(axis.name, plain):
                if place < len(months) and _COLUMN_AS_OF.fullmatch(plain[end : named.start]):
                    return months[place]
    return None

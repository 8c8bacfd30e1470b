"""What is wrong with the way in which a Japanese sentence writes its dates (日付)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.dates.dates_in_text import (
    ERA,
    NOT_INSIDE,
    WEEKDAYS,
    YEAR,
    NamedDate,
    dates_in,
    western_year,
)
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.language.numbers_in_text import UNIT
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.time.fiscal_calendar import ERAS, FiscalYear, Month, is_leap_year


@frozen
class Miswritten:
    """A piece of a text that is no whole date: its place, and in Japanese what is wrong with it."""

    start: int
    end: int
    wrong: str


_WESTERN = r"(?:19|20)\d\d"
_NAMES = tuple(name for name, _, _ in ERAS)
# Words that begin with the last letter of the date before them: 令和6年年末, 12月月初.
_NEXT_WORDS = {"年": "末始金報間次賀頭収齢少長休俸額平", "月": "曜末初例間報次額内中給齢"}
_TWICE = "|".join(
    "|".join((name + name[-1], name[0] + name, *(name + other for other in _NAMES))) for name in _NAMES
)
# 今和7年, 令話7年, 令7年: an era that there is not; 政令7年 and 令7.12 are none
_NO_ERA = LazyPattern(
    r"(?:(?<![一-龯])和|[今冷零玲怜礼合伶鈴命会齢例霊励]和|(?<![法政省条訓指号命])令(?!和)[一-龯]?"
    r"|平[生正静盛城]|[兵閉丙]成|昭[話輪知]|[照正招省]和|(?<![一-龯])[平昭])\s*(?:\d{1,2}|元)\s*年(?![間目])"
)
# No text has such an era that, with the right ones hidden, has nothing like this.
_LIKE_AN_ERA = LazyPattern(r"[和令平昭成]\D?\s*(?:\d|元)", needs="和令平昭成")
_NO_YEAR = LazyPattern(
    # 令和7月, 令和 7 月1～3月, 令和12日: a month or day where the year belongs
    rf"(?:{ERA})\s*(?:\d+\s*(?:月|日)[\d~\-・月日]*|(?:\d+|元)\s+\d{{1,2}}\s*月"
    # 令和6度, 令和6の; a header like 令和6実績 is usual
    r"|(?:\d+(?!\d)|元)(?:\s*度|(?=\s*[のにはがをでへ])))"
)
# What is looked for in texts that, without white space, contain such words.
_MALFORMED = (
    (
        AnyOf("|".join(f"{name}年" for name in _NAMES)),
        LazyPattern(rf"(?:{ERA})\s*年(?![間代号表])(?:\s*\d+\s*月)?"),
        "年号のあとの年が抜けています",
    ),
    (AnyOf(_TWICE), LazyPattern(rf"(?:{_TWICE})(?=\s*(?:\d|元))"), "年号が重なっています"),
    *(
        (
            AnyOf(2 * letter),
            LazyPattern(rf"\d\s*{letter}\s*{letter}(?![{words}])"),
            "同じ字が重なっています",
        )
        for letter, words in _NEXT_WORDS.items()
    ),
)
# Words that begin as a unit does: 令和6年5月27 個人情報保護委員会.
_NO_UNIT = "個人|人事|名簿|部会|部内|本部|点検|社会|社労|台帳|回収|組合|年金|代表|分科|分析|通知"
_DAY_ALONE = r"(?:1[0-2]|0?[1-9])\s*月\s*(?:3[01]|[12]\d|0?[1-9])(?!\d)"
# No date that stops half way lacks one of these.
_STOPS = LazyPattern(
    r"月\s*(?:日|\d{1,2}(?!\d|\s*日|\s*~\s*\d+\s*月(?!\s*\d)))|年\s*\d{1,2}(?!\d|\s*月)|\d\s+\d{1,2}\s*日|(?:^|[。、(])\s*月\s*\d"
)
_UNFINISHED = (
    (
        LazyPattern(
            rf"{NOT_INSIDE}{_DAY_ALONE}(?=\s*(?:に|から|まで|より|付け|現在|時点|~\s*\d+\s*月\s*\d+\s*日"
            r"|(?:開催|実施|発送|送付|発行|開始|終了|締切)|\("
            f"[{WEEKDAYS}]"
            r"\)))"
        ),
        "「日」が抜けています",
    ),
    # With its year before it, what follows can only be a day: 令和6年5月27 委員会を開催
    (
        LazyPattern(
            rf"{YEAR}\s*年\s*{_DAY_ALONE}(?=\s+[^\W\d]|\s*(?:、(?!\s*\d)|。|・(?!\s*\d))|\s*$)(?!\s*(?:日|(?!{_NO_UNIT})(?:{UNIT})))"
        ),
        "「日」が抜けています",
    ),
    (
        LazyPattern(
            rf"{YEAR}\s*年\s*(?:1[0-2]|0?[1-9])(?!\d)(?=\s+[^\W\d])(?!\s*(?:[月日度つ]|(?!{_NO_UNIT})(?:{UNIT})))"
        ),
        "「月」が抜けています",
    ),
    # 12 20日に: a month without 月
    (
        LazyPattern(
            rf"{NOT_INSIDE}(?:1[0-2]|[1-9])\s+(?:3[01]|[12]\d|[1-9])\s*日(?=\s*(?:に|から|まで|より|付|開催|実施|発送|送付|、|。|~|\(|$))"
        ),
        "「月」が抜けています",
    ),
    (LazyPattern(r"\d\s*月\s*日(?=\s*(?:に|から|まで|より|付|、|。|\())"), "日の数が抜けています"),
    (
        LazyPattern(r"(?:^|[。、(])\s*月\s*\d{1,2}\s*日(?!\s*(?:\(\s*\d+\s*時間|程度|以内|ずつ|の割合|間))"),
        "月の数が抜けています",
    ),
)


def malformed_eras(text: str) -> Iterator[Miswritten]:
    """Where an era (年号) is not followed by its year: 令和7月1～3月, 令和年6月, 令和6 12月."""
    plain = half_width(text)
    squeezed = "".join(plain.split())
    sought = [(one, wrong) for words, one, wrong in _MALFORMED if words.is_in(squeezed)]
    if _LIKE_AN_ERA.search(_with_hidden_eras(plain)):
        sought.append((_NO_ERA, "年号の書き方ではありません"))
    if _is_era_without_year(plain):
        sought.append((_NO_YEAR, "年号のあとに「年」がありません"))
    return _find_miswritten(text, sought)


def _with_hidden_eras(plain: str) -> str:
    for name in _NAMES:
        plain = plain.replace(name, "□")
    return plain


def _is_era_without_year(plain: str) -> bool:
    """Whether an era is not followed by a number and 年."""
    for name in _NAMES:
        for part in plain.split(name)[1:]:
            rest = part.lstrip()
            number = rest[: len(rest) - len(rest.lstrip(_DIGITS))]
            if not rest[len(number) :].lstrip().startswith("年"):
                return True
    return False


_DIGITS = "0123456789元"


def unfinished_dates(text: str) -> Iterator[Miswritten]:
    """Dates that stop half way: 12月20に, 12月日に."""
    return _find_miswritten(text, _UNFINISHED if _STOPS.search(half_width(text)) else ())


def _find_miswritten(text: str, patterns: Sequence[tuple[LazyPattern, str]]) -> Iterator[Miswritten]:
    plain, end = half_width(text), 0
    found = [(match.span(), wrong) for pattern, wrong in patterns for match in pattern.finditer(plain)]
    for (start, stop), wrong in sorted(found):
        if start >= end:
            yield Miswritten(start, stop, wrong)
            end = stop


_ERA_YEAR = LazyPattern(rf"(?P<era>{ERA})\s*(?P<year>\d+)(?:\s*年(?:\s*(?P<month>\d{{1,2}})\s*月)?|[./])")
# The last year of each era; 昭和64年 had a week, 平成31年 ended on April 30.
_LAST_YEARS = {name: later.year - first.year + 1 for (_, _, later), (name, _, first) in pairwise(ERAS)}
# 昭和100年関連施策 counts on for the sake of a name.
_ANNIVERSARY = LazyPattern(r"\s*(?:記念|関連|問題|に当たる|にあたる|に相当)")


def impossible_years(text: str) -> Iterator[Miswritten]:
    """Years that their era does not have: 令和0年, 平成32年, 昭和65年."""
    plain = half_width(text)
    for match in _ERA_YEAR.finditer(plain):
        year, last = int(match["year"]), _LAST_YEARS.get(match["era"])
        if year == 0 or (last is not None and year > last and not _ANNIVERSARY.match(plain, match.end())):
            known = f"{match['era']}は{last}年まで" if year else "最初の年は元年"
            yield Miswritten(*match.span(), f"暦にありません（{known}）")


# Behind a fraction no date goes on so, behind a number of months (18月以上) no month does.
_DATE_GOES_ON = LazyPattern(
    rf"\s*(?:\([{WEEKDAYS}]|に(?!相当|当た|あた|減|増|上|低|とど|留|達|つい|過|及)|から|まで|付|時点|現在|開催|実施|発|~"
    r"|(?:と|及び|、|・)\s*\d{1,2}\s*(?:月\s*\d|/\d))"
)
_DURATION = LazyPattern(r"\s*(?:以上|以下|以内|未満|を?超|分|経過|後|目|前)")
# What has the form of a month and a day, whatever its numbers are: 7/37, 13/5.
_SLASHED = LazyPattern(rf"{NOT_INSIDE}(?P<month>\d{{1,2}})/(?P<day>\d{{1,3}})(?![\d/.,])", needs="/")
_MOST_DAYS = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}


def impossible_dates(text: str) -> Iterator[Miswritten]:
    """Months and days that the calendar does not have: 13月, 2月30日; no fractions, no numbers of months."""
    plain = half_width(text)
    for named in dates_in(text):
        if named.is_possible or _is_fraction_or_duration(named, plain):
            continue
        yield Miswritten(named.start, named.end, _problem_of_month_or_day(named.month, named.year))
    for slashed in _SLASHED.finditer(plain):
        month, day = int(slashed["month"]), int(slashed["day"])
        is_read = 1 <= month <= 12 and 1 <= day <= 31
        is_date = _DATE_GOES_ON.match(plain, slashed.end()) or plain[: slashed.start()].rstrip().endswith(
            "年"
        )
        if not is_read and is_date:
            yield Miswritten(*slashed.span(), _problem_of_month_or_day(month))


def _problem_of_month_or_day(month: int, year: int | None = None) -> str:
    """What is wrong with a month, or with the day of a possible month."""
    if not 1 <= month <= 12:
        return "暦にありません（月は1から12まで）"
    is_short = month == 2 and year is not None and not is_leap_year(year)
    return f"暦にありません（{month}月は{28 if is_short else _MOST_DAYS.get(month, 31)}日まで）"


def _is_fraction_or_duration(named: NamedDate, plain: str) -> bool:
    """Whether what reads as an impossible date is a fraction (2/30) or a number of months (18月以上)."""
    if re.fullmatch(r"\d+/\d+", plain[named.start : named.end]):
        return not _DATE_GOES_ON.match(plain, named.end)
    is_count = named.year is None and named.day is None and named.month > 12
    return is_count and _DURATION.match(plain, named.end) is not None


# What joins the first and the last day of a period: から, ～, a weekday in brackets before it.
_UP_TO = LazyPattern(r"\s*(?:\([^()]{1,4}\))?\s*(?:から|~|-)\s*")
_MONTHS, _TURN_OF_YEAR = 12, 3


def reversed_periods(text: str) -> Iterator[Miswritten]:
    """Periods whose last day is before the first: 9月26日から9月5日.

    12月から1月 goes over the turn of the year; only what would go back by three months or less is reversed,
    and 10月1日～9月30日 is a whole year. Of months, the first must have a year.
    """
    plain = half_width(text)
    for first, last in pairwise(dates_in(text)):
        if _UP_TO.fullmatch(plain[first.end : last.start]) and _is_range_reversed(first, last):
            yield Miswritten(first.start, last.end, "終わりの日が始まりの日より前です")


def _is_range_reversed(first: NamedDate, last: NamedDate) -> bool:
    if not (first.is_possible and last.is_possible):
        return False
    if first.day is None or last.day is None:
        return _are_months_reversed(first, last)
    if first.year is not None and last.year is not None and not last.goes_on:
        return (last.year, last.month, last.day) < (first.year, first.month, first.day)
    return _are_days_reversed_within_year((first.month, first.day), (last.month, last.day))


def _are_months_reversed(first: NamedDate, last: NamedDate) -> bool:
    """Whether months without days go back: 令和7年3月から1月まで; 6月から5月まで is a whole year."""
    is_bare = first.day is last.day is None and first.year is not None and last.goes_on
    return is_bare and 1 < (first.month - last.month) % _MONTHS < _TURN_OF_YEAR


def _are_days_reversed_within_year(first: tuple[int, int], last: tuple[int, int]) -> bool:
    """Whether a month and day is a little before another, and not its eve, which ends a whole year."""
    months, days = (first[0] - last[0]) % _MONTHS, first[1] - last[1]
    if months == 0:
        return days > 1
    is_eve = months == 1 and first[1] == 1 and last[1] >= _MOST_DAYS.get(last[0], 31) - 1
    return months <= _TURN_OF_YEAR and not is_eve


_ERA_YEAR_NAME = rf"(?P<era>{ERA}|(?<![A-Za-z])[RHS](?=\s*\d))\s*(?P<in_era>\d+|元)"
_WESTERN_NAME = rf"(?<!\d)(?P<western>{_WESTERN})(?!\d)"
_YEAR_BEFORE_BRACKET = LazyPattern(r"(?:\d|元|年|年度)\s*\(\s*(?:19|20|令|平|昭|大|明|[RHS])")
_BOTH_YEARS = tuple(
    LazyPattern(rf"{outer}\s*(?P<outer>年度?)?\s*\(\s*{inner}\s*(?P<inner>年度?)?\s*\)")
    for outer, inner in ((_WESTERN_NAME, _ERA_YEAR_NAME), (_ERA_YEAR_NAME, _WESTERN_NAME))
)


def contradicting_years(text: str) -> Iterator[Miswritten]:
    """A western year and an era's in brackets, either way round, that are not the same: 2024(令和5)年."""
    plain = half_width(text)
    for pattern in _BOTH_YEARS if _YEAR_BEFORE_BRACKET.search(plain) else ():
        for match in pattern.finditer(plain):
            year = western_year(match["era"], match["in_era"])
            is_mixed = match["outer"] and match["inner"] and match["outer"] != match["inner"]
            if year != int(match["western"]) and not is_mixed:
                shown = f"{match['era']}{match['in_era']}年は{year}年です"
                yield Miswritten(*match.span(), f"西暦と和暦が合いません（{shown}）")


# A set of seven letters takes longer to compile than all the rest: the weekday is compared here.
_WEEKDAY = LazyPattern(r"\s*\(\s*(\w)(?:曜日?)?(?:・祝|,祝|、祝)?\s*\)")


def wrong_weekdays(text: str, fiscal_year: FiscalYear, *, ignore_years: bool = False) -> Iterator[Miswritten]:
    """Dates whose weekday in brackets is that of another day: 12月20日（土）. No year: the fiscal year's."""
    plain = half_width(text)
    for one in dates_in(text):
        named = replace(one, year=None) if ignore_years else one
        match, day = _WEEKDAY.match(plain, named.end), named.day_in(fiscal_year)
        if match and day and match[1] in WEEKDAYS and match[1] != WEEKDAYS[day.weekday()]:
            shown = f"{Month(day.year, day.month)}{day.day}日は{WEEKDAYS[day.weekday()]}曜日"
            yield Miswritten(named.start, match.end(), f"曜日が合いません（{shown}）")

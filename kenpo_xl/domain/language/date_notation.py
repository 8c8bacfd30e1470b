"""What is wrong with the way in which a Japanese sentence writes its dates (日付)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.dates_in_text import (
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
from kenpo_xl.domain.time.fiscal_calendar import ERAS


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
# What is looked for in texts that, without white space, contain such words.
_MALFORMED = (
    (
        AnyOf(ERA),
        LazyPattern(
            # 令和7月, 令和 7 月1～3月, 令和12日: a month or day where the year belongs
            rf"(?:{ERA})\s*(?:\d+\s*(?:月|日)[\d~\-・月日]*|(?:\d+|元)\s+\d{{1,2}}\s*月"
            # 令和6度, 令和6の; a header like 令和6実績 is usual
            r"|(?:\d+(?!\d)|元)(?:\s*度|(?=\s*[のにはがをでへ])))"
        ),
        "年号のあとに「年」がありません",
    ),
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
_STOPS = re.compile(
    r"月\s*(?:日|\d{1,2}(?!\d|\s*日|\s*~\s*\d+\s*月(?!\s*\d)))|年\s*\d{1,2}(?!\d|\s*月)|(?:^|[。、(])\s*月\s*\d"
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
    (LazyPattern(r"\d\s*月\s*日(?=\s*(?:に|から|まで|より|付|、|。|\())"), "日の数が抜けています"),
    (LazyPattern(r"(?:^|[。、(])\s*月\s*\d{1,2}\s*日"), "月の数が抜けています"),
)


def malformed_eras(text: str) -> Iterator[Miswritten]:
    """Where an era (年号) is not followed by its year: 令和7月1～3月, 令和年6月, 令和6 12月."""
    squeezed = "".join(half_width(text).split())
    return _find_miswritten(text, [(one, wrong) for words, one, wrong in _MALFORMED if words.is_in(squeezed)])


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


_ERA_YEAR = re.compile(rf"(?P<era>{ERA})\s*(?P<year>\d+)(?:\s*年(?:\s*(?P<month>\d{{1,2}})\s*月)?|[./])")
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
            yield Miswritten(*match.span(), f"{match['era']}{year}年はありません")


# Behind a fraction no date goes on so, behind a number of months (18月以上) no month does.
_DATE_GOES_ON = LazyPattern(rf"\s*(?:\([{WEEKDAYS}]|に|から|まで|付|時点|現在|開催|実施|発|~)")
_DURATION = LazyPattern(r"\s*(?:以上|以下|以内|未満|を?超|分|経過|後|目|前)")


def impossible_dates(text: str) -> Iterator[Miswritten]:
    """Months and days that the calendar does not have: 13月, 2月30日; no fractions, no numbers of months."""
    plain = half_width(text)
    for named in dates_in(text):
        if named.is_possible or _is_fraction_or_duration(named, plain):
            continue
        shown = f"{named.month}月" + (f"{named.day}日" if named.day is not None else "")
        yield Miswritten(named.start, named.end, f"{shown}はありません")


def _is_fraction_or_duration(named: NamedDate, plain: str) -> bool:
    """Whether what reads as an impossible date is a fraction (2/30) or a number of months (18月以上)."""
    if re.fullmatch(r"\d+/\d+", plain[named.start : named.end]):
        return not _DATE_GOES_ON.match(plain, named.end)
    is_count = named.year is None and named.day is None and named.month > 12
    return is_count and _DURATION.match(plain, named.end) is not None


_ERA_YEAR_NAME = rf"(?P<era>{ERA}|(?<![A-Za-z])[RHS](?=\s*\d))\s*(?P<in_era>\d+|元)"
_WESTERN_NAME = rf"(?<!\d)(?P<western>{_WESTERN})(?!\d)"
_YEAR_BEFORE_BRACKET = re.compile(r"(?:\d|元|年|年度)\s*\(\s*(?:19|20|令|平|昭|大|明|[RHS])")
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
_WEEKDAY = re.compile(r"\s*\(\s*(\w)(?:曜日?)?(?:・祝|,祝|、祝)?\s*\)")


def wrong_weekdays(text: str, fiscal_year: int) -> Iterator[Miswritten]:
    """Dates whose weekday in brackets is that of another day: 12月20日（土）. No year: the fiscal year's."""
    plain = half_width(text)
    for named in dates_in(text):
        match, day = _WEEKDAY.match(plain, named.end), named.day_in(fiscal_year)
        if match and day and match[1] in WEEKDAYS and match[1] != WEEKDAYS[day.weekday()]:
            yield Miswritten(
                named.start, match.end(), f"{day.month}月{day.day}日は{WEEKDAYS[day.weekday()]}曜日です"
            )

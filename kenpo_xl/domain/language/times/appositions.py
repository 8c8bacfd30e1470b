"""A named time beside the months or the year of another: 第3四半期（7～9月）, 前年度（令和6年度）."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kenpo_xl.domain.language.dates.date_notation import Miswritten
from kenpo_xl.domain.language.letters import is_noun_letter
from kenpo_xl.domain.language.normalize import AnyOf, half_width, sentence_around
from kenpo_xl.domain.language.times.report_time import ReportTime
from kenpo_xl.domain.language.times.spoken import spoken_times_in
from kenpo_xl.domain.language.times.spoken_time import Kind, SpokenTime
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.time.fiscal_calendar import Month, fiscal_year_text

_NEAR = 120
_YEARS = (Kind.YEAR, Kind.RELATIVE_YEAR)
_OPENS = LazyPattern(r"\s*(?:分|計|実績|の実績|中|末|累計|まで)?\s*\(\s*")
_CLOSES = LazyPattern(
    r"\s*(?:分|実績|計|累計|まで(?:の?累計)?|の(?:実績|合計|\d+\s*[かヶカ]月間?)|末|開催|実施|診療分|支給分)?\s*\)"
)
_IS = LazyPattern(r"\s*(?::|である|に当たる|にあたる|に該当する|となる|すなわち|、すなわち)\s*")
_OF = LazyPattern(r"\s*(?:の|中の|内の|のうち、?|まで(?:の)?)\s*")
_TIME_PHRASE_GOES_ON = LazyPattern(
    r"\s*(?:頃|ごろ|中|中旬|上旬|下旬)?\s*(?:に(?!比|対|おけ)|は|から|まで|、|と|及び)"
)
# Quarters of others: of a calendar year, of a company.
_OTHER_QUARTERS = AnyOf("暦年|GDP|決算|企業|会社|各社|1月始まり|米国")
_CALENDAR_YEAR_BEFORE = LazyPattern(r"年\s*$", needs="年")
_LEADS = LazyPattern(
    r"\s*(?:中|内)?\s*(?:は|には|では|においては|に入り|に入って(?:から|は)?|として(?:は)?"
    r"|の(?:[^、。\d]{0,8})(?:取組|取り組み|実績|活動|事業|施策|研修|広報)(?:として|で)は?)[、\s]*"
)
_ACT_AT = LazyPattern(
    r"\s*(?:に(?!向|比|対|お|備|係|関|は[、]?前|予定|続|引|遡|さかの)は?|(?=開催|実施|発行|発送))(?P<clause>[^、。\n]{2,60})"
)
# What ends in these letters and is no verb before a noun.
_NO_VERBS = LazyPattern(r"に関する|に対する|に係る|に向けた|を対象とした|を目的とした|新たな?|における")
_OF_OTHER_TIMES = AnyOf(
    "前年|昨年|翌|次年度|来年|例年|毎年|前期|前倒し|遅れ|繰り越|先立|準備|延期|変更|当初|予定を|以来|過去|既に|すでに"
)
# Figures of two times side by side: 本年度（前年度）は12件（10件）.
_SIDE_BY_SIDE = LazyPattern(r"\d[^()、。]{0,8}\(\s*[\d,.]+[^()]{0,4}\)")


def contradicting_appositions(text: str, report: ReportTime) -> Iterator[Miswritten]:
    """Two names of one time, or one within the other, that do not agree."""
    plain = half_width(text)
    for one, other in pairwise(spoken_times_in(text, report)):
        if (one.agrees_with(other) and not _is_time_longer(one, other)) or _is_up_to_quarter(
            one, other, report
        ):
            continue
        is_beside = _is_in_bracket(plain, one, other) or _is_first_equated_with_second(plain, one, other)
        if not (is_beside or _is_followed_by_act(plain, one, other)):
            continue
        if not _is_beside_other_times(plain, one, other):
            yield Miswritten(
                one.start, _end_with_bracket(plain, other), _difference_in_words(plain, one, other, report)
            )


def _end_with_bracket(plain: str, other: SpokenTime) -> int:
    return other.end + (plain[other.end : other.end + 1] == ")")


def _is_beside_other_times(plain: str, one: SpokenTime, other: SpokenTime) -> bool:
    first, end = sentence_around(plain, one.start, other.end)
    first, end = max(first, one.start - _NEAR), min(end, other.end + _NEAR)
    is_quarter = Kind.QUARTER in (one.kind, other.kind) or Kind.HALF in (one.kind, other.kind)
    if is_quarter:
        before = plain[max(first, one.start - 3) : one.start]
        return bool(_OTHER_QUARTERS.is_in(plain[first:end]) or _CALENDAR_YEAR_BEFORE.search(before))
    return bool(_SIDE_BY_SIDE.search(plain[other.end : end]))


def _is_up_to_quarter(one: SpokenTime, other: SpokenTime, report: ReportTime) -> bool:
    """Whether months from the first of the year on end with the named quarter: 第3四半期（4～12月）."""
    for named, months in ((one, other.months), (other, one.months)):
        if named.kind is Kind.QUARTER and _is_up_to(months, named.months, report):
            return True
    return False


def _is_up_to(months: Sequence[int], named: Sequence[int], report: ReportTime) -> bool:
    return months[0] == report.fiscal_year.first_month and months[-1] == named[-1]


def _is_time_longer(one: SpokenTime, other: SpokenTime) -> bool:
    """Whether a range of dates has more months than the quarter or half beside it."""
    for named, dates in ((one, other), (other, one)):
        if named.kind in (Kind.QUARTER, Kind.HALF) and dates.is_range:
            return set(dates.months) > set(named.months)
    return False


def _are_comparable(one: SpokenTime, other: SpokenTime) -> bool:
    """Whether the kinds of two times are such as one explains the other."""
    kinds = {one.kind, other.kind}
    if kinds == {Kind.DATES}:
        return False
    if kinds <= {*_YEARS}:
        return kinds == {*_YEARS}
    return Kind.DATES in kinds


def _is_in_bracket(plain: str, one: SpokenTime, other: SpokenTime) -> bool:
    """Whether the second is all that is in a bracket behind the first."""
    if not _OPENS.fullmatch(plain[one.end : other.start]):
        return False
    closed = _CLOSES.match(plain, other.end)
    if closed is None:
        return False
    is_as_of = one.kind in (*_YEARS, Kind.QUARTER, Kind.HALF) and "末" in closed[0]
    if is_as_of and other.ranges and one.ranges:
        return False
    return _are_comparable(one, other) and not (is_as_of and _may_second_be_when_counted(one, other))


def _is_followed_by_act(plain: str, one: SpokenTime, other: SpokenTime) -> bool:
    """Whether a named period is that of an act which a date is said of: 上期は、11月に説明会を開催した."""
    if one.kind not in (Kind.QUARTER, Kind.HALF) or other.kind is not Kind.DATES or other.is_range:
        return False
    act = _ACT_AT.match(plain, other.end) if _LEADS.fullmatch(plain[one.end : other.start]) else None
    if act is None:
        return False
    begin, end = sentence_around(plain, one.start, act.end())
    clause = _NO_VERBS.sub("", act["clause"])
    is_of_noun = any(is_noun_letter(letter) for letter in _letters_behind_verb_ends(clause))
    return not is_of_noun and not _OF_OTHER_TIMES.is_in(plain[begin:end])


def _letters_behind_verb_ends(clause: str) -> Iterator[str]:
    """The letters behind た and る, which may end a verb that belongs to a noun."""
    return (after for letter, after in pairwise(clause) if letter in "ただる")


def _may_second_be_when_counted(one: SpokenTime, other: SpokenTime) -> bool:
    """Whether the months of the second may be those in which the first was counted."""
    return one.kind in _YEARS or (other.months[0] - one.months[-1]) % 12 <= 3


def _is_first_equated_with_second(plain: str, one: SpokenTime, other: SpokenTime) -> bool:
    """Whether the first is said to be the second, or to hold it: 第3四半期の8月に."""
    between = plain[one.end : other.start]
    if not _are_comparable(one, other):
        return False
    if _IS.fullmatch(between):
        return True
    if not _OF.fullmatch(between):
        return False
    if one.kind is Kind.DATES:
        return one.is_range and other.kind in (Kind.QUARTER, Kind.HALF)
    if other.kind is Kind.YEAR:
        return one.kind is Kind.RELATIVE_YEAR and not between.strip().startswith("まで")
    return not between.strip().startswith("まで") and _TIME_PHRASE_GOES_ON.match(plain, other.end) is not None


def _difference_in_words(plain: str, one: SpokenTime, other: SpokenTime, report: ReportTime) -> str:
    """What is wrong, and what the named one of two times is, in Japanese."""
    named = one if one.kind is not Kind.DATES else other
    name = "".join(plain[named.start : named.end].split())
    if one.ranges and other.ranges and named.ranges:
        first, last = named.ranges[0]
        if named.kind is Kind.RELATIVE_YEAR and first % 12 == report.fiscal_year.first_month - 1:
            return f"年が合いません（{name}は{fiscal_year_text(first // 12)}）"
        return f"年が合いません（{name}は{_month_text(first)}から{_month_text(last)}まで）"
    return f"月が合いません（{name}は{named.months[0]}月から{named.months[-1]}月まで）"


def _month_text(month: int) -> str:
    return str(Month(month // 12, month % 12 + 1))

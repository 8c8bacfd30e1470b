"""The dates of a sentence as single ones, ranges and lists: 10月1日から10日, 4月、7月及び10月."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kenpo_xl.domain.language.dates.dates_in_text import NamedDate, dates_in
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.language.times.spoken_time import Kind, Months, SpokenTime
from kenpo_xl.domain.lazy_patterns import LazyPattern

_THIRDS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}
_END_WORD = r"(?P<third>上旬|中旬|下旬)|末日?|初め|初旬|頃|ごろ"
_WEEKDAY = r"(?:\s*\(\s*[月火水木金土日](?:曜日?)?(?:・祝|,祝|、祝)?\s*\))?"
_ENDS = LazyPattern(rf"{_WEEKDAY}\s*(?:{_END_WORD})?")
_UP_TO = LazyPattern(r"\s*(?:から|より|~|-)\s*(?:同年|同月|翌年?|翌々年)?\s*")
_AND = LazyPattern(r"\s*(?:、|・|,|と|及び|および|並びに)\s*")
_BARE_DAY = LazyPattern(r"(\d{1,2})\s*日(?![間以])")
_VAGUE = AnyOf("旬|末|初め|頃|ごろ")
_LIST_GOES_BACK = LazyPattern(r"\d\s*[、・,]\s*$")
_LONGEST_RANGE = 240


def groups_of_dates(plain: str) -> Iterator[SpokenTime]:
    """Single dates, ranges from one to another, and lists of dates."""
    dates, place = dates_in(plain), 0
    while place < len(dates):
        group, is_range = [dates[place]], False
        end, words, third = _end_and_words_behind(plain, dates[place])
        place += 1
        while place < len(dates):
            between = plain[end : dates[place].start]
            if len(group) == 1 and _UP_TO.fullmatch(between):
                is_range = True
            elif is_range or not _AND.fullmatch(between):
                break
            group.append(dates[place])
            end, more, _ = _end_and_words_behind(plain, dates[place])
            words += more
            place += 1
        if len(group) == 1:
            last = _bare_last_day(plain, group[0], end)
            if last:
                group, end, is_range = [group[0], last], last.end, True
        if _are_all_dates_of_list(plain, group):
            yield _time_of_dates(group, end, words, third, is_range=is_range)


def _end_and_words_behind(plain: str, named: NamedDate) -> tuple[int, str, str | None]:
    """Where the words behind a date end (頃, 上旬), the words, and the third of the month among them."""
    match = _ENDS.match(plain, named.end)
    return (match.end(), match[0], match["third"]) if match else (named.end, "", None)


def _are_all_dates_of_list(plain: str, group: Sequence[NamedDate]) -> bool:
    """Whether dates are possible, and no list without months goes on before them."""
    start = group[0].start
    return all(one.is_possible for one in group) and not _LIST_GOES_BACK.search(
        plain, max(0, start - 4), start
    )


def _bare_last_day(plain: str, first: NamedDate, end: int) -> NamedDate | None:
    """The 10日 of 10月1日から10日."""
    joint = _UP_TO.match(plain, end) if first.day else None
    bare = _BARE_DAY.match(plain, joint.end()) if joint else None
    if bare is None:
        return None
    return NamedDate(first.year, first.month, int(bare[1]), bare.start(), bare.end(), goes_on=True)


def _time_of_dates(
    group: Sequence[NamedDate], end: int, words: str, third: str | None, *, is_range: bool
) -> SpokenTime:
    return SpokenTime(
        Kind.DATES,
        group[0].start,
        end,
        _months_of_dates(group, is_range=is_range),
        _ranges_of_dates(group, is_range=is_range),
        _first_and_last_day(group, third),
        tuple(group),
        is_range,
        not _VAGUE.is_in(words),
    )


def _months_of_dates(group: Sequence[NamedDate], *, is_range: bool) -> tuple[int, ...]:
    if not is_range:
        return tuple(dict.fromkeys(one.month for one in group))
    first, last = group[0], group[-1]
    count = (last.month - first.month) % 12 + 1
    return tuple((first.month - 1 + turn) % 12 + 1 for turn in range(count))


def _ranges_of_dates(group: Sequence[NamedDate], *, is_range: bool) -> tuple[Months, ...]:
    first, last = group[0], group[-1]
    if first.year is None:
        return ()
    begin = first.year * 12 + first.month - 1
    if last.year is None or (last.goes_on and is_range and last.year == first.year):
        return ((begin, begin + (last.month - first.month) % 12),)
    end = last.year * 12 + last.month - 1
    return ((begin, end),) if begin <= end <= begin + _LONGEST_RANGE else ()


def _first_and_last_day(group: Sequence[NamedDate], third: str | None) -> tuple[int, int] | None:
    if len({one.month for one in group}) > 1:
        return None
    if third and len(group) == 1 and group[0].day is None:
        return _THIRDS[third]
    days = [one.day for one in group if one.day]
    return (min(days), max(days)) if days and len(days) == len(group) else None

"""How often beside when: 4月、7月の3回, 四半期ごとに年3回, 4月から12月まで毎月、計8回."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kenpo_xl.domain.language.dates.date_notation import Miswritten
from kenpo_xl.domain.language.normalize import AnyOf, half_width, sentence_around
from kenpo_xl.domain.language.times.report_time import ReportTime
from kenpo_xl.domain.language.times.spoken import spoken_times_in
from kenpo_xl.domain.language.times.spoken_time import Kind, SpokenTime
from kenpo_xl.domain.lazy_patterns import LazyPattern

_TIMES = r"(?P<count>\d{1,2})\s*回(?!\s*(?:目|以上|以下|答|収|線|ずつ|程度|ほど|以内))"
_LISTED = LazyPattern(rf"\s*(?P<joint>の|に)?\s*(?P<total>計|合計|全)?\s*{_TIMES}", needs="回")
_EACH_ONCE = LazyPattern(
    rf"\s*に?各1回(?:ずつ)?[、の]?\s*(?P<joint>の)?(?P<total>計|合計)\s*{_TIMES}", needs="各"
)
_BEFORE_LIST = LazyPattern(r"(?<!\d)(?P<count>\d{1,2})\s*回の[^、。()\d]{1,12}\(\s*$", needs="回")
_BEFORE_DATES = LazyPattern(
    r"(?:全|計)\s*(?P<count>\d{1,2})\s*回の[^、。()\d]{1,16}(?:を|は)[、\s]*$", needs="回"
)
_HELD = LazyPattern(r"\s*(?:に|で)?[、\s]*(?:実施|開催|行|開)")
_CLOSES = LazyPattern(r"\s*(?:開催|実施)?\s*\)")
_EVERY_MONTH = LazyPattern(
    rf"\s*まで(?:の間)?[、に]?\s*毎月\s*(?:1\s*回)?[^。\d]{{0,16}}(?:計|合計)\s*{_TIMES}", needs="毎"
)
_PER_YEAR = LazyPattern(
    r"(?P<every>四半期|半期|半年|毎月|隔月|[23]\s*[かヶカ]月)(?P<each>ごと|毎|に1回|に一回)?"
    r"\s*(?:に?\s*(?:1\s*回|一回))?(?:ずつ)?\s*[にでの]?"
    r"(?:を?(?:発行|開催|実施|配信|点検)し|を?行い|(?:発行|開催|実施|配信)と?し)?"
    rf"\s*[、(]?\s*(?:年間?|1年に)\s*(?:計|合計)?\s*{_TIMES}",
    contains=r"年[間に計合]{0,3}\s*\d{1,2}\s*回",
)
_TIMES_A_YEAR = LazyPattern(
    r"(?<![前昨翌今\d])年(?:間|に)?\s*(?P<count>\d{1,2})\s*回(?!\s*(?:目|以上|程度))", needs="年"
)
_NUMBERED_TIME = LazyPattern(r"第\s*(\d{1,2})\s*回", needs="第")
_COUNTS = {"四半期": 4, "半期": 2, "半年": 2, "毎月": 12, "隔月": 6, "2": 6, "3": 4}
_WITHOUT_EACH = ("毎月", "隔月")
_SOME = AnyOf("除|原則|おおむね|概ね|うち|ほか|他に|臨時|から開始|延べ|各会場|各回|予備|増|減")


def miscounted_times(text: str, report: ReportTime) -> Iterator[Miswritten]:
    """Numbers of times that are not those of the dates listed before them, or of a regular interval."""
    plain = half_width(text)
    if "回" not in plain:
        return
    for time in spoken_times_in(text, report):
        if time.kind is not Kind.DATES or _is_count_about_some(plain, time.start, time.end):
            continue
        if time.is_range or len(time.dates) == 1:
            yield from _miscounted_in_span(plain, time, report)
        if len(time.dates) > 1:
            yield from _miscounted_dates(plain, time)
    yield from _miscounted_in_year(plain)
    yield from _miscounted_parts_of_year(plain)
    yield from _more_than_in_year(plain)


def _more_than_in_year(plain: str) -> Iterator[Miswritten]:
    """The times in a year that are fewer than the number of one of them: 年2回 beside 第1回 to 第3回."""
    found = _TIMES_A_YEAR.search(plain)
    numbers = [int(one) for one in _NUMBERED_TIME.findall(plain)] if found else []
    if found and len(numbers) > 1 and min(numbers) == 1 and max(numbers) > int(found["count"]):
        right = f"第{max(numbers)}回まであります"
        yield Miswritten(*found.span(), f"回数が合いません（{right}）")


def _miscounted_in_year(plain: str) -> Iterator[Miswritten]:
    """The times in a year that are not those of a regular interval: 四半期ごとに年3回."""
    for found in _PER_YEAR.finditer(plain):
        every = found["every"]
        right = _COUNTS.get(every) or _COUNTS[every[0]]
        is_interval = every in _WITHOUT_EACH or found["each"]
        if is_interval and int(found["count"]) != right and not _is_count_about_some(plain, *found.span()):
            yield Miswritten(*found.span(), f"回数が合いません（数えると年{right}回）")


def _miscounted_parts_of_year(plain: str) -> Iterator[Miswritten]:
    """春と秋の年3回, 月2回（年12回）, 毎週1回、月に8回: not the times of these seasons or months."""
    for found in _TWO_PARTS.finditer(plain):
        if int(found["count"]) != len(_PARTS) and not _is_count_about_some(plain, *found.span()):
            yield Miswritten(*found.span(), f"回数が合いません（数えると{len(_PARTS)}回）")
    for found in _A_MONTH.finditer(plain):
        right = int(found["month"]) * _COUNTS["毎月"]
        if int(found["count"]) != right and not _is_count_about_some(plain, *found.span()):
            yield Miswritten(*found.span(), f"回数が合いません（数えると年{right}回）")
    for found in _A_WEEK.finditer(plain):
        if int(found["count"]) not in _WEEKS and not _is_count_about_some(plain, *found.span()):
            yield Miswritten(*found.span(), f"回数が合いません（数えると月{_WEEKS[0]}回）")


_PARTS, _WEEKS = ("春", "秋"), (4, 5)
_TWO_PARTS = LazyPattern(
    r"(?:春(?:と|、|・)秋|夏(?:と|、|・)冬|上半?期(?:と|、|・)下半?期|前期(?:と|、|・)後期)(?:に|の)?[、\s]*(?:年間?に?|計)\s*(?P<count>\d{1,2})\s*回"
    r"(?!\s*(?:目|以上|ずつ|程度))",
    needs=("春", "夏", "上期", "上半期", "前期"),
)
_A_MONTH = LazyPattern(
    r"(?<![かヶカケヵ箇個各\d])(?:毎月|月に?)\s*(?P<month>\d)\s*回[^。、\d]{0,6}[(、]\s*年間?に?(?:計)?\s*(?P<count>\d{1,3})\s*回(?!\s*(?:目|以上|程度))",
    needs=("月",),
)
_A_WEEK = LazyPattern(
    r"(?:毎週(?:\s*1\s*回)?|週に?\s*1\s*回)[、(\s]*月に?(?:計)?\s*(?P<count>\d{1,2})\s*回(?!\s*(?:目|以上|程度))",
    needs=("週",),
)


_TIMES_IN = tuple(f"{unit}{number}" for unit in "月週" for number in "12345")
_INTERVAL = LazyPattern(
    r"(?P<every>毎週|隔週|毎月|隔月|毎日|(?<![か\d])(?P<unit>月|週)に?\s*(?P<n>\d)\s*回|四半期(?:ごと|に\s*1\s*回))"
    r"(?:\s*(?P<times>\d)\s*回)?[^。、\d]{0,24}[、\s]*$",
    needs=("毎週", "隔週", "毎月", "隔月", "毎日", "月に", "週に", "四半期ごと", "四半期に", *_TIMES_IN),
)
_IN_SPAN = LazyPattern(
    rf"\s*(?:まで|中|の\s*(?:\d\s*[かヶカ]月)?間|の)?(?:の間)?(?:に|で|は)?[、\s]*(?:計|合計|延べ|全)?\s*{_TIMES}"
    r"\s*(?:を)?(?:実施|開催|行[っいう]|発行|配信|開[いき]|点検|打合せ|訪問し)",
    needs=("回",),
)
_LEAST_AND_MOST = {"毎週": (3, 5), "隔週": (1.5, 3), "毎日": (15, 31), "毎月": (1, 1), "隔月": (0.5, 0.5)}
"""Times in a month, at least and at most."""
_ROUND = 1


def _miscounted_in_span(plain: str, time: SpokenTime, report: ReportTime) -> Iterator[Miswritten]:
    """毎週行い、4月から12月までに5回実施した: too few or too many for the months named.

    12月までに alone counts from the first month of the fiscal year on.
    """
    begin, _ = sentence_around(plain, time.start, time.end)
    first = max(begin, time.start - 40)
    every = _INTERVAL.search(plain[first : time.start])
    found = _IN_SPAN.match(plain, time.end) if every else None
    if not every or not found or any(one.day for one in time.dates):
        return
    is_until = not time.is_range and len(time.dates) == 1 and found[0].lstrip().startswith("まで")
    months = report.fiscal_year.place_of(time.months[-1]) + 1 if is_until else len(time.months)
    (low, high), slack = _least_and_most_times_and_months(every, months)
    count = int(found["count"])
    if not low - slack < count < high + slack and not low <= count <= high:
        right = f"{round(low)}回" if low == high else f"{round(low)}～{round(high)}回"
        yield Miswritten(first + every.start(), found.end(), f"回数が合いません（数えると{right}）")


def _least_and_most_times_and_months(every: re.Match[str], months: int) -> tuple[tuple[float, float], int]:
    """How often at least and at most something is done in months, and how much a rounded count may differ."""
    each = int(every["n"] or every["times"] or 1)
    least, most = _LEAST_AND_MOST.get(every["every"], (1 / 3, 1 / 3))
    if every["unit"]:
        least, most = (1, 1) if every["unit"] == "月" else _LEAST_AND_MOST["毎週"]
    slack = _ROUND if every["every"] != "毎月" and every["unit"] != "月" else 0
    return (least * months * each, most * months * each), slack


def _is_count_about_some(plain: str, start: int, end: int) -> bool:
    first, last = sentence_around(plain, start, end)
    return _SOME.is_in(plain[max(first, start - 30) : min(last, end + 30)])


def _miscounted_dates(plain: str, time: SpokenTime) -> Iterator[Miswritten]:
    if time.is_range:
        found = _EVERY_MONTH.match(plain, time.end)
    else:
        found = _LISTED.match(plain, time.end) or _EACH_ONCE.match(plain, time.end)
        yield from _miscounted_list_in_bracket(plain, time)
        yield from _miscounted_dates_behind_total(plain, time)
    right = len(time.months if time.is_range else time.dates)
    if found and int(found["count"]) != right and _is_count_of_these_dates(found, time, right):
        yield Miswritten(time.start, found.end(), f"回数が合いません（数えると{right}回）")


def _is_count_of_these_dates(found: re.Match[str], time: SpokenTime, right: int) -> bool:
    """Whether a number of times behind dates counts them, not more that are not listed."""
    if time.is_range or "各" in found[0] or found["joint"] == "の":
        return True
    has_days = all(one.day for one in time.dates)
    return bool(found["total"]) and (has_days or int(found["count"]) < right)


def _miscounted_list_in_bracket(plain: str, time: SpokenTime) -> Iterator[Miswritten]:
    """The count before the bracket that holds nothing but a list of dates: 全4回の研修（5月、7月、9月）."""
    first = max(0, time.start - 24)
    found, right = _BEFORE_LIST.search(plain[first : time.start]), len(time.dates)
    closed = _CLOSES.match(plain, time.end)
    if found and closed and int(found["count"]) != right:
        yield Miswritten(first + found.start(), closed.end(), f"回数が合いません（数えると{right}回）")


def _miscounted_dates_behind_total(plain: str, time: SpokenTime) -> Iterator[Miswritten]:
    """The count of all times before the dates of each: 全3回の研修を、5月、7月、9月、11月に実施した."""
    first = max(0, time.start - 30)
    found, right = _BEFORE_DATES.search(plain[first : time.start]), len(time.dates)
    if found and _HELD.match(plain, time.end) and int(found["count"]) < right:
        yield Miswritten(first + found.start(), time.end, f"回数が合いません（数えると{right}回）")

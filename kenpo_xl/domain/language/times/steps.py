"""翌月, 前日, 3日後: words beside a date that say how far it is from another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.dates.date_notation import Miswritten
from kenpo_xl.domain.language.dates.dates_in_text import NamedDate, dates_in
from kenpo_xl.domain.language.normalize import AnyOf, half_width, sentence_around
from kenpo_xl.domain.language.times.report_time import ReportTime
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import TextSpan

# What joins the word and its date: 翌月の12月, 翌月（12月）, 前日である4日.
_MAY_STEP = AnyOf("翌|前|後")
_STEP = LazyPattern(
    r"(?:(?P<word>翌々|前々|翌|前)(?P<unit>月|日|週)"
    r"|(?P<count>\d{1,2})\s*(?P<counted>日|週間|[かヶカケヵ箇]月)(?P<side>後|前))\s*(?:の|である|に当たる|にあたる|、|\()\s*$"
)
_SIGNS = {"翌々": 2, "翌": 1, "前": -1, "前々": -2}
_NEAR = 16
_MOST_DATES = 12
_GOES_ON = LazyPattern(r"\s*(?:[~、・,]|から|と|及び)\s*(?:\d|令和)")
_WEEK = 7


@frozen
class _Step:
    """So many days, weeks (週) or months from another date; `start` is the place of its word."""

    count: int
    unit: str
    start: int
    word: str
    looks_ahead: bool


def misnamed_steps(text: str, report: ReportTime) -> Iterator[Miswritten]:
    """翌月, 前日 or 3日後 beside a date that is not so far from any other date of the sentence."""
    plain = half_width(text)
    if not _MAY_STEP.is_in(plain):
        return
    dates = dates_in(text)
    for place, named in enumerate(dates):
        step = _step_before(plain, named)
        if step is None or _GOES_ON.match(plain, named.end):
            continue
        sentence = sentence_around(plain, named.start, named.end)
        bases = _dates_counted_from(step, dates, place, sentence)
        if _is_no_base_so_far_away(step, named, bases, report):
            meaning = _step_in_words(plain, step, bases[-1], report)
            yield Miswritten(step.start, named.end, f"日付が合いません（{meaning}）")


def _dates_counted_from(
    step: _Step, dates: Sequence[NamedDate], place: int, sentence: TextSpan
) -> Sequence[NamedDate]:
    """The dates of the sentence before the one at a place, else the one behind it if the step may be so."""
    first, end = sentence
    before = [one for one in dates[max(0, place - _MOST_DATES) : place] if one.start >= first]
    if before or not step.looks_ahead:
        return before
    return [one for one in dates[place + 1 : place + 2] if one.end <= end]


def _step_before(plain: str, named: NamedDate) -> _Step | None:
    first = max(0, named.start - _NEAR)
    found = _STEP.search(plain[first : named.start])
    if found is None:
        return None
    unit = "月" if "月" in (found["unit"] or found["counted"]) else found["unit"] or "日"
    if unit != "月" and named.day is None:
        return None
    if found["word"]:
        count = _SIGNS[found["word"]]
    else:
        count = int(found["count"]) * (_WEEK if found["counted"] == "週間" else 1)
        count = count if found["side"] == "後" else -count
    word = found[0].rstrip("の(、 ")
    return _Step(count, unit, first + found.start(), word, found["word"] in ("前", "前々"))


def _is_no_base_so_far_away(
    step: _Step, named: NamedDate, bases: Sequence[NamedDate], report: ReportTime
) -> bool:
    """Whether there are dates to count from, and all of them are another number of days or months away."""
    distances = [_distance_in_units(step, base, named, report) for base in bases]
    known = [one for one in distances if one is not None]
    return bool(known) and len(known) == len(distances) and step.count not in known


def _distance_in_units(step: _Step, base: NamedDate, named: NamedDate, report: ReportTime) -> int | None:
    if not (base.is_possible and named.is_possible):
        return None
    if step.unit == "月":
        return _months_between(base.month, named.month, step.count)
    first, last = base.day_in(report.fiscal_year), named.day_in(report.fiscal_year)
    if not (first and last):
        return None
    if step.unit == "週":
        return _nearest_week(first, last, step.count)
    return (last - first).days


def _nearest_week(first: date, last: date, near: int) -> int:
    """How many weeks later a day is; weeks may begin on Sunday or Monday."""
    counts = [(last.toordinal() - turn) // _WEEK - (first.toordinal() - turn) // _WEEK for turn in (0, 1)]
    return near if near in counts else counts[0]


def _months_between(first: int, last: int, near: int) -> int:
    """How many months later the second is, at most half a year from an expected number."""
    return (last - first - near + 6) % 12 - 6 + near


def _step_in_words(plain: str, step: _Step, base: NamedDate, report: ReportTime) -> str:
    """What the word means beside the date that is counted from."""
    name = "".join(plain[base.start : base.end].split())
    if step.unit == "月":
        month = (base.month - 1 + step.count) % 12 + 1
        return f"{name}の{step.word}は{month}月"
    first = base.day_in(report.fiscal_year)
    if step.unit == "週":
        return f"{name}の{step.word}ではありません"
    place = first.toordinal() + step.count if first else 0
    if not 0 < place <= date.max.toordinal():
        return f"{name}の{step.word}ではありません"
    day = date.fromordinal(place)
    return f"{name}の{step.word}は{day.month}月{day.day}日"


_QUARTER, _MONTHS, _LAST = "四半期", 3, 4
_NEXT = ("次の四半期", "次四半期", "翌四半期", "翌期", "次期", "来四半期", "次の期", "来期")
_FORMER = ("前の四半期", "前四半期", "前期")
_THIS = ("当四半期", "今四半期", "本四半期", "この四半期", "当期", "今期")
_JOINTS = " 　(の、に当たるあ"


def misnamed_quarters(text: str, report: ReportTime) -> Iterator[Miswritten]:
    """次の四半期（第3四半期） as of the third quarter, 前四半期（第3四半期） and 当四半期（第2四半期）.

    Not where another quarter is named before, from which the next one may be counted.
    """
    plain = half_width(text)
    own = report.fiscal_year.place_of(report.as_of.month) // _MONTHS + 1
    for words, side in ((_NEXT, 1), (_FORMER, -1), (_THIS, 0)) if _QUARTER in plain else ():
        for word in words:
            at = plain.find(word)
            number, end = _quarter_behind_and_end(plain, at + len(word)) if at >= 0 else (0, 0)
            first, _ = sentence_around(plain, at, at) if at >= 0 else (0, 0)
            if (
                number
                and not _is_counted_from_another(plain[first:at])
                and _is_quarter_step_wrong(number, own, side)
            ):
                yield Miswritten(at, end, f"四半期の番号が合いません（基準日は第{own}{_QUARTER}）")
                return


def _quarter_behind_and_end(plain: str, start: int) -> tuple[int, int]:
    """The number of the quarter that a word is said to be, 0 for none, and its end."""
    rest = plain[start:].lstrip(_JOINTS)
    if not rest.startswith("第") or len(plain) - start - len(rest) > _MONTHS:
        return 0, start
    digit, _, behind = rest[1:].lstrip().partition(_QUARTER)
    is_quarter = digit.strip() in ("1", "2", "3", "4") and len(digit) <= _MONTHS
    return (int(digit), len(plain) - len(behind)) if is_quarter else (0, start)


def _is_counted_from_another(before: str) -> bool:
    return _QUARTER in before or "月" in before or "年度" in before


def _is_quarter_step_wrong(number: int, own: int, side: int) -> bool:
    if side == 0:
        return number != own
    return own < _LAST and number <= own if side > 0 else own > 1 and number >= own

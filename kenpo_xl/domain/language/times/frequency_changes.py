"""How often something is done, and that it became more or less: 隔月から四半期に1回に増やした."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.dates.date_notation import Miswritten
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.language.times.report_time import ReportTime
from kenpo_xl.domain.lazy_patterns import LazyPattern

# Times a year of each frequency, longest words first.
_TIMES = (
    (r"(?:毎日|日次)", 365),
    (r"(?:毎週|週1回|週に1回|週次)", 52),
    (r"(?:毎月|月1回|月に1回|月次)", 12),
    (r"(?:隔月|2か月に1回|2か月ごと|2月に1回)", 6),
    (r"(?:(?:四|4)\s*半期に\s*1?\s*(?:回|度)|(?:四|4)\s*半期(?:ごと|毎)?|3か月に1回|3か月ごと)", 4),
    (r"(?:半年に1回|半年ごと|半期ごと|半期に1回)", 2),
    (r"(?:年1回|年に1回|毎年)", 1),
)
_ANY = "|".join(pattern for pattern, _ in _TIMES)
_CHANGE = LazyPattern(
    rf"(?P<before>{_ANY})[^。、]{{0,8}}?から、?(?P<after>{_ANY})[^。]{{0,20}}?(?P<change>増や|増加|拡大|拡充|減ら|減少|縮小)",
    contains=r"(?:月|週|期|年|日)[^。]{0,16}から",
)
_LESS = ("減", "縮")


def contradicting_frequency_changes(text: str) -> Iterator[Miswritten]:
    """A change to a lower frequency that is called an increase, or the reverse."""
    plain = half_width(text)
    for found in _CHANGE.finditer(plain):
        before, after = (_number_of_times_a_year(found[name]) for name in ("before", "after"))
        is_less = found["change"].startswith(_LESS)
        if before != after and (after < before) is not is_less:
            word = "減った" if after < before else "増えた"
            yield Miswritten(found.start(), found.end(), f"回数の増減が合いません（{word}ことになります）")


def _number_of_times_a_year(words: str) -> int:
    return next(times for pattern, times in _TIMES if LazyPattern(pattern).fullmatch(words))


_EVERY_MONTH = LazyPattern(
    r"(?:毎月|月1回)[^。\d]{0,24}(?:計|合計|延べ|全)?\s*(?P<count>\d{1,2})\s*回(?!目|以上|収|答|線|予定|の予定)",
    needs=("毎月", "月1回"),
)
_NOT_SO_FAR = AnyOf("予定|年間|年度を通|前年|昨年|各|ずつ|会場|グループごと|それぞれ|翌年|来年")
_MONTHS = 12


def more_times_than_months(text: str, report: ReportTime) -> Iterator[Miswritten]:
    """毎月開催し、計12回, of which only nine months are over on the as-of date."""
    plain = half_width(text)
    over = report.fiscal_year.place_of(report.as_of.month) + 1
    for found in _EVERY_MONTH.finditer(plain):
        is_more = over < int(found["count"]) <= _MONTHS
        if is_more and not _NOT_SO_FAR.is_in(plain[max(0, found.start() - 10) : found.end() + 6]):
            yield Miswritten(found.start(), found.end(), f"回数が合いません（基準日まで{over}か月です）")

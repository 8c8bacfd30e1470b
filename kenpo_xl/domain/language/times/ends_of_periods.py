"""The first or last month of a named period beside another month: 上半期の最終月である8月."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.dates.date_notation import Miswritten
from kenpo_xl.domain.language.dates.dates_in_text import ERA
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.language.times.report_time import ReportTime
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear

_PERIOD = (
    r"(?P<period>第\s*(?P<quarter>[1-4一二三四])\s*四半期|(?P<half>[上下])半?期"
    rf"|(?:(?:{ERA}|R)\s*(?:\d{{1,2}}|元)\s*|20\d\d\s*|[今本同当毎前昨]|\s)?年度)"
)
_END = (
    r"(?P<last>(?:の)?(?:最終月|最後の月|締めの月)|末(?:月)?)"
    r"|(?P<first>(?:の)?(?:初月|最初の月|開始月)|初め|当初|の始まり)"
)
_MONTH = r"(?P<month>1[0-2]|[1-9])\s*月(?!\s*(?:間|\d{1,2}\s*日?\s*[~-]))"
_NAMED_THEN_MONTH = LazyPattern(
    rf"(?<!翌){_PERIOD}(?:{_END})\s*(?:である|に当たる|にあたる|となる|の|\()\s*{_MONTH}",
    contains=r"[期度]の?(?:最|締|末|初|開|当|始)",
)
_MONTH_THEN_NAMED = LazyPattern(
    rf"(?<!\d){_MONTH}\s*(?:は、?|が|\()\s*{_PERIOD}(?:{_END})(?:\)|で|に当た|にあた|とな)",
    contains=r"[期度]の?(?:最|締|末|初|開|当|始)",
)
_NUMERALS = str.maketrans("一二三四", "1234")
_WIDE_WORDS = ("初め", "当初", "の始まり")


def contradicting_ends(text: str, report: ReportTime) -> Iterator[Miswritten]:
    """The first or last month of a quarter, half or fiscal year beside a month that is not it."""
    plain = half_width(text)
    for pattern in (_NAMED_THEN_MONTH, _MONTH_THEN_NAMED):
        for found in pattern.finditer(plain):
            months = _months_of_period(report.fiscal_year, found["quarter"], found["half"])
            words = found["last"] or found["first"]
            is_wide = words in _WIDE_WORDS or (words == "末" and len(months) > 3)
            edge = months[-1] if found["last"] else months[0]
            right = {edge, months[-2] if found["last"] else months[1]} if is_wide else {edge}
            if int(found["month"]) not in right:
                name = "".join(f"{found['period']}{words}".split())
                yield Miswritten(*found.span(), f"月が合いません（{name}は{edge}月）")


def _months_of_period(year: FiscalYear, quarter: str | None, half: str | None) -> tuple[int, ...]:
    if quarter:
        return year.quarter(int(quarter.translate(_NUMERALS)))
    return year.half(half) if half else year.months

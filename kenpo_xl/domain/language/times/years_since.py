"""Years since another one: 令和4年度以来2年ぶり, 令和5年度に始めた取組で、今年度で2年目."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.dates.date_notation import Miswritten
from kenpo_xl.domain.language.dates.dates_in_text import western_year
from kenpo_xl.domain.language.times.report_time import ReportTime
from kenpo_xl.domain.lazy_patterns import LazyPattern

_YEAR = r"(?P<era>令和|平成)\s*(?P<in_era>\d{1,2}|元)\s*年(?P<is_fiscal>度?)"
_SINCE = LazyPattern(rf"{_YEAR}\s*以来[、\s]*(?P<count>\d{{1,2}})\s*年(?:度)?ぶり", needs=("ぶり",))
_BEGUN = LazyPattern(
    rf"{_YEAR}\s*(?:に|から|より)\s*(?:始め|開始|導入|着手|スタート)[^。\d]{{0,24}}(?:今年度|本年度|当年度)[ではが]*\s*"
    r"(?P<count>\d{1,2})\s*(?:年|か年)目",
    needs=("年目",),
)
_IN_A_ROW = LazyPattern(
    rf"{_YEAR}\s*(?:から|以降)[、\s]*(?P<count>\d{{1,2}})\s*年(?:度)?連続", needs=("連続",)
)


def miscounted_years_since(plain: str, report: ReportTime) -> Iterator[Miswritten]:
    """The years since a year that are not as many up to the report's fiscal year, in half-width letters.

    Of a calendar year (令和4年以来), and of years in a row, one more or less may be meant.
    """
    for pattern, first, allowed in ((_SINCE, 0, (0,)), (_BEGUN, 1, (0,)), (_IN_A_ROW, 1, (0, -1))):
        for found in pattern.finditer(plain):
            begin = western_year(found["era"], found["in_era"])
            right = report.fiscal_year - begin + first
            offsets = allowed if found["is_fiscal"] else (*allowed, -1, 1)
            if right > 0 and int(found["count"]) - right not in offsets:
                yield Miswritten(*found.span(), f"年数が合いません（数えると{right}年）")

"""Periods of which から or an end is missing: 11月13日 11月27日にかけて, 1月21日～の期間で."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.dates.date_notation import Miswritten
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern

_DATE = r"\d{1,2}\s*月(?:\s*\d{1,2}\s*日|\s*[上中下]旬|末)?"
_WITHOUT_FROM = LazyPattern(
    rf"{_DATE}[ \u3000]*(?:令和\s*\d+\s*年\s*)?{_DATE}(?=にかけて|までの?(?:期間|間))",
    needs=("にかけて", "まで"),
)
_WITHOUT_END = LazyPattern(rf"{_DATE}\s*[~～〜](?=の(?:期間|間)|にかけて|まで)", needs="~～〜")


def half_ranges(text: str) -> Iterator[Miswritten]:
    """Each period of two dates without a word between them, and each without its last date."""
    plain = half_width(text)
    for pattern, wrong in (
        (_WITHOUT_FROM, "2 つの日付の間に「から」がありません"),
        (_WITHOUT_END, "期間の終わりがありません"),
    ):
        for found in pattern.finditer(plain):
            yield Miswritten(*found.span(), wrong)

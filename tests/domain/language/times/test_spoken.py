"""The times that a sentence speaks of, with their months and years."""

from __future__ import annotations

from datetime import date

import pytest

from kenpo_xl.domain.language.times.report_time import ReportTime
from kenpo_xl.domain.language.times.spoken import spoken_times_in
from kenpo_xl.domain.language.times.spoken_time import Kind
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear

REPORT = ReportTime(FiscalYear(2024), date(2024, 12, 31))


@pytest.mark.parametrize(
    ("text", "kind", "months"),
    [
        ("10月から12月まで", Kind.DATES, (10, 11, 12)),
        ("１１月～翌年２月", Kind.DATES, (11, 12, 1, 2)),
        ("4月、7月及び10月", Kind.DATES, (4, 7, 10)),
        ("10/7（月）～10/11", Kind.DATES, (10,)),
        ("第２四半期", Kind.QUARTER, (7, 8, 9)),
        ("第四四半期", Kind.QUARTER, (1, 2, 3)),
        ("下半期", Kind.HALF, (10, 11, 12, 1, 2, 3)),
    ],
)
def test_one_time(text: str, kind: Kind, months: tuple[int, ...]) -> None:
    (time,) = spoken_times_in(text, REPORT)
    assert (time.kind, time.months, time.start) == (kind, months, 0)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("令和6年度", (2024, 4), (2025, 3)),
        ("令和6年", (2024, 1), (2024, 12)),
        ("前年度", (2023, 4), (2024, 3)),
        ("令和6年度第4四半期", (2025, 1), (2025, 3)),
        ("令和7年1月", (2025, 1), (2025, 1)),
        ("令和6年12月から3月", (2024, 12), (2025, 3)),
    ],
)
def test_its_place_in_the_calendar(text: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    (time,) = spoken_times_in(text, REPORT)
    assert time.ranges[0] == (first[0] * 12 + first[1] - 1, last[0] * 12 + last[1] - 1)


@pytest.mark.parametrize("text", ["以上の期間", "下期待", "中間年", "10月額", "前年末", "今年齢"])
def test_other_words_are_no_times(text: str) -> None:
    assert not spoken_times_in(text, REPORT)


def test_days_of_a_range_within_a_month() -> None:
    (time,) = spoken_times_in("10月1日から10日まで", REPORT)
    assert (time.days, time.is_range, time.months) == ((1, 10), True, (10,))

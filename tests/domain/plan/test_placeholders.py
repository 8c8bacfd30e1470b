"""Placeholders move with the year and the month; what would not move is named."""

from __future__ import annotations

import pytest

from kenpo_xl.domain.plan.placeholders import (
    PlaceholderContext,
    YearRole,
    fill_placeholders,
    has_placeholder_of_as_of_month,
    is_placeholder,
    short_name_without_year,
    year_role_of_placeholders,
)
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, Month

MOMENT = PlaceholderContext(
    FiscalYear(2024), Month(2024, 10), branch="東支部", period=3, period_name="第3四半期"
)


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{年度}（{基準月}まで）", "令和6年度（10月まで）"),
        ("{前年度} {年度略} {前年度略}", "令和5年度 R6年度 R5年度"),
        ("{年月} {前年同月} {基準日}", "令和6年10月 令和5年10月 令和6年10月末"),
        ("{前々年度} {年度-3} {年度＋1略} {翌年度}", "令和4年度 令和3年度 R7年度 令和7年度"),
        ("{4月}～{3月}", "令和6年4月～令和7年3月"),
        ("{前年4月}", "令和5年4月"),
        ("{支部} 第{四半期}四半期", "東支部 第3四半期"),
        ("{知らない} {13月}", "{知らない} {13月}"),
    ],
)
def test_fill(text: str, filled: str) -> None:
    assert fill_placeholders(text, MOMENT) == filled


@pytest.mark.parametrize(
    "word",
    [
        "年度",
        "年度略",
        "年月",
        "基準年月",
        "基準日",
        "前年度",
        "前年度略",
        "前年同月",
        "基準月",
        "月",
        "支部",
        "四半期",
        "4月",
        "前年12月",
    ],
)
def test_what_follows_the_month_is_filled_otherwise_in_another(word: str) -> None:
    other = PlaceholderContext(
        FiscalYear(2024), Month(2024, 11), branch="東支部", period=3, period_name="第3四半期"
    )
    text = f"（{{{word}}}）"

    assert has_placeholder_of_as_of_month(text) == (
        fill_placeholders(text, MOMENT) != fill_placeholders(text, other)
    )


def test_other_words_come_first() -> None:
    assert fill_placeholders("{名称} {年度}", MOMENT, {"名称": "達成率", "年度": ""}.get) == "達成率 "


@pytest.mark.parametrize(
    ("header", "year_role"),
    [
        ("{年度}", YearRole.CURRENT),
        ("{前年度}", YearRole.YEAR_END),
        ("{前年同月}", YearRole.SAME_PERIOD),
        ("{4月}", YearRole.CURRENT),
        ("{前年4月}", YearRole.SAME_PERIOD),
        ("（{基準月}まで） {年度}", YearRole.CURRENT),
        ("{基準月}まで", None),
        ("計", None),
    ],
)
def test_the_year_that_a_header_speaks_of(header: str, year_role: YearRole | None) -> None:
    assert year_role_of_placeholders(header) is year_role


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("{年度}（{基準月}まで）", "当年"),
        ("{前年度}", "前年"),
        ("目 標\n値", "目標値"),
        ("ＫＰＩ", "KPI"),
        ("件数/月", "件数・月"),
        ("{4月}", "4月"),
        ("受付（窓口）", "受付(窓口)"),
        ("{基準月}", ""),
    ],
)
def test_short_names(header: str, name: str) -> None:
    assert short_name_without_year(header) == name


def test_known_words() -> None:
    assert all(is_placeholder(word) for word in ("年度", "12月", "前年1月"))
    assert not any(is_placeholder(word) for word in ("13月", "年"))

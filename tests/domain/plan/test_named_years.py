"""Which years a header names by number, and which words only look as if they did."""

from __future__ import annotations

import pytest

from kenpo_xl.domain.plan.named_years import NamedTime, year_offset_named_in, years_and_months_in_header
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.domain.time.span import Years


def years(header: str) -> Years | None:
    found = years_and_months_in_header(header, FiscalYear(2024))
    return found.years if found else None


@pytest.mark.parametrize(
    ("header", "year"),
    [
        ("R3", 2021),
        ("Ｒ３", 2021),
        ("R3年度", 2021),
        ("R3年度実績", 2021),
        ("R.3", 2021),
        ("基準値（R1）", 2019),
        ("令和3年度", 2021),
        ("令 和 ３ 年 度", 2021),
        ("令和元年度", 2019),
        ("㋿6年度", 2024),
        ("平成30年度", 2018),
        ("H30年度", 2018),
        ("H30", 2018),
        ("2021年度", 2021),
        ("2021", 2021),
        ("（2021）", 2021),
        ("FY2021", 2021),
        ("2021（令和3）年度", 2021),
        ("令和3（2021）年度", 2021),
        ("令和3年度（2021年度）", 2021),
        ("5年度", 2023),
        ("元年度", 2019),
        ("30年度", 2018),
        ("令和4年度決算額", 2022),
        ("令和9年度目標", 2027),
        ("前々年度", 2022),
        ("一昨年度実績", 2022),
        ("翌年度見込", 2025),
    ],
)
def test_one_fiscal_year(header: str, year: int) -> None:
    assert years_and_months_in_header(header, FiscalYear(2024)) == NamedTime(Years(year, year))


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [
        ("令和3～5年度", 2021, 2023),
        ("令和3年度から令和5年度", 2021, 2023),
        ("R3～R7実績", 2021, 2025),
        ("2021-2023年度", 2021, 2023),
        ("平成30年度～令和2年度", 2018, 2020),
        ("3～5年度", 2021, 2023),
    ],
)
def test_a_range_of_years(header: str, first: int, last: int) -> None:
    assert years(header) == Years(first, last)


@pytest.mark.parametrize(
    ("header", "year", "months"),
    [
        ("令和6年10月", 2024, (10, 10)),
        ("令和７年1月末", 2024, (1, 1)),
        ("R6.10", 2024, (10, 10)),
        ("2025/1", 2024, (1, 1)),
        ("令和6年度1月", 2024, (1, 1)),
        ("令和5年度上半期", 2023, (4, 9)),
        ("R6下半期", 2024, (10, 3)),
        ("令和5年度第3四半期", 2023, (10, 12)),
        ("令和5年度（10月まで）", 2023, (4, 10)),
        ("令和5年10月まで", 2023, (4, 10)),
        ("令和3年1～12月", 2021, (1, 12)),
        ("令和3年（1～12月）", 2021, (1, 12)),
        ("令和7年1～3月", 2024, (1, 3)),
        ("令和7年度1～3月", 2025, (1, 3)),
        ("令和6年4月～9月", 2024, (4, 9)),
        ("令和6年10月～令和7年3月", 2024, (10, 3)),
        ("令和6年12月～7年2月", 2024, (12, 2)),
        ("R6.4～R6.9", 2024, (4, 9)),
        ("R6年4月1日～R6年9月30日", 2024, (4, 9)),
    ],
)
def test_months_with_their_year(header: str, year: int, months: tuple[int, int]) -> None:
    assert years_and_months_in_header(header, FiscalYear(2024)) == NamedTime(Years(year, year), months)


def test_months_over_more_than_a_year() -> None:
    found = years_and_months_in_header("令和5年4月～令和7年3月", FiscalYear(2024))
    assert found == NamedTime(Years(2023, 2024), (4, 3))


@pytest.mark.parametrize("header", ["令和3年", "2021年", "R3年"])
def test_a_calendar_year(header: str) -> None:
    assert years(header) == Years(2021, 2021, calendar=True)


@pytest.mark.parametrize(
    "header",
    [
        "令和3年度比",
        "対令和3年度比",
        "令和3年度以降",
        "令和3年度から",
        "昭和30年生まれ",
        "令和5年度と令和6年度の差",
        "令和5年度・令和6年度",
        "PR3",
        "R1回目",
        "R2A",
        "H2",
        "S1",
        "1年度目",
        "過去3年度平均",
        "20210401",
        "2021人",
        "{年度}",
        "前年度",
        "件数",
        "",
    ],
)
def test_no_year(header: str) -> None:
    assert years_and_months_in_header(header, FiscalYear(2024)) is None


@pytest.mark.parametrize(
    ("header", "offset"),
    [
        ("前年度", 1),
        ("昨年度実績", 1),
        ("前年", 1),
        ("今年度", 0),
        ("前々年度", 2),
        ("翌年度", -1),
        ("前年比", None),
        ("前年度増減", None),
        ("対前年度", None),
        ("前年度からの繰越", None),
        ("前年度以上", None),
        ("件数", None),
    ],
)
def test_years_in_words(header: str, offset: int | None) -> None:
    assert year_offset_named_in(header) == offset

"""The fiscal year and the eras, on both sides of their borders."""

from __future__ import annotations

from datetime import date

import pytest

from kenpo_xl.domain.time.fiscal_calendar import (
    FiscalYear,
    Month,
    date_text,
    date_text_in_both_calendars,
    date_text_with_weekday,
    era_name_letter_and_year,
    exact_date_text,
    fiscal_year_text,
    months_in_header,
)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2019, 4, 30), "平成31年4月末"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(1989, 1, 7), "昭和64年1月7日"),
        (date(1989, 1, 8), "平成元年1月8日"),
        (date(2024, 2, 28), "令和6年2月28日"),
        (date(2024, 2, 29), "令和6年2月末"),
        (date(2024, 12, 31), "令和6年12月末"),
    ],
)
def test_days(day: date, text: str) -> None:
    assert date_text(day) == text


def test_the_last_day_of_a_month_as_a_day() -> None:
    assert exact_date_text(date(2026, 11, 30)) == "令和8年11月30日"


def test_both_years() -> None:
    assert date_text_in_both_calendars(date(2025, 1, 17)) == "2025（令和7）年1月17日"


@pytest.mark.parametrize(
    ("day", "text"),
    [(date(2025, 1, 31), "令和7年1月31日（金）"), (date(2025, 2, 1), "令和7年2月1日（土）")],
)
def test_the_very_day_with_that_of_the_week(day: date, text: str) -> None:
    assert date_text_with_weekday(day) == text


def test_no_era_before_the_first() -> None:
    with pytest.raises(ValueError, match="no era"):
        era_name_letter_and_year(date(1868, 1, 24))


@pytest.mark.parametrize(
    ("number", "month"),
    [(4, Month(2024, 4)), (12, Month(2024, 12)), (1, Month(2025, 1)), (3, Month(2025, 3))],
)
def test_fiscal_months(number: int, month: Month) -> None:
    assert FiscalYear(2024).month(number) == month
    assert FiscalYear(2024).contains(month)
    assert not FiscalYear(2025).contains(month)


def test_months_that_have_passed() -> None:
    assert [FiscalYear(2024).elapsed_months(Month(2024, n)) for n in (4, 12, 1, 3)] == [1, 9, 10, 12]


def test_months_are_ordered_by_year_first() -> None:
    months = [Month(2025, 1), Month(2024, 12), Month(2024, 4)]
    assert sorted(months) == months[::-1]
    assert Month(2024, 12) <= Month(2024, 12) < Month(2025, 1)
    assert Month(2025, 1) > Month(2024, 12) >= Month(2024, 12)
    assert not Month(2024, 12) < Month(2024, 12)


def test_the_same_month_of_an_earlier_year() -> None:
    assert str(Month(2020, 4).years_earlier(1)) == "平成31年4月"


@pytest.mark.parametrize(
    ("year", "text", "short"),
    [(2018, "平成30年度", "H30年度"), (2019, "令和元年度", "R1年度"), (2024, "令和6年度", "R6年度")],
)
def test_fiscal_years(year: int, text: str, short: str) -> None:
    assert (fiscal_year_text(year), fiscal_year_text(year, short=True)) == (text, short)


@pytest.mark.parametrize(
    ("header", "months"),
    [
        ("4月", (4, 4)),
        ("12 月末", (12, 12)),
        ("10～12月", (10, 12)),
        ("4月~3月", (4, 3)),
        ("第1四半期", (4, 6)),
        ("第4四半期", (1, 3)),
        ("第3四半期(10~12月)", (10, 12)),
        ("13月", None),
        ("0月", None),
        ("第5四半期", None),
        ("年月", None),
        ("4月から開始", None),
        ("4～翌3月", (4, 3)),
        ("10月～翌年3月", (10, 3)),
        ("1～12月", (1, 12)),
        ("4月から9月", (4, 9)),
        ("4月1日～9月30日", (4, 9)),
        ("4・5月", (4, 5)),
        ("11・12・1月", (11, 1)),
        ("4・6月", None),
        ("10月まで", (4, 10)),
        ("10月末現在", (10, 10)),
        ("第一四半期", (4, 6)),
        ("3Q", (10, 12)),
        ("第2四半期まで", (4, 9)),
        ("第3四半期累計", (4, 12)),
        ("第2四半期末", (7, 9)),
        ("Q3", (10, 12)),
        ("FAQ3", None),
        ("上半期", (4, 9)),
        ("上期", (4, 9)),
        ("下半期", (10, 3)),
        ("下期", (10, 3)),
        ("前期", None),
        ("後期高齢者", None),
        ("30日以上期間", None),
    ],
)
def test_months_that_a_header_names(header: str, months: tuple[int, int] | None) -> None:
    assert months_in_header(header, FiscalYear(2024)) == months

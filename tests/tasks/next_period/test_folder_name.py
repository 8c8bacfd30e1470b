"""The name of the next folder: the old one moved on where it says its period, else a plain one."""

from __future__ import annotations

import pytest

from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.tasks.next_period.folder_name import next_folder_name

Q3, Q4, NEXT_Q1 = (
    PeriodKey("埼玉支部", FiscalYear(year), number) for year, number in ((2024, 3), (2024, 4), (2025, 1))
)
PLAIN = "埼玉支部_令和6年度第4四半期"
PLAIN_YEAR = "埼玉支部_令和7年度第1四半期"


@pytest.mark.parametrize(
    ("name", "moved"),
    [
        ("saitama-fy2024-q3", "saitama-fy2024-q4"),
        ("Q3", "Q4"),
        ("2024_3Q", "2024_4Q"),
        ("令和6年度第3四半期", "令和6年度第4四半期"),
        ("令和６年度第３四半期", "令和６年度第４四半期"),
        ("令和6年度 第三四半期（埼玉）", "令和6年度 第四四半期（埼玉）"),
        ("R6第3期", "R6第4期"),
        ("13支部 q3", "13支部 q4"),
        ("埼玉", PLAIN),
        ("2024", PLAIN),
        ("第2四半期の写し", PLAIN),
        ("iq3", PLAIN),
    ],
)
def test_a_quarter_later(name: str, moved: str) -> None:
    assert next_folder_name(name, Q3, Q4) == moved


@pytest.mark.parametrize(
    ("name", "moved"),
    [
        ("saitama-fy2024-q4", "saitama-fy2025-q1"),
        ("fy24-q4", "fy25-q1"),
        ("R6_4Q", "R7_1Q"),
        ("令和６年度第４四半期", "令和７年度第１四半期"),
        ("2024年度第4四半期（令和6年度）", "2025年度第1四半期（令和7年度）"),
        ("Q4", PLAIN_YEAR),
        ("2024", PLAIN_YEAR),
        ("2023-q4", PLAIN_YEAR),
    ],
)
def test_a_year_later(name: str, moved: str) -> None:
    assert next_folder_name(name, Q4, NEXT_Q1) == moved


def test_the_first_year_of_an_era() -> None:
    before, after = PeriodKey("支部", FiscalYear(2019), 4), PeriodKey("支部", FiscalYear(2020), 1)
    assert next_folder_name("令和元年度第4四半期", before, after) == "令和2年度第1四半期"


def test_a_branch_that_is_no_file_name_is_left_out() -> None:
    assert (
        next_folder_name("x", PeriodKey("a/b", FiscalYear(2024), 3), PeriodKey("a/b", FiscalYear(2024), 4))
        == "令和6年度第4四半期"
    )

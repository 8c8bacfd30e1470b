"""The time of drawn headers: years by number, halves, calendar years, and what a planner is warned of."""

from __future__ import annotations

from pathlib import Path

import pytest

from kenpo_xl.books.plan.layout.header_times import suggested_placeholder
from kenpo_xl.books.plan.reader import plan_and_problems
from kenpo_xl.domain.plan.last_year import identity_in_last_years_report
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from tests.domain.plan.test_figure_span import figures, spans


def drawn(folder: Path, *headers: str, quarter: int = 3) -> list[str]:
    """The spans of rows with these headers in a plan of 2024, whose third quarter ends in December."""
    rows = "".join(f"       | {header} | ⟪件⟫\n" for header in headers)
    return list(spans(figures(folder, f"表     | 表 |\n       |  |  | 件数\n{rows}", quarter)).values())


def warnings(folder: Path) -> list[str]:
    _, problems = plan_and_problems(folder / "計画.xlsx")
    assert not any(problem.is_error for problem in problems)
    return [f"{problem.cell} {problem.message}" for problem in problems]


@pytest.mark.parametrize(
    ("header", "span"),
    [
        (" | R3", "2021-04～2022-03 年計"),
        (" | Ｒ３年度実績", "2021-04～2022-03 年計"),
        (" | 令和元年度", "2019-04～2020-03 年計"),
        (" | 平成30年度", "2018-04～2019-03 年計"),
        (" | 2021年度", "2021-04～2022-03 年計"),
        (" | 令和3年度末", "2022-03 時点"),
        ("時点 | R3", "2022-03 時点"),
        (" | R9", "2027-04～2028-03 年計"),
        (" | {年度-3}", "2021-04～2022-03 年計"),
        (" | {前々年度}", "2022-04～2023-03 年計"),
        (" | {年度－2}（{基準月}まで）", "2022-04～2022-12 累計"),
        (" | {翌年度}", "2025-04～2026-03 年計"),
        (" | {年度+1略}上半期", "2025-04～2025-09 累計"),
        (" | 令和3～5年度", "2021-04～2024-03 累計"),
        (" | 令和5年度", "2023-04～2024-03 年計"),
        (" | 令和6年度", "2024-04～2024-12 累計"),
        (" | 令和5年度（{基準月}まで）", "2023-04～2023-12 累計"),
        (" | 令和3年度（{基準月}まで）", "2021-04～2021-12 累計"),
        (" | 令和5年度（10月まで）", "2023-04～2023-10 累計"),
        (" | 令和5年度（10月現在）", "2023-04～2023-10 累計"),
        (" | 令和6年10月", "2024-10 単月"),
        (" | 令和6年10月末", "2024-10 時点"),
        (" | 令和7年1月", "2025-01 単月"),
        (" | 10月まで", "2024-04～2024-10 累計"),
        (" | 10月末現在", "2024-10 時点"),
        (" | 上半期", "2024-04～2024-09 累計"),
        (" | 下期", "2024-10～2025-03 累計"),
        (" | R6上半期", "2024-04～2024-09 累計"),
        (" | 令和5年度下半期", "2023-10～2024-03 累計"),
        (" | {前年度}上半期", "2023-04～2023-09 累計"),
        (" | 前年度上半期", "2023-04～2023-09 累計"),
        (" | 第2四半期まで", "2024-04～2024-09 累計"),
        (" | 上期末", "2024-09 時点"),
        (" | 令和6年10月末まで", "2024-04～2024-10 累計"),
        (" | 前期", "2024-04～2024-12 累計"),
        (" | 第1四半期", "2024-04～2024-06 累計"),
        (" | 1～12月", "2024-01～2024-12 年計"),
        (" | 令和3年1～12月", "2021-01～2021-12 年計"),
        (" | 3～2月", "2024-03～2025-02 年計"),
        (" | 10～3月", "2024-10～2025-03 累計"),
        (" | 4～翌3月", "2024-04～2024-12 累計"),
        (" | 12～2月", "2024-12～2025-02 累計"),
        (" | 11月～1月", "2024-11～2025-01 累計"),
        (" | 前年度", "2023-04～2024-03 年計"),
        (" | 前々年度", "2022-04～2023-03 年計"),
        (" | 前年度比", "2024-04～2024-12 累計"),
        (" | 令和3年度比", "2024-04～2024-12 累計"),
        (" | 令和3年", "2021-04～2022-03 年計"),
        ("前年同期 | 令和3年度", "2023-04～2023-12 累計"),
        ("参考 | 令和3年度", "2021-04～2022-03 年計"),
    ],
)
def test_the_months_of_a_header(tmp_path: Path, header: str, span: str) -> None:
    assert drawn(tmp_path, header) == [span]


def test_months_over_the_columns_of_a_year(tmp_path: Path) -> None:
    drawing = """
        表 | 表 |
           |   | 令和6年 | < | 令和7年
           |   | 4月 | 12月 | 1月
           | 計 | ⟪件⟫ | ⟪件⟫ | ⟪件⟫
    """
    found = spans(figures(tmp_path, drawing))
    assert [span.split()[0] for span in found.values()] == ["2024-04", "2024-12", "2025-01"]


@pytest.mark.parametrize(
    ("months", "first", "last"),
    [(("1月", "12月"), "2021-01", "2021-12"), (("4月", "3月"), "2021-04", "2022-03")],
)
def test_a_calendar_year_beside_months(
    tmp_path: Path, months: tuple[str, str], first: str, last: str
) -> None:
    drawing = f"""
        表 | 表 |
           |  |         | {" | ".join(months)}
           |  | 令和3年 | ⟪件⟫ | ⟪件⟫
    """
    found = spans(figures(tmp_path, drawing))
    assert [span.split()[0] for span in found.values()] == [first, last]


def test_the_same_period_beside_a_year(tmp_path: Path) -> None:
    drawing = """
        表 | 表 |
           |  |           | 実績 | 前年同期
           |  | 令和3年度 | ⟪件⟫ | ⟪件⟫
    """
    assert [span[:7] for span in spans(figures(tmp_path, drawing)).values()] == ["2021-04", "2020-04"]


@pytest.mark.parametrize(
    ("header", "offer"),
    [
        ("令和6年度", "{年度}"),
        ("令和5年度", "{前年度}"),
        ("R6年度", "{年度略}"),
        ("R5", "{前年度略}"),
        ("2024年度", "{年度}"),
        ("令和６年10月", "{年月} か {10月}"),
        ("令和5年10月", "{前年同月} か {前年10月}"),
        ("令和6年度（10月まで）", "{年度} と {基準月}"),
        ("令和5年度比", "{前年度}"),
        ("10月まで", "{基準月}"),
        ("令和3年度", None),
        ("令和9年度目標", None),
        ("令和3～6年度", None),
        ("4～10月まで", None),
        ("10月", None),
        ("{年度}", None),
        ("過去3年平均", None),
    ],
)
def test_what_to_use_for_a_period_that_will_not_move(header: str, offer: str | None) -> None:
    assert suggested_placeholder(header, FiscalYear(2024)) == offer


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("令和6年度", "{年度} を使って"),
        ("令和3年", "令和3年度（4月～翌年3月）と読みました"),
        ("1～12月", "令和6年1月～令和6年12月 と読みました"),
        ("令和5年度・令和6年度", "年が 2 つ"),
    ],
)
def test_a_warning_names_the_cell_of_the_header(tmp_path: Path, header: str, said: str) -> None:
    drawn(tmp_path, f" | {header}")
    [warning] = warnings(tmp_path)
    assert warning.startswith("C3 ")
    assert said in warning


@pytest.mark.parametrize("headers", [["令和3年度"], ["R4", "R5", "R6"], ["上半期", "下半期"], ["10～3月"]])
def test_no_warning(tmp_path: Path, headers: list[str]) -> None:
    drawn(tmp_path, *(f" | {header}" for header in headers))
    assert warnings(tmp_path) == []


@pytest.mark.parametrize(
    ("header", "then"),
    [("R3", "R6"), ("R5", "R6"), ("R6", None), ("令和4年度実績", "R6"), ("{前年度}", "R6")],
)
def test_what_a_year_by_number_was_called_in_its_own_report(
    tmp_path: Path, header: str, then: str | None
) -> None:
    rows = "".join(f"       | | {one} | ⟪件⟫\n" for one in dict.fromkeys((header, "R6")))
    table = figures(tmp_path, f"表 | 表 |\n       | |  | 件数\n{rows}").tables["1-1", "表"].table
    found = identity_in_last_years_report(table, 0, 0)
    assert (found.row if found else None) == then

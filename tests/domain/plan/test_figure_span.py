"""Which months a figure covers is told by its header, its name frame, and the as-of month."""

from __future__ import annotations

from pathlib import Path

import pytest

from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.results.figures import Figures
from kenpo_xl.domain.submission.submission import Entry, ItemEntry, RowEntry, Submission, TableEntry
from kenpo_xl.domain.time.span import Span
from kenpo_xl.pipeline.recompute import recompute_figures
from scripts.plan_drawing import PlanDrawing
from tests.drawn import write_drawn_book

SCALE = [{"記号": "◎", "意味": "上回る", "下限": 1}, {"記号": "×", "意味": "未達", "下限": 0}]


def figures(folder: Path, drawing: str, quarter: int = 3, month: int | None = None) -> Figures:
    """The figures of a plan of 2024 with one table 表; `month` is typed into its 基準月."""
    basics: list[tuple[str, object]] = [
        ("支部", "東支部"),
        ("年度", 2024),
        ("四半期", quarter),
        ("グループ", "一課"),
    ]
    measures = [{"章": "一章"}, {"節": "一節", "担当": "一課"}, {"ブロック": "1", "計画内容": "設ける。"}]
    path = folder / "計画.xlsx"
    write_drawn_book(
        path, PlanDrawing(basics, [{"四半期": quarter}], measures, [], SCALE, [], {"1-1": drawing})
    )
    plan = read_plan(path)
    table = TableEntry("表", (RowEntry(0, (Entry(),)),), (month,) if month else ())
    return recompute_figures(plan, [Submission("一課", (ItemEntry("1-1", tables=(table,)),))])


def spans(found: Figures) -> dict[str, str]:
    """Every figure of the table by row and column: 2024-04～2024-12 累計."""
    return {f"{figure.id.row}/{figure.id.column}": told(found.span_of_figure(figure.id)) for figure in found}


def told(span: Span) -> str:
    months = dict.fromkeys(f"{month.year}-{month.number:02}" for month in (span.first, span.last))
    return f"{'～'.join(months)} {span.kind}"


def of_rows(folder: Path, *headers: str, quarter: int = 3, month: int | None = None) -> list[str]:
    """The spans of rows that are drawn with these headers, each `name frame | header`."""
    option = "基準月 |\n" if month else ""
    rows = "\n".join(f"       | {header} | ⟪件⟫" for header in headers)
    drawing = f"表     | 表 |\n{option}       |  |  | 件数\n{rows}\n"
    return list(spans(figures(folder, drawing, quarter, month)).values())


@pytest.mark.parametrize(
    ("header", "span"),
    [
        (" | {年度}", "2024-04～2024-12 累計"),
        (" | {年度}（{基準月}まで）", "2024-04～2024-12 累計"),
        (" | {年度}（{基準月}現在）", "2024-04～2024-12 累計"),
        (" | 東", "2024-04～2024-12 累計"),
        (" | {年月}", "2024-12 単月"),
        (" | {年月}まで", "2024-04～2024-12 累計"),
        (" | {年月}末", "2024-12 時点"),
        (" | {年月}現在", "2024-12 時点"),
        (" | {基準日}", "2024-12 時点"),
        (" | {年度}（{基準月}末現在）", "2024-12 時点"),
        (" | {前年同月}", "2023-12 単月"),
        ("前年 前年同期 | {前年度}", "2023-04～2023-12 累計"),
        ("前年度末 | {前年度}", "2023-04～2024-03 年計"),
        ("前年度末 | {前年度}末", "2024-03 時点"),
        ("前年 参考 | 【参考】{前年度}実績", "2023-04～2024-03 年計"),
        ("全国 その他 | 全国平均", "2024-04～2024-12 累計"),
        (" | 4～6月", "2024-04～2024-06 累計"),
        (" | 第4四半期", "2025-01～2025-03 累計"),
        (" | 1月", "2025-01 単月"),
        ("前年1月 前年同期 | （{前年1月}）", "2024-01 単月"),
        (" | 通期 4～3月", "2024-04～2024-12 累計"),
        ("前年 前年度末 | {前年度} 4～3月", "2023-04～2024-03 年計"),
        ("東 時点 | 東", "2024-12 時点"),
        ("単月 | {年度}", "2024-12 単月"),
        ("年計 | {年度}", "2024-04～2025-03 年計"),
        ("累計 | 7月", "2024-04～2024-07 累計"),
        ("時点 | 7月", "2024-07 時点"),
        ("前年度末 時点 | {前年度}", "2024-03 時点"),
        ("前年同期 時点 | {前年度}", "2023-12 時点"),
    ],
)
def test_a_row_is_read_by_its_header_and_its_name_frame(tmp_path: Path, header: str, span: str) -> None:
    assert of_rows(tmp_path, header) == [span]


def test_the_year_so_far_is_the_year_in_march_only(tmp_path: Path) -> None:
    assert of_rows(tmp_path, " | {年度}", " | 通期 4～3月", quarter=4) == ["2024-04～2025-03 年計"] * 2
    assert of_rows(tmp_path, " | {年度}", quarter=4, month=2) == ["2024-04～2025-02 累計"]


def test_a_typed_month_counts_for_last_year_too(tmp_path: Path) -> None:
    assert of_rows(tmp_path, " | {年度}", "同期 前年同期 | {前年度}", "前年度末 | {前年度}", month=10) == [
        "2024-04～2024-10 累計",
        "2023-04～2023-10 累計",
        "2023-04～2024-03 年計",
    ]


def test_what_says_nothing_of_itself_is_read_as_this_years_beside_it(tmp_path: Path) -> None:
    assert of_rows(tmp_path, " | {年月}末", "前年度末 | {前年度}") == ["2024-12 時点", "2024-03 時点"]
    assert of_rows(tmp_path, " | {年月}", "全国 その他 | 全国平均") == ["2024-12 単月"] * 2
    assert of_rows(tmp_path, " | {年月}", "前年 前年同期 | 同期") == ["2024-12 単月", "2023-12 単月"]


def test_row_and_column_speak_together(tmp_path: Path) -> None:
    drawing = """
        表   | 表 |
        名札 |    |          |     | 前年 前年同期 | 残高 時点
             |    | 月       | {年度} | {前年度}   | 残高
             |    | 7月      | ⟪件⟫   | ⟪件⟫       | ⟪件⟫
             |    | 合計     | ⟪件⟫   | ⟪件⟫       | ⟪件⟫
    """
    assert spans(figures(tmp_path, drawing)) == {
        "7月/当年": "2024-07 単月",
        "7月/前年": "2023-07 単月",
        "7月/残高": "2024-07 時点",
        "合計/当年": "2024-04～2024-12 累計",
        "合計/前年": "2023-04～2023-12 累計",
        "合計/残高": "2024-12 時点",
    }


def test_a_number_of_the_plan_is_that_of_the_year(tmp_path: Path) -> None:
    drawing = "表 | 表 |\n計画値 |\n | | 計画 | 人数\n | | 対象者 | 590 ⟪人⟫\n"
    assert spans(figures(tmp_path, drawing)) == {"対象者/人数": "2024-04～2025-03 年計"}


def test_a_header_of_the_whole_year_names_no_as_of_month(tmp_path: Path) -> None:
    found = figures(tmp_path, "表 | 表 |\n | | 区分 | 7月 | 通期 4～3月\n | | 東 | ⟪件⟫ | ⟪件⟫\n")
    months = [found.as_of_month(FigureId("1-1", "表", "東", column)) for column in ("7月", "通期4~3月")]
    assert months == [7, None]

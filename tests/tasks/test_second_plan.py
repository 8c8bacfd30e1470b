"""Another plan: a town with two groups, three steps without one for "under way", three tables and four KPIs.

It is drawn, built, filled and reported without a line of the package knowing it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.domain.outputs.remarks import Concern
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.submission.submission import (
    Entry,
    ItemEntry,
    LineEntry,
    RatingEntry,
    RowEntry,
    Submission,
    TableEntry,
)
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.carry.write_books import write_input_book
from kenpo_xl.tasks.period.consolidation import Consolidation, consolidate
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.report import ReportResult, make_report
from scripts.plan_drawing import PlanDrawing
from tests.drawn import write_drawn_book
from tests.office import Office
from tests.office.pictures import pdf_text
from tests.tasks.books import about, cells, numbers, ratings, texts

pytestmark = pytest.mark.period

COUNTER = """
ブロック | 1
文       |
KPI      | 相談件数
表       | 相談     | 相談の件数
         |          | 区分 | 第1四半期 | 第2四半期 | 第3四半期 | 第4四半期 | 合計
         |          | 窓口 | ⟪件⟫      | ⟪件⟫      | ⟪件⟫      | ⟪件⟫      | =SUM([-4]:[-1]) ⟪件⟫
         |          | 電話 | ⟪件⟫      | ⟪件⟫      | ⟪件⟫      | ⟪件⟫      | =SUM([-4]:[-1]) ⟪件⟫
         |          | 計   | =SUM([0,-2]:[0,-1]) ⟪件⟫ | =SUM([0,-2]:[0,-1]) ⟪件⟫ | =SUM([0,-2]:[0,-1]) ⟪件⟫ \
| =SUM([0,-2]:[0,-1]) ⟪件⟫ | =SUM([-4]:[-1]) ⟪件⟫

ブロック | 2
文       |
KPI      | 満足度
"""
RATES = """
ブロック | 1
KPI      | 未納率
KPI      | 受診率
表       | 割合     |
         |          | 区分   | 対象     | 該当     | 割合
         |          | 未納   | ⟪人⟫     | ⟪人⟫     | =[-1]/[-2] ⟪0.0%⟫
         |          | 受診   | ⟪人⟫     | ⟪人⟫     | =[-1]/[-2] ⟪0.0%⟫
         |          | 満足   | ⟪人⟫     | ⟪人⟫     | =[-1]/[-2] ⟪0.0%⟫

ブロック | 2
表       | 教室     | 健康教室
キー     | 会場
         |          | 会場     | 開催日   | 参加者数
くり返し |          | ⟪@⟫      | ⟪@⟫      | ⟪人⟫
         | 合計     | 合計     | ／       | =SUM([0,-1]) ⟪人⟫
"""
KPIS = [
    {
        "指標": "相談件数",
        "目標": "300 ⟪件⟫",
        "方向": "以上",
        "実績": "=@1-1/相談/計/合計",
        "途中の判定": "経過月割",
    },
    {
        "指標": "満足度",
        "目標": "前年度",
        "方向": "以上",
        "実績": "=@1-2/割合/満足/割合",
        "途中の判定": "目標",
    },
    {
        "指標": "未納率",
        "目標": "5% ⟪0.0%⟫",
        "方向": "以下",
        "実績": "=@1-2/割合/未納/割合",
        "途中の判定": "年度末",
    },
    {
        "指標": "受診率",
        "目標": "前年度と過去3年平均の高い方",
        "方向": "以上",
        "実績": "=@1-2/割合/受診/割合",
        "途中の判定": "目標",
    },
]
GROUPS = ("総務課", "保健課")
PRINT = "KPI {名称}：目標 {目標}、実績 {実績}"


def drawing(quarter: int) -> PlanDrawing:
    return PlanDrawing(
        basics=[
            ("支部", "みどり町"),
            ("年度", 2025),
            ("四半期", quarter),
            ("グループ", "総務課"),
            ("グループ", "保健課"),
        ],
        periods=[{"四半期": number} for number in (1, 2, 3, 4)],
        measures=[
            {"章": "１.町の仕事", "節": "（１）相談", "担当": "総務課"},
            {"ブロック": 1, "評価": "要", "計画内容": "相談に応じる。"},
            {"ブロック": 2, "評価": "要", "計画内容": "満足度を測る。"},
            {"節": "（２）健康", "担当": "保健課"},
            {"ブロック": 1, "評価": "要", "計画内容": "受診を勧める。"},
            {"ブロック": 2, "評価": "不要", "計画内容": "教室を開く。"},
        ],
        kpis=[kpi | {"印字": PRINT} | ({} if "⟪" in kpi["目標"] else {"書式": "10% ⟪0.0%⟫"}) for kpi in KPIS],
        scale=[
            {"記号": "達成", "意味": "目標以上", "下限": 1.0},
            {"記号": "概ね達成", "意味": "目標の8割以上", "下限": 0.8},
            {"記号": "未達成", "意味": "目標の8割未満", "下限": 0.0},
        ],
        history=[
            {"指標": "受診率", "年度": year, "値": f"{value}% ⟪0.0%⟫"}
            for year, value in ((2024, 40.0), (2023, 46.0), (2022, 43.0))
        ],
        layouts={"1-1": COUNTER, "1-2": RATES},
    )


def row(place: int, *values: object, entity: str = "") -> RowEntry:
    """A row as typed: … is a formula left as it was."""
    found = (
        Entry(formula=True) if value is ... else Entry(Decimal(value) if isinstance(value, int) else value)
        for value in values
    )
    return RowEntry(place, tuple(found), entity)


def lines(*words: tuple[str, LineKind, str]) -> tuple[LineEntry, ...]:
    return tuple(LineEntry(block, kind, text) for block, kind, text in words)


def submitted(quarter: int) -> list[Submission]:
    later = (45, 15) if quarter == 4 else (None, None)
    text, kpi, table = LineKind.TEXT, LineKind.KPI, LineKind.TABLE
    counter = ItemEntry(
        "1-1",
        lines(
            ("1", text, "窓口を広げた。"), ("1", kpi, "相談件数"), ("1", table, "相談"), ("2", kpi, "満足度")
        ),
        (RatingEntry("1", "達成"), RatingEntry("2", "概ね達成")),
        (
            TableEntry(
                "相談",
                (
                    row(0, 50, 60, *later, ...),
                    row(1, 20, 15, None, None, ...),
                    row(2, ..., ..., ..., ..., ...),
                ),
            ),
        ),
    )
    health = ItemEntry(
        "1-2",
        lines(("1", kpi, "未納率"), ("1", kpi, "受診率"), ("1", table, "割合"), ("2", table, "教室")),
        (RatingEntry("1", "概ね達成"),),
        (
            TableEntry("割合", (row(0, 2000, 110, ...), row(1, 1500, 615, ...), row(2, 200, 150, ...))),
            TableEntry(
                "教室",
                (
                    row(0, "公民館", "6月1日", 12, entity="公民館"),
                    row(0, "体育館", "7月8日", 30, entity="体育館"),
                    row(1, None, None, ...),
                ),
            ),
        ),
    )
    return [Submission("総務課", (counter,)), Submission("保健課", (health,))]


class Town:
    """A period folder of the town: its plan, what its groups handed in, and the report of it."""

    def __init__(self, folder: Path, quarter: int) -> None:
        folder.mkdir()
        self.folder = folder
        write_drawn_book(folder / "計画.xlsx", drawing(quarter))
        self.plan: Plan = read_plan(folder / "計画.xlsx")
        self.built = build_books(folder)
        (folder / "提出").mkdir()
        for submission in submitted(quarter):
            write_input_book(
                self.plan, submission.group, folder / "提出" / f"{submission.group}.xlsm", submission
            )
        self.whole: Consolidation = consolidate(PeriodFolder(folder))
        self.result: ReportResult = make_report(folder)

    def judged(self) -> dict[str, tuple[str, str, str]]:
        """Result, target and rating of each KPI."""
        return {
            assessment.kpi.name: (assessment.result_text, assessment.target_text, assessment.judgement.glyph)
            for assessment in self.whole.assessments.kpis
        }


@pytest.fixture(scope="module")
def half(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return Town(tmp_path_factory.mktemp("town") / "第2四半期", 2)


@pytest.fixture(scope="module")
def whole_year(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return Town(tmp_path_factory.mktemp("town") / "第4四半期", 4)


def test_a_book_is_built_for_each_group(half: Town) -> None:
    assert [path.name for path in half.built.made] == ["総務課.xlsm", "保健課.xlsm", "取りまとめ.xlsm"]
    assert build_books(half.folder).made == ()


def test_the_report_is_named_and_headed_by_its_plan(half: Town) -> None:
    assert half.result.path.name == "事業実施状況_令和7年度第2四半期.xlsx"
    legend = "達成：目標以上、概ね達成：目標の8割以上、未達成：目標の8割未満"
    assert [text for text in texts(half.result.path) if legend in text]


def test_figures_at_half_year(half: Town) -> None:
    # Rows with their totals; the quarters to come are empty, and so are their totals or 0.
    found = [number for number in numbers(half.result.path, "1-1") if number]
    assert found == sorted([50, 60, 110, 20, 15, 35, 70, 75, 145])


def test_rates_and_the_open_list_with_its_total(half: Town) -> None:
    found = numbers(half.result.path, "1-2")
    assert found == sorted([2000, 110, 0.055, 1500, 615, 0.41, 200, 150, 0.75, 12, 30, 42])
    assert {"公民館", "体育館", "合計", "6月1日"} <= set(texts(half.result.path))


def test_kpis_at_half_year(half: Town) -> None:
    assert half.judged() == {
        # 145 of the 150 that half a year asks for
        "相談件数": ("145 件", "300 件", "概ね達成"),
        "満足度": ("75.0％", "目標値なし", ""),
        # judged at the end of the year, and the scale has no step for "under way"
        "未納率": ("5.5％", "5.0％", ""),
        # the mean of three years, 43.0 %, is above last year's 40.0 %
        "受診率": ("41.0％", "43.0％", "概ね達成"),
    }


def differing(result: ReportResult) -> tuple[str, str]:
    """The group's and the computed rating of block 1, as the planner is told that they differ."""
    (remark,) = (one for one in result.remarks if one.place == "1-1/ブロック 1/評価")
    return remark.typed, remark.computed


def test_ratings_at_half_year(half: Town) -> None:
    assert ratings(half.result.path) == ["達成", "概ね達成", "概ね達成"]
    assert differing(half.result) == ("達成", "概ね達成")
    assert [r.place for r in about(half.result, Concern.NO_TARGET)] == ["1-1 満足度"]


def test_kpi_lines_are_printed(half: Town) -> None:
    printed = [text for text in texts(half.result.path) if text.startswith("KPI ")]
    assert printed == [
        "KPI 相談件数：目標 300 件、実績 145 件",
        "KPI 満足度：目標 目標値なし、実績 75.0％",
        "KPI 未納率：目標 5.0％、実績 5.5％",
        "KPI 受診率：目標 43.0％、実績 41.0％",
    ]


def test_kpis_at_the_end_of_the_year(whole_year: Town) -> None:
    assert whole_year.judged() == {
        # 205 of 300 are 68 %
        "相談件数": ("205 件", "300 件", "未達成"),
        "満足度": ("75.0％", "目標値なし", ""),
        # at most 6.0 % are 80 % of a target of at most 5.0 %
        "未納率": ("5.5％", "5.0％", "概ね達成"),
        "受診率": ("41.0％", "43.0％", "概ね達成"),
    }


def test_figures_and_ratings_at_the_end_of_the_year(whole_year: Town) -> None:
    found = [number for number in numbers(whole_year.result.path, "1-1") if number]
    assert found == sorted([50, 60, 45, 15, 170, 20, 15, 35, 70, 75, 45, 15, 205])
    assert ratings(whole_year.result.path) == ["達成", "概ね達成", "概ね達成"]
    assert differing(whole_year.result) == ("達成", "未達成")


def test_nothing_is_clipped(half: Town, office: Office, tmp_path: Path) -> None:
    office.to_pdf(half.result.path, tmp_path / "報告.pdf")
    printed = re.sub(r"\s", "", pdf_text(tmp_path / "報告.pdf"))
    assert [text for text in texts(half.result.path) if re.sub(r"\s", "", text) not in printed] == []


def test_nothing_is_overwritten(half: Town, whole_year: Town) -> None:
    assert about(half.result, Concern.OVERWRITTEN) == about(whole_year.result, Concern.OVERWRITTEN) == []
    assert half.result.error_count == 0


def test_numbers_keep_their_formats(half: Town) -> None:
    formats = {cell.value: cell.number_format for cell in cells(half.result.path) if not cell.is_text}
    assert (formats[145], formats[0.41], formats[42]) == ('#,##0" 件"', "0.0%", '#,##0" 人"')

"""Plan books of other organisations go through without code: other scales, tables, targets and years.

Each is drawn, built, filled, handed in, joined and reported; nothing in the package knows of it.
"""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from kenpo_xl.domain.submission.submission import (
    Submission,
)
from scripts.plan_drawing import PlanDrawing
from tests.books.plan.organisation import Organisation, item, scale, typed
from tests.tasks.books import numbers, ratings, texts

# --- a city: S to D, one group, ranks, quarters as rows, the first quarter of 2026

CITY_TABLES = """
    KPI      | 全国順位
    KPI      | 受診者数
    KPI      | 利用率
    KPI      | 継続率
    表       | 順位     | 健診の順位
             |          | 年度       | 受診率  | 全国順位
             |          | {年度}     | ⟪0.0%⟫  | ⟪0"位"⟫
             |          | {前年度}   | ⟪0.0%⟫  | ⟪0"位"⟫

    表       | 四半期   | 四半期ごとの人数
    単位     | 人
             |          | 区分       | 受診者数 | 利用者数 | 利用率
             |          | 第1四半期  | ⟪#,##0⟫  | ⟪#,##0⟫  | =[-1]/[-2] ⟪0.00%⟫
             |          | 第2四半期  | ⟪#,##0⟫  | ⟪#,##0⟫  | =[-1]/[-2] ⟪0.00%⟫
             |          | 第3四半期  | ⟪#,##0⟫  | ⟪#,##0⟫  | =[-1]/[-2] ⟪0.00%⟫
             |          | 第4四半期  | ⟪#,##0⟫  | ⟪#,##0⟫  | =[-1]/[-2] ⟪0.00%⟫
             |          | 計         | =SUM([0,-4]:[0,-1]) ⟪#,##0⟫ | =SUM([0,-4]:[0,-1]) ⟪#,##0⟫ \
| =[-1]/[-2] ⟪0.00%⟫
"""
CITY = PlanDrawing(
    basics=[
        ("支部", "あおば市"),
        ("表題", "重点施策"),
        ("年度", 2026),
        ("四半期", 1),
        ("グループ", "健康課"),
    ],
    periods=[],
    measures=[
        {"章": "１ 健診", "節": "（１）受診", "担当": "健康課"},
        {"ブロック": 1, "評価": "要", "計画内容": "{年度}も受診を勧める。"},
        {"節": "（２）相談", "担当": "健康課"},
        {"ブロック": 1, "評価": "要", "計画内容": "相談の場を設ける。"},
    ],
    kpis=[
        {"指標": "全国順位", "目標": '10 ⟪0"位"⟫', "方向": "以下", "実績": "=@1-1/順位/当年/全国順位"},
        {
            "指標": "受診者数",
            "目標": "1200 ⟪#,##0⟫",
            "実績": "=@1-1/四半期/計/受診者数",
            "途中の判定": "経過月割",
        },
        {
            "指標": "利用率",
            "目標": "前年度と過去3年平均の良い方",
            "実績": "=@1-1/四半期/計/利用率",
            "書式": "⟪0.0%⟫",
        },
        {"指標": "継続率", "目標": "前年度", "実績": "=@1-1/順位/当年/受診率", "書式": "⟪0.0%⟫"},
    ],
    scale=scale(("S", 1.2), ("A", 1.0), ("B", 0.8), ("C", 0.6), ("D", 0)),
    history=[
        {"指標": "利用率", "年度": 2025, "値": 0.5},
        {"指標": "利用率", "年度": 2023, "値": 0.4},
        {"指標": "継続率", "年度": 2025, "値": 0.4},
    ],
    layouts={"1-1": CITY_TABLES},
)
CITY_TYPED = Submission(
    "健康課",
    (
        item(
            "1-1",
            {"1": "B"},
            [("1", "KPI", name) for name in ("全国順位", "受診者数", "利用率", "継続率")]
            + [("1", "表", "順位"), ("1", "表", "四半期")],
            順位=[typed(0, 0.484, 12), typed(1, 0.47, 15)],
            四半期=[
                typed(0, 310, 124, ...),
                *(typed(row, None, None, ...) for row in (1, 2, 3)),
                typed(4, ..., ..., ...),
            ],
        ),
        item("1-2", {"1": "A"}, [("1", "文", "相談を始めた。")]),
    ),
)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Organisation:
    return Organisation(tmp_path_factory.mktemp("市"), CITY, [CITY_TYPED])


def test_a_city_is_understood_without_a_remark(city: Organisation) -> None:
    assert city.problems == []


def test_ranks_and_targets_of_a_city(city: Organisation) -> None:
    assert city.judged() == {
        # place 12 where 10 or better was the target: 10 ÷ 12 is 83 %
        "全国順位": ("12位", "10位", "B"),
        # 310 of the 300 that a quarter of the year asks for
        "受診者数": ("310", "1,200", "A"),
        # one of the three years is missing
        "利用率": ("40.0％", "目標値なし", ""),
        # 48.4 ÷ 40.0 is 121 %
        "継続率": ("48.4％", "40.0％", "S"),
    }


def test_the_report_of_a_city(city: Organisation) -> None:
    assert city.report.name == "事業実施状況_令和8年度第1四半期.xlsx"
    found = [number for number in numbers(city.report, "1-1") if number]
    assert found == sorted([0.484, 12, 0.47, 15, 310, 124, 0.4, 310, 124, 0.4])
    assert (city.formats()[12], ratings(city.report)) == ('0"位"', ["B", "A"])
    assert {"令和8年度", "令和7年度", "全国順位"} <= set(texts(city.report))


# --- a fund: three words as its scale, two groups, the year's end; rows of indicators, points, thousands

FUND_TABLES = """
    ブロック | 収支
    KPI      | 収支差
    KPI      | 回収率
    表       | 決算     | 決算の見込み
             |          | 科目   | {年度}       | {前年度}     | 増減
             |          | 収入   | ⟪#,##0,"千円"⟫ | ⟪#,##0,"千円"⟫ | =[-2]-[-1] ⟪#,##0,"千円"⟫
             |          | 支出   | ⟪#,##0,"千円"⟫ | ⟪#,##0,"千円"⟫ | =[-2]-[-1] ⟪#,##0,"千円"⟫
             |          | 収支差 | =[0,-2]-[0,-1] ⟪#,##0,"千円"⟫ | =[0,-2]-[0,-1] ⟪#,##0,"千円"⟫ \
| =[-2]-[-1] ⟪#,##0,"千円"⟫

    表       | 回収     | 債権の回収率
    単位     | ％
             |          | 区分     | 回収率
             |          | {年度}   | ⟪0.00⟫
             |          | {前年度} | ⟪0.00⟫

    ブロック | 訪問
    KPI      | 訪問数
    表       | 地区     | 地区ごとの訪問
             |          | 地区     | <    | {年度} | <    | <    | <
             |          | ^        | ^    | 上期   | <    | 下期 | <
             |          | ^        | ^    | 個人   | 法人 | 個人 | 法人
             |          | 東       | 駅前 | ⟪件⟫   | ⟪件⟫ | ⟪件⟫ | ⟪件⟫
             |          | ^        | 川端 | ⟪件⟫   | ／   | ⟪件⟫ | ／
             |          | 西       | <    | ⟪件⟫   | ⟪件⟫ | ⟪件⟫ | ⟪件⟫
    表       | 催し     | 説明会
    キー     | 会場
             |          | 会場     | 参加者数 | 満足度
    くり返し |          | ⟪@⟫      | ⟪人⟫     | ⟪0.0%⟫
             | 計       | 総　計   | =SUM([0,-1]) ⟪人⟫ | ／
    注       |          | 参加者数は {催し/計/参加者数} 人
"""
FUND = PlanDrawing(
    basics=[
        ("支部", "ひかり基金"),
        ("年度", 2026),
        ("四半期", 4),
        ("グループ", "経理"),
        ("グループ", "渉外"),
    ],
    periods=[{"四半期": 4, "会議": "理事会"}],
    measures=[
        {"章": "Ⅰ 財政"},
        {"節": "１ 健全な財政"},
        {"項": "① 収支", "担当": "経理"},
        {"ブロック": "収支", "評価": "要", "計画内容": "収支を整える。"},
        {"ブロック": "訪問", "評価": "要", "計画内容": "訪ねる。"},
        {"項": "② 広報", "担当": "渉外"},
        {"ブロック": "広報", "評価": "要", "計画内容": "広く知らせる。"},
    ],
    kpis=[
        {"指標": "収支差", "目標": '1000000 ⟪#,##0,"千円"⟫', "実績": "=@1-1-1/決算/収支差/当年"},
        {
            "指標": "回収率",
            "目標": "=@1-1-1/回収/前年/回収率",
            "実績": "=@1-1-1/回収/当年/回収率",
            "途中の判定": "年度末",
        },
        {
            "指標": "訪問数",
            "目標": "100 ⟪件⟫",
            "実績": "=SUM(@1-1-1/地区/東＞駅前:西/当年＞上期＞個人:当年＞下期＞法人)",
        },
    ],
    scale=scale(("達成", 1.0), ("概ね達成", 0.8), ("未達成", 0)),
    layouts={"1-1-1": FUND_TABLES},
)
FUND_TYPED = [
    Submission(
        "経理",
        (
            item(
                "1-1-1",
                {"収支": "未達成", "訪問": "概ね達成"},
                [
                    ("収支", "KPI", "収支差"),
                    ("収支", "KPI", "回収率"),
                    ("収支", "表", "決算"),
                    ("収支", "表", "回収"),
                    ("訪問", "KPI", "訪問数"),
                    ("訪問", "表", "地区"),
                    ("訪問", "表", "催し"),
                ],
                決算=[
                    typed(0, 5_200_000, 5_000_000, ...),
                    typed(1, 5_450_000, 4_900_000, ...),
                    typed(2, ..., ..., ...),
                ],
                回収=[typed(0, 63.53), typed(1, 62.1)],
                地区=[typed(0, 10, 20, 11, 21), typed(1, 5, None, 6, None), typed(2, 7, 3, 8, 4)],
                催し=[
                    typed(0, "公民館", 30, 0.9, entity="公民館"),
                    typed(0, "市民館", 12, 0.85, entity="市民館"),
                    typed(1, None, ..., None),
                ],
            ),
        ),
    ),
    Submission("渉外", (item("1-1-2", {"広報": "達成"}, [("広報", "文", "広報紙を出した。")]),)),
]


@pytest.fixture(scope="module")
def fund(tmp_path_factory: pytest.TempPathFactory) -> Organisation:
    return Organisation(tmp_path_factory.mktemp("基金"), FUND, FUND_TYPED)


def test_a_fund_is_understood_without_a_remark(fund: Organisation) -> None:
    assert fund.problems == []


def test_differences_below_nothing_in_thousands(fund: Organisation) -> None:
    assert fund.value("1-1-1/決算/収支差/当年") == -250_000
    assert fund.value("1-1-1/決算/収支差/増減") == -350_000
    assert fund.formats()[-250_000] == '#,##0,"千円"'


def test_a_total_is_known_by_its_printed_word_too(fund: Organisation) -> None:
    assert fund.value("1-1-1/催し/計/参加者数") == 42


def test_a_figure_in_a_note_tells_its_cell_there(fund: Organisation) -> None:
    pages = openpyxl.load_workbook(fund.report)
    [note] = [c for row in pages["1-1"].iter_rows() for c in row if c.value == "参加者数は 42 人"]
    place = note.comment.text.removeprefix("出所: 経理.xlsm 1-1-1!")
    book = openpyxl.load_workbook(fund.report.parent.parent / "提出" / "経理.xlsm")
    assert book["1-1-1"][place].value.startswith("=IF(")
    assert [c.value for c in book["1-1-1"][place[1:]]].count("総　計") == 1


def test_kpis_of_a_fund_at_the_end_of_its_year(fund: Organisation) -> None:
    assert fund.judged() == {
        "収支差": ("-250千円", "1,000千円", "未達成"),
        # 63.53 ％ typed in points, of last year's 62.10 ％
        "回収率": ("63.53％", "62.10％", "達成"),
        # 95 of 100
        "訪問数": ("95 件", "100 件", "概ね達成"),
    }


def test_the_report_of_a_fund(fund: Organisation) -> None:
    assert fund.report.name == "事業実施状況_令和8年度第4四半期.xlsx"
    found = numbers(fund.report, "1-1")
    settled = [5_200_000, 5_000_000, 200_000, 5_450_000, 4_900_000, 550_000, -250_000, 100_000, -350_000]
    visits = [10, 20, 11, 21, 5, 6, 7, 3, 8, 4]
    assert found == sorted([*settled, 63.53, 62.1, *visits, 30, 0.9, 12, 0.85, 42])
    assert ratings(fund.report) == ["未達成", "概ね達成", "達成"]
    assert {"上期", "下期", "駅前", "川端", "公民館", "市民館", "総　計"} <= set(texts(fund.report))


# --- a hall: A to E given by hand, no sheet KPI, a section without items

HALL_TABLE = """
    表 | 入館 |
       |      | 月  | 入館者数
       |      | 4月 | ⟪人⟫
       |      | 5月 | ⟪人⟫
"""
HALL = PlanDrawing(
    basics=[("支部", "文化館"), ("年度", 2026), ("四半期", 2), ("グループ", "館")],
    periods=[],
    measures=[
        {"節": "催し", "担当": "館"},
        {"計画内容": "催しを開く。"},
        {"節": "設備"},
    ],
    kpis=[],
    scale=[{"記号": glyph, "意味": f"{glyph}の段階"} for glyph in "ABCDE"],
    layouts={
        "1-1": HALL_TABLE,
    },
)
HALL_TYPED = Submission(
    "館", (item("1-1", {"1": "C"}, [("1", "表", "入館")], 入館=[typed(0, 1234), typed(1, 0)]),)
)


@pytest.mark.parametrize("without", ["", "KPI", "過去実績"])
def test_a_hall_without_kpis(tmp_path: Path, without: str) -> None:
    hall = Organisation(tmp_path, HALL, [HALL_TYPED], without=without)
    assert (hall.problems, hall.judged()) == ([], {})
    assert (numbers(hall.report, "1-1"), ratings(hall.report)) == ([0, 1234], ["C"])
    assert "催しを開く。" in "".join(texts(hall.report))

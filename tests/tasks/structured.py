"""A city whose plan uses what the sample does not: text fields, items of two groups, tables of tables."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from kenpo_xl.tasks.build import build_books
from scripts.plan_drawing import PlanDrawing
from tests.books.plan.organisation import scale
from tests.drawn import write_drawn_book
from tests.tasks.clerk import fill

GENERAL, HEALTH = GROUPS = ("総務課", "健康課")
SHARED, GATHERING = "1-1-3", "1-1-4"

DRAWING = PlanDrawing(
    basics=[
        ("支部", "みどり市"),
        ("年度", 2026),
        ("四半期", 2),
        *(("グループ", group) for group in GROUPS),
        ("記入欄", "今後の取組"),
        ("記入欄", "課題"),
        ("項の記入欄", "決算額"),
    ],
    periods=[{"四半期": 2, "基準日": dt.date(2026, 9, 30), "会議": "推進会議"}],
    measures=[
        {"章": "１ まちづくり", "節": "（１）くらし"},
        {"項": "① 講座", "担当": GENERAL},
        {
            "ブロック": 1,
            "計画内容": "講座を開く。",
            "今後の取組": "引き続き、{翌年度}も行う。",
            "予算": "1,200千円",
        },
        {"ブロック": 2, "評価": "不要", "計画内容": "周知する。", "課題": "／"},
        {"項": "② 健診", "担当": HEALTH},
        {"ブロック": 1, "計画内容": "健診を行う。"},
        {"項": "③ 協働", "担当": f"{GENERAL}、{HEALTH}"},
        {"ブロック": 1, "計画内容": "両課で催しを開く。"},
        {"ブロック": 2, "計画内容": "健康相談を受ける。", "担当": HEALTH},
        {"ブロック": 3, "評価": "不要", "計画内容": "広報する。", "担当": GENERAL},
        {"項": "④ 全体", "担当": GENERAL, "ブロック": 1, "計画内容": "取組の数を増やす。"},
        {"項": "⑤ 子育て"},
        {"目": "ア 預かり", "担当": GENERAL, "ブロック": 1, "計画内容": "預かりを行う。"},
        {"目": "イ 相談", "担当": HEALTH, "ブロック": 1, "計画内容": "相談を受ける。"},
        {"項": "⑥ 防災", "担当": GENERAL, "ブロック": 1, "評価": "不要", "計画内容": "訓練を行う。"},
    ],
    kpis=[
        {
            "指標": "講座の数",
            "目標": '10 ⟪0" 回"⟫',
            "実績": "=@1-1-1/講座/講座の数/当年",
            "途中の判定": "経過月割",
        },
        {"指標": "催しの参加者", "目標": '100 ⟪0" 人"⟫', "実績": "=@1-1-3/催し/参加者/当年"},
        {"指標": "回数の合計", "目標": '50 ⟪0" 件"⟫', "実績": "=@1-1-4/回数/計/当年"},
    ],
    scale=scale(("A", 1.0), ("B", 0.8), ("C", 0)),
    layouts={
        "1-1-1": """
            ブロック | 1
            文 | | ・講座を　回開いた。
            KPI | 講座の数
            表 | 講座
               | | 区分 | {年度}
               | | 講座の数 | ⟪回⟫
            ブロック | 2
            文 |
        """,
        "1-1-3": """
            ブロック | 1
            文 | | ・催しを　回開いた。
            表 | 催し | 催しの参加者
               | | 区分 | {年度}
               | | 参加者 | ⟪人⟫
            表 | 相談会 | 催しでの健康相談
            担当 | 健康課
               | | 区分 | {年度}
               | | 相談 | ⟪件⟫
            KPI | 催しの参加者
            ブロック | 2
            文 |
            表 | 相談 | 健康相談
               | | 区分 | {年度}
               | | 相談件数 | ⟪件⟫
            ブロック | 3
            文 |
        """,
        "1-1-4": """
            文 |
            表 | 回数 | 講座と相談の回数
               | | 区分 | {年度}
               | | 講座 | =@1-1-1/講座/講座の数/当年 ⟪回⟫
               | | 相談 | =@1-1-3/相談/相談件数/当年+@1-1-3/相談会/相談/当年 ⟪件⟫
               | | 計   | =SUM([0,-2]:[0,-1]) ⟪件⟫
            表 | 割合 | 講座の割合
               | | 区分 | {年度}
               | | 割合 | =@1-1-4/回数/講座/当年/@1-1-4/回数/計/当年 ⟪0.0%⟫
            KPI | 回数の合計
        """,
    },
    further_columns=("今後の取組", "課題", "予算"),
)
WORK = {
    GENERAL: {
        "1-1-1": """
            文 1 | ・講座を6回開いた。
            評価 1 | A | 会場を増やしたため
            今後の取組 1 | ・会場を増やす。
            課題 1 | ・受講者が固定している。
            決算額 1 | 980千円
            講座の数 | 6
            文 2 | ・広報に載せた。
            今後の取組 2 | なし
        """,
        "1-1-3": """
            文 1 | ・催しを2回開いた。
            文 1 | ・会場を貸した。
            評価 1 | A | 参加が多かったため
            参加者 | 120
            文 3 | ・広報紙に載せた。
        """,
        GATHERING: """
            文 1 | ・取組を増やした。
            評価 1 | A | 相談が増えたため
        """,
        "1-1-5-1": """
            文 1 | ・10人を預かった。
            評価 1 | B
        """,
        "1-1-6": """
            文 1 | ・訓練を行った。
        """,
    },
    HEALTH: {
        "1-1-2": """
            文 1 | ・健診を行った。
            評価 1 | B
            今後の取組 1 | ・受診勧奨を続ける。
        """,
        "1-1-3": """
            文 1 | ・保健師が相談に応じた。
            相談 | 15
            文 2 | ・相談を受けた。
            評価 2 | B
            相談件数 | 40
        """,
        "1-1-5-2": """
            文 1 | ・窓口で相談を受けた。
            評価 1 | B
        """,
    },
}


def write_structured_period(folder: Path) -> Path:
    """Plan book, input books and planner's book, and what both groups submitted."""
    folder.mkdir(parents=True)
    write_drawn_book(folder / "計画.xlsx", DRAWING)
    build_books(folder)
    (folder / "提出").mkdir()
    for group, work in WORK.items():
        fill(folder / "入力" / f"{group}.xlsm", folder / "提出" / f"{group}.xlsm", work)
    return folder

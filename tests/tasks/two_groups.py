"""A period of two groups, filled without a mistake: a total over two counts, a text, two ratings."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from kenpo_xl.tasks.build import build_books
from scripts.plan_drawing import PlanDrawing
from tests.books.plan.test_reader import SCALE
from tests.drawn import write_drawn_book
from tests.made_once import made_once
from tests.tasks.clerk import fill

COUNTS, TEXTS = GROUPS = "レセプトグループ", "業務グループ"
"""The group with the table in 1-1, and the one with lines of text alone in 1-2."""
TOTAL, TOTAL_CELL = "1-1/査定金額/当年/合計", "H17"
DRAWING = PlanDrawing(
    basics=[
        ("支部", "東支部"),
        ("年度", 2024),
        ("四半期", 3),
        *(("グループ", group) for group in GROUPS),
    ],
    periods=[{"四半期": 3, "提出期限": date(2025, 1, 8)}, {"四半期": 4}],
    measures=[
        {"章": "１．基盤的な取組"},
        {"節": "（１）レセプト点検", "担当": COUNTS},
        {"ブロック": "1", "計画内容": "レセプトを査定する。"},
        {"節": "（２）サービス水準", "担当": TEXTS},
        {"ブロック": "1", "計画内容": "業務を適正に実施する。"},
        {"ブロック": "2", "計画内容": "窓口の混雑を緩和する。"},
    ],
    kpis=[{"指標": "査定金額", "目標": "300 ⟪千円⟫", "実績": "=@1-1/査定金額/当年/第3四半期"}],
    scale=SCALE,
    terms=[
        {"用語": "メールマガジン", "使わない書き方": "メルマガ"},
        {"用語": "ホームページ", "使わない書き方": "HP", "重さ": "参考"},
    ],
    layouts={
        "1-1": """
            KPI | 査定金額
            表  | 査定金額 | 査定金額の実績
                |          | 区分     | 第1四半期 | 第2四半期 | 第3四半期 | 合計
                |          | {年度}   | ⟪千円⟫    | ⟪千円⟫    | ⟪千円⟫    | =SUM([-3]:[-1]) ⟪千円⟫
                |          | {前年度} | ⟪千円⟫    | ⟪千円⟫    | ⟪千円⟫    | =SUM([-3]:[-1]) ⟪千円⟫
            """
    },
)
WORK = {
    COUNTS: {
        "1-1": """
            令和6年度 | 310 | 295 | 322
            令和5年度 | 301 | 288 | 309
            文 1 | ・点検の担当者を集めて、事例を共有した。
            評価 1 | 〇
            """
    },
    TEXTS: {
        "1-2": """
            文 1 | ・進捗状況を日次で管理し、適正に業務を実施。
            文 1 | ・毎週、未処理の件数を確かめた。
            評価 1 | 〇
            文 2 | ・混雑の予想を掲載し、混雑の緩和を図った。
            文 2 | ・窓口を一つ増やした。
            評価 2 | 〇
            """
    },
}


def build_two_groups(folder: Path, *, protect: bool = False) -> Path:
    """Plan book, planner's book and the input books as they are handed out."""
    write_drawn_book(folder / "計画.xlsx", DRAWING)
    build_books(folder, protect=protect)
    return folder


def write_two_groups(folder: Path) -> Path:
    """Plan book, planner's book and what both groups handed in; there is no 入力."""
    return made_once(folder, write_two_groups, _write)


def _write(folder: Path) -> None:
    (folder / "提出").mkdir(parents=True)
    build_two_groups(folder)
    for group, work in WORK.items():
        name = f"{group}.xlsm"
        fill(folder / "入力" / name, folder / "提出" / name, work)
    shutil.rmtree(folder / "入力")

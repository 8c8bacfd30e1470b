"""Every accepted function gives in an input book, as an office program computes it, what we compute."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.domain.plan.table import CellKind
from kenpo_xl.domain.results.figures import Figures
from kenpo_xl.pipeline.recompute import recompute_figures
from kenpo_xl.tasks.build import build_books
from scripts.plan_drawing import PlanDrawing
from tests.drawn import write_drawn_book
from tests.office import Office

FORMULAS = {
    "最大": "=MAX([-2]:[-1])",
    "最小": "=MIN([-3]:[-2])",
    "個数": "=COUNT([-4]:[-3])",
    "多い方": "=IF([-5]>=[-4],[-5],[-4])",
    "分母があれば": '=IF([-5]=0,"",[-6]/[-5])',
    "下がなければ上": '=IF([-6]="",[-7],[-6])',
    "代わりの値": "=100+IFERROR([-8]/[-7],0)",
    "四捨五入": "=ROUND(IF([-8]>5,[-9]/3,[-9]/7),2)",
}
ROWS = [(12, 4), (4, 12), (3, 3), (None, 5), (5, None), (None, None), (7, 0), (0, 7)]
LINES = "\n".join(
    f"         |    | 行{number} | ⟪0⟫ | ⟪0⟫ | " + " | ".join(f"{one} ⟪0.00⟫" for one in FORMULAS.values())
    for number in range(len(ROWS))
)
RANKED = "\n".join(f"         |    | 県{n} | ⟪0⟫ | =RANK([-1],[-1,-{n}]:[-1,{3 - n}]) ⟪0⟫" for n in range(4))
TABLES = f"""
ブロック | 1
表       | 式 | 式の表
         |    | 区分 | 上 | 下 | {" | ".join(FORMULAS)}
{LINES}
表       | 順位 | 県の順位
         |    | 県 | 率 | 順位
{RANKED}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("functions")
    drawing = PlanDrawing(
        basics=[("支部", "みどり町"), ("年度", 2025), ("四半期", 2), ("グループ", "総務課")],
        periods=[],
        measures=[
            {"章": "１.町の仕事", "節": "（１）相談", "担当": "総務課"},
            {"ブロック": 1, "評価": "不要", "計画内容": "相談に応じる。"},
        ],
        kpis=[],
        scale=[{"記号": "達成", "下限": 1.0}, {"記号": "未達成", "下限": 0.0}],
        layouts={"1-1": TABLES},
    )
    write_drawn_book(folder / "計画.xlsx", drawing)
    build_books(folder)
    return folder


def filled(folder: Path, path: Path) -> Path:
    """The input book with every row of pairs, and two prefectures of one rate."""
    book = openpyxl.load_workbook(folder / "入力" / "総務課.xlsm")
    labels = {cell.value: cell for row in book["1-1"] for cell in row}
    for number, pair in enumerate(ROWS):
        for place, value in enumerate(pair):
            labels[f"行{number}"].offset(0, 1 + place).value = value
    for number, value in enumerate((30, 50, 30, None)):
        labels[f"県{number}"].offset(0, 1).value = value
    book.save(path)
    return path


@pytest.fixture(scope="module")
def book(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(folder, tmp_path_factory.mktemp("filled") / "総務課.xlsm")


@pytest.fixture(scope="module")
def figures(folder: Path, book: Path) -> Figures:
    plan = read_plan(folder / "計画.xlsx")
    return recompute_figures(plan, [read_submission(book, plan)])


def test_every_function_gives_the_same_in_an_office_program(
    book: Path, figures: Figures, office: Office
) -> None:
    shown = office.recalculated(book)["1-1"]
    computed = [one for one in figures if one.cell.kind is CellKind.COMPUTED]
    assert len(computed) == len(FORMULAS) * len(ROWS) + 4
    for figure in computed:
        assert figure.source is not None
        value = shown.get(figure.source.cell, "")
        expected = None if value == "" else round(Decimal(str(value)), 6)
        ours = None if figure.computed is None else round(figure.computed, 6)
        assert (figure.id, ours) == (figure.id, expected)


def test_ranks_of_equal_rates_are_equal(figures: Figures) -> None:
    ranks = [one.computed for one in figures if one.id.table == "順位" and one.id.column == "順位"]
    assert ranks == [2, 1, 2, None]

"""The columns 全国平均 and 全国順位 of the sheet KPI: one cell for typed numbers each."""

from __future__ import annotations

from pathlib import Path

import pytest

from kenpo_xl.domain.formulas.evaluate import Ref
from kenpo_xl.domain.plan.plan import National
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.plan.targets.aim import ReferenceTarget
from tests.books.plan.test_reader import Book


@pytest.fixture
def book(tmp_path: Path) -> Book:
    book = Book(tmp_path)
    book.drawing = """
    ブロック | 1
    KPI | 達成率
    表 | 窓口 |
       |      | 実績  | 順位 | 倍
       | 北   | ⟪件⟫ | ⟪位⟫ | =[-2]*2 ⟪件⟫
       | 全国 | ⟪件⟫ | ／   | ／
"""
    book.kpi["実績"] = "=@1-1/窓口/北/実績"
    return book


def test_a_cell_for_each(book: Book) -> None:
    book.kpi |= {"全国平均": "=@1-1/窓口/全国/実績", "全国順位": "=@1-1/窓口/北/順位"}
    (kpi,) = book.plan().kpis
    assert dict(kpi.national_cells) == {
        National.MEAN: FigureId("1-1", "窓口", "全国", "実績"),
        National.RANK: FigureId("1-1", "窓口", "北", "順位"),
    }
    assert book.problems() == []


@pytest.mark.parametrize(
    ("header", "source", "said"),
    [
        ("全国平均", "=@1-1/窓口/北/倍", "入れる欄を 1 つだけ"),
        ("全国平均", "=@1-1/窓口/北/実績+@1-1/窓口/全国/実績", "入れる欄を 1 つだけ"),
        ("全国順位", "=@1-1/窓口/全国/実績", "なしか「位」"),
    ],
)
def test_other_cells_are_refused(book: Book, header: str, source: str, said: str) -> None:
    book.kpi[header] = source
    (problem,) = book.problems()
    assert (problem.sheet, problem.is_error, said in problem.message) == ("KPI", True, True)


def test_a_target_above_the_mean_takes_its_cell(book: Book) -> None:
    book.kpi |= {"目標": "全国平均以上", "全国平均": "=@1-1/窓口/全国/実績", "書式": "⟪件⟫"}
    (kpi,) = book.plan().kpis
    cell = FigureId("1-1", "窓口", "全国", "実績")
    assert kpi.target == ReferenceTarget("全国平均", Ref(cell))

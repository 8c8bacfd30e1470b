"""What the plan book gives to the report names its cell; words of the name frame say how months count."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.domain.plan.placeholders import YearRole
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import Axis, CellKind, Table
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.time.span import Accumulation
from scripts.plan_drawing import PlanDrawing
from tests.drawn import write_drawn_book
from tests.paths import PLAN_BOOK
from tests.sample import sample_plan

SCALE = [{"記号": "◎", "意味": "上回る", "下限": 1}, {"記号": "×", "意味": "未達", "下限": 0}]
DRAWING = """
    表   | 人数 |
    名札 |      |      | 当年   | 前年 前年度末
         |      | 区分 | {年度} | {前年度}
         | 時点 | 契約 | ⟪件⟫   | ⟪件⟫
         | 率 累計 | 回収率 | ⟪件⟫ | ⟪件⟫
         | 参考 単月 | 東 | ⟪件⟫ | ⟪件⟫
"""


@pytest.fixture(scope="module")
def sample() -> Plan:
    return sample_plan()


def drawn(folder: Path) -> Table:
    basics: list[tuple[str, object]] = [
        ("支部", "東支部"),
        ("年度", 2025),
        ("四半期", 2),
        ("グループ", "一課"),
    ]
    measures = [{"章": "一章"}, {"節": "一節", "担当": "一課"}, {"ブロック": "1", "計画内容": "設ける。"}]
    path = folder / "計画.xlsx"
    write_drawn_book(path, PlanDrawing(basics, [{"四半期": 2}], measures, [], SCALE, [], {"1-1": DRAWING}))
    return read_plan(path).tables["1-1", "人数"]


def test_every_sentence_names_the_cell_that_holds_it(sample: Plan) -> None:
    sheet = openpyxl.load_workbook(PLAN_BOOK)["施策"]
    blocks = [block for item in sample.items for block in item.blocks]
    assert any(len(block.sentences) > 1 for block in blocks)
    for block in blocks:
        assert {(one.workbook, one.sheet) for one in block.sources} <= {("計画.xlsx", "施策")}
        assert [str(sheet[one.cell].value).strip() for one in block.sources] == list(block.sentences)


def test_a_number_of_the_plan_names_the_cell_that_holds_it(sample: Plan) -> None:
    book = openpyxl.load_workbook(PLAN_BOOK)
    cells = [
        cell
        for table in sample.tables.values()
        for row in table.cells
        for cell in row
        if cell.kind is CellKind.FIXED
    ]
    assert cells
    for cell in cells:
        assert isinstance(cell.source, Source)
        assert book[cell.source.sheet][cell.source.cell].value == cell.value


def test_a_word_of_the_name_frame_is_the_kind_and_no_name(tmp_path: Path) -> None:
    table = drawn(tmp_path)
    assert [said(axis) for axis in table.rows] == [
        ("契約", None, Accumulation.MOMENT),
        ("率", None, Accumulation.CUMULATIVE),
        ("東", YearRole.REFERENCE, Accumulation.MONTH),
    ]
    assert [said(axis) for axis in table.columns] == [
        ("当年", YearRole.CURRENT, None),
        ("前年", YearRole.YEAR_END, None),
    ]


def said(axis: Axis) -> tuple[str, YearRole | None, Accumulation | None]:
    return axis.name, axis.year_role, axis.kind

"""Number cells of an input book: what they ask, what they colour, and what is computed from words."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.books.input.result_formulas import CHECK_NUMBER
from kenpo_xl.books.input.write.validations import covering_rectangles
from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.domain.numbers.exact import SIGNS
from kenpo_xl.tasks.build import build_books
from scripts.plan_drawing import PlanDrawing
from tests.drawn import write_drawn_book
from tests.office import Office

VISITS = """
ブロック | 1
KPI      | 最新の件数
表       | 相談     | 相談の件数
         |          | 区分 | 第1四半期（{基準月}まで） | 第2四半期 | 合計
         |          | 窓口 | ⟪件⟫      | ⟪件⟫      | =SUM([-2]:[-1]) ⟪件⟫
         |          | 電話 | ⟪件⟫      | ⟪件⟫      | =SUM([-2]:[-1]) ⟪件⟫
         |          | 計   | =SUM([0,-2]:[0,-1]) ⟪件⟫ | =SUM([0,-2]:[0,-1]) ⟪件⟫ | =SUM([0,-2]:[0,-1]) ⟪件⟫
"""
KPI = {
    "指標": "最新の件数",
    "目標": "10 ⟪件⟫",
    "方向": "以上",
    "実績": "=@1-1/相談/窓口/第1四半期:第2四半期",
    "取り方": "最新",
    "途中の判定": "目標",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A period with one group whose input book is built."""
    folder = tmp_path_factory.mktemp("period")
    write_drawn_book(
        folder / "計画.xlsx",
        PlanDrawing(
            basics=[("支部", "みどり町"), ("年度", 2025), ("四半期", 2), ("グループ", "総務課")],
            periods=[{"四半期": number} for number in (1, 2, 3, 4)],
            measures=[
                {"章": "１.町の仕事", "節": "（１）相談", "担当": "総務課"},
                {"ブロック": 1, "評価": "要", "計画内容": "相談に応じる。"},
            ],
            kpis=[KPI],
            scale=[{"記号": "達成", "下限": 1.0}, {"記号": "未達成", "下限": 0.0}],
            layouts={"1-1": VISITS},
        ),
    )
    build_books(folder)
    return folder


def filled(folder: Path, tmp_path: Path, *values: object) -> Path:
    """A copy of the book with the four typed cells filled, row by row."""
    book = openpyxl.load_workbook(folder / "入力" / "総務課.xlsm")
    sheet = book["1-1"]
    top = next(cell.row for cell in sheet["D"] if cell.value == "窓口")
    for place, value in enumerate(values):
        sheet.cell(top + place // 2, 5 + place % 2).value = value
    book.save(tmp_path / "総務課.xlsm")
    return tmp_path / "総務課.xlsm"


def shown(office: Office, path: Path) -> tuple[list[object], object]:
    """What a clerk sees: the totals of the rows and of the whole, then the result of the KPI."""
    cells = office.recalculated(path)["1-1"]
    top = next(int(place[1:]) for place, value in cells.items() if value == "窓口")
    result = max(int(place[1:]) for place, value in cells.items() if value == "最新の件数")
    return [cells.get(f"G{row}", "") for row in range(top, top + 3)], cells.get(f"F{result}", "")


@pytest.mark.parametrize(
    ("values", "totals", "result"),
    [
        ((1, 2, 3, 4), [3, 7, 10], 2),
        ((1, None, 3, None), [1, 3, 4], 1),
        ((1, "－", 3, "…"), [1, 3, 4], 1),
        ((None, None, None, None), ["", "", ""], ""),
        ((1, "１０４件", 3, 4), [CHECK_NUMBER, 7, CHECK_NUMBER], CHECK_NUMBER),
        ((1, "調査中", None, None), [CHECK_NUMBER, "", CHECK_NUMBER], CHECK_NUMBER),
    ],
)
def test_no_total_leaves_words_out_in_silence(
    office: Office, folder: Path, tmp_path: Path, values: tuple[object], totals: list[object], result: object
) -> None:
    assert shown(office, filled(folder, tmp_path, *values)) == (totals, result)


def test_the_reader_takes_the_formula_out_of_what_guards_it(folder: Path, tmp_path: Path) -> None:
    path = filled(folder, tmp_path, 1, "１０４件", 3, 4)
    (table,) = read_submission(path, read_plan(folder / "計画.xlsx")).items[0].tables
    assert [row.cells[2].value for row in table.rows] == [105, 7, 112]
    assert all(row.cells[2].formula for row in table.rows)


def test_number_cells_ask_and_never_block(folder: Path) -> None:
    sheet = openpyxl.load_workbook(folder / "入力" / "総務課.xlsm")["1-1"]
    (rule,) = [rule for rule in sheet.data_validations.dataValidation if "単位は自動" in (rule.error or "")]
    top = next(cell.row for cell in sheet["D"] if cell.value == "窓口")
    assert str(rule.sqref) == f"E{top}:F{top + 1}"
    assert (rule.errorStyle, rule.allowBlank) == ("information", True)
    assert all(sign in rule.formula1 for sign in SIGNS)


def test_words_are_coloured_in_typed_and_computed_cells(folder: Path) -> None:
    sheet = openpyxl.load_workbook(folder / "入力" / "総務課.xlsm")["1-1"]
    top = next(cell.row for cell in sheet["D"] if cell.value == "窓口")
    areas = {str(area.sqref) for area in sheet.conditional_formatting}
    assert f"E{top}:G{top + 2}" in areas
    rules = [rule for area in sheet.conditional_formatting for rule in area.rules]
    styles = [rule.dxf for rule in rules if "ISTEXT" in rule.formula[0]]
    assert {style.font.color.rgb for style in styles} == {"FFC0392B"}
    assert {style.border for style in styles} == {None}


def test_a_header_breaks_before_its_bracket_where_it_does_not_fit(folder: Path) -> None:
    sheet = openpyxl.load_workbook(folder / "入力" / "総務課.xlsm")["1-1"]
    headers = [cell.value for row in sheet.iter_rows() for cell in row if "四半期" in str(cell.value)]
    assert "第1四半期\n（9月まで）" in headers


@pytest.mark.parametrize(
    "areas",
    [
        [],
        [(2, 3, 2, 3)],
        [(0, 0, 3, 2)],
        [(0, 0, 1, 0), (0, 2, 1, 3), (3, 0, 3, 1)],
    ],
)
def test_rectangles_cover_every_place_once(areas: list[tuple[int, int, int, int]]) -> None:
    places = {
        (row, column)
        for top, left, bottom, right in areas
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }
    assert covering_rectangles(places) == areas

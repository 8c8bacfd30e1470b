"""Plan books written from drawings as text: what the writer puts into the cells, and what it refuses."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from kenpo_xl.books.plan.reader import plan_and_problems
from kenpo_xl.domain.formulas.evaluate import Ref
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import CellKind, FigureId
from scripts.drawing_text import Area, Kind, number_format, parse_layout
from scripts.plan_drawing import PlanDrawing, write_plan_book
from tests.drawn import drawn_book

DRAWING = """
    文     |          | 窓口の状況
    KPI    | 達成率
    表     | 窓口     | 窓口の件数
    基準月 |
           |          | 区分 | {年度}   | <        | {前年度}
           |          | ^    | 目標     | 実績     | 実績
           |          | 北   | ⟪件⟫     | ⟪件⟫     | ⟪（件）⟫
           | 南       | 南側 | ⟪件⟫     | ⟪件⟫     | ／
           |          | 計   | =SUM([0,-2]:[0,-1]) ⟪件⟫ | =SUM([0,-2]:[0,-1]) ⟪件⟫ | ⟪件⟫
    注     |          | 速報値
"""
TARGET = "=@1-1/窓口/計/当年＞目標 ⟪件⟫"


def small(source: str = "=@1-1/窓口/計/当年＞実績") -> PlanDrawing:
    return PlanDrawing(
        basics=[("支部", "東支部"), ("年度", 2025), ("四半期", 2), ("グループ", "一課")],
        periods=[{"四半期": 2}],
        measures=[
            {"章": "一章"},
            {"節": "一節", "担当": "一課"},
            {"ブロック": "1", "計画内容": "窓口を設ける。"},
        ],
        kpis=[{"指標": "達成率", "目標": TARGET, "実績": source, "途中の判定": "目標"}],
        scale=[{"記号": "達成", "意味": "達成", "下限": 1}, {"記号": "未達成", "意味": "未達成", "下限": 0}],
        layouts={"1-1": DRAWING},
    )


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    write_plan_book(tmp_path / "計画.xlsx", small())
    plan, problems = plan_and_problems(tmp_path / "計画.xlsx")
    assert problems == []
    assert plan is not None
    return plan


class TestDrawingAsText:
    def test_headers_name_rows_and_columns(self) -> None:
        drawing = parse_layout(DRAWING).drawings["窓口"]
        assert list(drawing.rows) == ["北", "南", "計"]
        assert list(drawing.columns) == ["当年＞目標", "当年＞実績", "前年＞実績"]

    def test_cells_are_what_they_are_drawn_as(self) -> None:
        body = parse_layout(DRAWING).drawings["窓口"].body()
        kinds = [[cell.kind for cell in row] for row in body]
        assert kinds[0] == [Kind.TYPED] * 3
        assert kinds[1][2] is Kind.NOT_APPLICABLE
        assert kinds[2] == [Kind.COMPUTED, Kind.COMPUTED, Kind.TYPED]

    def test_joined_headers_are_areas(self) -> None:
        assert parse_layout(DRAWING).areas == (Area(4, 2, 5, 2), Area(4, 3, 4, 4))

    def test_a_joined_area_is_a_rectangle(self) -> None:
        with pytest.raises(ValueError, match="no rectangle"):
            parse_layout("表 | 窓口 |\n | | 区分 | <\n | | ^ | ⟪件⟫")

    @pytest.mark.parametrize(
        ("short", "excel"),
        [("件", '#,##0" 件"'), ("（件）", '"（"#,##0" 件）"'), ("0.0%", "0.0%"), ("@", "@"), ("", "General")],
    )
    def test_a_unit_is_short_for_a_number_format(self, short: str, excel: str) -> None:
        assert number_format(short) == excel

    def test_two_tables_have_two_names(self) -> None:
        with pytest.raises(ValueError, match="two tables of one name"):
            parse_layout(f"{DRAWING}\n{DRAWING}")


class TestWorkbook:
    @pytest.fixture
    def sheet(self, tmp_path: Path) -> Worksheet:
        write_plan_book(tmp_path / "計画.xlsx", small())
        return openpyxl.load_workbook(tmp_path / "計画.xlsx")["1-1"]

    def test_sheets_stand_in_order(self, sheet: Worksheet) -> None:
        assert sheet.parent is not None
        assert sheet.parent.sheetnames == ["基本", "期", "施策", "KPI", "評価基準", "過去実績", "1-1"]

    def test_marks_frames_and_words_stand_in_a_b_c(self, sheet: Worksheet) -> None:
        assert [cell.value for cell in sheet[3]][:3] == ["表", "窓口", "窓口の件数"]
        assert sheet["B8"].value == "南"

    def test_steps_become_addresses(self, sheet: Worksheet) -> None:
        assert sheet["D9"].value == "=SUM(D7:D8)"

    def test_names_become_addresses_of_another_sheet(self, sheet: Worksheet) -> None:
        assert sheet.parent is not None
        kpis = sheet.parent["KPI"]
        assert (kpis["B2"].value, kpis["B2"].number_format) == (
            "=IFERROR('1-1'!D9,0)",
            '#,##0" 件"',
        )
        # Where the drawing has no values yet, words stand in the place of 0 and #DIV/0!.
        assert kpis["D2"].value == "=IFERROR('1-1'!E9,0)"
        assert kpis["D2"].number_format.split(";") == ['"様式図の欄"'] * 3

    def test_units_are_number_formats_of_empty_cells(self, sheet: Worksheet) -> None:
        assert (sheet["F7"].value, sheet["F7"].number_format) == (None, '"（"#,##0" 件）"')

    def test_joined_headers_are_merged(self, sheet: Worksheet) -> None:
        assert sorted(str(area) for area in sheet.merged_cells.ranges) == ["C5:C6", "D5:E5"]

    def test_a_caption_that_looks_like_a_formula_stays_text(self, tmp_path: Path) -> None:
        book = small()
        book.layouts["1-1"] = DRAWING.replace("窓口の件数", "=1+1")
        write_plan_book(tmp_path / "計画.xlsx", book)
        cell = openpyxl.load_workbook(tmp_path / "計画.xlsx")["1-1"]["C3"]
        assert (cell.value, cell.data_type) == ("=1+1", "s")


class TestPlanBook:
    def test_the_reader_understands_what_was_written(self, plan: Plan) -> None:
        table = plan.tables["1-1", "窓口"]
        assert (table.caption, table.notes) == ("窓口の件数", ("速報値",))
        assert [row.name for row in table.rows] == ["北", "南", "計"]
        assert [cell.kind for cell in table.cells[2]] == [
            CellKind.COMPUTED,
            CellKind.COMPUTED,
            CellKind.TYPED,
        ]
        assert table.cells[0][2].format.code == '"（"#,##0" 件）"'

    def test_names_in_formulas_become_cells(self, plan: Plan) -> None:
        kpi = plan.kpis[0]
        assert kpi.target == Ref(FigureId("1-1", "窓口", "計", "当年＞目標"))
        assert kpi.result == Ref(FigureId("1-1", "窓口", "計", "当年＞実績"))

    def test_the_same_data_gives_the_same_bytes(self, tmp_path: Path) -> None:
        one, other = tmp_path / "一.xlsx", tmp_path / "二.xlsx"
        write_plan_book(one, small())
        write_plan_book(other, small())
        assert one.read_bytes() == other.read_bytes()

    def test_books_drawn_for_tests_have_the_same_parts(self, tmp_path: Path) -> None:
        write_plan_book(tmp_path / "計画.xlsx", small())
        with ZipFile(tmp_path / "計画.xlsx") as one, ZipFile(BytesIO(drawn_book(small()))) as other:
            assert {name: one.read(name) for name in one.namelist()} == {
                name: other.read(name) for name in other.namelist()
            }

    def test_a_name_that_no_drawing_has_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="no cell"):
            write_plan_book(tmp_path / "計画.xlsx", small(source="=@1-1/窓口/計/ない列"))

    def test_a_column_that_a_list_does_not_have_is_refused(self, tmp_path: Path) -> None:
        book = small()
        book.kpis[0]["目的"] = "達成"
        with pytest.raises(ValueError, match="KPI has no column"):
            write_plan_book(tmp_path / "計画.xlsx", book)

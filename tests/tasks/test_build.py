"""Books built from a plan: the words that its lines and sentences start with, and books of an older plan."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.report import make_report
from scripts.plan_drawing import PlanDrawing
from tests.drawn import write_drawn_book
from tests.tasks.books import texts

LINES = """
ブロック | 1
文       |          | ・相談は {相談/窓口/件数} 件、前年は {前年同月}末で {相談/昨年/件数} 件（{年月}末）
表       | 相談     | 相談の件数
         |          | 区分 | 件数
         |          | 窓口 | ⟪件⟫
         |          | 昨年 | ⟪件⟫

表       | 計画の数 |
印刷     | しない
計画値   |
         |          | 計画 | 目標
         |          | 相談 | 1,200 ⟪件⟫
"""
TYPED = "・{メモ}は {年度} に {相談/窓口/件数} 件"


def drawing(layout: str = LINES) -> PlanDrawing:
    return PlanDrawing(
        basics=[("支部", "みどり町"), ("年度", 2025), ("四半期", 3), ("グループ", "総務課")],
        periods=[{"四半期": number} for number in (1, 2, 3, 4)],
        measures=[
            {"章": "１.町の仕事", "節": "（１）相談", "担当": "総務課"},
            {
                "ブロック": 1,
                "評価": "要",
                "計画内容": "{年度}は {計画の数/相談/目標} 件、いま {相談/窓口/件数} 件。",
            },
        ],
        kpis=[],
        scale=[
            {"記号": "Ａ", "意味": "よい", "下限": 1.1},
            {"記号": "Ｂ", "意味": "ふつう", "下限": 0.5},
            {"記号": "Ｃ", "意味": "わるい", "下限": 0.0},
            {"記号": "－", "意味": "なし", "凡例": "いいえ"},
        ],
        layouts={"1-1": layout},
    )


@pytest.fixture
def period(tmp_path: Path) -> Path:
    write_drawn_book(tmp_path / "計画.xlsx", drawing())
    build_books(tmp_path)
    return tmp_path


def book_texts(folder: Path, sheet: str) -> list[str]:
    book = openpyxl.load_workbook(folder / "入力" / "総務課.xlsm")
    return [cell.value for row in book[sheet].iter_rows() for cell in row if isinstance(cell.value, str)]


def test_calendar_words_of_a_line_are_filled_and_figures_are_quoted_by_a_formula(period: Path) -> None:
    formula = next(text for text in book_texts(period, "1-1") if text.startswith('="・相談は'))
    assert "前年は 令和6年12月末で " in formula
    assert formula.count("TEXT(") == 2


def test_plan_text_has_the_figures_that_are_known_and_names_the_others(period: Path) -> None:
    assert "令和7年度は 1,200 件、いま ［窓口 件数］ 件。" in book_texts(period, "1-1")


def test_the_steps_name_the_ratings_that_need_a_reason(period: Path) -> None:
    step = next(text for text in book_texts(period, "操作") if text.startswith("４．"))
    assert step.endswith("Ａ と Ｃ のときは理由も入れてください。")


def test_the_report_fills_the_figure_words_of_a_line(period: Path) -> None:
    submit(period, line=None)
    line = "・相談は 1,234 件、前年は 令和6年12月末で 98 件（令和7年12月末）"
    assert line in texts(make_report(period).path)


def test_what_is_no_placeholder_stays_as_staff_typed_it(period: Path) -> None:
    submit(period, line=TYPED)
    assert "・{メモ}は 令和7年度 に 1,234 件" in texts(make_report(period).path)


def submit(folder: Path, *, line: str | None) -> None:
    """The book handed in with two figures and the first line retyped where one is given."""
    book = openpyxl.load_workbook(folder / "入力" / "総務課.xlsm")
    sheet = book["1-1"]
    for name, value in (("窓口", 1234), ("昨年", 98)):
        row = next(cell.row for cell in sheet["D"] if cell.value == name)
        sheet.cell(row, 5).value = value
    if line:
        next(cell for cell in sheet["D"] if str(cell.value).startswith('="・相談は')).value = line
    (folder / "提出").mkdir()
    book.save(folder / "提出" / "総務課.xlsm")


class TestABookOfAnOlderPlan:
    def test_the_same_plan_leaves_nothing_to_tell(self, period: Path) -> None:
        result = build_books(period)
        assert (result.made, result.unfit) == ((), {})

    def test_other_words_leave_it_valid(self, period: Path) -> None:
        write_drawn_book(
            period / "計画.xlsx", replace(drawing(), layouts={"1-1": LINES.replace("相談の件数", "相談")})
        )
        assert build_books(period).unfit == {}

    def test_another_unit_gives_a_new_book(self, period: Path) -> None:
        write_drawn_book(period / "計画.xlsx", drawing(LINES.replace("⟪件⟫", "⟪回⟫")))
        result = build_books(period)
        book = period / "入力" / "総務課.xlsm"
        assert (list(result.older), result.unfit, result.made) == ([book], {}, ())

    @pytest.mark.parametrize(("unit", "is_replaced"), [("⟪回⟫", False), ("⟪千件⟫", True), ("⟪@⟫", True)])
    def test_one_without_its_plan_gives_way_if_values_would_be_others(
        self, period: Path, unit: str, is_replaced: bool
    ) -> None:
        for copy in (period / "入力" / "以前の版").iterdir():
            copy.unlink()
        write_drawn_book(period / "計画.xlsx", drawing(LINES.replace("⟪件⟫", unit)))
        result = build_books(period)
        assert list(result.older) == [period / "入力" / "総務課.xlsm"] * is_replaced

    def test_moved_away_it_is_made_anew(self, period: Path) -> None:
        write_drawn_book(period / "計画.xlsx", drawing(LINES.replace("⟪件⟫", "⟪回⟫")))
        book = period / "入力" / "総務課.xlsm"
        book.rename(period / "古い.xlsx")
        result = build_books(period)
        assert (result.made, result.unfit) == ((book,), {})
        assert read_submission(book, read_plan(period / "計画.xlsx")).missed == ()

    def test_one_without_buttons_counts_as_there(self, period: Path) -> None:
        book = period / "入力" / "総務課.xlsm"
        plain = book.rename(book.with_suffix(".xlsx"))
        result = build_books(period)
        assert (result.made, plain in result.kept) == ((), True)

    def test_what_is_no_input_book_is_ignored(self, period: Path) -> None:
        (period / "入力" / "総務課.xlsm").write_bytes(b"in use")
        assert build_books(period).unfit == {}

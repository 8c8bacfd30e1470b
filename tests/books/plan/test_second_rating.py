"""A second rating with a scale of its own (外部評価): a text field that 評価基準 gives steps."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.books.plan.reader import plan_and_problems, read_plan
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.submission.submission import LineEntry, Submission
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.next_period.new import make_next_period
from scripts.plan_drawing import PlanDrawing
from tests.books.plan.organisation import GROUP, Organisation, item, one_item_plan, scale
from tests.drawn import write_drawn_book
from tests.tasks.books import texts

OUTSIDE = "外部評価"
STEPS = [
    {"記号": "妥当", "意味": "適切である", "記入欄": OUTSIDE},
    {"記号": "要改善", "意味": "見直しを求める", "別字": "要改善。", "記入欄": OUTSIDE},
]
TABLE = """
    表       | 講座     | 講座の数
             |          | 区分     | {年度}
             |          | 講座     | ⟪回⟫
"""


def drawing(*steps: dict[str, object]) -> PlanDrawing:
    plan = one_item_plan(TABLE, period=[("四半期", 1), ("記入欄", OUTSIDE), ("記入欄", "意見")])
    return replace(plan, scale=[*scale(("A", 1.0), ("B", 0.8), ("C", 0)), *(steps or STEPS)])


def submitted(*glyphs: str) -> Submission:
    found = item("1-1", {"1": "A"}, [("1", "文", "講座を開いた。"), ("1", "表", "講座")])
    fields = [LineEntry("1", LineKind.TEXT, glyph, text_field=OUTSIDE) for glyph in glyphs]
    fields += [LineEntry("1", LineKind.TEXT, "回数を増やすこと。", text_field="意見")]
    return Submission(GROUP, (replace(found, lines=(*found.lines, *fields)),))


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Organisation:
    return Organisation(tmp_path_factory.mktemp("市"), drawing(), [submitted("要改善。")])


def codes(of: Organisation) -> list[tuple[str, str, str]]:
    (book,) = check_books([of.folder / "提出" / f"{GROUP}.xlsm"]).books
    return [(one.code, one.cell, one.hint) for one in book.findings if OUTSIDE in one.identity + one.message]


def test_each_rating_has_its_scale(city: Organisation) -> None:
    assert city.problems == []
    assert [step.glyph for step in city.plan.scale.steps] == ["A", "B", "C"]
    outside = city.plan.scale_of_text_field(OUTSIDE)
    assert outside is not None
    assert [step.glyph for step in outside.steps] == ["妥当", "要改善"]
    assert city.plan.scale_of_text_field("意見") is None


def test_the_input_book_offers_the_steps_in_the_row_of_the_field(city: Organisation) -> None:
    sheet = openpyxl.load_workbook(city.folder / "入力" / f"{GROUP}.xlsm")["1-1"]
    row = next(cell.row for cell in sheet["C"] if cell.value == OUTSIDE)
    lists = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert lists[f"D{row}"] == '"妥当,要改善"'


def test_the_report_prints_the_glyph_of_the_scale_and_its_legend(city: Organisation) -> None:
    printed = texts(city.report)
    assert f"{OUTSIDE}：要改善" in printed
    legend = "C：Cの水準／外部評価 妥当：適切である、要改善：見直しを求める"
    assert legend in "".join(printed)  # a cell for each of its lines


def test_a_known_glyph_is_no_sentence(city: Organisation) -> None:
    assert codes(city) == []


def test_another_glyph_is_reported_in_its_cell(tmp_path: Path) -> None:
    of = Organisation(tmp_path, drawing(), [submitted("A")])
    ((code, cell, hint),) = codes(of)
    sheet = openpyxl.load_workbook(of.folder / "提出" / f"{GROUP}.xlsm")["1-1"]
    assert (code, sheet[cell].value, hint) == ("RA43", "A", "妥当・要改善 から選び直してください。")


def test_a_rating_is_not_carried_into_the_next_period(city: Organisation, tmp_path: Path) -> None:
    after = make_next_period(city.folder, output=tmp_path / "次").folder
    build_books(after)
    lines = read_submission(after / "入力" / f"{GROUP}.xlsm", read_plan(after / "計画.xlsx")).items[0].lines
    assert [(line.text_field, line.text) for line in lines if line.text_field] == [
        ("意見", "回数を増やすこと。")
    ]


@pytest.mark.parametrize(
    ("step", "cell", "words"),
    [
        ({"記号": "良", "意味": "良い", "記入欄": "内部評価"}, "H5", "「基本」にありません"),
        (
            {"記号": "良", "意味": "良い", "記入欄": OUTSIDE},
            "A1",
            "記入欄「外部評価」の評価の段階は",
        ),
    ],
)
def test_steps_that_no_field_can_use(step: dict[str, object], cell: str, words: str, tmp_path: Path) -> None:
    write_drawn_book(tmp_path / "計画.xlsx", drawing(step))
    (problem,) = plan_and_problems(tmp_path / "計画.xlsx")[1]
    assert (problem.cell, problem.is_error) == (cell, True)
    assert words in problem.message

"""What planners type is read as they mean it, or they are told what to type instead."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from kenpo_xl.books.plan.reader import Problem, plan_and_problems
from kenpo_xl.domain.plan.placeholders import YearRole
from tests.books.plan.test_reader import DRAWING, OPEN_LIST, Book
from tests.paths import SAMPLE

RATE = """
    KPI    | 達成率
    表     | 率    |
           |       | 区分     | 率
           |       | {年度}   | ⟪0.0%⟫
           |       | {前年度} | ⟪0.0%⟫
"""


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path)


@pytest.fixture
def rate(book: Book) -> Book:
    """A book whose KPI is a rate in ％."""
    book.drawing = RATE
    book.kpi |= {"目標": 0.45, "実績": "=@1-1/率/当年/率"}
    return book


def told(book: Book) -> list[tuple[str, bool]]:
    return [(f"{problem.sheet}!{problem.cell}", problem.is_error) for problem in book.problems()]


def only(book: Book) -> Problem:
    [problem] = book.problems()
    return problem


def test_what_is_struck_through_is_no_part_of_the_plan(tmp_path: Path) -> None:
    path = Path(shutil.copy(SAMPLE / "計画.xlsx", tmp_path))
    opened = openpyxl.load_workbook(path, rich_text=True)
    sheet = opened["施策"]
    cell = next(one for row in sheet.iter_rows() for one in row if len(str(one.value)) > 40)
    before = str(cell.value)
    cell.value = CellRichText(TextBlock(InlineFont(strike=True), "毎日、"), before)
    opened.save(path)
    plan, problems = plan_and_problems(path)
    assert [(f"{one.sheet}!{one.cell}", one.is_error) for one in problems] == [
        (f"施策!{cell.coordinate}", False)
    ]
    assert "取消線を引いた「毎日、」は計画に入れません。" in problems[0].message
    assert plan == plan_and_problems(SAMPLE / "計画.xlsx")[0]


@pytest.mark.parametrize("code", ['0.0"％"', '0.0"%"', '0.0" ％"', "0.0\\％", "0.0%"])
def test_a_target_shown_in_percent_is_a_fraction(rate: Book, code: str) -> None:
    rate.kpi["目標"] = f"{0.45 if code == '0.0%' else 45} ⟪{code}⟫"
    [kpi] = rate.plan().kpis
    assert (kpi.target, kpi.format.displayed_text(Decimal("0.4567")), told(rate)) == (
        Decimal("0.45"),
        "45.7％",
        [],
    )


@pytest.mark.parametrize(("value", "warned"), [(1, False), (1.01, True), (45, True), (0.45, False)])
def test_a_number_above_1_without_percent_beside_a_rate_is_told(
    rate: Book, value: float, warned: bool
) -> None:
    rate.kpi["目標"] = value
    assert told(rate) == [("KPI!B2", False)] * warned


def test_the_remedy_shows_what_to_type(rate: Book) -> None:
    rate.kpi["目標"] = 45
    assert "「45.0%」と入れてください" in only(rate).message


def test_a_number_above_1_beside_a_count_is_not_told(book: Book) -> None:
    book.kpi["目標"] = 45
    assert told(book) == []


@pytest.mark.parametrize(("value", "code"), [(45, '0.0"％"'), (0.45, "0.0%"), (0.45, "General")])
def test_final_values_of_earlier_years_are_fractions_too(rate: Book, value: float, code: str) -> None:
    rate.kpi["目標"] = "前年度"
    rate.history = [{"指標": "達成率", "年度": 2024, "値": f"{value} ⟪{code}⟫"}]
    assert rate.plan().history == {("達成率", 2024): Decimal("0.45")}
    assert told(rate) == []


def test_a_final_value_of_45_beside_a_rate_is_told(rate: Book) -> None:
    rate.kpi["目標"] = "前年度"
    rate.history = [{"指標": "達成率", "年度": 2024, "値": 45}]
    assert told(rate) == [("過去実績!C2", False)]


def test_last_years_result_in_percent_is_a_fraction(rate: Book) -> None:
    rate.edits = {("KPI", "L1"): "前年度実績", ("KPI", "L2"): 45}
    assert told(rate) == [("KPI!L2", False)]


@pytest.mark.parametrize(("formula", "refused"), [("=D4/D5*100", True), ("=D4/D5", False)])
def test_a_rate_is_not_multiplied_by_100(rate: Book, formula: str, refused: bool) -> None:
    rate.kpi["目標"] = "45% ⟪0.0%⟫"
    rate.edits = {("KPI", "D2"): formula.replace("D4", "'1-1'!D4").replace("D5", "'1-1'!D5")}
    assert told(rate) == [("KPI!D2", True)] * refused


def test_floors_of_the_scale_in_percent(book: Book) -> None:
    book.scale = [
        {"記号": "〇", "意味": "達成", "下限": '100 ⟪0"％"⟫'},
        {"記号": "×", "意味": "未達", "下限": '80 ⟪0"％"⟫'},
    ]
    assert [step.floor for step in book.plan().scale.steps] == [1, Decimal("0.8")]


@pytest.mark.parametrize("value", [2025, "2025", "２０２５年度", "令和7年度", "令和７年", "R7", "令和7"])
def test_the_fiscal_year_as_planners_type_it(book: Book, value: object) -> None:
    book.edits = {("基本", "B2"): value}
    assert (book.plan().fiscal_year, told(book)) == (2025, [])


def test_the_first_year_of_an_era(book: Book) -> None:
    book.edits = {("基本", "B2"): "令和元年度"}
    assert book.plan().fiscal_year == 2019


@pytest.mark.parametrize("value", ["今年度", 25, "令和", 1989, 2201, "7年度"])
def test_any_other_year_is_told_once(book: Book, value: object) -> None:
    book.edits = {("基本", "B2"): value}
    assert ("基本!B2", "西暦 4 桁（例 2025）" in only(book).message) == (told(book)[0][0], True)


@pytest.mark.parametrize("value", [3, "3", "第3", "第３四半期", "3Q"])
def test_the_quarter_as_planners_type_it(book: Book, value: object) -> None:
    book.edits = {("基本", "B3"): value}
    assert (book.plan().period.number, told(book)) == (3, [])


@pytest.mark.parametrize("value", ["第5", 0, 5, 2.5, "冬"])
def test_any_other_quarter_is_told_once(book: Book, value: object) -> None:
    book.edits = {("基本", "B3"): value}
    assert (told(book), "1～4" in only(book).message) == ([("基本!B3", True)], True)


@pytest.mark.parametrize(
    ("row", "told_at", "said"),
    [
        ({"年度": "令和4年度"}, [], ""),
        ({"年度": "昔"}, ["過去実績!B2"], "西暦"),
        ({"年度": None}, ["過去実績!B2"], "「年度」が空"),
        ({"値": None}, ["過去実績!C2"], "「値」が空"),
        ({"値": "不明"}, ["過去実績!C2"], "数ではありません"),
        ({"指標": "別の率"}, ["過去実績!A2"], "シート「KPI」にない"),
    ],
)
def test_rows_of_earlier_years(book: Book, row: dict[str, object], told_at: list[str], said: str) -> None:
    book.history = [{"指標": "達成率", "年度": 2024, "値": 10} | row]
    problems = book.problems()
    assert [f"{problem.sheet}!{problem.cell}" for problem in problems] == told_at
    assert all(said in problem.message for problem in problems)


@pytest.mark.parametrize("blank", ["\u200b", "\ufeff", " \u200b\u3000", "\u2060"])
def test_what_nobody_sees_is_empty(book: Book, blank: str) -> None:
    book.edits = {("1-1", "D5"): blank, ("KPI", "G2"): blank, ("1-1", "A5"): blank, ("基本", "B5"): blank}
    assert (book.plan().kpis[0].name, told(book)) == ("達成率", [])


def test_a_header_that_nobody_sees_is_no_header(book: Book) -> None:
    book.edits = {("1-1", "C6"): "\u200b"}
    assert ("1-1!C6", True) in told(book)


@pytest.mark.parametrize(
    ("header", "year_role"),
    [
        ("{前年度}", YearRole.YEAR_END),
        ("{前年度}（同期）", YearRole.SAME_PERIOD),
        ("{前年度}\n（昨年同期）", YearRole.SAME_PERIOD),
        ("前年度同期", YearRole.SAME_PERIOD),
        ("前年同月", YearRole.SAME_PERIOD),
        ("（同年同期）", YearRole.SAME_PERIOD),
        ("前年の同時期", YearRole.SAME_PERIOD),
        ("{前年度}（{基準月}まで）", YearRole.SAME_PERIOD),
        ("{年度}の件数（{基準月}まで）", YearRole.CURRENT),
        ("{前年度}末", YearRole.YEAR_END),
        ("{前年度}（同期比）", YearRole.YEAR_END),
        ("前年同期比", None),
        ("前年同月との差", None),
        ("同期入庁者", None),
        ("{年度}（前年同期比）", YearRole.CURRENT),
    ],
)
def test_words_for_the_same_period_last_year(book: Book, header: str, year_role: YearRole | None) -> None:
    book.edits = {("1-1", "F3"): header}
    assert book.plan().tables["1-1", "窓口"].columns[2].year_role is year_role


def test_the_name_frame_goes_before_the_words_of_a_header(book: Book) -> None:
    book.edits = {("1-1", "C5"): "北（前年同期）", ("1-1", "B5"): "参考"}
    assert book.plan().tables["1-1", "窓口"].rows[0].year_role is YearRole.REFERENCE


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [("F4", 2024, True), ("C6", "=C5", True), ("E4", None, False)],
)
def test_numbers_and_formulas_are_no_headers(book: Book, cell: str, value: object, said: bool) -> None:
    book.edits = {("1-1", cell): value}
    messages = [p.message for p in book.problems() if p.cell == cell and "見出し" in p.message]
    assert messages
    assert all(("文字にしてください" in message) is said for message in messages)


def test_a_key_without_an_open_list_is_told(book: Book) -> None:
    book.drawing = DRAWING.replace("窓口の件数\n", "窓口の件数\n    キー | 北\n")
    assert (told(book), "くり返し" in only(book).message) == ([("1-1!A3", False)], True)


@pytest.mark.parametrize(("cleared", "warned"), [(["D5"], True), (["D5", "E5"], False), ([], False)])
def test_one_cell_that_lost_its_number_format_is_told(book: Book, cleared: list[str], warned: bool) -> None:
    path = book.write()
    whole = openpyxl.load_workbook(path)
    for cell in cleared:
        whole["1-1"][cell].number_format = "General"
    whole.save(path)
    found = [(problem.cell, problem.is_error) for problem in plan_and_problems(path)[1]]
    assert found == [("D5", False)] * warned


def test_words_and_strokes_need_no_number_format(book: Book) -> None:
    book.drawing = DRAWING + "\n" + OPEN_LIST
    book.edits = {("1-1", "C13"): "計", ("1-1", "B13"): None}
    assert told(book) == []

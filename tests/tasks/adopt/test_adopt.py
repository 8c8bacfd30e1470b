"""The plan book of an office's form: understood, asked about, answered, and its numbers in the ledger."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from kenpo_xl.books.plan.reader import plan_and_problems, read_plan
from kenpo_xl.cli.commands import main
from kenpo_xl.domain.formulas.evaluate import to_words
from kenpo_xl.domain.plan.plan import PLAN_NAME, Plan
from kenpo_xl.errors import KenpoError
from kenpo_xl.pipeline.adopt.questions import MOST
from kenpo_xl.tasks.adopt.adopt import AdoptResult, adopt_form
from kenpo_xl.tasks.adopt.stated_period import stated_period
from kenpo_xl.tasks.build import build_books
from tests.forms import business, services
from tests.forms.office_form import OfficeForm
from tests.forms.understanding import misunderstood

TODAY = date(2026, 11, 29)
ENOUGH = 0.95


FORMS = (business.health, business.city, business.seminars, *services.FORMS)


@pytest.fixture(scope="module", params=FORMS, ids=lambda make: make.__name__)
def adopted(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[OfficeForm, AdoptResult, Plan]:
    make: Callable[[], OfficeForm] = request.param
    form = make()
    path = form.save(tmp_path_factory.mktemp("office"))
    before = path.read_bytes()
    result = adopt_form(path, today=TODAY)
    answers = [
        (answer_cell(result.path, words), answer)
        for words, answer in services.ANSWERS.items()
        if any(one.text.startswith(words) for one in result.questions)
    ]
    if answers:
        change(result.path, dict(answers))
        result = adopt_form(path, today=TODAY)
    assert path.read_bytes() == before
    plan, problems = plan_and_problems(result.path)
    assert [one for one in problems if one.is_error] == []
    assert plan is not None
    return form, result, plan


def test_nearly_every_cell_is_understood_with_few_questions(
    adopted: tuple[OfficeForm, AdoptResult, Plan],
) -> None:
    form, result, plan = adopted
    wrong = misunderstood(form, result.form, plan)
    assert len(wrong) <= (1 - ENOUGH) * (len(form.body) + len(form.roles)), wrong
    assert len(result.form.questions) <= MOST


def test_one_sheet_is_selected_and_opens(tmp_path: Path) -> None:
    """With several, Excel types into all of them what is typed into one."""
    _, result = adopt(tmp_path, business.seminars)
    book = openpyxl.load_workbook(result.path)
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == ["確認"]
    assert book.active.title == "確認"


def test_run_again_nothing_is_written(tmp_path: Path) -> None:
    path, result = adopt(tmp_path, business.seminars)
    before = result.path.read_bytes()
    again = adopt_form(path, today=TODAY)
    assert again.is_unchanged
    assert result.path.read_bytes() == before


def adopt(folder: Path, make: Callable[[], OfficeForm], **options: str) -> tuple[Path, AdoptResult]:
    path = make().save(folder)
    return path, adopt_form(path, today=TODAY, **options)


def change(path: Path, cells: dict[str, object]) -> None:
    """Type into cells of a plan book, as staff do."""
    book = openpyxl.load_workbook(path)
    for key, value in cells.items():
        sheet, _, cell = key.partition("!")
        book[sheet][cell] = value
    book.save(path)


def answer_cell(path: Path, words: str) -> str:
    """The cell of 確認 that answers the question with these words."""
    sheet = openpyxl.load_workbook(path)["確認"]
    row = next(one.row for one in sheet["B"] if one.value and words in one.value)
    return f"確認!F{row}"


def test_an_answer_is_taken_in_and_what_staff_typed_is_kept(tmp_path: Path) -> None:
    path, result = adopt(tmp_path, business.seminars)
    answer = answer_cell(result.path, "行を必要なだけ増やせる")
    change(result.path, {answer: "いいえ", "基本!B1": "中央支部"})
    again = adopt_form(path, today=TODAY)
    plan = read_plan(again.path)
    assert not again.is_unchanged
    assert plan.branch == "中央支部"
    assert all(table.repeating is None for item in plan.items for table in item.tables)
    assert openpyxl.load_workbook(again.path)["確認"][answer.partition("!")[2]].value == "いいえ"


def test_a_sheet_that_staff_have_redrawn_is_left_and_the_new_book_is_beside_it(tmp_path: Path) -> None:
    path, result = adopt(tmp_path, business.seminars)
    answer = answer_cell(result.path, "行を必要なだけ増やせる")
    change(result.path, {answer: "いいえ", "Sheet1!C4": "研修会"})
    before = result.path.read_bytes()
    again = adopt_form(path, today=TODAY)
    assert (again.path.name, again.edited_sheets) == ("計画(2).xlsx", ("Sheet1",))
    assert result.path.read_bytes() == before


def test_a_plan_book_of_another_origin_is_left(tmp_path: Path) -> None:
    path = business.seamen().save(tmp_path)
    folder = tmp_path / "office"
    folder.mkdir()
    shutil.copy(adopt(tmp_path, business.health)[1].path, folder / PLAN_NAME)
    book = openpyxl.load_workbook(folder / PLAN_NAME)
    del book["確認"]
    book.save(folder / PLAN_NAME)
    with pytest.raises(KenpoError, match="ほかで作られた計画ブック"):
        adopt_form(path, today=TODAY, output=folder)


def test_numbers_of_the_form_fill_the_first_books(tmp_path: Path) -> None:
    _, result = adopt(tmp_path, business.seamen, as_period="令和6年度 第3四半期")
    assert result.imported is not None
    assert result.imported.count > 50
    plan = read_plan(result.path)
    assert (plan.fiscal_year, plan.period.number) == (2024, 4)
    built = build_books(result.path.parent)
    sheet = openpyxl.load_workbook(built.made[0])["1-1"]
    numbers = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {1200, 53210} <= numbers  # last year's columns of the form


def small_form(folder: Path, rows: list[list[object]], **formats: str) -> Path:
    """A form with one table; a name of a keyword is the cell that has its number format."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cell, code in formats.items():
        book.active[cell].number_format = code
    book.save(folder / "様式.xlsx")
    return folder / "様式.xlsx"


def formula_and_format(path: Path, column: str) -> tuple[str, str]:
    """The formula in words and the format of the first body row of a column."""
    plan = read_plan(adopt_form(path, today=TODAY).path)
    (table,) = plan.items[0].tables
    at = next(place for place, axis in enumerate(table.columns) if axis.name == column)
    cell = table.cells[0][at]
    words = to_words(cell.formula, lambda node: node.key.column) if cell.formula else ""
    return words, cell.format.code


@pytest.mark.parametrize(
    ("header", "formula", "expected"),
    [
        ("率（％）", "=ROUND(C2/B2*100,1)", ("実績 ÷ 目標", "0.0%")),
        ("率（％）", '=IF(B2=0,"",C2/B2*100)', ("実績 ÷ 目標", "0.0%")),
        ("率", '=IFERROR(C2/B2,"-")', ("実績 ÷ 目標", "0.0%")),
        ("差", '=IF(OR(B2="",C2=""),"",C2-B2)', ("実績 － 目標", "#,##0")),
        ("伸び率（％）", "=(C2/B2-1)*100", ("実績 ÷ 目標 － 1", "0.0%")),
        ("差", "=SUMIF(A2:A3,A2,B2:B3)", ("", "#,##0")),
    ],
)
def test_formulas_lose_their_guards_and_hundreds(
    tmp_path: Path, header: str, formula: str, expected: tuple[str, str]
) -> None:
    rows: list[list[object]] = [
        ["区分", "目標", "実績", header],
        ["東", 10, 9, formula],
        ["西", 20, 18, None],
    ]
    assert formula_and_format(small_form(tmp_path, rows), header.partition("（")[0]) == expected


def test_a_formula_that_a_plan_cannot_have_is_named_with_its_cell(tmp_path: Path) -> None:
    rows: list[list[object]] = [["区分", "件数"], ["東", "=SUMIF(A2:A3,A2,B2:B3)"], ["西", 18]]
    result = adopt_form(small_form(tmp_path, rows), today=TODAY)
    assert [(str(one.place), one.reason[:10]) for one in result.unread] == [("Sheet!B2", "SUMIF は使えま")]


@pytest.mark.parametrize(
    ("header", "placeholder"),
    [
        ("令和6年度", "{年度}"),
        ("R5", "{前年度略}"),
        ("2022年度", "{年度-2}"),
        ("令和６年12月末", "{基準日}"),
        ("前年度", "前年度"),
        ("6年生", "6年生"),
    ],
)
def test_years_become_placeholders(tmp_path: Path, header: str, placeholder: str) -> None:
    rows: list[list[object]] = [["令和6年度 報告"], [], ["区分", header], ["東", 10], ["西", 20]]
    plan = read_plan(adopt_form(small_form(tmp_path, rows), today=TODAY).path)
    assert plan.items[0].tables[0].columns[0].labels == (placeholder,)


@pytest.mark.parametrize(
    ("text", "year", "number"),
    [
        ("令和6年度 第3四半期", 2024, 3),
        ("R6年度", 2024, 4),
        ("2024年度下半期", 2024, 2),
        ("令和６年度12月", 2024, 9),
    ],
)
def test_periods_are_read_as_offices_write_them(text: str, year: int, number: int) -> None:
    period = stated_period(text)
    assert period is not None
    assert (period.fiscal_year, period.number) == (year, number)


@pytest.mark.parametrize("text", ["令和6年度 第5四半期", "去年", "第3四半期"])
def test_other_periods_are_refused(text: str) -> None:
    with pytest.raises(KenpoError, match="のように入れてください"):
        stated_period(text)


def test_the_command_names_what_it_could_not_read(tmp_path: Path) -> None:
    path = business.health().save(tmp_path)
    done = CliRunner().invoke(main, ["adopt", str(path)])
    assert done.exit_code == 1
    assert "月別!P4" in done.output
    assert "隠れた行か列" in done.output


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no workbook"])
def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "様式.xlsx"
    path.write_bytes(content)
    done = CliRunner().invoke(main, ["adopt", str(path)])
    assert done.exit_code == 3
    assert "Traceback" not in done.output


def test_a_book_without_a_table_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "お知らせ"
    book.save(tmp_path / "様式.xlsx")
    with pytest.raises(KenpoError, match="表が見つかりません"):
        adopt_form(tmp_path / "様式.xlsx", today=TODAY)

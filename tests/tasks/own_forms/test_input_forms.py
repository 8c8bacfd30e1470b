"""The office's own forms to be filled in: copies with what is known, and their numbers in the input books."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.cli.commands import main
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.carry.rescue import carry_book
from kenpo_xl.tasks.period.folder import INPUT_FORMS
from tests.edited import edited
from tests.forms.own_report import SHEET, write_own_report
from tests.tasks.clerk import fill
from tests.tasks.small_period import GROUP, WORK, write_small_period


@pytest.fixture
def period(tmp_path: Path) -> Path:
    return write_small_period(tmp_path / "東支部" / "第2四半期")


def with_form(period: Path, **options: Any) -> Path:
    (period / INPUT_FORMS).mkdir()
    return write_own_report(period / INPUT_FORMS / "窓口.xlsx", **options)


def region(path: Path) -> list[list[object]]:
    sheet = Workbook(path).sheets[SHEET]
    return [[sheet.value(row, column) for column in (3, 4, 5)] for row in (6, 7, 8)]


def numbers(period: Path) -> dict[int, list[object]]:
    """What the input book of the group holds in the table, by row of the plan."""
    (item,) = read_submission(period / "入力" / f"{GROUP}.xlsm", read_plan(period / "計画.xlsx")).items
    return {row.row: [cell.value for cell in row.cells] for row in item.tables[0].rows}


def texts(period: Path) -> list[str]:
    (item,) = read_submission(period / "入力" / f"{GROUP}.xlsm", read_plan(period / "計画.xlsx")).items
    return [line.text for line in item.lines]


class TestCopiesOfForms:
    def test_last_quarters_numbers_go_and_formulas_stay(self, period: Path) -> None:
        form = with_form(period)
        before = form.read_bytes()
        (made,) = build_books(period).forms
        assert made.path == period / "入力（様式）" / "窓口.xlsx"
        assert region(made.path) == [[10, 12, 9], [90, 98, "－"], [None, None, 30]]
        assert form.read_bytes() == before

    def test_a_copy_that_is_there_stays(self, period: Path) -> None:
        with_form(period)
        (made,) = build_books(period).forms
        assert made.path
        with edited(made.path) as book:
            book[SHEET]["C6"] = 77
        content = made.path.read_bytes()
        assert build_books(period).forms == ()
        assert made.path.read_bytes() == content

    def test_a_formula_where_the_plan_wants_a_number_is_the_offices_own_matter(self, period: Path) -> None:
        with_form(period, cells={"C6": "=1+1"})
        (made,) = build_books(period).forms
        assert made.path
        assert Workbook(made.path).sheets[SHEET].cells[6, 3].formula == "1+1"

    def test_a_form_that_cannot_be_used_is_told(self, period: Path) -> None:
        with_form(period, names={"表_窓": f"{SHEET}!$C$6:$E$8"})
        done = CliRunner().invoke(main, ["build", str(period)])
        assert done.exit_code == 3
        assert "様式 窓口.xlsx には入れていません。" in done.stderr


@pytest.fixture
def form(tmp_path: Path) -> Callable[..., Path]:
    """A form as a group filled it in."""

    def write(**options: Any) -> Path:
        return write_own_report(tmp_path / "記入した様式.xlsx", **options)

    return write


class TestNumbersOfForms:
    def test_they_come_into_the_input_book(self, period: Path, form: Callable[..., Path]) -> None:
        path = form(cells={"D7": "５　件", "E8": "1,234"})
        result = carry_book(path, period)
        assert numbers(period) == {0: [1, 2, 3], 1: [4, 5, None], 2: [5, 7, 1234]}
        (copy,) = result.books
        assert next(copy.sentences()).startswith("数値 6 か所、")
        assert result.is_complete

    def test_what_the_book_holds_besides_stays(self, period: Path, form: Callable[..., Path]) -> None:
        book = period / "入力" / f"{GROUP}.xlsm"
        filled = book.with_name("記入.xlsm")
        fill(book, filled, {"1-1": WORK})
        filled.replace(book)
        content = book.read_bytes()
        (copy,) = carry_book(form(cells={"C6": ""}), period).books
        assert numbers(period)[0] == [10, 2, 3]
        assert "・窓口を設けた。" in texts(period)
        assert copy.older
        assert copy.older.read_bytes() == content

    def test_a_formula_gives_its_result_and_without_one_is_told(
        self, period: Path, form: Callable[..., Path]
    ) -> None:
        carry_book(form(change=lambda sheet, _: sheet.write_formula("C6", "=40+2", None, 42)), period)
        assert numbers(period)[0] == [42, 2, 3]
        done = carried(form(change=lambda sheet, _: sheet.write_formula("C6", "=40+2", None, "")), period)
        assert done.exit_code == 3
        assert f"{SHEET}!C6 の式の答えがありません" in done.stderr

    def test_two_names_of_a_table_are_refused(self, period: Path, form: Callable[..., Path]) -> None:
        names = {"表_窓口": f"{SHEET}!$C$6:$E$8", "表_1_1_窓口": f"{SHEET}!$C$30:$E$32"}
        done = carried(form(names=names), period)
        assert done.exit_code == 3
        assert "は同じ表です" in done.stderr

    def test_a_form_of_another_year_is_refused(self, period: Path, form: Callable[..., Path]) -> None:
        done = carried(form(cells={"C4": "令和6年度"}), period)
        assert done.exit_code == 3
        assert "列「令和7年度」は、様式では「令和6年度」です" in done.stderr


def carried(form: Path, period: Path) -> Result:
    return CliRunner().invoke(main, ["carry", str(form), str(period)])

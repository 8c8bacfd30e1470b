"""The plan book of a new office: right as it is, and after any of its examples is deleted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from kenpo_xl.books.plan.reader import plan_and_problems, read_plan
from kenpo_xl.cli.commands import main
from kenpo_xl.domain.plan.plan import PLAN_NAME
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.init import make_first_plan_book
from kenpo_xl.tasks.report import make_report
from scripts.make_templates import make_starter
from scripts.starter import starter_plan_book
from tests.paths import TEMPLATES

EXAMPLES = list(starter_plan_book().layouts)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office") / "令和8年度"
    return make_first_plan_book(folder, today=date(2026, 11, 29))


def test_it_is_right_as_it_is_and_of_the_period_of_today(made: Path) -> None:
    plan, problems = plan_and_problems(made)
    assert problems == []
    assert plan is not None
    assert (plan.fiscal_year, plan.period_name) == (2026, "第3四半期")


@pytest.mark.parametrize("example", EXAMPLES)
def test_any_example_can_be_deleted(made: Path, tmp_path: Path, example: str) -> None:
    book = openpyxl.load_workbook(made)
    key = next(row[1].value for row in book[example] if row[0].value == "鍵")
    kpis = {row[1].value for row in book[example] if row[0].value == "KPI"}
    book.remove(book[example])
    for sheet, gone in (("施策", {key, key.replace("K", "B")}), ("KPI", kpis)):
        rows = [row[0].row for row in book[sheet] if gone & {cell.value for cell in row}]
        for row in reversed(rows):
            book[sheet].delete_rows(row)
    book.save(tmp_path / PLAN_NAME)
    plan, problems = plan_and_problems(tmp_path / PLAN_NAME)
    assert problems == []
    assert plan is not None
    assert len(plan.items) == len(EXAMPLES) - 1


def test_it_is_built_and_reported(made: Path) -> None:
    build_books(made.parent)
    assert sorted(path.name for path in (made.parent / "入力").glob("*.xlsm")) == [
        "企画グループ.xlsm",
        "業務グループ.xlsm",
    ]
    assert make_report(made.parent).path.name == "事業実施状況_令和8年度第3四半期.xlsx"


def test_a_plan_book_that_exists_stays(made: Path) -> None:
    before = made.read_bytes()
    with pytest.raises(KenpoError, match="すでにあります"):
        make_first_plan_book(made.parent, today=date(2026, 4, 1))
    assert made.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(KenpoError, match="作れません"):
        make_first_plan_book(tmp_path / "file" / "folder", today=date(2026, 4, 1))


def test_the_command_says_how_to_go_on(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["init", str(tmp_path / "office")])
    assert done.exit_code == 0
    assert f"kenpo-xl build {tmp_path / 'office'}" in done.output
    assert read_plan(tmp_path / "office" / PLAN_NAME).items


def test_the_shipped_starter_is_what_its_script_makes(tmp_path: Path) -> None:
    assert make_starter(tmp_path).read_bytes() == (TEMPLATES / "plan_book.xlsx").read_bytes()

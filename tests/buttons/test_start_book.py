"""An office begins without a command line: every button of はじめに.xlsm is pressed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings

from kenpo_xl.books.plan.reader import plan_and_problems, read_plan
from kenpo_xl.books.planner.start_book import START_NAME, write_start_book
from kenpo_xl.domain.python_path import PYTHON_PLACE
from tests.buttons.stages import Bench, Place, Seen, rows_below
from tests.forms import business
from tests.office.live import LiveOffice, Run, buttons

FIRST, ADOPT, CHECK, BUILD = CAPTIONS = [
    *("新しい計画を作る", "様式を取り入れる", "計画を確かめる", "入力ブックを作る")
]
REFUSED = (
    "計画.xlsx は、このフォルダーにもうあります。それを開いて書いてください。別の計画を作るときは、"
    "このブックを別のフォルダーに写し、写したブックで押してください。"
)


def start(office: LiveOffice, folder: Path) -> Bench:
    """The book with which an office begins, open in a folder of its own."""
    folder.mkdir()
    write_start_book(folder / START_NAME)
    return Bench.of(office, folder / START_NAME)


@pytest.fixture(scope="module")
def desk(live_office: LiveOffice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    yield start(live_office, tmp_path_factory.mktemp("office") / "はじめての期")
    live_office.close_all()


@pytest.fixture(scope="module")
def plan_path(desk: Bench) -> Path:
    return desk.path.parent / "計画.xlsx"


@pytest.fixture(scope="module")
def planned(desk: Bench) -> Run:
    return desk.office.press(desk.book, FIRST)


@pytest.fixture(scope="module")
def built(desk: Bench, planned: Run, plan_path: Path) -> Run:
    """The input books, made after the plan book was closed; the book names the Python of the office."""
    for book in list(desk.office.app.books):
        if book.name == plan_path.name:
            book.close()
    desk.book.names["kx_python"].refers_to_range.value = str(desk.office.folder / "pythonw")
    return desk.office.press(desk.book, BUILD)


def test_these_are_all_buttons_of_the_book(desk: Bench) -> None:
    assert [(one.sheet, one.caption) for one in buttons(desk.book)] == [("操作", one) for one in CAPTIONS]


class TestFirstPlan:
    def test_a_plan_book_that_is_right_is_on_the_screen(
        self, desk: Bench, planned: Run, plan_path: Path
    ) -> None:
        assert (planned.status, planned.errors, planned.arguments[0]) == (0, "", "first_plan")
        assert planned.told.startswith("計画ブック（計画.xlsx）を作って開きました。")
        assert Path(xlwings.books[plan_path.name].fullname) == plan_path
        plan, problems = plan_and_problems(plan_path)
        assert plan is not None
        assert problems == []

    def test_one_that_is_there_stays(self, desk: Bench, planned: Run, plan_path: Path) -> None:
        before = plan_path.read_bytes()
        again = desk.office.press(desk.book, FIRST)
        assert (again.status, again.told) == (3, REFUSED)
        assert plan_path.read_bytes() == before

    def test_it_is_checked(self, desk: Bench, planned: Run, plan_path: Path) -> None:
        seen = Seen.after(desk, CHECK)
        assert (seen.run.status, seen.run.errors) == (0, "")
        assert seen.run.told.startswith("計画ブックに直すところはありません。")
        listed = rows_below(desk.book, "計画の確認", ("対応", "シート", "行", "内容"))
        assert [row[2] for row in listed if row[1] == "KPI"] == [
            one.name for one in read_plan(plan_path).kpis
        ]
        assert seen.cursor == Place("計画の確認", "A1")


class TestBuild:
    def test_the_input_books_and_the_planners_book_are_there(self, desk: Bench, built: Run) -> None:
        assert (built.status, built.errors, built.arguments[0]) == (0, "", "make_input_books")
        assert "3 冊のブックを作りました。" in built.told
        folder = desk.path.parent
        assert {path.relative_to(folder).as_posix() for path in folder.rglob("[!.~]*.xlsm")} == {
            *(START_NAME, "取りまとめ.xlsm"),
            *("入力/企画グループ.xlsm", "入力/業務グループ.xlsm"),
        }

    def test_the_python_of_the_book_is_that_of_the_plan(
        self, desk: Bench, built: Run, plan_path: Path
    ) -> None:
        python = str(desk.office.folder / "pythonw")
        assert f"計画ブックの「基本」の「{PYTHON_PLACE}」を {python} にしました。" in built.told
        assert read_plan(plan_path).python == python

    def test_from_then_on_the_plan_says_it(self, desk: Bench, built: Run, plan_path: Path) -> None:
        python = read_plan(plan_path).python
        desk.book.names["kx_python"].refers_to_range.value = f"{python}w"
        (desk.office.folder / "pythonww").symlink_to(python)
        again = desk.office.press(desk.book, BUILD)
        assert (again.status, again.told) == (0, "ブックはもうあります。")
        assert read_plan(plan_path).python == python


class TestAdopt:
    def test_a_plan_book_of_a_form_is_made_beside_the_book(
        self, live_office: LiveOffice, tmp_path: Path
    ) -> None:
        live_office.close_all()
        form = business.seminars().save(tmp_path)
        desk = start(live_office, tmp_path / "期")
        desk.book.names["kx_adopt_from"].refers_to_range.value = str(form)
        run = desk.office.press(desk.book, ADOPT)
        assert (run.status, run.errors, run.arguments[0]) == (0, "", "adopt_form")
        assert run.told.startswith("フォルダー「期」に計画ブックを作りました。")
        assert Path(xlwings.books["計画.xlsx"].fullname) == tmp_path / "期" / "計画.xlsx"
        assert not (tmp_path / f"{form.stem}_計画").exists()
        live_office.close_all()

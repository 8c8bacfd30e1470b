"""Books without buttons and macros, for offices where macros are blocked, and the settings of build."""

from __future__ import annotations

import shutil
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.carry.rescue import carry_book
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.doctor.doctor import diagnose_pc
from kenpo_xl.tasks.fix import fix_books
from kenpo_xl.tasks.flag import flag_books, unflag_books
from kenpo_xl.tasks.nightly.run import run_nightly
from kenpo_xl.tasks.plan.settings import set_book_settings
from tests.annotations.books_to_mark import parts_of
from tests.books.plan.test_reader import Book
from tests.edited import edited
from tests.tasks.clerk import fill
from tests.tasks.small_period import GROUP, WORK

TYPED = WORK.replace("北 | 10 | 12 | 9", "北 | 10 | 12 | 十")
PYTHON = r"\\server\kenpo-xl\pythonw.exe"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A period whose plan says that its books have no buttons."""
    folder = tmp_path / "期"
    folder.mkdir()
    Book(folder).write()
    set_book_settings(folder, has_buttons=False)
    build_books(folder)
    return folder


def submitted(folder: Path, work: str = TYPED) -> Path:
    (folder / "提出").mkdir(exist_ok=True)
    path = folder / "提出" / f"{GROUP}.xlsx"
    fill(folder / "入力" / f"{GROUP}.xlsx", path, {"1-1": work})
    return path


class TestBooks:
    def test_they_are_plain_workbooks(self, folder: Path) -> None:
        made = [folder / "入力" / f"{GROUP}.xlsx", folder / "取りまとめ.xlsx"]
        assert sorted(folder.rglob("*.xls?")) == sorted(
            [*made, folder / "計画.xlsx", *(folder / "入力" / "以前の版").iterdir()]
        )
        for path in made:
            with zipfile.ZipFile(path) as book:
                assert "macroEnabled" not in book.read("[Content_Types].xml").decode()
                assert not [name for name in book.namelist() if "vba" in name or "ctrlProp" in name]

    def test_the_first_sheet_says_what_to_do_and_names_no_button(self, folder: Path) -> None:
        sheet = openpyxl.load_workbook(folder / "入力" / f"{GROUP}.xlsx")["操作"]
        texts = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
        assert "保存して閉じ、フォルダー「提出」に写してください" in texts
        assert "フォルダー「返却」にできます" in texts
        assert "押し" not in texts
        assert "Python" not in texts

    def test_with_protect_the_sheets_are_protected(self, tmp_path: Path) -> None:
        Book(tmp_path).write()
        set_book_settings(tmp_path, has_buttons=False)
        build_books(tmp_path, protect=True)
        book = openpyxl.load_workbook(tmp_path / "入力" / f"{GROUP}.xlsx")
        assert [sheet.title for sheet in book if sheet.protection.sheet] == ["操作", "1-1"]

    def test_books_with_buttons_give_way_and_come_back(self, tmp_path: Path) -> None:
        Book(tmp_path).write()
        build_books(tmp_path)
        fill(tmp_path / "入力" / f"{GROUP}.xlsm", tmp_path / "x.xlsm", {"1-1": WORK})
        shutil.move(tmp_path / "x.xlsm", tmp_path / "入力" / f"{GROUP}.xlsm")
        set_book_settings(tmp_path, has_buttons=False)
        build_books(tmp_path)
        (plain,) = (tmp_path / "入力").glob("*.xls*")
        assert plain.name == f"{GROUP}.xlsx"
        assert any("窓口を設けた" in str(cell.value) for row in sheet_of(plain).iter_rows() for cell in row)
        with edited(tmp_path / "計画.xlsx") as plan:
            (row,) = (row for row in plan["基本"].iter_rows(max_col=2) if row[0].value == "ボタン")
            row[1].value = "あり"
        build_books(tmp_path)
        assert [path.name for path in (tmp_path / "入力").glob("*.xls*")] == [f"{GROUP}.xlsm"]


def sheet_of(path: Path) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(path)["1-1"]


class TestReaders:
    def test_a_check_finds_what_is_typed_and_misses_no_button(self, folder: Path) -> None:
        (found,) = check_books([submitted(folder)]).books
        assert not {"ST20", "ST10", "ST17", "ST24", "ST21"} & {one.code for one in found.findings}
        assert "1-1" in {one.sheet for one in found.open_findings}

    def test_flag_and_unflag_leave_the_book_as_it_was(self, folder: Path) -> None:
        path = submitted(folder)
        before = parts_of(path)
        flag_books([path], today=date(2025, 10, 20))
        assert parts_of(path) != before
        unflag_books([path], today=date(2025, 10, 20))
        assert parts_of(path) == before

    def test_fix_and_doctor_know_it(self, folder: Path) -> None:
        path = submitted(folder)
        fix_books([path])
        found = {one.subject: one for one in diagnose_pc(str(path), log=None, environment={})}
        assert found["ブック"].is_ok
        assert "マクロとボタンのないブック" in found["ブック"].fact
        assert found.keys() == {"Python", "部品", "Excel", "ログ", "ブック"}

    def test_the_night_returns_a_plain_copy(self, folder: Path) -> None:
        submitted(folder)
        with ThreadPoolExecutor(1) as executor:
            day = date(2025, 10, 20)
            run_nightly(folder.parent, executor, today=day, user="", since="", watch=lambda *_: None)
        assert [path.name for path in (folder / "返却").iterdir()] == [f"{GROUP}.xlsx"]

    def test_a_damaged_one_is_carried_into_a_plain_one(self, folder: Path, tmp_path: Path) -> None:
        path = submitted(folder)
        path.write_bytes(path.read_bytes()[:-2000])
        done = carry_book(path, folder, output=tmp_path / "写し.xlsx")
        assert [one.path.suffix for one in done.books] == [".xlsx"]
        with pytest.raises(KenpoError, match=r"\.xlsx で終わる名前"):
            carry_book(path, folder, output=tmp_path / "写し.xlsm")


class TestSettings:
    def test_they_go_into_the_plan_book_once(self, tmp_path: Path) -> None:
        path = Book(tmp_path).write()
        before = path.read_bytes()
        assert len(set_book_settings(tmp_path, python=PYTHON, has_buttons=False)) == 2
        plan = read_plan(path)
        assert (plan.python, plan.has_buttons) == (PYTHON, False)
        assert path.with_name("計画.xlsx.bak").read_bytes() == before
        assert set_book_settings(tmp_path, python=PYTHON, has_buttons=False) == ()
        assert set_book_settings(tmp_path, python=r"%X%\pythonw.exe") != ()
        assert read_plan(path).python == r"%X%\pythonw.exe"

    def test_without_settings_the_plan_book_is_not_touched(self, tmp_path: Path) -> None:
        path = Book(tmp_path).write()
        before = path.read_bytes()
        assert set_book_settings(tmp_path) == ()
        assert path.read_bytes() == before

    def test_a_path_that_is_not_full_is_refused(self, tmp_path: Path) -> None:
        path = Book(tmp_path).write()
        before = path.read_bytes()
        with pytest.raises(KenpoError, match="最後までの場所ではありません"):
            set_book_settings(tmp_path, python="pythonw.exe")
        assert path.read_bytes() == before

    def test_another_word_in_the_plan_is_an_error(self, tmp_path: Path) -> None:
        path = Book(tmp_path).write()
        set_book_settings(tmp_path, has_buttons=False)
        with edited(path) as plan:
            (row,) = (row for row in plan["基本"].iter_rows(max_col=2) if row[0].value == "ボタン")
            row[1].value = "不要"
        with pytest.raises(KenpoError, match="あり、なし のどれか"):
            read_plan(path)

"""Books with buttons: their VBA project as independent readers see it; ours, also saved by LibreOffice."""

from __future__ import annotations

import re
import shutil
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet
from pyopenvba import ExcelFile
from pyopenvba.exceptions import VBACompileError
from pyopenvba.interpreter import Interpreter

from kenpo_xl.annotations.annotate import write_marked_copy, write_unmarked_copy
from kenpo_xl.annotations.annotation import Mark
from kenpo_xl.books.common.macros import macro_workbook
from kenpo_xl.books.common.macros.macro_workbook import vba_project_bytes
from kenpo_xl.books.common.macros.reader import (
    comparable_code,
    foreign_macros,
    macros_of_book,
    modules_of_project,
    shipped_macros,
)
from kenpo_xl.books.common.styles import TYPED
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.package import Package
from kenpo_xl.tasks.build import build_books
from tests.annotations.books_to_mark import parts_of
from tests.office import Office
from tests.office.pictures import pdf_text
from tests.paths import LAUNCHER, SAMPLE, TEMPLATES

BOOK = SAMPLE / "提出" / "業務グループ.xlsm"
SOURCES = sorted((TEMPLATES / "vba").glob("*.bas"))
PROJECT, BUTTONS = "xl/vbaProject.bin", "xl/drawings/vmlDrawing1.vml"
SHEETS = 7  # 操作, three items, 指摘, 確認記録, kx


def lines(code: str) -> list[str]:
    return [line.rstrip() for line in code.splitlines()]


def read_by_olevba(path: Path) -> dict[str, str]:
    """Its texts by file name; it uses names that its parser calls old, which is none of our business."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from oletools.olevba import VBA_Parser

        parser = VBA_Parser(str(path))
        found = {name: code for _, _, name, code in parser.extract_macros()}
        parser.close()
    return found


class TestTheProject:
    def test_olevba_reads_our_modules_and_nothing_else_with_code(self) -> None:
        found = {name: code for name, code in read_by_olevba(BOOK).items() if comparable_code(code)}
        assert {name: lines(code) for name, code in found.items()} == {
            path.name: lines(path.read_text(encoding="ascii")) for path in SOURCES
        }

    def test_there_is_a_module_for_the_book_and_each_sheet(self) -> None:
        with zipfile.ZipFile(BOOK) as book:
            project = book.read(PROJECT)
            sheets = [book.read(name).decode() for name in book.namelist() if "/worksheets/sheet" in name]
            workbook = book.read("xl/workbook.xml").decode()
        code_names = re.findall(r'<sheetPr codeName="(\w+)"', "".join(sheets))
        assert sorted(code_names) == [f"Sheet{number}" for number in range(1, SHEETS + 1)]
        assert 'codeName="ThisWorkbook"' in workbook
        assert {one.name for one in modules_of_project(project)} == {
            "ThisWorkbook",
            "KenpoButtons",
            *code_names,
        }

    def test_pyopenvba_finds_no_fault_and_no_compiled_code(self) -> None:
        with ExcelFile(BOOK) as book:
            assert book.validate() == []
            assert book.vba_project().code_page == 1252
        assert "__SRP_".encode("utf-16-le") not in vba_project_bytes(SHEETS)

    def test_the_same_modules_give_the_same_bytes(self) -> None:
        first = vba_project_bytes(SHEETS)
        vba_project_bytes.cache_clear()
        assert vba_project_bytes(SHEETS) == first != vba_project_bytes(SHEETS + 1)

    def test_without_our_modules_no_book_is_made(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shutil.copy(SAMPLE / "計画.xlsx", tmp_path)
        monkeypatch.setattr(macro_workbook, "shipped_macros", lambda: iter(()))
        vba_project_bytes.cache_clear()
        with pytest.raises(KenpoError, match="入れ直してください"):
            build_books(tmp_path)
        assert not list((tmp_path / "入力").glob("*.xls*"))


class TestTheText:
    @pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
    def test_is_ascii_and_fits_the_editor(self, path: Path) -> None:
        text = path.read_text(encoding="ascii")
        assert text.startswith(f'Attribute VB_Name = "{path.stem}"\n')
        assert max(map(len, text.splitlines())) <= 120

    def test_compiles_in_an_interpreter_of_vba(self) -> None:
        interpreter = Interpreter()
        interpreter.add_module(LAUNCHER.read_text(encoding="ascii"), name=LAUNCHER.stem)
        assert interpreter.run("FileUrl", ["/期/写し #1 50%.xlsm"]) == "file:///期/写し %231 50%25.xlsm"
        assert interpreter.run("FileUrl", ["C:\\期\\a.xlsm"]) == "file:///C:/期/a.xlsm"
        assert interpreter.run("Quoted", ['a "b"']) == '"a b"'

    def test_which_refuses_what_is_no_vba(self) -> None:
        with pytest.raises(VBACompileError):
            Interpreter().add_module("Sub A()\nIf Then\nEnd Sub\n", name="A")


class TestMarked:
    """A note beside the buttons stands in their own drawing part."""

    NOTED = Mark("操作", "C4", "グループを確かめてください。")

    def test_macros_and_buttons_stay(self, tmp_path: Path) -> None:
        before, after = parts_of(BOOK), parts_of(marked(tmp_path, self.NOTED))
        assert after[PROJECT] == before[PROJECT]
        assert shapes(after).items() > shapes(before).items()
        assert len(shapes(after)) == len(shapes(before)) + 1 == 6

    def test_elsewhere_their_part_is_not_touched(self, tmp_path: Path) -> None:
        after = parts_of(marked(tmp_path, Mark("1-2-2", "E26", "数値を確かめてください。")))
        assert after[BUTTONS] == parts_of(BOOK)[BUTTONS]

    def test_unmarked_every_part_is_as_before(self, tmp_path: Path) -> None:
        path = tmp_path / "消した.xlsm"
        write_unmarked_copy(marked(tmp_path, self.NOTED), path)
        assert parts_of(path) == parts_of(BOOK)


def marked(folder: Path, one: Mark) -> Path:
    path = folder / BOOK.name
    write_marked_copy(BOOK, [one], path)
    return path


def shapes(parts: dict[str, bytes]) -> dict[str, str]:
    """The shapes beside the buttons, buttons too, by their number."""
    found = re.findall(r'<v:shape id="(\w+)".*?</v:shape>', parts[BUTTONS].decode())
    whole = re.findall(r'<v:shape id="\w+".*?</v:shape>', parts[BUTTONS].decode())
    assert len(set(found)) == len(found)
    return dict(zip(found, whole, strict=True))


class TestProtectedSheets:
    def test_those_of_the_items_and_the_first_without_a_password(
        self, protected: dict[str, Worksheet]
    ) -> None:
        found = {name: sheet.protection for name, sheet in protected.items() if sheet.protection.sheet}
        assert list(found) == ["操作", "1-2-1", "1-2-2", "1-2-3"]
        assert {one.password for one in found.values()} == {None}

    def test_notes_rows_and_looks_are_free(self, protected: dict[str, Worksheet]) -> None:
        found = protected["1-2-2"].protection
        closed = (found.objects, found.formatCells, found.formatRows, found.insertRows, found.sort)
        assert closed == (False,) * 5
        assert (found.insertColumns, found.deleteColumns) == (True, True)

    def test_what_is_typed_is_open_and_nothing_else(self, protected: dict[str, Worksheet]) -> None:
        """The planner sees by its yellow what a clerk may type."""
        rows = (row for sheet in protected.values() for row in sheet.iter_rows())
        cells = [cell for row in rows for cell in row if not isinstance(cell, MergedCell)]
        yellow = {cell for cell in cells if is_yellow(cell)}
        assert yellow == {cell for cell in cells if not cell.protection.locked}
        assert len(yellow) > 150

    def test_usually_none_is(self) -> None:
        assert not [sheet.title for sheet in openpyxl.load_workbook(BOOK) if sheet.protection.sheet]


def is_yellow(cell: Cell) -> bool:
    return cell.fill.fgColor.rgb == f"FF{TYPED[1:]}"


class TestOurs:
    def test_our_books_hold_no_foreign_macro(self, every_book: list[Path]) -> None:
        assert [foreign_macros(Package(path)) for path in every_book] == [()] * 5

    def test_nor_after_libreoffice_saved_them(
        self, every_book: list[Path], office: Office, tmp_path: Path
    ) -> None:
        for path in every_book:
            saved = tmp_path / path.name
            with office.edit(path, saved):
                pass
            ours = {one.name: comparable_code(one.code) for one in shipped_macros()}
            assert (
                ours.items()
                <= {one.name: comparable_code(one.code) for one in macros_of_book(Package(saved))}.items()
            )
            assert foreign_macros(Package(saved)) == ()

    @pytest.mark.parametrize(
        "change",
        [
            lambda text: text.replace('RunKenpo "check"', 'RunKenpo "check": Shell "calc"'),
            lambda text: text + "\nSub More()\nEnd Sub\n",
        ],
    )
    def test_one_that_was_changed_is_found(self, change: Callable[[str], str], tmp_path: Path) -> None:
        path = tmp_path / BOOK.name
        with ExcelFile(BOOK) as book:
            book.set_module("KenpoButtons", change(book.get_module("KenpoButtons")))
            book.save(path)
        assert [macro.name for macro in foreign_macros(Package(path))] == ["KenpoButtons"]

    def test_code_behind_a_sheet_is_found(self, tmp_path: Path) -> None:
        path = tmp_path / BOOK.name
        with ExcelFile(BOOK) as book:
            code = book.get_module("Sheet1")
            book.set_module("Sheet1", code + "Private Sub Worksheet_Activate()\r\nEnd Sub\r\n")
            book.save(path)
        assert [macro.name for macro in foreign_macros(Package(path))] == ["Sheet1"]


@pytest.fixture(scope="module")
def every_book(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """What build makes of the sample's plan: four input books, and the planner's."""
    folder = tmp_path_factory.mktemp("期")
    shutil.copy(SAMPLE / "計画.xlsx", folder)
    return list(build_books(folder).made)


@pytest.fixture(scope="module")
def protected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Worksheet]:
    """The sheets of an input book that is made with --protect."""
    folder = tmp_path_factory.mktemp("保護")
    shutil.copy(SAMPLE / "計画.xlsx", folder)
    build_books(folder, protect=True)
    return {sheet.title: sheet for sheet in openpyxl.load_workbook(folder / "入力" / BOOK.name)}


def test_the_sheet_of_the_buttons_is_one_printed_page(
    every_book: list[Path], tmp_path: Path, office: Office
) -> None:
    for book in every_book:
        office.to_pdf(book, tmp_path / "book.pdf", pages="1")
        first = pdf_text(tmp_path / "book.pdf").removesuffix("\f")
        assert "手順" in first
        assert "Python の場所" in first

"""New contents for some cells: the parts of their sheets change, and nothing else in them or beside them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from xlsxwriter import Workbook as NewBook

from kenpo_xl.domain.cell_edit import CellEdit
from kenpo_xl.ooxml.edit.cell_edits import edit_cells_returning_skipped, edited_workbook_and_skipped
from kenpo_xl.ooxml.workbook import Workbook

Edit = Callable[..., tuple[Path, tuple[CellEdit, ...]]]
FIRST = "xl/worksheets/sheet1.xml"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Two sheets: a text that should be a number, a total, merged cells, an array."""
    path = tmp_path / "元.xlsx"
    with NewBook(str(path)) as new:
        sheet, other = new.add_worksheet("表"), new.add_worksheet("別")
        look = new.add_format({"num_format": '#,##0"件"', "bold": True})
        sheet.write_string("B2", "４３ 件", look)
        sheet.write_number("B3", 7, look)
        sheet.write_formula("B4", "=SUM(B2:B3)", look, 7)
        sheet.write_formula("B5", "=B3*2", look, 14)
        sheet.write_array_formula("D2:D3", "{=B3:B4*2}", look, 14)
        sheet.merge_range("F2:G3", "○", look)
        sheet.write_formula("H2", '=IF("B2"&B$2="<&>",1,2)', look, 2)
        other.write_string("A1", "そのまま")
    return path


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def cells(path: Path, part: str = FIRST) -> dict[str, str]:
    """The elements of a sheet's cells, as stored."""
    found = re.findall(r'(<c r="(\w+)"[^>]*?(?:/>|>.*?</c>))', members(path)[part].decode(), re.DOTALL)
    return {name: whole for whole, name in found}


@pytest.fixture
def edited(book: Path, tmp_path: Path) -> Edit:
    def edit(*edits: CellEdit) -> tuple[Path, tuple[CellEdit, ...]]:
        target = tmp_path / "先.xlsx"
        return target, edit_cells_returning_skipped(book, edits, target)

    return edit


NUMBER = CellEdit("表", "B2", Decimal(43))
FORMULA = CellEdit("表", "B3", Decimal("86"), 'IF(B2<1,"",B2*2)')
GLYPH = CellEdit("表", "G3", "〇")


class TestContents:
    def test_a_number_with_the_look_of_its_cell(self, edited: Edit) -> None:
        path, left = edited(NUMBER)
        cell = openpyxl.load_workbook(path)["表"]["B2"]
        assert (cell.value, cell.number_format, cell.font.bold, left) == (43, '#,##0"件"', True, ())

    def test_a_formula_with_what_it_gives(self, edited: Edit) -> None:
        path, _ = edited(FORMULA)
        assert openpyxl.load_workbook(path)["表"]["B3"].value == '=IF(B2<1,"",B2*2)'
        assert openpyxl.load_workbook(path, data_only=True)["表"]["B3"].value == 86

    def test_a_formula_that_gives_nothing(self, edited: Edit) -> None:
        path, _ = edited(CellEdit("表", "B3", None, 'IF(TRUE,"",1)'))
        assert Workbook(path).sheets["表"].get(3, 2).value == ""

    def test_of_merged_cells_the_first(self, edited: Edit) -> None:
        path, _ = edited(GLYPH)
        sheet = openpyxl.load_workbook(path)["表"]
        assert sheet["F2"].value == "〇"
        assert "F2:G3" in sheet.merged_cells

    def test_another_look(self, edited: Edit) -> None:
        path, _ = edited(CellEdit("表", "B2", Decimal(43), style=0))
        assert openpyxl.load_workbook(path)["表"]["B2"].number_format == "General"

    @pytest.mark.parametrize("value", ["0.285", "1e-7", "123456789012345", "-12", "0.1"])
    def test_numbers_as_excel_holds_them(self, edited: Edit, value: str) -> None:
        path, _ = edited(CellEdit("表", "B2", Decimal(value)))
        assert openpyxl.load_workbook(path)["表"]["B2"].value == float(value)


class TestNothingElse:
    def test_other_parts_and_other_cells_to_the_byte(self, book: Path, edited: Edit) -> None:
        path, _ = edited(GLYPH)
        before, after = members(book), members(path)
        assert {name for name in before if before[name] != after[name]} == {FIRST}
        assert list(before) == list(after)
        old, new = cells(book), cells(path)
        assert {name for name in old if old[name] != new[name]} == {"F2"}

    def test_what_reads_a_changed_cell_is_computed_on_opening(self, book: Path, edited: Edit) -> None:
        path, _ = edited(NUMBER)
        old, new = cells(book), cells(path)
        assert {name for name in old if old[name] != new[name]} == {"B2", "B4", "H2"}
        assert new["B4"] == old["B4"].replace("<f>", '<f ca="1">')

    @pytest.mark.parametrize("cell", ["D2", "D3"])
    def test_one_inside_an_array_is_left(self, book: Path, edited: Edit, cell: str) -> None:
        edit = CellEdit("表", cell, Decimal(1))
        path, left = edited(edit)
        assert left == (edit,)
        assert members(path) == members(book)

    @pytest.mark.parametrize("prefix", ["", "x:"])
    def test_a_sheet_without_an_array_to_the_byte(self, book: Path, prefix: str) -> None:
        """Of such a sheet only the wanted cells are parsed."""

        def prefixed(content: str) -> str:
            return re.sub(r"<(/?)(?=[a-zA-Z])", rf"<\1{prefix}", content)

        def plain(content: str) -> str:
            return prefixed(content.replace(' t="array" ref="D2:D3"', ""))

        edits, found = [NUMBER, GLYPH, CellEdit("表", "Z99", "x")], []
        for change in (plain, prefixed):
            odd = Workbook(with_first(book, change))
            changed, left = edited_workbook_and_skipped(odd, edits)
            assert left == (edits[-1],)
            found.append(changed.package.read(FIRST).decode().replace(' t="array" ref="D2:D3"', ""))
        assert found[0] == found[1]

    def test_in_memory_it_reads_as_the_copy(self, book: Path, edited: Edit) -> None:
        before, edits = Workbook(book), [NUMBER, FORMULA, GLYPH]
        changed, left = edited_workbook_and_skipped(before, edits)
        copy = Workbook(edited(*edits)[0])
        assert left == ()
        assert {name: one.cells for name, one in changed.sheets.items()} == {
            name: one.cells for name, one in copy.sheets.items()
        }
        assert [name for name, one in changed.sheets.items() if one is not before.sheets[name]] == ["表"]
        assert before.sheets["表"].cells == Workbook(book).sheets["表"].cells

    @pytest.mark.parametrize("edit", [CellEdit("消えた", "B2", "x"), CellEdit("表", "Z99", "x")])
    def test_a_sheet_or_a_cell_that_is_not_there_is_left(self, edited: Edit, edit: CellEdit) -> None:
        assert edited(edit)[1] == (edit,)

    def test_rows_and_cells_without_their_places(self, book: Path, tmp_path: Path) -> None:
        def bare(content: str) -> str:
            row = '<row><c><v>1</v></c><c t="inlineStr"><is><t>x</t></is></c></row>'
            rows = f"<sheetData>{row * 2}</sheetData>"
            content = re.sub(r"<sheetData>.*</sheetData>", rows, content)
            return re.sub(r"<mergeCells.*</mergeCells>", "", content)

        odd, target = with_first(book, bare), tmp_path / "先.xlsx"
        assert edit_cells_returning_skipped(odd, [NUMBER], target) == ()
        sheet = openpyxl.load_workbook(target)["表"]
        assert [[cell.value for cell in row] for row in sheet["A1:B2"]] == [[1, "x"], [1, 43]]

    def test_a_prefixed_utf16_part(self, book: Path, tmp_path: Path) -> None:
        def prefixed(content: str) -> str:
            text = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", content).replace('xmlns="', 'xmlns:x="')
            return text.replace('encoding="UTF-8"', 'encoding="UTF-16"')

        odd, target = with_first(book, prefixed, "utf-16"), tmp_path / "先.xlsx"
        assert edit_cells_returning_skipped(odd, [NUMBER, FORMULA, GLYPH], target) == ()
        sheet = Workbook(target).sheets["表"]
        assert (sheet.value(2, 2), sheet.get(3, 2).formula, sheet.value(2, 6)) == (43, FORMULA.formula, "〇")


def with_first(book: Path, change: Callable[[str], str], encoding: str = "utf-8") -> Path:
    """A copy of the book whose first sheet is written otherwise."""
    path = book.with_name("珍.xlsx")
    with zipfile.ZipFile(path, "w") as new:
        for name, content in members(book).items():
            new.writestr(name, change(content.decode()).encode(encoding) if name == FIRST else content)
    return path

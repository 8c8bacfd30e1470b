"""What a template holds besides its patterns comes along: pictures, further sheets, conditional formats."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from kenpo_xl.books.report.template.printed_pages import printed_page_count
from kenpo_xl.books.report.template.reader import read_template
from kenpo_xl.books.report.writer import write_report
from kenpo_xl.domain.outputs.report import ReportBlock
from tests.books.report.report_values import block, full_block, report
from tests.books.report.template.test_losses import DOT, Dot
from tests.books.report.template.test_template import changed, row_of
from tests.books.report.written_book import WrittenBook
from tests.office import Office
from tests.office.pictures import pdf_pages, pdf_text

GREEN = PatternFill("solid", bgColor="FF00FF00")
COVER, BODY, SECTION = "表紙", "本文", 1


@pytest.fixture
def carried(tmp_path: Path) -> Callable[..., Path]:
    """The report by a changed template; nothing of the template is named as lost."""

    def write(how: Callable[[Any], None], *blocks: ReportBlock) -> Path:
        path = tmp_path / "報告.xlsx"
        template = read_template(changed(tmp_path, how))
        assert template.notes == ()
        write_report(report(*(blocks or (full_block(),))), template, path)
        return path

    return write


def dot_at(cell: str, width: int, height: int) -> Dot:
    dot = Dot()
    dot.anchor, dot.width, dot.height = cell, width, height
    return dot


def drawn_sizes(path: Path) -> dict[str, list[tuple[int, int]]]:
    """The sizes in EMU of the pictures of each drawing."""
    import re

    with zipfile.ZipFile(path) as package:
        parts = [name for name in package.namelist() if name.startswith("xl/drawings/drawing")]
        return {
            name: [
                (int(x), int(y))
                for x, y in re.findall(r'<a:ext cx="(\d+)" cy="(\d+)"', package.read(name).decode())
            ]
            for name in parts
        }


class TestPictures:
    def test_pictures_keep_their_bytes_and_sizes(self, carried: Callable[..., Path]) -> None:
        def logos(book: Any) -> None:
            book[COVER].add_image(dot_at("B3", 90, 30))
            book[BODY].add_image(dot_at("B1", 60, 20))

        path = carried(logos)
        with zipfile.ZipFile(path) as package:
            media = [package.read(name) for name in package.namelist() if name.startswith("xl/media/")]
        assert media == [DOT]
        assert sorted(size for sizes in drawn_sizes(path).values() for size in sizes) == [
            (60 * 9525, 20 * 9525),
            (90 * 9525, 30 * 9525),
        ]

    def test_a_picture_of_the_cover_stands_in_its_cell(self, carried: Callable[..., Path]) -> None:
        path = carried(lambda book: book[COVER].add_image(dot_at("C4", 20, 10)))
        with zipfile.ZipFile(path) as package:
            drawing = package.read("xl/drawings/drawing1.xml").decode()
        assert "<xdr:from><xdr:col>2</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>3</xdr:row>" in drawing


class TestFurtherSheets:
    @pytest.fixture
    def sheet(self, carried: Callable[..., Path]) -> Any:
        def glossary(book: Any) -> None:
            sheet = book.create_sheet("用語解説")
            sheet.append(["語（{会議}）", "{意味}", 3])
            sheet["A2"].value, sheet["C2"].value = "計", "=C1*2"
            sheet["A1"].font = Font(size=20, bold=True)
            sheet.column_dimensions["B"].width = 40
            sheet.row_dimensions[2].height = 33
            sheet.page_setup.orientation, sheet.page_setup.paperSize = "portrait", 8
            sheet.sheet_properties.pageSetUpPr.fitToPage = True
            sheet.page_setup.fitToHeight = 0
            sheet.print_title_rows, sheet.print_title_cols = "1:1", "A:B"
            sheet.print_options.gridLines = sheet.page_setup.blackAndWhite = True
            sheet.page_setup.pageOrder = "overThenDown"
            sheet.page_setup.firstPageNumber, sheet.page_setup.useFirstPageNumber = 5, True
            sheet.oddFooter.center.text = "用語 &P"
            sheet.freeze_panes = "B2"
            sheet.conditional_formatting.add("C1:C2", CellIsRule("greaterThan", ["2"], fill=GREEN))

        return WrittenBook(carried(glossary))["用語解説"]

    def test_values_formulas_and_looks(self, sheet: Any) -> None:
        assert (sheet["A1"].value, sheet["B1"].value, sheet["C1"].value) == (
            "語（第4回埼玉支部評議会）",
            "{意味}",
            3,
        )
        assert sheet["C2"].value == "=C1*2"
        assert (sheet["A1"].font.size, sheet["A1"].font.bold) == (20, True)
        assert round(sheet.column_dimensions["B"].width) == 40
        assert sheet.row_dimensions[2].height == 33

    def test_print_settings_and_conditions(self, sheet: Any) -> None:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("portrait", 8)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$B")
        assert (sheet.print_options.gridLines, sheet.page_setup.blackAndWhite) == (True, True)
        assert (sheet.page_setup.pageOrder, sheet.page_setup.firstPageNumber) == ("overThenDown", 5)
        assert sheet.oddFooter.center.text == "用語 &P"
        assert sheet.freeze_panes == "B2"
        (entry,) = sheet.conditional_formatting
        assert str(entry.sqref) == "C1:C2"
        assert entry.rules[0].dxf.fill.bgColor.rgb == "FF00FF00"


@pytest.mark.parametrize(("rows", "repeated"), [(3, 0), (80, 0), (200, 0), (200, 9)])
def test_its_pages_are_counted(rows: int, repeated: int, tmp_path: Path, office: Office) -> None:
    def long_list(book: Any) -> None:
        sheet = book.create_sheet("一覧")
        for row in range(rows):
            sheet.append([f"{row} 行目"])
        if repeated:
            sheet.print_title_rows = f"1:{repeated}"

    path = tmp_path / "報告.xlsx"
    promised = write_report(report(full_block()), read_template(changed(tmp_path, long_list)), path)
    office.to_pdf(path, path.with_suffix(".pdf"))
    assert pdf_pages(path.with_suffix(".pdf")) == promised
    assert f"{rows - 1} 行目" in pdf_text(path.with_suffix(".pdf"))


ORANGE = PatternFill("solid", fgColor="FFFFE5CC")


class TestLooks:
    @pytest.mark.parametrize("pattern", ["lightUp", "darkGrid", "lightTrellis", "gray0625", "darkHorizontal"])
    def test_patterns_of_a_fill(self, pattern: str, carried: Callable[..., Path]) -> None:
        def hatch(book: Any) -> None:
            book[BODY]["B1"].fill = PatternFill(pattern, fgColor="FF804000", bgColor="FFFFF0E0")

        fill = load_workbook(carried(hatch)).worksheets[SECTION]["A1"].fill
        assert (fill.patternType, fill.fgColor.rgb, fill.bgColor.rgb) == (pattern, "FF804000", "FFFFF0E0")

    @pytest.mark.parametrize(
        "look",
        [
            {"underline": "doubleAccounting"},
            {"vertAlign": "superscript"},
            {"outline": True},
            {"shadow": True},
        ],
    )
    def test_rarer_looks_of_letters(self, look: dict[str, Any], carried: Callable[..., Path]) -> None:
        def letters(book: Any) -> None:
            book[COVER]["A5"].font = Font(name="BIZ UDゴシック", size=20, **look)

        font = WrittenBook(carried(letters))[COVER]["A5"].font
        assert {name: getattr(font, name) for name in look} == look

    def test_whole_rows_and_columns_of_a_further_sheet(self, carried: Callable[..., Path]) -> None:
        """Cells without a style look like them, also those behind the last text."""

        def glossary(book: Any) -> None:
            sheet = book.create_sheet("用語解説")
            sheet["A1"] = "語"
            for name in "DE":
                sheet.column_dimensions[name].fill = ORANGE
                sheet.column_dimensions[name].width = 20
            sheet.row_dimensions[9].fill = ORANGE
            sheet.print_area = "A1:E9"

        sheet = WrittenBook(carried(glossary))["用語解説"]
        columns, row = sheet.column_dimensions["D"], sheet.row_dimensions[9]
        assert (columns.min, columns.max, round(columns.width)) == (4, 5, 20)
        assert columns.fill.fgColor.rgb == row.fill.fgColor.rgb == "FFFFE5CC"

    def test_a_whole_row_of_the_body(self, tmp_path: Path) -> None:
        def colour(book: Any) -> None:
            sheet = book[BODY]
            row = row_of(sheet, "続き")
            sheet.row_dimensions[row].fill = ORANGE
            for cell in sheet[row]:
                if cell.has_style:
                    cell.fill = ORANGE

        template = read_template(changed(tmp_path, colour))
        painted = dict(template["続き"].painted)
        assert set(painted) >= set(range(len(template.characters)))
        assert {style.properties_by_name["fg_color"] for style in painted.values()} == {"#FFE5CC"}

    def test_truth_values_and_zeros_that_are_hidden(self, carried: Callable[..., Path]) -> None:
        def truth(book: Any) -> None:
            sheet = book.create_sheet("用語解説")
            sheet.append([True, False, 0])
            sheet.sheet_view.showZeros = False

        sheet = WrittenBook(carried(truth))["用語解説"]
        assert [cell.value for cell in sheet[1]] == [True, False, 0]
        assert sheet["A1"].data_type == "b"
        assert sheet.sheet_view.showZeros is False


def test_pages_that_nothing_is_on_are_not_counted(tmp_path: Path, office: Office) -> None:
    """60 rows and 9 columns are about a page. Each print area is larger; the name is on each page."""
    thin, filled = Border(top=Side("thin")), PatternFill("solid", fgColor="FFFFFF00")

    def further(book: Any) -> None:
        def sheet(name: str, area: str) -> Any:
            added = book.create_sheet(name)
            added.print_area, added.oddHeader.left.text = area, "&A"
            added["A1"] = "始め"
            return added

        sheet("空行", "A1:E150")
        sheet("中ほど", "A1:E150")["A140"] = 1
        sheet("罫線", "A1:E150")["A140"].border = thin
        sheet("塗り", "A1:E150")["A140"].fill = filled
        sheet("横", "A1:Z40")
        sheet("長い文", "A1:Z40")["A2"] = "長い文" * 25
        sheet("折り返し", "A1:Z40")["A2"] = "長い文" * 25
        book["折り返し"]["A2"].alignment = Alignment(wrap_text=True)
        sheet("画像", "A2:E150").add_image(dot_at("B130", 40, 30))

    path = tmp_path / "報告.xlsx"
    template = read_template(changed(tmp_path, further))
    promised = write_report(report(full_block()), template, path)
    office.to_pdf(path, path.with_suffix(".pdf"))
    pages = pdf_text(path.with_suffix(".pdf")).split("\f")
    sheets = template.further_sheets
    printed = {one.name: sum(page.lstrip().startswith(one.name) for page in pages) for one in sheets}
    assert {one.name: printed_page_count(one) for one in sheets} == printed
    assert pdf_pages(path.with_suffix(".pdf")) == promised
    assert printed == {
        "空行": 1,
        "中ほど": 2,
        "罫線": 2,
        "塗り": 1,
        "横": 1,
        "長い文": 2,
        "折り返し": 1,
        "画像": 1,
    }


def test_a_hidden_sheet_is_not_printed(tmp_path: Path, office: Office) -> None:
    def hide(book: Any) -> None:
        book.create_sheet("内部").append(["内部の資料"])
        book["内部"].sheet_state = "hidden"

    path = tmp_path / "報告.xlsx"
    promised = write_report(report(full_block()), read_template(changed(tmp_path, hide)), path)
    office.to_pdf(path, path.with_suffix(".pdf"))
    assert pdf_pages(path.with_suffix(".pdf")) == promised
    assert "内部の資料" not in pdf_text(path.with_suffix(".pdf"))
    assert load_workbook(path)["内部"]["A1"].value == "内部の資料"


class TestConditions:
    @staticmethod
    def areas(sheet: Any) -> list[str]:
        """The first cells of the areas of the conditional formats."""
        return [
            str(area).partition(":")[0] for one in sheet.conditional_formatting for area in one.sqref.ranges
        ]

    def test_a_rating_is_marked_wherever_it_is_printed(self, carried: Callable[..., Path]) -> None:
        def mark(book: Any) -> None:
            sheet = book[BODY]
            row = row_of(sheet, BODY)
            rating = next(cell for cell in sheet[row] if cell.value == "△")
            sheet.conditional_formatting.add(rating.coordinate, CellIsRule("equal", ['"△"'], fill=GREEN))

        blocks = [block(rating=glyph) for glyph in ("△", "〇", "△")]
        sheet = load_workbook(carried(mark, *blocks)).worksheets[SECTION]
        ratings = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.value in ("△", "〇")]
        assert sorted(self.areas(sheet)) == sorted(ratings)
        (rule,) = next(iter(sheet.conditional_formatting)).rules
        assert (rule.type, rule.formula) == ("cellIs", ['"△"'])

    def test_a_formula_names_the_printed_row(self, carried: Callable[..., Path]) -> None:
        def mark(book: Any) -> None:
            sheet = book[BODY]
            row = row_of(sheet, BODY)
            rating = next(cell for cell in sheet[row] if cell.value == "△")
            formula = f'${rating.column_letter}{row}="△"'
            sheet.conditional_formatting.add(rating.coordinate, FormulaRule([formula], fill=GREEN))

        sheet = load_workbook(carried(mark, block())).worksheets[SECTION]
        rating = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "△")
        (rule,) = next(iter(sheet.conditional_formatting)).rules
        assert rule.formula == [f'${rating.column_letter}{rating.row}="△"']

    def test_numbers_of_a_table_are_marked(self, carried: Callable[..., Path]) -> None:
        def mark(book: Any) -> None:
            sheet = book[BODY]
            row = row_of(sheet, "表の行")
            typed = next(cell for cell in sheet[row] if cell.value == 1234)
            sheet.conditional_formatting.add(
                typed.coordinate, CellIsRule("greaterThan", ["42500"], fill=GREEN)
            )

        sheet = load_workbook(carried(mark)).worksheets[SECTION]
        numbers = [
            cell.coordinate for row in sheet.iter_rows() for cell in row if cell.value in (43089, 42133)
        ]
        assert sorted(self.areas(sheet)) == sorted(numbers)

"""What a template holds and a report does not follow is named; what fits on no page is refused."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule, DataBarRule
from openpyxl.styles import GradientFill, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.pagebreak import Break

from kenpo_xl.books.report.template.reader import read_template
from kenpo_xl.books.report.writer import write_report
from kenpo_xl.errors import KenpoError
from tests.annotations.books_to_mark import pack, parts_of
from tests.books.report.report_values import block, full_block, report
from tests.books.report.template.test_template import changed, row_of
from tests.office import Office
from tests.office.pictures import pdf_pages
from tests.paths import TEMPLATE
from tests.soak import sparse

# One grey point.
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c63a8070000810080b5b4e2c80000000049454e44ae426082"
)


class Dot(Image):
    """A picture that needs no library to be measured."""

    def __init__(self) -> None:
        self.ref = BytesIO(DOT)
        self.width = self.height = 10
        self.format = "png"
        self.anchor = "B2"

    def _data(self) -> bytes:
        return DOT


@pytest.fixture
def notes(tmp_path: Path) -> Callable[[Callable[[Any], None]], str]:
    """The sentences on a template that somebody changed, joined."""
    return lambda how: "".join(read_template(changed(tmp_path, how)).notes)


def body(change: Callable[[Any], None]) -> Callable[[Any], None]:
    return lambda book: change(book["本文"])


def picture(sheet: Any, cell: str = "B2") -> None:
    one = Dot()
    one.anchor = cell
    sheet.add_image(one)


def condition(sheet: Any) -> None:
    sheet.conditional_formatting.add(
        "BX7", CellIsRule("equal", ['"S"'], fill=PatternFill("solid", "FF00FF00"))
    )


def wider_print_area(sheet: Any) -> None:
    sheet.print_area = sheet.print_area.split("!")[-1].replace("$BU", "$BY")


def further_row(sheet: Any) -> None:
    sheet.insert_rows(row_of(sheet, "注"))
    sheet.cell(row_of(sheet, "注") - 1, 4).value = "部外秘"


def merged_rows(sheet: Any) -> None:
    sheet.merge_cells("B7:B8")


def part_of_a_text(sheet: Any) -> None:
    run = TextBlock(InlineFont(b=True), "計画")
    sheet.cell(row_of(sheet, "列見出し"), 2).value = CellRichText([run, "内容"])


def gradient(sheet: Any) -> None:
    sheet.cell(row_of(sheet, "節見出し"), 2).fill = GradientFill(stop=("FF000000", "FFFFFFFF"))


def formula(sheet: Any) -> None:
    sheet.cell(3, 3).value = "=TODAY()"


def fit_to_page(sheet: Any, height: int = 1) -> None:
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, height


def first_page(sheet: Any) -> None:
    sheet.HeaderFooter.differentFirst = True


def header_picture(sheet: Any) -> None:
    sheet.oddHeader.left.text = "&G"


def header_word(sheet: Any) -> None:
    sheet.oddHeader.left.text = "{章}"


def broken_page(sheet: Any) -> None:
    sheet.row_breaks.append(Break(5))


def hidden_row(sheet: Any) -> None:
    sheet.row_dimensions[row_of(sheet, "KPI")].hidden = True


@pytest.mark.parametrize(
    ("change", "phrase"),
    sparse(
        [
            (lambda sheet: picture(sheet, "B9"), "「本文」の見出しの行の外にある画像"),
            (lambda sheet: picture(sheet, "BX1"), "「本文」の見出しの行の外にある画像"),
            (lambda sheet: setattr(sheet.print_options, "headings", True), "枠線や行列番号の印刷"),
            (lambda sheet: setattr(sheet.print_options, "gridLines", True), "枠線や行列番号の印刷"),
            (lambda sheet: setattr(sheet.protection, "sheet", True), "「本文」のシートの保護"),
            (lambda sheet: setattr(sheet.auto_filter, "ref", "B1:C9"), "「本文」のオートフィルター"),
            (lambda sheet: sheet.row_dimensions.group(3, 4), "「本文」の行や列のグループ化"),
            (lambda sheet: sheet.add_chart(BarChart(), "B5"), "「本文」のグラフ（1 個）"),
            (condition, "「本文」の条件付き書式（BX7）"),
            (wider_print_area, "列から右の列"),
            (merged_rows, "「本文」の行をまたぐ結合（B7:B8）"),
            (lambda sheet: setattr(sheet.page_setup, "paperSize", 300), "用紙の大きさ（A4 で印刷します）"),
            (further_row, "行目（A列に見本の名前がない行）"),
            (part_of_a_text, "「本文」のセルの一部の文字だけの書式（B2）"),
            (gradient, "「本文」のグラデーションの塗りつぶし（B1）"),
            (formula, "「本文」の算式（C3）"),
            (fit_to_page, "「本文」の縦のページ数の指定"),
            (first_page, "先頭ページや偶数ページだけのヘッダーとフッター"),
            (header_picture, "「本文」のヘッダーやフッターの画像"),
            (header_word, "「本文」のヘッダーやフッターの {章}"),
            (broken_page, "「本文」の改ページ"),
            (hidden_row, "「本文」の非表示（8 行目）"),
            (
                lambda sheet: setattr(sheet["B1"], "comment", Comment("直す", "x")),
                "「本文」のコメント（1 個）",
            ),
        ]
    ),
)
def test_what_a_report_does_not_follow_is_named(
    change: Callable[[Any], None], phrase: str, notes: Callable[..., str]
) -> None:
    said = notes(body(change))
    assert "ひな形にあって報告書に写さないもの: " in said
    assert phrase in said


def test_what_further_sheets_and_the_cover_lose_is_named(notes: Callable[..., str]) -> None:
    def change(book: Any) -> None:
        sheet = book.create_sheet("用語解説")
        sheet["A1"].value = "='[他.xlsx]表'!A1"
        sheet["A2"].value, sheet["A3"].value = "=率*2", "='本文'!B5"
        sheet["A4"].value = ArrayFormula("A4:A5", "=C1:C2*2")
        sheet["A6"].value = "=効率(A1)+$B$1"
        book.defined_names["率"] = DefinedName("率", attr_text="用語解説!$C$1")
        sheet.add_chart(BarChart(), "B5")
        sheet.conditional_formatting.add("A1", DataBarRule("min", None, "max", None, "FF0000FF"))
        book["表紙"].add_chart(BarChart(), "B5")

    said = notes(change)
    for phrase in (
        "「表紙」のグラフ（1 個）",
        "「用語解説」のグラフ（1 個）",
        *(f"「用語解説」の A{row} の算式（結果の値だけを写します）" for row in (1, 2, 3, 4)),
        "「用語解説」の条件付き書式（A1）",
    ):
        assert phrase in said
    assert "A6" not in said


@pytest.mark.parametrize(
    ("extension", "phrase"),
    [
        (
            "<x:sparklineGroups><x:sparklineGroup/><x:sparklineGroup/></x:sparklineGroups>",
            "スパークライン（2 個）",
        ),
        ('<x:cfRule type="iconSet"/><x:cfRule type="dataBar"/>', "条件付き書式（アイコンなど）（1 個）"),
    ],
)
def test_what_later_versions_keep_apart_is_named(extension: str, phrase: str, tmp_path: Path) -> None:
    parts = parts_of(TEMPLATE)
    space = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    added = f'<extLst><ext uri="x" xmlns:x="{space}">{extension}</ext></extLst></worksheet>'
    sheet = parts["xl/worksheets/sheet2.xml"].replace(b"</worksheet>", added.encode())
    path = tmp_path / "ひな形.xlsx"
    pack(path, {**parts, "xl/worksheets/sheet2.xml": sheet})
    assert f"「本文」の{phrase}。" in "".join(read_template(path).notes)


def test_texts_beside_a_picture_in_the_header_stay(tmp_path: Path) -> None:
    path = tmp_path / "報告書.xlsx"
    write_report(report(), read_template(changed(tmp_path, body(header_picture))), path)
    header = load_workbook(path).worksheets[1].oddHeader
    assert (header.left.text, header.right.text.rstrip("　")) == (
        None,
        "令和6年度第3四半期　埼玉支部事業実施状況　資料4",
    )


def test_controls_are_named(tmp_path: Path) -> None:
    """Openpyxl writes no control: the drawing of a comment is made one."""
    path = changed(tmp_path, body(lambda sheet: setattr(sheet["B1"], "comment", Comment("直す", "x"))))
    control = tmp_path / "ボタン.xlsx"
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(control, "w") as after:
        for info in before.infolist():
            content = before.read(info).replace(b'ObjectType="Note"', b'ObjectType="Button"')
            after.writestr(info, content)
    assert "「本文」のコントロール（1 個）" in "".join(read_template(control).notes)


def test_shapes_are_named(tmp_path: Path) -> None:
    """Openpyxl writes no shape: the part of a picture is made one."""
    path = changed(tmp_path, body(picture))
    shape = tmp_path / "図形.xlsx"
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(shape, "w") as after:
        for info in before.infolist():
            content = before.read(info)
            if "drawings/drawing" in info.filename and info.filename.endswith(".xml"):
                content = content.replace(b"pic>", b"sp>").replace(b"<pic ", b"<sp ")
            after.writestr(info, content)
    assert "「本文」の図形やテキストボックス（1 個）" in "".join(read_template(shape).notes)


@pytest.mark.parametrize(
    "change",
    [
        lambda sheet: sheet.cell(40, 4, "担当: 企画"),
        lambda sheet: setattr(sheet.page_setup, "scale", 80),
        lambda sheet: fit_to_page(sheet, 0),
        lambda sheet: setattr(sheet.page_setup, "paperSize", 8),
        lambda sheet: setattr(sheet.column_dimensions["A"], "hidden", True),
    ],
    ids=["a word outside", "a smaller scale", "fit to width", "a larger paper", "the names hidden"],
)
def test_what_a_report_follows_is_not_named(change: Callable[[Any], None], notes: Callable[..., str]) -> None:
    assert not notes(body(change))


def portrait(sheet: Any) -> None:
    sheet.page_setup.orientation = "portrait"


def test_a_template_wider_than_its_page_is_printed_smaller(notes: Callable[..., str]) -> None:
    said = notes(body(portrait))
    assert said.startswith(
        "ひな形の「本文」は、画面の倍率によっては用紙に収まらないため、62％ で印刷します。"
    )


def tall_cover(sheet: Any) -> None:
    sheet.row_dimensions[8].height = 400


def test_a_cover_higher_than_its_page_is_printed_smaller(notes: Callable[..., str]) -> None:
    assert notes(lambda book: tall_cover(book["表紙"])).startswith("ひな形の「表紙」は、")


def narrow_margins(sheet: Any) -> None:
    sheet.page_margins.left = sheet.page_margins.right = 3.5
    portrait(sheet)


def high_text(sheet: Any) -> None:
    sheet.row_dimensions[row_of(sheet, "本文")].height = 300


def high_headers(sheet: Any) -> None:
    for name in ("節見出し", "列見出し"):
        sheet.row_dimensions[row_of(sheet, name)].height = 150


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (narrow_margins, "「本文」が用紙に対して大きすぎます"),
        (high_text, "行「本文」が用紙に対して高すぎます"),
        (high_headers, "行「節見出し」と「列見出し」が用紙に対して高すぎます"),
    ],
)
def test_what_fits_on_no_page_is_refused(
    change: Callable[[Any], None], sentence: str, notes: Callable[..., str]
) -> None:
    with pytest.raises(KenpoError, match=sentence):
        notes(body(change))


def test_too_many_cells_are_refused_at_once(notes: Callable[..., str]) -> None:
    def fill(book: Any) -> None:
        sheet = book.create_sheet("名簿")
        for _ in range(200):
            sheet.append(["あ"] * 101)

    with pytest.raises(KenpoError, match="セルや結合が多すぎます"):
        notes(fill)


@pytest.mark.parametrize(
    "more", ['<row r="{}" ht="15"/>', '<row r="{}"><c r="A{}" s="1"/></row>'], ids=["rows", "blank cells"]
)
def test_a_million_rows_are_refused_at_once(more: str, tmp_path: Path) -> None:
    parts = parts_of(TEMPLATE)
    rows = "".join(more.replace("{}", str(row)) for row in range(2_000, 100_000))
    sheet = parts["xl/worksheets/sheet2.xml"].replace(b"</sheetData>", f"{rows}</sheetData>".encode())
    path = tmp_path / "ひな形.xlsx"
    pack(path, {**parts, "xl/worksheets/sheet2.xml": sheet})
    with pytest.raises(KenpoError, match="セルや結合が多すぎます"):
        read_template(path)


def test_very_many_merged_cells_are_refused_at_once(tmp_path: Path) -> None:
    parts = parts_of(TEMPLATE)
    merges = "".join(f'<mergeCell ref="CA{row}:CB{row}"/>' for row in range(100, 21_000))
    sheet = re.sub(rb"(<mergeCells[^>]*>)", rb"\1" + merges.encode(), parts["xl/worksheets/sheet2.xml"])
    path = tmp_path / "ひな形.xlsx"
    pack(path, {**parts, "xl/worksheets/sheet2.xml": sheet})
    with pytest.raises(KenpoError, match="セルや結合が多すぎます"):
        read_template(path)


@pytest.mark.parametrize(
    "change",
    [
        portrait,
        lambda sheet: setattr(sheet.page_setup, "scale", 60),
        lambda sheet: setattr(sheet.page_setup, "scale", 130),
        fit_to_page,
        lambda sheet: setattr(sheet.page_setup, "paperSize", 8),
        lambda sheet: setattr(sheet.page_setup, "paperSize", 11),
        lambda sheet: setattr(sheet.column_dimensions["C"], "width", 120),
    ],
    ids=["portrait", "60 %", "130 %", "fit to page", "A3", "A5", "wide"],
)
def test_as_many_pages_are_said_as_the_pdf_has(
    change: Callable[[Any], None], tmp_path: Path, office: Office
) -> None:
    path = tmp_path / "報告書.xlsx"
    values = report(*(full_block() for _ in range(7)), block())
    said = write_report(values, read_template(changed(tmp_path, body(change))), path)
    office.to_pdf(path, path.with_suffix(".pdf"))
    assert pdf_pages(path.with_suffix(".pdf")) == said


def test_the_same_of_a_cover(tmp_path: Path, office: Office) -> None:
    path = tmp_path / "報告書.xlsx"
    said = write_report(
        report(), read_template(changed(tmp_path, lambda book: tall_cover(book["表紙"]))), path
    )
    office.to_pdf(path, path.with_suffix(".pdf"))
    assert pdf_pages(path.with_suffix(".pdf")) == said


def test_a_date_on_the_cover_stays_a_date(tmp_path: Path) -> None:
    import datetime as dt

    def date(book: Any) -> None:
        book["表紙"]["A9"].value = dt.date(2025, 1, 17)
        book["表紙"]["A9"].number_format = "yyyy/m/d"

    path = tmp_path / "報告書.xlsx"
    write_report(report(), read_template(changed(tmp_path, date)), path)
    assert load_workbook(path)["表紙"]["A9"].value == dt.datetime(2025, 1, 17)  # noqa: DTZ001

"""Templates that offices draw in a new workbook, or change much, print every text and table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import range_boundaries

from kenpo_xl.books.report.template.narrow_columns import with_narrow_columns
from kenpo_xl.books.report.template.reader import read_template
from kenpo_xl.books.report.template.screen_widths import printed_pixels
from kenpo_xl.books.report.template.style import Style
from kenpo_xl.books.report.template.template import Template
from kenpo_xl.books.report.writer import write_report
from kenpo_xl.domain.outputs.report import ReportLine
from kenpo_xl.domain.plan.headers import Header
from kenpo_xl.errors import KenpoError
from tests.books.report.report_values import SENTENCE, block, count, full_block, long_table, report, table
from tests.books.report.template.own_template import own_template
from tests.books.report.template.test_template import changed, row_of
from tests.paths import TEMPLATE

USUAL = {"計画内容": 50.0, "実施状況": 70.0, "評価": 8.0}


def monthly() -> ReportLine:
    """A table of twelve months."""
    months = tuple(Header(f"{month}月", 0, month - 1) for month in range(1, 13))
    row = tuple(count(str(1000 + month)) for month in range(1, 13))
    return ReportLine(table=table(column_headers=months, rows=(row, row), notes=()))


@pytest.fixture
def drawn(tmp_path: Path) -> Callable[..., Template]:
    def read(columns: dict[str, float] = USUAL, **how: Any) -> Template:
        path = tmp_path / "ひな形.xlsx"
        own_template(columns, **how).save(path)
        return read_template(path)

    return read


def written(template: Template, tmp_path: Path) -> Any:
    """The report with tables of two-line cells, of twelve months and of 47 rows."""
    path = tmp_path / "報告.xlsx"
    blocks = (full_block(), block(monthly()), block(ReportLine(table=long_table(47))))
    write_report(report(*blocks), template, path)
    return load_workbook(path)


@pytest.mark.parametrize("size", [6, 10.5, 11, 18])
def test_every_number_is_printed_in_letters_of_any_size(
    size: float, drawn: Callable[..., Template], tmp_path: Path
) -> None:
    sheet = written(drawn(size=size), tmp_path).worksheets[1]
    numbers = {cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, int)}
    assert numbers >= {43089, *range(1000, 1047)}


def test_a_long_title_pushes_down_the_text_of_its_own_column(
    drawn: Callable[..., Template], tmp_path: Path
) -> None:
    """With 計画内容 on the right, its text was to be printed over its title: the report was not written."""
    template = drawn({"評価": 6, "実施状況": 90, "計画内容": 40})
    title = "債権管理・回収と返納金債権発生防止の強化に向けた取組の推進"
    write_report(report(item=title), template, tmp_path / "報告書.xlsx")
    sheet = load_workbook(tmp_path / "報告書.xlsx").worksheets[1]
    rows = {str(cell.value): cell.row for row in sheet.iter_rows() for cell in row if cell.value}
    assert rows[title] < rows[SENTENCE]


@pytest.mark.parametrize(
    "columns",
    [
        {"評価": 8.0, "実施状況": 70.0, "計画内容": 50.0},
        {"担当": 8.0, **USUAL, "予算": 9.0},
        {"計画内容": 12.0, "実施状況": 90.0, "評価": 3.0},
    ],
)
def test_other_columns_are_printed_too(
    columns: dict[str, float], drawn: Callable[..., Template], tmp_path: Path
) -> None:
    sheet = written(drawn(columns), tmp_path).worksheets[1]
    headers = [str(cell.value).split("（")[0] for cell in sheet[2] if cell.value]
    assert headers == list(columns)


class TestNarrowColumns:
    def test_wide_ones_are_divided_and_the_page_keeps_its_width(self, drawn: Callable[..., Template]) -> None:
        template = drawn()
        _, progress, _ = template.column_zones
        widths = template.column_pixels[progress.first : progress.last + 1]
        assert (len(widths), {*widths[:-1]}, max(widths) < 18) == (54, {9}, True)
        assert sum(template.column_pixels) == 50 * 7 + 70 * 7 + 8 * 7

    def test_those_of_the_shipped_template_stay(self) -> None:
        template = read_template(TEMPLATE)
        patterns = dict(template.patterns)
        assert with_narrow_columns(patterns, template.characters, 10.5) == (patterns, template.characters)

    def test_a_line_between_columns_stays_a_single_line(self, drawn: Callable[..., Template]) -> None:
        styles = dict(drawn()["表の行"].painted)
        _, progress, _ = drawn().column_zones
        inner = [styles[column] for column in range(progress.first + 1, progress.last)]
        lefts = [style for style in inner if "left" in style.properties_by_name]
        assert len(lefts) == 4


def test_no_text_ends_before_a_line_at_its_right(drawn: Callable[..., Template], tmp_path: Path) -> None:
    template = drawn()
    sheet = written(template, tmp_path).worksheets[1]
    _, progress, _ = template.column_zones
    ends = {
        range_boundaries(str(area))[2]
        for area in sheet.merged_cells.ranges
        if range_boundaries(str(area))[0] == progress.first + 1
        and str(sheet.cell(area.min_row, area.min_col).value).startswith("・")
    }
    assert ends == {progress.last + 1}


class TestLowRows:
    def test_a_row_is_as_high_as_its_letters_need(self, drawn: Callable[..., Template]) -> None:
        template = drawn(size=18, row=12)
        assert template["KPI"].height >= 18 / 0.75
        assert template.notes[0].startswith("ひな形の「本文」の行「節見出し」")

    def test_a_row_that_is_high_enough_stays(self, drawn: Callable[..., Template]) -> None:
        assert drawn(size=12, row=12)["KPI"].height == 16

    @pytest.mark.parametrize(("row", "is_higher"), [(12, True), (13.5, True), (14.25, False)])
    @pytest.mark.parametrize(
        "name", ["節見出し", "列見出し", "節の題", "項見出し", "続き", "表見出し", "表の行"]
    )
    def test_titles_and_tables_keep_off_the_next_line(
        self, name: str, row: float, is_higher: bool, drawn: Callable[..., Template]
    ) -> None:
        height = drawn(size=12, row=row)[name].height * 0.75
        assert height >= 1.25 * 12 if is_higher else height == row

    def test_a_large_rating_makes_no_line_higher(self, tmp_path: Path) -> None:
        def large(book: Any) -> None:
            sheet = book["本文"]
            sheet.cell(row_of(sheet, "本文"), sheet.max_column).font = Font(size=40)

        assert read_template(changed(tmp_path, large))["本文"].height == 20

    @pytest.mark.parametrize(
        ("font", "leading"),
        [("游ゴシック", 1.7), ("Yu Gothic", 1.7), ("メイリオ", 1.7), ("Meiryo UI", 1.35), ("ＭＳ 明朝", 1)],
    )
    def test_fonts_with_much_space_between_lines(self, font: str, leading: float) -> None:
        assert Style((("font_name", font),)).leading == leading

    def test_spread_lines_have_the_height_of_their_font(self, tmp_path: Path) -> None:
        def gothic(book: Any) -> None:
            sheet = book["本文"]
            for cell in sheet[row_of(sheet, "本文")]:
                cell.font = Font(name="游ゴシック", size=10.5)

        template = read_template(changed(tmp_path, gothic))
        assert template["本文"].height * 0.75 >= 10.5 * 1.7
        assert "行「本文」は、高さが字の大きさに足りない" in template.notes[0]


class TestLists:
    def test_their_letters_fit_their_columns(self, drawn: Callable[..., Template], tmp_path: Path) -> None:
        book = written(drawn(size=18), tmp_path)
        assert {cell.font.size for row in book["数値"].iter_rows() for cell in row if cell.value} == {9.75}

    @pytest.mark.parametrize(("size", "pixels"), [(10.5, 700), (12, 700)])
    def test_widths_where_a_digit_has_whole_pixels(self, size: float, pixels: float) -> None:
        assert printed_pixels([60, 40], size) == pixels

    def test_widths_where_the_default_font_may_be_wider(self) -> None:
        # Nine pixels a digit, as in a font that replaces Calibri.
        assert printed_pixels([60, 40], 11) >= 900


@pytest.mark.parametrize("name", ["概要", "KPI一覧", "数値", "要確認", "変更一覧"])
def test_a_sheet_named_like_one_of_the_report_is_refused(name: str, tmp_path: Path) -> None:
    template = read_template(changed(tmp_path, lambda book: book.create_sheet(name)))
    with pytest.raises(KenpoError, match=f"ひな形のシート「{name}」は、報告書のシートと同じ名前です"):
        write_report(report(), template, tmp_path / "報告.xlsx")


class TestCover:
    @pytest.fixture
    def cell(self, tmp_path: Path) -> Callable[..., Any]:
        """A cell of the cover of a report, by a template in which it has this text and is in this row."""

        def write(text: str, place: str, align: str | None = None, beside: str = "") -> Any:
            book = own_template(USUAL)
            cover = book["表紙"]
            cover[place].value = text
            cover[place].alignment = Alignment(horizontal=align)
            cover["G9"].value = beside or None
            path = tmp_path / "ひな形.xlsx"
            book.save(path)
            write_report(report(), read_template(path), tmp_path / "報告.xlsx")
            return load_workbook(tmp_path / "報告.xlsx")["表紙"][place]

        return write

    @pytest.mark.parametrize("align", [None, "right", "center"])
    def test_a_text_runs_on_over_empty_cells(self, align: str | None, cell: Callable[..., Any]) -> None:
        found = cell("{会議}", "E9", align)
        assert (found.font.size, found.alignment.wrap_text) == (11, None)

    def test_a_text_beside_another_is_fitted_into_its_cell(self, cell: Callable[..., Any]) -> None:
        assert cell("{会議}", "F9", beside="隣").font.size < 11

    def test_a_text_too_long_for_one_line_is_fitted_into_its_cell(self, cell: Callable[..., Any]) -> None:
        assert cell("{会議}" * 30, "E9").alignment.shrink_to_fit


@pytest.mark.parametrize(("width", "size"), [(5.0, 15), (2.0, 6)])
def test_a_mark_is_no_wider_than_its_column(width: float, size: float, tmp_path: Path) -> None:
    def narrow(book: Any) -> None:
        book["本文"].column_dimensions["BU"].width = width

    path = tmp_path / "報告.xlsx"
    write_report(report(), read_template(changed(tmp_path, narrow)), path)
    sheet = load_workbook(path).worksheets[1]
    marks = [cell.font.size for row in sheet.iter_rows(min_row=4) for cell in row if cell.value == "△"]
    assert marks == [size]

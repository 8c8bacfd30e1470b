"""The status report as staff get it: the workbook that is written, and its printed pages."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font

from kenpo_xl.books.common.text_metrics import LineRules, line_width, wrapped_lines
from kenpo_xl.books.report.layout.body import report_body
from kenpo_xl.books.report.layout.further_texts import FurtherTexts
from kenpo_xl.books.report.layout.sections import SectionTypesetter
from kenpo_xl.books.report.template.options import OPTIONS, PageBreak
from kenpo_xl.books.report.template.reader import read_template
from kenpo_xl.books.report.writer import write_report
from kenpo_xl.domain.outputs.report import Report, ReportItem, ReportLine
from tests.books.report.report_values import (
    LEGEND,
    SENTENCE,
    WORDS,
    block,
    full_block,
    long_table,
    report,
    section,
    table,
)
from tests.books.report.written_book import WrittenBook
from tests.office import Office
from tests.office.pictures import pdf_pages, pdf_text
from tests.paths import TEMPLATE

LONG = (
    "・令和6年12月末の件数1,234件（前年度1,111件）について、関係団体と連携し「対前年度以上」を目指す。" * 60
)


@pytest.fixture
def written(tmp_path: Path) -> Callable[[Report], Any]:
    """The workbook that was written, as openpyxl reads it."""

    def write(values: Report, template: Path = TEMPLATE) -> Any:
        path = tmp_path / "報告書.xlsx"
        write_report(values, read_template(template), path)
        return WrittenBook(path)

    return write


@pytest.fixture
def by_chapter(tmp_path: Path) -> Path:
    """The shipped template, with each chapter on a sheet of its own."""
    book = load_workbook(TEMPLATE)
    book[OPTIONS]["B2"] = PageBreak.CHAPTER
    book.save(tmp_path / "章ごと.xlsx")
    return tmp_path / "章ごと.xlsx"


@dataclass(frozen=True)
class Printed:
    """A report on paper: the number of pages that was promised, and the file."""

    promised: int
    pdf: Path

    @cached_property
    def pages(self) -> list[str]:
        return pdf_text(self.pdf).split("\f")[:-1]


@pytest.fixture
def printed(tmp_path: Path, office: Office) -> Callable[[Report], Printed]:
    """The report printed by LibreOffice."""

    def print_it(values: Report, template: Path = TEMPLATE) -> Printed:
        path = tmp_path / "報告書.xlsx"
        promised = write_report(values, read_template(template), path)
        office.to_pdf(path, path.with_suffix(".pdf"))
        return Printed(promised, path.with_suffix(".pdf"))

    return print_it


def texts(sheet: Any) -> list[Any]:
    return [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]


def cell_with(sheet: Any, value: object) -> Any:
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == value)


def flat(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


class TestCover:
    def test_words_stand_in_their_places(self, written: Callable[..., Any]) -> None:
        sheet = written(report())["表紙"]
        assert {"2024（令和6）年度", "埼玉支部事業実施状況", "（第3四半期）", "資料4"} <= set(texts(sheet))
        assert "※基準日の記載のないものは、令和6年12月末を基準としています。" in texts(sheet)

    def test_a_cell_whose_words_are_empty_is_empty(self, written: Callable[..., Any]) -> None:
        sheet = written(report(words={**WORDS, "基準日": "", "四半期": ""}))["表紙"]
        assert not [text for text in texts(sheet) if "基準日" in text or ("（" in text and "）" not in text)]

    def test_it_keeps_the_look_of_the_template(self, written: Callable[..., Any]) -> None:
        sheet, drawn = written(report())["表紙"], load_workbook(TEMPLATE)["表紙"]
        title = cell_with(sheet, "埼玉支部事業実施状況")
        assert title.coordinate == cell_with(drawn, "{表題}").coordinate
        assert (title.font.size, title.font.color.rgb) == (32, "FF1F3864")
        assert {str(area) for area in sheet.merged_cells} == {str(area) for area in drawn.merged_cells}
        assert sheet.row_dimensions[5].height == drawn.row_dimensions[5].height


class TestSheets:
    def test_one_for_each_chapter_after_the_cover(
        self, written: Callable[..., Any], by_chapter: Path
    ) -> None:
        second = replace(section(name="2-(1)"), chapter="２．戦略的保険者関係")
        sections = (section(name="1-(1)"), section(name="1-(2)"), second)
        names = written(report(sections=sections), by_chapter).sheetnames
        assert names[:4] == ["表紙", "１．基盤的保険者関係", "２．戦略的保険者関係", "要確認"]

    def test_they_are_named_by_their_sections_where_each_has_one(
        self, written: Callable[..., Any], by_chapter: Path
    ) -> None:
        sections = (section(name="1-(1)"), replace(section(name="2-(1)"), chapter="２"))
        assert written(report(sections=sections), by_chapter).sheetnames[:3] == ["表紙", "1-(1)", "2-(1)"]

    def test_one_where_chapters_share_pages(self, written: Callable[..., Any]) -> None:
        """Each is named on its page below the repeated row."""
        sections = (section(), replace(section(), chapter="２．戦略的保険者関係"))
        book = written(report(sections=sections))
        sheet = book["本文"]
        assert book.sheetnames[:3] == ["表紙", "本文", "要確認"]
        assert (sheet.print_title_rows, sheet["A1"].value) == ("$1:$1", "計画内容")
        found = [cell for cell in sheet["A"] if str(cell.value).startswith(("１．", "２．"))]
        assert [cell.value[:6] for cell in found] == ["１．基盤的保", "２．戦略的保"]
        assert {cell.fill.fgColor.rgb for cell in found} == {"FF1F3864"}

    @pytest.mark.parametrize(
        ("name", "expected"), [("1/2", "1／2"), ("", "節"), ("長" * 40, "長" * 31), ("表紙", "表紙(2)")]
    )
    def test_names_that_excel_refuses(self, name: str, expected: str, written: Callable[..., Any]) -> None:
        assert written(report(sections=(section(name=name),))).sheetnames[1] == expected

    def test_headers_repeat_on_every_page(self, written: Callable[..., Any]) -> None:
        sheet = written(report())["1-(2)"]
        assert sheet.print_title_rows == "$1:$2"
        assert sheet["A1"].value == "１．基盤的保険者関係　（２）業務改革の実践"
        assert {"計画内容", f"実施状況（{LEGEND}）", "評価"} <= set(texts(sheet))

    def test_it_is_printed_as_it_is(self, written: Callable[..., Any]) -> None:
        sheet = written(report())["1-(2)"]
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.page_setup.scale == 90
        assert not sheet.sheet_properties.pageSetUpPr or not sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_area.startswith("'1-(2)'!$A$1:$")

    def test_no_row_is_too_high_and_none_has_no_height(self, written: Callable[..., Any]) -> None:
        sheet = written(report(block(ReportLine(LONG), ReportLine(table=long_table(60)))))["1-(2)"]
        heights = [sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)]
        assert min(heights) > 0
        assert max(heights) <= 400

    def test_no_merged_cell_crosses_a_page_break(self, written: Callable[..., Any]) -> None:
        sheet = written(report(block(ReportLine(LONG), ReportLine(table=long_table(60)))))["1-(2)"]
        breaks = [entry.id for entry in sheet.row_breaks.brk]
        assert len(breaks) > 3
        crossing = [
            str(area) for area in sheet.merged_cells for row in breaks if area.min_row <= row < area.max_row
        ]
        assert not crossing


class TestTexts:
    def test_titles_stand_on_both_sides(self, written: Callable[..., Any]) -> None:
        found = texts(written(report())["1-(2)"])
        assert found.count("② サービス水準の向上") == 2
        assert found.count("（２）業務改革の実践") == 2

    def test_a_title_that_is_the_sections_is_printed_once_a_side(self, written: Callable[..., Any]) -> None:
        assert texts(written(report(item="（２）業務改革の実践"))["1-(2)"]).count("（２）業務改革の実践") == 2

    def test_the_sections_title_stands_above_the_first_item_only(self, written: Callable[..., Any]) -> None:
        items = (ReportItem("① 一", (block(),)), ReportItem("② 二", (block(),)))
        assert texts(written(report(sections=(section(*items),)))["1-(2)"]).count("（２）業務改革の実践") == 2

    @pytest.mark.parametrize(
        "text", ["=SUM(A1:A3)", "+1", "-1", "@名前", "{=A1}", "http://example.jp", "00123"]
    )
    def test_text_stays_text(self, text: str, written: Callable[..., Any]) -> None:
        sheet = written(report(block(ReportLine(text))))["1-(2)"]
        assert cell_with(sheet, text).data_type == "s"

    def test_each_rating_is_printed_once(self, written: Callable[..., Any]) -> None:
        blocks = (block(rating="◎"), block(sentences=(), rating="〇"), block(ReportLine(""), rating="－"))
        found = [text for text in texts(written(report(*blocks))["1-(2)"]) if text in list("◎〇－")]
        assert found == ["◎", "〇", "－"]

    def test_the_rating_stands_beside_its_block(self, written: Callable[..., Any]) -> None:
        sheet = written(
            report(block(ReportLine("・一"), rating="◎"), block(ReportLine("・二"), rating="〇"))
        )["1-(2)"]
        areas = {area.coord.split(":")[0]: area for area in sheet.merged_cells}
        for text, glyph in (("・一", "◎"), ("・二", "〇")):
            area = areas[cell_with(sheet, glyph).coordinate]
            assert area.min_row <= cell_with(sheet, text).row <= area.max_row


class TestNumbers:
    def test_numbers_stay_numbers_with_their_format(self, written: Callable[..., Any]) -> None:
        sheet = written(report())["1-(2)"]
        cell = cell_with(sheet, 43089)
        assert (cell.data_type, cell.number_format, cell.font.bold) == ("n", '#,##0" 件"_)', False)

    def test_computed_figures_are_bold(self, written: Callable[..., Any]) -> None:
        cell = cell_with(written(report())["1-(2)"], float(Decimal("0.965")))
        assert (cell.number_format, cell.font.bold) == ('0.0%"　"', True)

    def test_a_place_that_does_not_apply(self, written: Callable[..., Any]) -> None:
        assert cell_with(written(report())["1-(2)"], "／").alignment.horizontal == "center"

    def test_no_line_above_a_joined_row(self, written: Callable[..., Any]) -> None:
        sheet = written(report())["1-(2)"]
        upper, lower = cell_with(sheet, 43089), cell_with(sheet, 42133)
        assert (upper.border.top.style, upper.border.bottom.style) == ("thin", None)
        assert (lower.border.top.style, lower.border.bottom.style) == (None, "thin")

    def test_each_line_of_a_cell_has_its_row(self, written: Callable[..., Any]) -> None:
        one = table(corner="年度\n（月）")
        sheet = written(report(block(ReportLine(table=one))))["1-(2)"]
        upper, lower = cell_with(sheet, "年度"), cell_with(sheet, "（月）")
        assert (lower.row > upper.row, lower.column - upper.column) == (True, 0)
        assert (upper.border.bottom.style, lower.border.top.style) == (None, None)
        end = next(area.max_row for area in sheet.merged_cells if lower.coordinate in area)
        sides = (
            sheet.cell(upper.row - 1, upper.column).border.top,
            sheet.cell(end + 1, upper.column).border.bottom,
        )
        assert [side.style for side in sides] == ["thin", "thin"]

    def test_texts_keep_off_the_line_at_their_left(self, written: Callable[..., Any]) -> None:
        cell = cell_with(written(report())["1-(2)"], "令和6年度（10月まで）")
        beside = cell.parent.cell(cell.row, cell.column - 1)
        assert (cell.border.left.style, beside.border.left.style, beside.value) == (None, "thin", None)


class TestSameBytes:
    def test_the_same_report_gives_the_same_file(self, tmp_path: Path) -> None:
        paths = [tmp_path / name for name in ("one.xlsx", "two.xlsx")]
        for path in paths:
            write_report(report(), read_template(TEMPLATE), path)
        assert paths[0].read_bytes() == paths[1].read_bytes()


class TestRestyled:
    """Staff change the template in Excel, and the report follows."""

    @pytest.fixture
    def template(self, tmp_path: Path) -> Path:
        book = load_workbook(TEMPLATE)
        sheet = book["本文"]
        row = next(cell.row for cell in sheet["A"] if cell.value == "本文")
        sheet.cell(row, 11).font = Font(name="BIZ UDゴシック", size=12, color="FFC00000")
        sheet.row_dimensions[row].height = 18
        sheet.column_dimensions["C"].width += 2
        sheet.oddFooter.center.text = "取扱注意　&P"
        sheet.page_margins.top = 1
        path = tmp_path / "ひな形.xlsx"
        book.save(path)
        return path

    def test_the_report_follows(self, template: Path, written: Callable[..., Any]) -> None:
        before, after = written(report())["1-(2)"], written(report(), template)["1-(2)"]
        cell = cell_with(after, "・進捗状況を日次で管理、適正に業務を実施。")
        assert (cell.font.color.rgb, cell.font.size) == ("FFC00000", 12)
        assert after.column_dimensions["B"].width == pytest.approx(
            before.column_dimensions["B"].width + 2, abs=0.1
        )
        assert after.oddFooter.center.text.endswith("取扱注意　&P")
        assert after.page_margins.top == 1

    def test_its_pages_are_still_counted(self, template: Path, printed: Callable[..., Printed]) -> None:
        done = printed(report(block(ReportLine(LONG)), full_block()), template)
        assert pdf_pages(done.pdf) == done.promised
        assert "取扱注意 1" in done.pages[1].replace("　", " ")


class TestPrinted:
    def test_as_many_pages_as_promised_and_numbered_through(
        self, printed: Callable[..., Printed], by_chapter: Path
    ) -> None:
        one, two = (section(ReportItem("① 項", (full_block(),)), name=name) for name in ("1-(1)", "2-(1)"))
        sections = (one, replace(two, chapter="２．戦略的保険者関係"))
        done = printed(report(sections=sections), by_chapter)
        assert pdf_pages(done.pdf) == done.promised == 3
        numbers = [re.search(r"^\d+ / \d+$", page, re.MULTILINE).group() for page in done.pages[1:]]
        assert numbers == ["1 / 2", "2 / 2"]

    def test_sections_of_a_chapter_share_a_page(self, printed: Callable[..., Printed]) -> None:
        titles = ("（１）財政運営", "（２）業務改革")
        one, two = (section(ReportItem("① 項", (full_block(),)), title=title) for title in titles)
        done = printed(report(sections=(one, two)))
        assert done.promised == 2
        assert [done.pages[1].count(title) for title in titles] == [2, 2]

    def test_every_text_is_on_paper(self, printed: Callable[..., Printed]) -> None:
        done = flat("".join(printed(report()).pages))
        for text in (
            SENTENCE,
            LEGEND,
            "43,089 件",
            "96.5%",
            "（同年同期）",
            "サービススタンダードの達成状況",
            "資料4",
        ):
            assert flat(text) in done

    def test_a_long_block_goes_on_with_its_title(self, printed: Callable[..., Printed]) -> None:
        done = printed(report(block(ReportLine(LONG), ReportLine(table=long_table(60)))))
        assert pdf_pages(done.pdf) == done.promised > 4
        for page in done.pages[2:]:
            assert page.count("（２）業務改革の実践（続き）") == 1
            assert page.count("② サービス水準の向上（続き）") == 1
        marks = [
            line for page in done.pages[1:] for line in page.splitlines() if "△" in line and len(line) < 5
        ]
        assert marks == ["△", *["（△）"] * (done.promised - 2)]
        assert [f"{1000 + row:,} 件" in "".join(done.pages) for row in range(60)] == [True] * 60

    def test_a_torn_table_repeats_its_headers(self, printed: Callable[..., Printed]) -> None:
        done = printed(report(block(ReportLine(table=long_table(60)))))
        assert ["決定件数" in page for page in done.pages[1:]] == [True] * (done.promised - 1)

    def test_a_table_that_fits_on_a_page_is_not_torn(self, printed: Callable[..., Printed]) -> None:
        parts = [
            ReportLine("・" + "あ" * 300),
            ReportLine(table=long_table(12)),
            ReportLine(table=long_table(12)),
        ]
        done = printed(report(block(*parts)))
        assert ["第0会場" in page and "第11会場" in page for page in done.pages[1:]] == [True, True]

    def test_the_as_of_date_of_a_rating_and_its_reason(self, printed: Callable[..., Printed]) -> None:
        lines = (ReportLine("・短い文。"), ReportLine("評価の理由：人員の不足", note=True))
        done = printed(report(block(*lines, rating="△", as_of="令和6年11月30日")))
        found = flat("".join(done.pages))
        assert [text in found for text in ("△", "令和6年11月", "30日", "評価の理由:人員の不足")] == [True] * 4

    def test_odd_characters(self, printed: Callable[..., Printed]) -> None:
        odd = "ﾊﾝｶｸｶﾅ①㈱～－－😀と、タブ\tと、改行\nの続き\x01"
        done = flat("".join(printed(report(block(ReportLine(odd)))).pages))
        for piece in ("ﾊﾝｶｸｶﾅ①㈱～－－", "😀", "と、タブ と、改行", "の続き"):
            assert flat(piece) in done

    def test_no_more_lines_are_printed_than_were_counted(self, printed: Callable[..., Printed]) -> None:
        sentences = [LONG[at : at + 97] for at in range(0, 800, 97)]
        done = "".join(printed(report(block(*map(ReportLine, sentences)))).pages)
        values = report(block(*map(ReportLine, sentences)))
        fitted = report_body(values, read_template(TEMPLATE)).template
        measured = SectionTypesetter(fitted, FurtherTexts(values, fitted)).progress_measure
        # A screen may hold less than paper: the lines are counted for both.
        counted = 0
        for sentence in sentences:
            part = measured.text_part(sentence)
            room = measured.capacities[measured.last_columns.index(part.last)].libreoffice
            counted += len(wrapped_lines(sentence, room, LineRules.SCREEN))
        lines = [flat(line) for line in done.splitlines()]
        texts = [flat(sentence) for sentence in sentences]
        on_paper = [line for line in lines if len(line) > 1 and any(line in text for text in texts)]
        assert counted * 0.9 <= len(on_paper) <= counted

    def test_no_line_is_printed_over_another(self, printed: Callable[..., Printed]) -> None:
        lines = (
            ReportLine(LONG),
            ReportLine("■ KPI " + LONG[:200], kpi=True),
            ReportLine(table=long_table(60)),
        )
        sentences = tuple(LONG[at : at + 150] for at in range(0, 2000, 150))
        done = printed(report(block(*lines, sentences=sentences), full_block()))
        assert not list(overlapping(done.pdf))


@dataclass(frozen=True)
class Word:
    """A word on a page, in points."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def size(self) -> float:
        """The font size; poppler's boxes reach from the font's highest to its lowest mark."""
        return (self.bottom - self.top) / 1.3


def overlapping(pdf: Path) -> Iterator[tuple[str, str]]:
    """Pairs of words of which one is printed over the other."""
    done = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True, text=True)
    for page in done.stdout.split("<page ")[1:]:
        found = re.findall(r'xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>', page)
        words = sorted((Word(*map(float, place), text) for *place, text in found), key=lambda word: word.top)
        for index, word in enumerate(words):
            for other in words[index + 1 :]:
                if other.top - word.top >= 0.9 * min(word.size, other.size):
                    break
                if min(word.right, other.right) - max(word.left, other.left) > 1:
                    yield word.text, other.text


def test_a_report_without_sections_is_a_cover(tmp_path: Path) -> None:
    assert write_report(report(sections=()), read_template(TEMPLATE), tmp_path / "報告書.xlsx") == 1


def test_counted_text_is_not_wider_than_its_cell() -> None:
    template = read_template(TEMPLATE)
    measured = SectionTypesetter(template, FurtherTexts(report(), template)).plan_measure
    assert all(line_width(line) <= measured.capacities[0][0] + 2 for line in measured.text_part(LONG).lines)

"""The report stays one page wide and high on every screen, and no text is cut where columns get narrower."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

from kenpo_xl.books.common.text_metrics import wrapped_lines
from kenpo_xl.books.report.template.reader import read_template
from kenpo_xl.books.report.template.screen_widths import Screen, SheetColumns, possible_screens
from kenpo_xl.books.report.writer import write_report
from kenpo_xl.domain.outputs.report import ReportItem, ReportLine
from tests.books.report.report_values import block, full_block, long_table, report, section
from tests.books.report.template.test_carried import dot_at
from tests.books.report.template.test_template import changed, row_of
from tests.paths import TEMPLATE
from tests.soak import sparse

A4 = (595.3, 841.9)
USED, USED_HEIGHT = 0.94, 0.97
# Pixels of a digit of the default font, and of an inch: 100 %, with another font, 125 %, 150 %.
SCREENS = ((7, 96), (8, 96), (9, 120), (10, 144), (11, 144))
LONG = "・令和6年12月末の件数1,234件（前年度1,111件）について、関係団体と連携し「対前年度以上」を目指す。"
PARAGRAPHS = (LONG, LONG * 7, "あ" * 41, "あ" * 42, "あ" * 43, "1,234,567件 " * 20)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("report") / "報告書.xlsx"
    blocks = (
        *(full_block() for _ in range(9)),
        block(ReportLine(LONG * 40), ReportLine(table=long_table(60))),
    )
    write_report(report(sections=(section(ReportItem("① 項", blocks)),)), read_template(TEMPLATE), path)
    return load_workbook(path)


def shown(width: float, digit: int) -> int:
    """The pixels of a column as the file format defines them (ECMA-376, 18.3.1.13)."""
    return int((256 * width + int(128 / digit)) / 256 * digit)


def widths(sheet: Any) -> list[float]:
    known = {
        number: entry.width
        for entry in sheet.column_dimensions.values()
        for number in range(entry.min, entry.max + 1)
    }
    _, _, last, _ = range_boundaries(sheet.print_area.split("!")[-1].replace("$", ""))
    return [known[number] for number in range(1, last + 1)]


def printable(sheet: Any) -> tuple[float, float]:
    """Width and height of the page inside its margins, in points."""
    margins = sheet.page_margins
    return A4[1] - 72 * (margins.left + margins.right), A4[0] - 72 * (margins.top + margins.bottom)


def pages(sheet: Any) -> Iterator[list[float]]:
    """The heights of the rows of every page in points, repeated ones included."""
    heights = [sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)]
    ends = [2, *(entry.id for entry in sheet.row_breaks.brk), sheet.max_row]
    yield from (heights[:2] + heights[start:end] for start, end in pairwise(ends))


@pytest.mark.parametrize(("digit", "inch"), SCREENS)
@pytest.mark.parametrize("name", ["表紙", "1-(2)"])
def test_every_sheet_stays_one_page_wide(name: str, digit: int, inch: int, book: Any) -> None:
    sheet = book[name]
    width = sum(shown(one, digit) for one in widths(sheet)) / inch * 72
    assert width * sheet.page_setup.scale / 100 <= USED * printable(sheet)[0]


@pytest.mark.parametrize("inch", [96, 120, 144, 168, 192])
def test_every_page_stays_one_page_high(inch: int, book: Any) -> None:
    sheet = book["1-(2)"]
    found = list(pages(sheet))
    assert len(found) > 3
    for heights in found:
        points = sum(round(height * inch / 72) for height in heights) * 72 / inch
        assert points == sum(heights)
        assert points * sheet.page_setup.scale / 100 <= USED_HEIGHT * printable(sheet)[1]


def test_the_shipped_template_needs_no_smaller_scale_and_no_note() -> None:
    template = read_template(TEMPLATE)
    assert (template.setup.scale, template.cover.setup.scale, template.notes) == (90, 90, ())


@pytest.mark.parametrize(("digit", "inch"), SCREENS)
@pytest.mark.parametrize("text", sparse(PARAGRAPHS))
def test_a_paragraph_has_room_for_its_lines(text: str, digit: int, inch: int, tmp_path: Path) -> None:
    path = tmp_path / "報告書.xlsx"
    write_report(report(block(ReportLine(text))), read_template(TEMPLATE), path)
    sheet = load_workbook(path)["1-(2)"]
    (cell,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == text]
    (area,) = [area for area in sheet.merged_cells.ranges if cell.coordinate in area]
    letters = [get_column_letter(number) for number in range(area.min_col, area.max_col + 1)]
    every = dict(zip(map(get_column_letter, range(1, 99)), widths(sheet), strict=False))
    points = sum(shown(every[letter], digit) for letter in letters) / inch * 72
    lines = len(wrapped_lines(text, int((points - 3.75) / (cell.font.size / 2 * 1.01))))
    height = sum(sheet.row_dimensions[row].height for row in range(area.min_row, area.max_row + 1))
    assert lines * cell.font.size * 1.1 <= height


@pytest.mark.parametrize(("digit", "inch", "pixels"), [(7, 96, 9), (8, 96, 10), (9, 120, 12), (10, 144, 13)])
def test_a_column_on_a_screen(digit: int, inch: int, pixels: int) -> None:
    assert Screen(digit, inch).displayed_pixels(9 * 256 // 7 / 256) == pixels * 96 / inch


def test_screens_follow_the_default_font() -> None:
    assert {(one.digit, one.inch) for one in possible_screens(10.5)} == set(SCREENS)
    assert {(one.digit, one.inch) for one in possible_screens(9)} == {
        (6, 96),
        (7, 96),
        (7, 120),
        (8, 120),
        (9, 144),
    }


def test_the_narrowest_and_the_widest_are_those_of_one_screen_each() -> None:
    width = SheetColumns.for_characters([9 * 256 // 7 / 256] * 10, 10.5).width(0, 9)
    assert (width.usual, width.least, width.most) == (90, 10 * 13 * 96 / 144, 100)


def on_paper(number: int, *also: Callable[[Any], None]) -> Callable[[Any], None]:
    """Sets 本文 of a template to a paper, and does what else there is to do."""

    def change(book: Any) -> None:
        book["本文"].page_setup.paperSize = number
        for how in also:
            how(book)

    return change


class TestLargerPaper:
    @staticmethod
    def used_share(path: Path) -> float:
        template = read_template(path)
        widest = template.columns.width(0, len(template.characters) - 1).most
        return widest / template.setup.usable_width_pixels

    @pytest.mark.parametrize("paper", [8, 9, 12])
    def test_the_body_takes_the_width_of_the_page(self, paper: int, tmp_path: Path) -> None:
        path = changed(tmp_path, on_paper(paper))
        assert 0.96 < self.used_share(path) <= 1
        assert read_template(path).setup.scale == 90

    @pytest.mark.parametrize(("margin", "is_widened"), [(0.65, True), (0.75, False)])
    def test_a_body_that_is_little_narrower_keeps_its_width(
        self, margin: float, is_widened: bool, tmp_path: Path
    ) -> None:
        def with_margins(book: Any) -> None:
            book["本文"].page_margins.left = book["本文"].page_margins.right = margin

        template = read_template(changed(tmp_path, on_paper(12, with_margins)))
        drawn = read_template(TEMPLATE)
        assert (template.column_pixels != drawn.column_pixels) == is_widened

    def test_all_columns_are_wider_in_proportion(self, tmp_path: Path) -> None:
        drawn, wide = read_template(TEMPLATE), read_template(changed(tmp_path, on_paper(8)))
        widths = [
            [sum(one.column_pixels[zone.first : zone.last + 1]) for zone in one.column_zones]
            for one in (drawn, wide)
        ]
        times = [after / before for before, after in zip(*widths, strict=True)]
        assert times == pytest.approx([sum(widths[1]) / sum(widths[0])] * 3, rel=0.03)
        assert {*wide.column_pixels[wide.column_zones[1].first + 2 : -3]} == {9}

    def test_a_body_stays_as_drawn_where_the_template_says_so(self, tmp_path: Path) -> None:
        def as_drawn(book: Any) -> None:
            book["設定"].cell(row_of(book["設定"], "計画内容の幅"), 2).value = "ひな形のとおり"

        template = read_template(changed(tmp_path, on_paper(8, as_drawn)))
        assert template.column_pixels == read_template(TEMPLATE).column_pixels

    @pytest.mark.parametrize(("column", "edge"), [("B", "left"), ("BR", "right")])
    def test_a_picture_keeps_to_its_edge(self, column: str, edge: str, tmp_path: Path) -> None:
        def distance(path: Path) -> int:
            template = read_template(path)
            (picture,) = template.header_pictures
            left = picture.left
            return left if edge == "left" else sum(template.column_pixels) - left

        def logo(book: Any) -> None:
            book["本文"].add_image(dot_at(f"{column}1", 40, 20))

        before = distance(changed(tmp_path, logo))
        assert distance(changed(tmp_path, on_paper(8, logo))) == pytest.approx(before, abs=1)

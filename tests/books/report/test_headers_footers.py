"""Headers and footers with the report's words, and titles that are longer than their side of the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kenpo_xl.books.common.text_metrics import line_width
from kenpo_xl.books.report.headers_footers import header_footer_code, margin_with_room
from kenpo_xl.books.report.template.reader import read_template
from kenpo_xl.books.report.writer import write_report
from kenpo_xl.domain.outputs.report import Report
from tests.books.report.report_values import WORDS, report
from tests.books.report.written_book import WrittenBook
from tests.paths import TEMPLATE

SETUP = read_template(TEMPLATE).setup
PERIOD, DOCUMENT = "令和6年度第3四半期　", "　資料4"
# (784 - 40) / 2 points of 3.6 points a half (8 points at 90 %), less the words before and behind the title
ROOM = (103 - line_width(PERIOD) - line_width(DOCUMENT)) // 2


def said(title: str) -> str:
    return header_footer_code(SETUP.header, {**WORDS, "表題": title}, SETUP).partition("&K595959")[2]


def test_every_page_says_the_title_that_the_plan_gives() -> None:
    assert said("埼玉支部事業実施状況") == f"{PERIOD}埼玉支部事業実施状況{DOCUMENT}"


@pytest.mark.parametrize(("free", "spaces"), [(0, 0), (-20, 0), (1, 1), (115, 8), (116, 9)])
def test_it_ends_above_the_end_of_a_body_that_is_narrower_than_the_page(free: float, spaces: int) -> None:
    """Half of what a body leaves is at each side; a space is as wide as a letter: 8 points at 90 %."""
    code = header_footer_code(SETUP.header, WORDS, SETUP, SETUP.printable_width_points - free)
    assert code.partition(DOCUMENT)[2] == "　" * spaces


def test_it_begins_above_the_body_and_the_middle_stays() -> None:
    middle = replace(SETUP, scale=100)
    beside = replace(middle, centred_across=False)
    width = SETUP.printable_width_points - 40
    assert header_footer_code("&L左&C中&R&20右", {}, middle, width) == "&L　　左&C中&R&20右　"
    assert header_footer_code("&L左&C中&R&20右", {}, beside, width) == "&L左&C中&R&20右　　"


@pytest.mark.parametrize(("scale", "spaces", "letters"), [(50, 8, 148), (100, 4, 74), (200, 2, 37)])
def test_letters_are_printed_at_the_scale_of_the_sheet(scale: int, spaces: int, letters: int) -> None:
    """Of 10 points: they keep to a side of 372 points, and to a body that leaves 40 points there."""
    setup = replace(SETUP, scale=scale)
    width = setup.printable_width_points - 80
    assert header_footer_code("&R右", {}, setup, width) == "&R右" + "　" * spaces
    side = {"語": "題" * (letters // 2)}, {"語": "題" * (letters // 2 + 1)}
    assert ["\n" in header_footer_code("&R{語}", words, setup) for words in side] == [False, True]


def test_a_written_sign_before_a_g_is_no_picture() -> None:
    assert said("R&G と R&D") == f"{PERIOD}R＆G と R&&D{DOCUMENT}"


def test_a_period_without_a_document_number_leaves_no_gap() -> None:
    code = header_footer_code(SETUP.header, {**WORDS, "資料番号": ""}, SETUP)
    assert code.endswith("埼玉支部事業実施状況")


@pytest.mark.parametrize(("total", "expected"), [("22", "&P / 22"), ("", "&P")])
def test_the_number_of_all_pages_where_there_is_one(total: str, expected: str) -> None:
    assert header_footer_code(SETUP.footer, {**WORDS, "総ページ": total}, SETUP).endswith(f"&9 {expected}")


def test_a_title_that_would_reach_into_the_median_goes_on_below() -> None:
    assert said("題" * ROOM) == PERIOD + "題" * ROOM + DOCUMENT
    first, second = said("題" * (ROOM + 1)).split("\n")
    assert first + second == PERIOD + "題" * (ROOM + 1) + DOCUMENT


def test_what_stands_in_the_median_is_not_broken() -> None:
    assert header_footer_code("&C" + "中" * 60, {}, SETUP) == "&C" + "中" * 60


def test_a_title_with_signs_of_the_notation() -> None:
    assert said("R&D計画\n&Pと&8") == f"{PERIOD}R&&D計画 &&Pと&&8{DOCUMENT}"


@pytest.mark.parametrize("length", [100, 200, 1000])
def test_it_is_never_longer_than_excel_takes(length: int) -> None:
    text = header_footer_code(SETUP.header, {**WORDS, "表題": "題" * length}, SETUP)
    assert len(text) <= 255
    assert text.endswith(f"…{DOCUMENT}") == (length > 150)


class TestCover:
    @pytest.fixture
    def title(self, tmp_path: Path) -> Callable[[str], Any]:
        """The cell of the title on the cover."""

        def write(text: str) -> Any:
            values: Report = report(words={**WORDS, "表題": text})
            write_report(values, read_template(TEMPLATE), tmp_path / "報告書.xlsx")
            sheet = WrittenBook(tmp_path / "報告書.xlsx")["表紙"]
            return next(cell for row in sheet.iter_rows() for cell in row if cell.value == text)

        return write

    def test_a_title_of_one_line_is_as_drawn(self, title: Callable[[str], Any]) -> None:
        cell = title("題" * 20)
        assert (cell.font.size, cell.alignment.wrap_text) == (32, None)

    def test_a_longer_one_is_smaller(self, title: Callable[[str], Any]) -> None:
        cell = title("題" * 22)
        assert (26 < cell.font.size < 32, cell.alignment.wrap_text) == (True, None)

    def test_a_very_long_one_is_set_on_two_lines(self, title: Callable[[str], Any]) -> None:
        cell = title("題" * 60)
        assert (cell.font.size >= 20, cell.alignment.wrap_text) == (True, True)


@pytest.mark.parametrize(
    ("code", "margin"),
    [
        ("", 0.5),
        ("&C&8&P", 0.476),  # 8 points, each 1.12 high: 0.124 inches
        ("&R&P", 0.444),
        ("&L&14案&R二行の\n文", 0.289),
    ],
)
def test_a_footer_keeps_off_the_text_above_it(code: str, margin: float) -> None:
    assert margin_with_room(code, 0.5, 0.6) == margin


def test_a_footer_with_room_stays_where_it_is() -> None:
    assert margin_with_room("&C&8&P", 0.3, 0.6) == 0.3

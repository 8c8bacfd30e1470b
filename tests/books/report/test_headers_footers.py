"""Headers and footers with the report's words, and titles that are longer than their side of the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kenpo_xl.books.report.headers_footers import header_footer_code
from kenpo_xl.books.report.template.reader import read_template
from kenpo_xl.books.report.writer import write_report
from kenpo_xl.domain.outputs.report import Report
from tests.books.report.report_values import WORDS, report
from tests.paths import TEMPLATE

SETUP = read_template(TEMPLATE).setup
# (770 - 40) / 2 points of 4 points a half, less 令和6年度 and the space behind it
ROOM = (93 - 9 - 2) // 2


def said(title: str) -> str:
    return header_footer_code(SETUP.header, {**WORDS, "表題": title}, SETUP).partition("&K595959")[2]


def test_every_page_says_the_title_that_the_plan_gives() -> None:
    assert said("埼玉支部事業実施状況") == "令和6年度　埼玉支部事業実施状況"


def test_a_title_that_would_reach_into_the_median_goes_on_below() -> None:
    assert said("題" * ROOM) == "令和6年度　" + "題" * ROOM
    assert said("題" * (ROOM + 1)) == "令和6年度　" + "題" * ROOM + "\n題"


def test_what_stands_in_the_median_is_not_broken() -> None:
    assert header_footer_code("&C" + "中" * 60, {}, SETUP) == "&C" + "中" * 60


def test_a_title_with_signs_of_the_notation() -> None:
    assert said("R&D計画\n&Pと&8") == "令和6年度　R&&D計画 &&Pと&&8"


@pytest.mark.parametrize("length", [100, 200, 1000])
def test_it_is_never_longer_than_excel_takes(length: int) -> None:
    text = header_footer_code(SETUP.header, {**WORDS, "表題": "題" * length}, SETUP)
    assert len(text) <= 255
    assert text.endswith("…") == (length > 150)


class TestCover:
    @pytest.fixture
    def title(self, tmp_path: Path) -> Callable[[str], Any]:
        """The cell of the title on the cover."""

        def write(text: str) -> Any:
            values: Report = report(words={**WORDS, "表題": text})
            write_report(values, read_template(TEMPLATE), tmp_path / "報告書.xlsx")
            sheet = load_workbook(tmp_path / "報告書.xlsx")["表紙"]
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

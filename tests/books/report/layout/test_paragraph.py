"""How much fits into a line of a cell, on paper and on the screens on which the report is looked at."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kenpo_xl.books.report.layout.paragraph import SlotMeasure, line_capacities
from kenpo_xl.books.report.template.page_setup import GRID
from kenpo_xl.books.report.template.reader import read_template
from kenpo_xl.books.report.template.screen_widths import SheetColumns
from kenpo_xl.books.report.template.template import TEXT
from tests.paths import TEMPLATE

NARROW = SheetColumns.for_characters([1.29] * 61, 10.5)
WIDE = SheetColumns.for_characters([1.29 * 61], 10.5)


def test_narrow_columns_lose_a_part_of_a_pixel_each_on_a_screen_of_libreoffice() -> None:
    """61 columns of 9 pixels are 549 at 100 dpi too, where a letter of 10.5 points has 15 pixels, not 14."""
    narrow, wide = (columns.width(0, len(columns.pixels) - 1) for columns in (NARROW, WIDE))
    assert narrow.office[1] == 549 < wide.office[1]
    assert line_capacities(narrow, 10.5).libreoffice == int((549 - 2.5 / 0.75 * 100 / 96) / 7.5)
    assert line_capacities(wide, 10.5).libreoffice > line_capacities(narrow, 10.5).libreoffice


@pytest.mark.parametrize("size", [8.0, 9.5, 10.5, 11.0])
def test_what_fits_in_excel_fits_in_libreoffice(size: float) -> None:
    found = line_capacities(NARROW.width(0, 60), size)
    assert 0 < found.excel <= found.libreoffice


@pytest.fixture(scope="module")
def progress() -> SlotMeasure:
    """The measure of progress text in the shipped template."""
    template = read_template(TEMPLATE)
    slot = template[TEXT].slot_in_zone(template.column_zones[1])
    return SlotMeasure.for_slot(template, template[TEXT], slot)


@pytest.mark.parametrize(("more", "lines"), [(0, 1), (1, 2)])
def test_a_line_that_only_some_screens_would_break_is_written_in_one(
    more: int, lines: int, progress: SlotMeasure
) -> None:
    excel, _, paper = progress.capacities[0]
    part = progress.text_part("字" * (paper // 2 + more))
    assert excel < paper // 2 * 2
    assert (len(part.lines), part.shrinks) == (lines, lines == 1)
    assert part.height == progress.height_of_lines(lines)


def test_a_text_that_fits_every_screen_keeps_its_size(progress: SlotMeasure) -> None:
    part = progress.text_part("字" * (progress.capacities[0].excel // 2))
    assert (len(part.lines), part.shrinks) == (1, False)


@pytest.mark.parametrize(("count", "below"), [(1, 0), (2, GRID), (8, GRID)])
def test_lines_are_nearer_to_one_another_than_to_the_next_paragraph(
    count: int, below: int, progress: SlotMeasure
) -> None:
    """Spread over the whole of 30 points, two lines of 12.6 were 17.4 apart, paragraphs 15.6."""
    part = progress.text_part("字" * (count * progress.capacities[0].excel // 2 - 3))
    assert (len(part.lines), part.space_below) == (count, below)


def test_lines_that_need_the_height_of_their_cell_keep_it(progress: SlotMeasure) -> None:
    lower = replace(progress, first_line=progress.first_line - GRID, next_line=progress.next_line - GRID)
    assert lower.text_part("字" * progress.capacities[0].excel).space_below == 0

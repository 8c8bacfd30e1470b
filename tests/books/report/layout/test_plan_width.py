"""Estimated heights of a body in columns of another width, against the body laid out in them."""

from __future__ import annotations

import pytest

from kenpo_xl.books.report.layout.further_texts import FurtherTexts
from kenpo_xl.books.report.layout.plan_width import EstimatedHeights, may_save_page
from kenpo_xl.books.report.layout.row import LayoutRow, stacked_height
from kenpo_xl.books.report.layout.sections import SectionTypesetter
from kenpo_xl.books.report.template.moved_columns import with_moved_columns
from kenpo_xl.books.report.template.reader import read_template
from kenpo_xl.books.report.template.template import Template
from kenpo_xl.domain.outputs.report import Report, ReportItem, ReportLine
from kenpo_xl.domain.plan.headers import Header
from tests.books.report.report_values import block, count, report, section, table
from tests.paths import TEMPLATE

SHIPPED = read_template(TEMPLATE)
TEXT = "あ" * 400


def moved(columns: int) -> Template:
    found = with_moved_columns(SHIPPED, columns) if columns else SHIPPED
    assert found is not None
    return found


def rows_in(template: Template, values: Report) -> list[LayoutRow]:
    typesetter = SectionTypesetter(template, FurtherTexts(values, template))
    return [row for one in values.sections for row in typesetter.layout_rows(one)]


def height(rows: list[LayoutRow]) -> int:
    """What is estimated, measured: the higher one of plan text and progress of each row, without gaps."""
    return sum(
        max(stacked_height(row.left, 0), sum(stacked_height(block.parts, 0) for block in row.blocks))
        for row in rows
    )


def wide_table(columns: int) -> ReportLine:
    """A table whose figures take all the width that there is."""
    headers = tuple(Header(f"指標{column}の件数", 0, column) for column in range(columns))
    return ReportLine(
        table=table(column_headers=headers, rows=((count("12345678"),) * columns,) * 2, notes=())
    )


PLAN = report(block(sentences=(TEXT, TEXT)))
PROGRESS = report(block(ReportLine(TEXT), ReportLine(TEXT), sentences=()))
TABLE = report(block(wide_table(11), sentences=()))
SEVERAL = report(
    sections=(section(ReportItem("① 広報", (block(sentences=(TEXT,)), block(ReportLine(TEXT))))),)
)


@pytest.mark.parametrize("columns", [0, 3, -3, 6, -6])
@pytest.mark.parametrize("values", [PLAN, PROGRESS, SEVERAL], ids=["plan", "progress", "several"])
def test_the_estimate_is_the_height_of_full_lines(values: Report, columns: int) -> None:
    estimated = EstimatedHeights(rows_in(SHIPPED, values)).in_columns_of(moved(columns))
    assert estimated == height(rows_in(moved(columns), values))


def test_it_falls_where_the_higher_text_gets_room_and_rises_where_it_loses_it() -> None:
    plan, progress = (EstimatedHeights(rows_in(SHIPPED, values)) for values in (PLAN, PROGRESS))
    assert plan.in_columns_of(moved(6)) < plan.in_columns_of(SHIPPED) < plan.in_columns_of(moved(-6))
    assert progress.in_columns_of(moved(6)) > progress.in_columns_of(SHIPPED)


@pytest.mark.parametrize("columns", [0, 3, 6])
def test_a_table_that_no_longer_fits_is_measured_again(columns: int) -> None:
    heights = EstimatedHeights(rows_in(SHIPPED, TABLE))
    assert heights.in_columns_of(moved(columns)) == height(rows_in(moved(columns), TABLE))
    assert heights.in_columns_of(moved(6)) > heights.in_columns_of(SHIPPED)


@pytest.mark.parametrize(("saved", "expected"), [(0, False), (99, False), (100, True), (700, True)])
def test_half_of_the_shortest_last_page_must_be_saved(saved: int, expected: bool) -> None:
    assert may_save_page(saved, [640, 200]) is expected


@pytest.mark.parametrize("saved", [0, 700])
def test_sheets_of_one_page_keep_it(saved: int) -> None:
    assert not may_save_page(saved, [])

"""The sheets around the items' own in the books that staff fill in: 操作, lists below one head, the stamp."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from kenpo_xl.domain.calendar import date_text, fiscal_year_text
from kenpo_xl.domain.plan import Plan
from kenpo_xl.excel import names
from kenpo_xl.excel.input_look import Look

# The first row below the heads of a list, counted from 0.
FIRST_ROW = 4
FOOTER = "&L&A&R&P / &N"


def control_sheet(
    book: Workbook,
    look: Look,
    title: str,
    facts: Iterable[tuple[str, str]],
    steps: Iterable[str],
    links: Sequence[tuple[str, str]],
) -> None:
    """The first sheet: period, steps, and the sheets of the book (heads first, then name and what it is)."""
    sheet = book.add_worksheet(names.CONTROL)
    sheet.hide_gridlines(2)
    for column, width in enumerate((3, 14, 90)):
        sheet.set_column(column, column, width, look("plain"))
    sheet.set_row(1, 24)
    sheet.write(1, 1, title, look("title"))
    row = 3
    for key, value in facts:
        sheet.write_string(row, 1, key, look("head"))
        sheet.write_string(row, 2, value, look("grid"))
        row += 1
    for step in steps:
        row += 1
        sheet.write_string(row, 1, step, look("plain"))
    row += 2
    sheet.write_row(row, 1, links[0], look("head"))
    for place, (name, words) in enumerate(links[1:], start=row + 1):
        sheet.write_url(place, 1, f"internal:'{name}'!A1", look("link"), name)
        sheet.write_string(place, 2, words, look("grid"))
    page(sheet)
    sheet.activate()


def period_facts(plan: Plan) -> tuple[tuple[str, str], ...]:
    """The period as the sheet 操作 tells it."""
    return (
        ("期", f"{fiscal_year_text(plan.fiscal_year)} 第{plan.period.quarter}四半期"),
        ("基準日", date_text(plan.period.as_of)),
    )


def list_sheet(
    book: Workbook, look: Look, name: str, note: str, columns: Iterable[tuple[str, float]]
) -> Worksheet:
    """A sheet with a title, a note and the heads of a list that is still empty."""
    sheet = book.add_worksheet(name)
    sheet.hide_gridlines(2)
    sheet.write(0, 0, name, look("title"))
    sheet.write(1, 0, note, look("path"))
    for column, (head, width) in enumerate(columns):
        sheet.set_column(column, column, width, look("wrapped"))
        sheet.write(FIRST_ROW - 1, column, head, look("head"))
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.repeat_rows(FIRST_ROW - 1)
    page(sheet)
    return sheet


def page(sheet: Worksheet, footer: str = FOOTER) -> None:
    """A4 landscape, as wide as the page."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(footer)


def stamp_sheet(book: Workbook, rows: Iterable[Sequence[str]]) -> Worksheet:
    """The hidden sheet by which a book is known again."""
    sheet = book.add_worksheet(names.STAMP_SHEET)
    for place, row in enumerate(rows):
        sheet.write_row(place, 0, row)
    sheet.hide()
    return sheet

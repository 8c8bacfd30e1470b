"""The list 期 of a plan book: the dates, meeting and document of each period of the year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kenpo_xl.books.plan.lists.period_dates import check_dates
from kenpo_xl.books.plan.support.list_sheets import ListRow, read_list_rows
from kenpo_xl.books.plan.support.problems import Problems
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.plan import Period
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, Month, date_text
from kenpo_xl.domain.time.periods import Cycle
from kenpo_xl.ooxml.workbook import Workbook

SHEET = "期"
HEADERS = ("四半期", "期")
"""What the column of periods is called, and the row of 基本 with the current one: either word."""
_OPTIONAL = ("基準日", "会議", "開催日", "資料番号", "提出期限")


def usual_period_header(cycle: Cycle) -> str:
    """The word that a plan with such periods is expected to use."""
    return HEADERS[cycle is not Cycle.QUARTER]


def period_header_in(book: Workbook) -> str:
    """The header that the list 期 of a book has for its periods."""
    sheet = book.sheets.get(SHEET)
    columns = sheet.header_row_and_columns(HEADERS)[1] if sheet else {}
    return next(iter(columns), HEADERS[0])


def read_periods(
    book: Workbook, fiscal_year: FiscalYear, cycle: Cycle, problems: Problems
) -> dict[int, Period]:
    """The periods by number; one without a row ends at its last day."""
    if not fiscal_year:
        return {}
    ends = {one: cycle.last_day_of(fiscal_year, one) for one in cycle.numbers}
    found = {one: Period(one, end, cycle=cycle) for one, end in ends.items()}
    seen: set[int] = set()
    header = period_header_in(book)
    for row in read_list_rows(book, SHEET, (header,), problems, optional=_OPTIONAL):
        number = row.period_number(header, cycle, fiscal_year)
        if number is None and row.text(header):
            continue
        if number not in found or number in seen:
            row.add_error(header, f"{cycle}は {cycle.examples} を 1 行ずつ入れてください。")
            continue
        seen.add(number)
        as_of = _as_of_date(row, fiscal_year, found[number])
        found[number] = Period(
            number,
            as_of,
            row.text("会議"),
            row.date_value("開催日"),
            row.text("資料番号"),
            row.date_value("提出期限"),
            cycle,
        )
        is_in_period = cycle.period_of(Month.of(as_of), fiscal_year) == (fiscal_year, number)
        check_dates(row, replace(found[number], as_of=as_of if is_in_period else ends[number]), fiscal_year)
    return found


def _as_of_date(row: ListRow, fiscal_year: FiscalYear, usual: Period) -> date:
    """The as-of date of a period; an error if outside (年度 changed, the date not)."""
    day = row.date_value("基準日") or usual.as_of
    if usual.cycle.period_of(Month.of(day), fiscal_year) != (fiscal_year, usual.number):
        label = PeriodKey("", fiscal_year, usual.number, usual.cycle).label
        row.add_error(
            "基準日",
            f"{date_text(day)}は{label}の日付ではありません。"
            f"{date_text(usual.as_of)}などに直すか、空にしてください（空なら{usual.cycle}の末日です）。",
        )
    return day

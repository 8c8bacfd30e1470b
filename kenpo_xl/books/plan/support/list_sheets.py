"""Reads list sheets: columns by the text of their headers, without blank rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from kenpo_xl.books.plan.support.problems import Problems
from kenpo_xl.books.plan.support.unused import check_unread_columns, further_columns
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.numbers.exact import decimal_from_excel, number_format
from kenpo_xl.domain.numbers.typed import typed_number_and_unit
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.time.fiscal_calendar import ERAS, FiscalYear
from kenpo_xl.domain.time.periods import Cycle
from kenpo_xl.ooxml.rich_text import text_typed_by_user
from kenpo_xl.ooxml.workbook import RawCell, Sheet, Value, Workbook, text_of_value

_YEARS = 1990, 2200
_SIDE = re.compile(r"\s*以[上下]$")
# Serial numbers in Excel of the days of these years.
_SERIALS = 32_874, 109_939
_WEEKDAY = re.compile(r"\([月火水木金土日](?:曜日?)?(?:・祝)?\)$")


def number_and_unit(text: str) -> tuple[Decimal, str] | None:
    """The number and unit of a text, also with 以上 or 以下 (5％以下)."""
    return typed_number_and_unit(_SIDE.sub("", text))


@frozen
class ListRow:
    """One row of a list: cells by the texts of their column headers."""

    sheet: Sheet
    row: int
    columns: dict[str, int]
    problems: Problems

    def cell_ref(self, header: str) -> str:
        return a1(self.row, self.columns.get(header, 1))

    def source(self, book: Workbook, header: str) -> Source:
        """The cell as the source of its value."""
        return Source(book.path.name, self.sheet.name, self.cell_ref(header))

    def raw_cell(self, header: str) -> RawCell | None:
        column = self.columns.get(header)
        return None if column is None else self.sheet.cells.get((self.row, column))

    def text(self, header: str) -> str:
        cell = self.raw_cell(header)
        return "" if cell is None else text_of_value(cell.value)

    def displayed_text(self, book: Workbook, header: str) -> str:
        """The text that the cell displays: a number in its number format, a date written out."""
        cell = self.raw_cell(header)
        if cell is None or isinstance(cell.value, bool) or not isinstance(cell.value, float):
            return "" if cell is None else text_typed_by_user(cell.value)
        return number_format(book.number_format_code(cell)).displayed_text(decimal_from_excel(cell.value))

    def is_filled(self, header: str) -> bool:
        cell = self.raw_cell(header)
        return cell is not None and bool(cell.formula or text_of_value(cell.value))

    def add_error(self, header: str, message: str) -> None:
        self.problems.add_error(self.sheet.name, self.cell_ref(header), message)

    def add_warning(self, header: str, message: str) -> None:
        self.problems.add_warning(self.sheet.name, self.cell_ref(header), message)

    def number(self, header: str) -> Decimal | None:
        """The number in the cell, also typed as text; None, with an error, otherwise."""
        cell = self.raw_cell(header)
        if cell is None or cell.value in (None, ""):
            return None
        if isinstance(cell.value, float):
            return decimal_from_excel(cell.value)
        read = number_and_unit(text_of_value(cell.value)) if isinstance(cell.value, str) else None
        if read is None:
            self.add_error(
                header,
                f"「{header}」には数を入れてください（「{text_of_value(cell.value)}」は数ではありません）。",
            )
            return None
        return read[0]

    def fraction(self, book: Workbook, header: str) -> Decimal | None:
        """The number in the cell; 45.0 displayed as 45.0％ by a literal (`0.0"％"`) is 0.45."""
        number = self.number(header)
        cell = self.raw_cell(header)
        if number is None or cell is None or not isinstance(cell.value, float):
            return number
        return (
            number / 100 if number_format(book.number_format_code(cell)).has_literal_percent_sign else number
        )

    def year(self, header: str) -> int | None:
        """The fiscal year in the cell: 2025, 2025年度 or 令和7年度; an error for any other text."""
        text = self.text(header)
        year = year_from_text(text)
        if text and year is None:
            self.add_error(header, f"年度は西暦 4 桁（例 2025）で入れてください（「{text}」は読めません）。")
        return year

    def period_number(self, header: str, cycle: Cycle, fiscal_year: FiscalYear) -> int | None:
        """The period in the cell: 3, 第3 or 第3四半期, 上半期, 12月; an error for any other text."""
        text = self.text(header)
        number = cycle.number_in(normalized(text), fiscal_year)
        if text and number is None:
            self.add_error(
                header, f"{header}は {cycle.examples} で入れてください（「{text}」は読めません）。"
            )
        return number

    def date_value(self, header: str) -> date | None:
        """The date in the cell, also one typed as text (2025/1/17, 令和7年1月17日)."""
        cell = self.raw_cell(header)
        if cell is None or cell.value in (None, ""):
            return None
        day = cell.value if isinstance(cell.value, date) else date_from_text(text_of_value(cell.value))
        if day is None:
            self.add_error(
                header, f"「{header}」には日付を入れてください（例 2025/1/17）。{_why_not_a_date(cell.value)}"
            )
        return day

    def choice(self, header: str, choices: Sequence[str], default: str) -> str:
        """One of these words; the default for an empty cell, an error for any other text."""
        text = normalized(self.text(header))
        if not text:
            return default
        for word in choices:
            if normalized(word) == text:
                return word
        self.add_error(header, f"「{header}」は {'、'.join(choices)} のどれかにしてください。")
        return default


def year_from_text(text: str) -> int | None:
    """A fiscal year in 1990–2200 as typed (2025, 2025年度, 令和7年度, R7), else None."""
    plain = normalized(text).replace("元年", "1年").removesuffix("度").removesuffix("年")
    offsets = {"": 0} | {word: first.year - 1 for *words, first in ERAS for word in words}
    found = re.fullmatch(r"(\D*)(\d{1,4})", plain)
    if not found or found[1] not in offsets:
        return None
    year = offsets[found[1]] + int(found[2])
    return year if _YEARS[0] <= year <= _YEARS[1] else None


def _why_not_a_date(value: Value) -> str:
    """The reason why a cell is no date, '' if unknown."""
    if isinstance(value, float):
        is_serial = value.is_integer() and _SERIALS[0] <= value <= _SERIALS[1]
        return "表示形式を「日付」にすると日付になります。" if is_serial else ""
    return f"「{text_of_value(value)}」は読めません。年は西暦 4 桁か、令和7年のように元号で入れます。"


def date_from_text(text: str) -> date | None:
    """A date as typed, also with its weekday in brackets; None if it is no date."""
    plain = _WEEKDAY.sub("", normalized(text).replace("元年", "1年"))
    found = re.fullmatch(r"(\d{4})[/.年-](\d{1,2})[/.月-](\d{1,2})日?", plain)
    offset = 0
    if not found:
        for name, letter, first in ERAS:
            found = re.fullmatch(
                rf"(?:{name}|{letter})(\d{{1,2}})[/.年-](\d{{1,2}})[/.月-](\d{{1,2}})日?", plain
            )
            if found:
                offset = first.year - 1
                break
    if not found:
        return None
    try:
        return date(int(found[1]) + offset, int(found[2]), int(found[3]))
    except ValueError:
        return None


def read_list_rows(
    book: Workbook,
    name: str,
    headers: Sequence[str],
    problems: Problems,
    *,
    optional: Sequence[str] = (),
    needed: bool = True,
    keeps_further_columns: bool = False,
) -> Iterator[ListRow]:
    """The filled rows of a list sheet below its headers, also with the columns of unknown headers."""
    sheet = book.sheets.get(name)
    if sheet is None:
        if needed:
            problems.add_error(
                name, "A1", f"シート「{name}」がありません。見本の計画ブックから写してください。"
            )
        return
    header_row, columns = sheet.header_row_and_columns([*headers, *optional])
    missing = [header for header in headers if header not in columns]
    if missing:
        problems.add_error(
            name,
            a1(max(header_row, 1), 1),
            f"列「{'」「'.join(missing)}」が見つかりません。見出しを直してください。",
        )
        return
    known = [*headers, *optional]
    if keeps_further_columns:
        columns |= further_columns(sheet, header_row, columns, known)
        known += columns
    check_unread_columns(sheet, header_row, columns, known, problems)
    for row in sheet.non_empty_rows():
        found = ListRow(sheet, row, columns, problems)
        if row > header_row and any(map(found.is_filled, columns)):
            yield found

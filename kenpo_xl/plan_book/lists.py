"""Reading the list sheets: columns are found by the words of their heads, blank rows are no rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kenpo_xl.domain.calendar import ERAS
from kenpo_xl.domain.numbers import from_excel, read_typed
from kenpo_xl.domain.text import folded
from kenpo_xl.excel.references import a1
from kenpo_xl.excel.sheets import RawCell, Sheet, Workbook, as_text
from kenpo_xl.plan_book.problems import Problems


@dataclass(frozen=True)
class ListRow:
    """One row of a list: cells by the words of their column heads."""

    sheet: Sheet
    row: int
    columns: dict[str, int]
    problems: Problems

    def place(self, head: str) -> str:
        return a1(self.row, self.columns.get(head, 1))

    def raw(self, head: str) -> RawCell | None:
        column = self.columns.get(head)
        return None if column is None else self.sheet.cells.get((self.row, column))

    def text(self, head: str) -> str:
        cell = self.raw(head)
        return "" if cell is None else as_text(cell.value)

    def is_filled(self, head: str) -> bool:
        cell = self.raw(head)
        return cell is not None and bool(cell.formula or as_text(cell.value))

    def refuse(self, head: str, message: str) -> None:
        self.problems.add(self.sheet.name, self.place(head), message)

    def number(self, head: str) -> Decimal | None:
        """The number in the cell, also one typed as text; a problem where it is something else."""
        cell = self.raw(head)
        if cell is None or cell.value in (None, ""):
            return None
        if isinstance(cell.value, float):
            return from_excel(cell.value)
        read = read_typed(as_text(cell.value)) if isinstance(cell.value, str) else None
        if read is None:
            self.refuse(
                head, f"「{head}」には数を入れてください（「{as_text(cell.value)}」は数ではありません）。"
            )
            return None
        return read[0]

    def whole(self, head: str) -> int | None:
        number = self.number(head)
        if number is None:
            return None
        if number != int(number):
            self.refuse(head, f"「{head}」には整数を入れてください。")
            return None
        return int(number)

    def day(self, head: str) -> date | None:
        """The date in the cell, also one typed as text (2025/1/17, 令和7年1月17日)."""
        cell = self.raw(head)
        if cell is None or cell.value in (None, ""):
            return None
        day = cell.value if isinstance(cell.value, date) else read_date(as_text(cell.value))
        if day is None:
            self.refuse(head, f"「{head}」には日付を入れてください（例 2025/1/17）。")
        return day

    def choice(self, head: str, choices: Sequence[str], default: str) -> str:
        """One of some words; the default for an empty cell, a problem for any other word."""
        text = folded(self.text(head))
        if not text:
            return default
        for word in choices:
            if folded(word) == text:
                return word
        self.refuse(head, f"「{head}」は {'、'.join(choices)} のどれかにしてください。")
        return default


def read_date(text: str) -> date | None:
    """A date as staff type it, None where it is none."""
    plain = folded(text).replace("元年", "1年")
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


def read_list(
    book: Workbook,
    name: str,
    heads: Sequence[str],
    problems: Problems,
    *,
    optional: Sequence[str] = (),
    needed: bool = True,
) -> Iterator[ListRow]:
    """The filled rows of a list sheet below its heads."""
    sheet = book.sheets.get(name)
    if sheet is None:
        if needed:
            problems.add(name, "A1", f"シート「{name}」がありません。見本の計画ブックから写してください。")
        return
    head_row, columns = sheet.heads([*heads, *optional])
    missing = [head for head in heads if head not in columns]
    if missing:
        problems.add(
            name,
            a1(max(head_row, 1), 1),
            f"列「{'」「'.join(missing)}」が見つかりません。見出しを直してください。",
        )
        return
    for row in sheet.rows():
        if row > head_row:
            found = ListRow(sheet, row, columns, problems)
            if any(found.is_filled(head) for head in columns):
                yield found

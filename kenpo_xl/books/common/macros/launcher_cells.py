"""The named cells of a book that the launcher behind the buttons reads, as its own text is ASCII."""

from __future__ import annotations

from collections.abc import Iterable

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from kenpo_xl.books.common import names

# The messages of the launcher itself, by the ends of the names.
SENTENCES = {
    "working": "実行しています。終わるまでお待ちください…",
    "not_found": "Python を起動できませんでした。"
    "シート「操作」の「Python の場所」を IT 担当と確かめてください。",
    "no_answer": "Python が最後まで動きませんでした。"
    "kenpo-xl doctor の結果と、そこに場所が出る記録（ログ）を IT 担当へ渡してください。",
}
# How long the launcher waits for Python to begin if nothing else shows that it failed.
SECONDS = 60


# Objects are editable because comments are; the launcher repeats what a protected sheet allows.
_ALLOWED = (
    "objects",
    "scenarios",
    "format_cells",
    "format_columns",
    "format_rows",
    "insert_rows",
    "delete_rows",
    "sort",
    "autofilter",
)


def write_launcher_cells(book: Workbook, sheet: Worksheet, row: int, protected: Iterable[str] = ()) -> None:
    """Write the cells of the launcher to a hidden sheet, from `row` on; `protected` has code names."""
    cells: dict[str, str | int] = {f"{names.SAY}{key}": words for key, words in SENTENCES.items()}
    cells |= {names.SECONDS: SECONDS, names.PROTECTED: ",".join(protected)}
    for place, (name, words) in enumerate(cells.items(), start=row):
        sheet.write_row(place, 0, (name, words))
        book.define_name(name, f"='{sheet.get_name()}'!$B${place + 1}")


def protect_sheets(sheets: Iterable[Worksheet]) -> list[str]:
    """Protect sheets without a password; the code names that XlsxWriter gives them."""
    named = []
    for sheet in sheets:
        sheet.protect("", dict.fromkeys(_ALLOWED, True))
        named.append(f"Sheet{sheet.index + 1}")
    return named

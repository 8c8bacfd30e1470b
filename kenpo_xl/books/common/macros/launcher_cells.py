"""What the launcher behind the buttons finds in a book by the names of cells, as its own text is ASCII."""

from __future__ import annotations

from collections.abc import Iterable

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from kenpo_xl.books.common import names

# What the launcher says by itself, by the ends of the names.
SENTENCES = {
    "working": "実行しています。終わるまでお待ちください…",
    "not_found": "Python を起動できませんでした。"
    "シート「操作」の「Python の場所」を IT 担当と確かめてください。",
    "no_answer": "Python が最後まで動きませんでした。"
    "kenpo-xl doctor の結果と、そこに場所が出る記録（ログ）を IT 担当へ渡してください。",
}
# How long the launcher waits for Python to begin, where nothing else tells that it did not.
SECONDS = 60


# Objects are free because notes are; what a protected sheet allows the launcher says once more.
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


def launcher_cells(book: Workbook, sheet: Worksheet, row: int, protected: Iterable[Worksheet] = ()) -> None:
    """Write to a hidden sheet, from `row` on, what the launcher needs; protect some sheets."""
    cells: dict[str, str | int] = {f"{names.SAY}{key}": words for key, words in SENTENCES.items()}
    cells |= {names.SECONDS: SECONDS, names.PROTECTED: ",".join(_protected(protected))}
    for place, (name, words) in enumerate(cells.items(), start=row):
        sheet.write_row(place, 0, (name, words))
        book.define_name(name, f"='{sheet.get_name()}'!$B${place + 1}")


def _protected(sheets: Iterable[Worksheet]) -> Iterable[str]:
    """Protect sheets without a password; the code names that XlsxWriter gives them."""
    for sheet in sheets:
        sheet.protect("", dict.fromkeys(_ALLOWED, True))
        yield f"Sheet{sheet.index + 1}"

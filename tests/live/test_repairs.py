"""Repairs in an open book: cells written exactly, the record that moves with them, and back."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlwings

from kenpo_xl.books.common.list_sheet import add_stamp_sheet
from kenpo_xl.books.common.styled_workbook import new_styled_workbook
from kenpo_xl.books.common.styles import Styles
from kenpo_xl.domain.cell_edit import CellEdit
from kenpo_xl.errors import KenpoError
from kenpo_xl.live.repair_record import recorded_repairs
from kenpo_xl.live.repairs import forget_last_repairs, repaired_open_book, undo_last_repairs
from kenpo_xl.ooxml.workbook import Workbook
from tests.office import bridge
from tests.office.office import FILTERS

SHEET = "1-2 集計's"
# Cell, what it holds, and what comes into it; an apostrophe makes a text, as in Excel.
CASES: dict[str, tuple[Any, CellEdit]] = {
    "A1": ("'00123", CellEdit(SHEET, "A1", Decimal(123))),
    "A2": ("'4/1", CellEdit(SHEET, "A2", "4月1日")),
    "A3": (None, CellEdit(SHEET, "A3", None, "SUM(B1:B2)")),
    "A4": (7, CellEdit(SHEET, "A4", None, "B1*2")),
    "A5": ("=B1/0", CellEdit(SHEET, "A5", None, 'IF(B1="","",B1)')),
    "A6": ("''引用\u200b", CellEdit(SHEET, "A6", "'引用")),
    "A7": ("'=SUM(B1)", CellEdit(SHEET, "A7", "=SUM(B1)です")),
    "A8": (0.1, CellEdit(SHEET, "A8", "文" * 9000)),
}
TEXT_FORMAT = ("A1", "A6")


@pytest.fixture
def book(tmp_path: Path, live_book: Callable[[Path], xlwings.Book]) -> xlwings.Book:
    path = tmp_path / "book.xlsx"
    with new_styled_workbook(path) as made:
        sheet = made.add_worksheet(SHEET)
        sheet.write_column(0, 1, [5, 6])
        for cell in TEXT_FORMAT:
            sheet.write_blank(cell, None, Styles(made)("typed text"))
        add_stamp_sheet(made, [("計画", "支部 2024 Q3")])
    opened = live_book(path)
    for cell, (value, _) in CASES.items():
        if value is not None:
            opened.sheets[SHEET][cell].value = value
    return opened


def state(book: xlwings.Book, name: str) -> Path:
    path = Path(book.fullname).with_name(name) / book.name
    path.parent.mkdir(exist_ok=True)
    book.api.storeToURL(bridge.url(path), bridge.properties(FilterName=FILTERS[path.suffix]))
    return path


def content(book: xlwings.Book) -> dict[str, tuple[Any, str, str]]:
    cells = {name: book.sheets[SHEET][name] for name in CASES}
    return {name: (cell.value, cell.formula, cell.number_format) for name, cell in cells.items()}


def repair(book: xlwings.Book, name: str = "before") -> None:
    with repaired_open_book(book, Workbook(state(book, name)), [edit for _, edit in CASES.values()]):
        pass


def test_each_cell_gets_its_content_and_gets_the_old_one_back(book: xlwings.Book) -> None:
    before = content(book)
    repair(book)
    sheet = book.sheets[SHEET]
    assert [sheet[cell].value for cell in CASES] == [
        123,
        "4月1日",
        11,
        10,
        5,
        "'引用",
        "=SUM(B1)です",
        "文" * 9000,
    ]
    assert sheet["A1"].number_format == "General"
    done = undo_last_repairs(book, state(book, "after"))
    assert done
    assert (len(done.restored), done.kept) == (len(CASES), ())
    assert content(book) == before
    assert undo_last_repairs(book, state(book, "again")) is None


def test_moved_cells_are_found_changed_and_deleted_ones_are_named(book: xlwings.Book) -> None:
    repair(book)
    sheet = book.sheets[SHEET]
    sheet["A4"].value = 99
    sheet["8:8"].delete()
    sheet["1:2"].insert("down")
    done = undo_last_repairs(book, state(book, "after"))
    assert done
    assert done.kept == (f"{SHEET}!A6", f"{SHEET}!A8")
    assert sheet["A3"].value == "00123"
    assert sheet["A5"].value is None
    assert sheet["A6"].value == 99
    assert sheet["A7"].formula == "=B3/0"


def test_what_fails_is_undone_with_its_record(book: xlwings.Book) -> None:
    before = content(book)
    copy = Workbook(state(book, "before"))
    with (
        pytest.raises(RuntimeError),
        repaired_open_book(book, copy, [edit for _, edit in CASES.values()]),
    ):
        raise RuntimeError
    assert content(book) == before
    assert recorded_repairs(Workbook(state(book, "after"))) == ()


def test_the_next_repairs_replace_the_record_and_it_can_be_forgotten(book: xlwings.Book) -> None:
    repair(book)
    copy = Workbook(state(book, "second"))
    with repaired_open_book(book, copy, [CellEdit(SHEET, "A4", Decimal(1))]):
        pass
    after = state(book, "after")
    assert [one.label for one in recorded_repairs(Workbook(after))] == [f"{SHEET}!A4"]
    forget_last_repairs(book, Workbook(after))
    assert undo_last_repairs(book, state(book, "last")) is None
    assert book.sheets[SHEET]["A4"].value == 1


def test_a_protected_sheet_is_named_and_nothing_changes(book: xlwings.Book) -> None:
    before = content(book)
    book.sheets[SHEET].api.protect("")
    with pytest.raises(KenpoError, match="保護されているため"):
        repair(book)
    book.sheets[SHEET].api.unprotect("")
    assert content(book) == before

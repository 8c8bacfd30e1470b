"""A sheet is taken from the book before a repair only if nothing that it depends on changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kenpo_xl.books.common.names import STAMP_SHEET
from kenpo_xl.books.input.inspect.inspection import read_book
from kenpo_xl.books.input.read.reader import read_opened_submission, read_submission
from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.domain.cell_edit import CellEdit
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.ooxml.edit.cell_edits import edit_cells_returning_skipped
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.ooxml.zip_splice import replace_parts
from kenpo_xl.tasks.repairs.finder import RepairableBook
from kenpo_xl.tasks.repairs.unchanged_sheets import open_with_known_sheets
from tests.paths import SAMPLE

BOOK = SAMPLE / "提出" / "保健グループ.xlsm"
EDITED = "2-2-5"


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """The book with another text in a cell of one sheet."""
    target = tmp_path / BOOK.name
    assert not edit_cells_returning_skipped(BOOK, [CellEdit(EDITED, "D11", "別の文。")], target)
    return target


def _with_part(target: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """The book with a part that is changed."""
    with Package(BOOK) as package:
        before = package.read(part)
    after = change(before)
    assert after != before
    replace_parts(BOOK, target, {part: after}, ())
    return target


def _shared(path: Path, before: Workbook) -> set[str]:
    book = open_with_known_sheets(path, before)
    return {name for name, sheet in book.sheets.items() if sheet is before.sheets.get(name)}


def test_all_sheets_but_the_edited_one_are_those_of_before(changed: Path) -> None:
    before = Workbook(BOOK)
    assert _shared(changed, before) == before.sheets.keys() - {EDITED}


def test_the_content_is_that_of_the_changed_book(changed: Path) -> None:
    plan, before = read_plan(SAMPLE / "計画.xlsx"), Workbook(BOOK)
    read_opened_submission(before, plan)
    found = read_opened_submission(open_with_known_sheets(changed, before), plan)
    assert found == read_submission(changed, plan)
    assert found != read_submission(BOOK, plan)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/sharedStrings.xml", "実施", "中止"),
        ("xl/styles.xml", "<numFmts", "<numFmts "),
        ("xl/workbook.xml", "<workbookPr", '<workbookPr date1904="1"'),
    ],
    ids=["texts", "styles", "dates"],
)
def test_none_where_what_all_sheets_share_changed(tmp_path: Path, part: str, old: str, new: str) -> None:
    path = _with_part(tmp_path / BOOK.name, part, lambda xml: xml.replace(old.encode(), new.encode(), 1))
    assert _shared(path, Workbook(BOOK)) == set()


def test_not_where_the_named_parts_reach_elsewhere(tmp_path: Path) -> None:
    before = Workbook(BOOK)
    row = before.sheets[EDITED].named_extent[0]

    def move(content: bytes) -> bytes:
        return content.replace(f"${row}<".encode(), f"${row + 1}<".encode())

    assert EDITED not in _shared(_with_part(tmp_path / BOOK.name, "xl/workbook.xml", move), before)


def test_items_of_those_sheets_are_not_read_again(changed: Path) -> None:
    plan, before = read_plan(SAMPLE / "計画.xlsx"), Workbook(BOOK)
    earlier = RepairableBook.of(before, plan).reading
    found = read_book(open_with_known_sheets(changed, before), plan, earlier=earlier)
    assert found == read_book(changed, plan)
    again = {one.item for one in found[0].items if not any(one is old for old in earlier.submission.items)}
    assert again == {EDITED}


def test_all_items_are_read_where_the_book_has_other_names(changed: Path) -> None:
    plan, before = read_plan(SAMPLE / "計画.xlsx"), Workbook(BOOK)
    earlier = RepairableBook.of(before, plan).reading
    book = open_with_known_sheets(changed, before)
    book.names["別の名前"] = "1"
    found, _ = read_book(book, plan, earlier=earlier)
    assert not any(one is old for one in found.items for old in earlier.submission.items)


def test_another_stamp_is_read_again(tmp_path: Path) -> None:
    plan, before, target = read_plan(SAMPLE / "計画.xlsx"), Workbook(BOOK), tmp_path / BOOK.name
    cell = next(at for at, one in before.sheets[STAMP_SHEET].cells.items() if one.value == "保健グループ")
    edits = [CellEdit(STAMP_SHEET, a1(*cell), "業務グループ")]
    assert not edit_cells_returning_skipped(BOOK, edits, target)
    earlier = RepairableBook.of(before, plan).reading
    found = read_book(open_with_known_sheets(target, before), plan, earlier=earlier)
    assert found == read_book(target, plan)
    assert found[0].group == "業務グループ"


def test_unread_content_is_looked_for_in_the_checked_state_alone(changed: Path) -> None:
    plan, path = read_plan(SAMPLE / "計画.xlsx"), changed.with_name("別.xlsm")
    assert not edit_cells_returning_skipped(changed, [CellEdit(EDITED, "H11", "欄の外の言葉")], path)
    before = Workbook(path)
    earlier = RepairableBook.of(before, plan).reading
    found, _ = read_book(before, plan, earlier=earlier)
    assert (earlier.submission.unread, [one.text for one in found.unread]) == ((), ["欄の外の言葉"])

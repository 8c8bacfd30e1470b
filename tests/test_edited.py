"""A workbook that is loaded from memory is saved as one that openpyxl has just parsed."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.edited import edited, loaded
from tests.paths import PLAN_BOOK, SUBMITTED, TEMPLATE

# Equal styles are counted once in a copy: their numbers differ, not what they mean.
NUMBERED = ("xl/worksheets/", "xl/styles.xml", "docProps/core.xml")


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist()}


def different(one: Path, other: Path) -> set[str]:
    """The parts that differ, but for the time of saving."""
    before, after = parts(one), parts(other)
    names = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    return names - {"docProps/core.xml"}


def cells(path: Path) -> dict[tuple[str, str], tuple[Any, ...]]:
    """Everything about each cell."""
    book, found, meanings = openpyxl.load_workbook(path), {}, {}
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                style = tuple(cell._style or ())
                if style and style not in meanings:
                    look = (cell.font, cell.fill, cell.border, cell.alignment, cell.protection)
                    meanings[style] = (*map(repr, look), cell.number_format, style[-2])
                note = cell.comment and cell.comment.text
                found[sheet.title, cell.coordinate] = cell.value, cell.data_type, note, meanings.get(style)
    return found


def around_cells(path: Path) -> list[tuple[Any, ...]]:
    """What a sheet holds beside its cells."""
    return [
        (
            sheet.title,
            sorted(map(str, sheet.merged_cells.ranges)),
            [str(one.sqref) for one in sheet.conditional_formatting],
            [(str(one.sqref), one.formula1) for one in sheet.data_validations.dataValidation],
            {name: (one.width, one.hidden) for name, one in sheet.column_dimensions.items()},
            {name: (one.height, one.hidden) for name, one in sheet.row_dimensions.items()},
            (sheet.protection.sheet, sheet.sheet_state, sheet.oddHeader.center.text, sheet.print_area),
        )
        for sheet in openpyxl.load_workbook(path)
    ]


@pytest.mark.parametrize("book", [TEMPLATE, SUBMITTED / "業務グループ.xlsm"], ids=lambda path: path.stem)
def test_what_is_saved_is_the_same(tmp_path: Path, book: Path) -> None:
    kept, parsed = tmp_path / f"kept{book.suffix}", tmp_path / f"parsed{book.suffix}"
    with edited(book, kept):
        pass
    direct = openpyxl.load_workbook(book, keep_vba=book.suffix == ".xlsm")
    direct.save(parsed)
    if direct.vba_archive:
        direct.vba_archive.close()
    assert parts(kept).keys() == parts(parsed).keys()
    others = {name for name in parts(kept) if not name.startswith(NUMBERED)}
    assert not {name for name in others if parts(kept)[name] != parts(parsed)[name]}
    assert cells(kept) == cells(parsed)
    assert around_cells(kept) == around_cells(parsed)
    again = tmp_path / f"again{book.suffix}"
    with edited(book, again):
        pass
    assert different(again, kept) == set()


def test_of_the_sheets_only_those_that_were_looked_at_are_written_anew(tmp_path: Path) -> None:
    book = SUBMITTED / "業務グループ.xlsm"
    saved = [tmp_path / f"{number}.xlsm" for number in range(3)]
    for path, sheets in zip(saved, ([], ["1-2-3"], []), strict=True):
        with edited(book, path) as changed:
            for sheet in sheets:
                changed[sheet]["D9"] = "別の文"
    assert different(saved[0], saved[1]) == {"xl/worksheets/sheet4.xml"}
    assert openpyxl.load_workbook(saved[1])["1-2-3"]["D9"].value == "別の文"
    assert different(saved[0], saved[2]) == set()


def test_sheets_that_nobody_looked_at_may_be_moved_hidden_and_named(tmp_path: Path) -> None:
    path = tmp_path / "計画.xlsx"
    with edited(PLAN_BOOK, same := tmp_path / "同じ.xlsx"):
        pass
    with edited(PLAN_BOOK, path) as book:
        book.create_sheet("前", 0)
        del book["期"]
        book["基本"].title = "別名"
        book["施策"].sheet_state = "hidden"
        book["KPI"].print_area = "A1:C3"
        book["評価基準"].auto_filter.ref = "A1:B2"
    before, after = openpyxl.load_workbook(same), openpyxl.load_workbook(path)
    names = {"基本": "別名"}
    assert after.sheetnames == ["前", *(names.get(name, name) for name in before.sheetnames if name != "期")]
    assert (after["施策"].sheet_state, after["KPI"].print_area) == ("hidden", "'KPI'!$A$1:$C$3")
    assert after["評価基準"].auto_filter.ref == "A1:B2"
    for sheet in before:
        if sheet.title != "期":
            assert [*after[names.get(sheet.title, sheet.title)].values] == [*sheet.values]


def test_a_change_stays_in_its_book() -> None:
    changed = loaded(PLAN_BOOK)["基本"]
    changed["A1"].value = "別の値"
    changed.row_dimensions[2].hidden = True
    assert loaded(PLAN_BOOK)["基本"]["A1"].value != "別の値"
    assert not loaded(PLAN_BOOK)["基本"].row_dimensions[2].hidden


def test_rows_and_columns_without_a_size_get_one(tmp_path: Path) -> None:
    with edited(PLAN_BOOK, tmp_path / "計画.xlsx") as book:
        book["基本"].row_dimensions[200].hidden = True
        book["基本"].column_dimensions["ZZ"].width = 3
    sheet = openpyxl.load_workbook(tmp_path / "計画.xlsx")["基本"]
    assert sheet.row_dimensions[200].hidden
    assert sheet.column_dimensions["ZZ"].width == 3

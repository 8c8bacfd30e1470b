"""Books of the sample that a real LibreOffice saved or changed are carried into fresh ones, whole."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.pipeline.carry.rescued import typed_contents
from kenpo_xl.tasks.carry.rescue import CarryResult, carry_book
from kenpo_xl.tasks.period.parse_cache import cached_plan
from tests.office import Office
from tests.office.edits import delete_rows, insert_columns, insert_rows
from tests.paths import SAMPLE

GROUP, LIST_GROUP = "業務グループ", "保健グループ"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The period of the sample, with nothing but its plan book."""
    shutil.copy(SAMPLE / "計画.xlsx", tmp_path)
    return tmp_path


def submitted(group: str) -> Path:
    return SAMPLE / "提出" / f"{group}.xlsm"


def typed(path: Path) -> Counter[tuple[str, str]]:
    plan = cached_plan(SAMPLE / "計画.xlsx")
    found = typed_contents(plan, read_submission(path, plan).items)
    return Counter((one.identity, normalized(one.text)) for one in found)


def assert_all_is_carried(result: CarryResult, group: str) -> None:
    (copy,) = result.books
    assert (copy.content.book.unplaced, copy.content.book.uncertain, result.losses) == ((), (), ())
    assert typed(copy.path) == typed(submitted(group))


@pytest.mark.parametrize("group", [GROUP, LIST_GROUP])
@pytest.mark.parametrize("suffixes", [[".xlsx"], [".xlsm"], [".xls", ".xlsx"]], ids=" ".join)
def test_a_book_that_it_saved(office: Office, folder: Path, group: str, suffixes: list[str]) -> None:
    path = submitted(group)
    for suffix in suffixes:
        stored = folder / f"{path.stem}_{suffix[1:]}{suffix}"
        with office.edit(path, stored):
            pass
        path = stored
    assert_all_is_carried(carry_book(path, folder), group)


def test_rows_and_columns_were_inserted_and_all_names_lost(office: Office, folder: Path) -> None:
    path = folder / "業務.xlsx"

    def change(document: Any) -> None:
        for sheet in ("1-2-1", "1-2-2", "1-2-3"):
            insert_rows(document, sheet, 9, 2)
            insert_rows(document, sheet, 3)
            insert_columns(document, sheet, "B")

    with office.edit(submitted(GROUP), path) as document:
        change(document)
    book = openpyxl.load_workbook(path)
    for name in list(book.defined_names):
        del book.defined_names[name]
    del book["kx"]
    book.save(path)
    assert_all_is_carried(carry_book(path, folder), GROUP)


def test_a_deleted_row_is_missing_and_nothing_takes_its_place(office: Office, folder: Path) -> None:
    path = folder / "業務.xlsx"
    sheet = openpyxl.load_workbook(submitted(GROUP))["1-2-2"]
    (row,) = (cell.row for cells in sheet.iter_rows() for cell in cells if cell.value == "（同年同期）")
    with office.edit(submitted(GROUP), path) as document:
        delete_rows(document, "1-2-2", row)
    (copy,) = carry_book(path, folder).books
    lost = typed(submitted(GROUP)) - typed(copy.path)
    assert {identity.rpartition("/")[0] for identity, _ in lost} == {"1-2-2/決定達成/前年"}
    assert not typed(copy.path) - typed(submitted(GROUP))

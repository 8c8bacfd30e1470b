"""Lines that staff inserted without block and kind: read, and named as they were read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kenpo_xl.books.input.inspect.inspection import read_book
from kenpo_xl.domain.cell_edit import CellEdit
from tests.checks.planted import BOOK, planted
from tests.office import Office, edits
from tests.sample import sample_plan

ITEM = "1-2-2"


def read(path: Path) -> tuple[list[str], tuple[CellEdit, ...]]:
    """The blocks, kinds and texts of the lines of the item, and what they lack."""
    submission, survey = read_book(path, sample_plan())
    (entry,) = (item for item in submission.items if item.item == ITEM)
    return [f"{line.block} {line.kind} {line.text}" for line in entry.lines], survey.line_edits


@pytest.mark.parametrize(
    ("above", "block"),
    [(9, "1"), (11, "1"), (13, "2"), (17, "3")],
    ids=["below a plan text", "in a block", "below the next plan text", "below the last one"],
)
def test_an_inserted_line_belongs_to_the_block_above_it(
    office: Office, tmp_path: Path, above: int, block: str
) -> None:
    saved = tmp_path / "提出.xlsm"
    with office.edit(BOOK, saved) as document:
        edits.insert_rows(document, ITEM, above, 1)
        edits.set_value(document, ITEM, f"D{above}", "・窓口を 1 つ増やした。")
    lines, lacking = read(saved)
    assert f"{block} 文 ・窓口を 1 つ増やした。" in lines
    assert lacking == (CellEdit(ITEM, f"B{above}", block), CellEdit(ITEM, f"C{above}", "文"))


@pytest.mark.parametrize(("kind", "text"), [("表", "郵送化率"), ("KPI", "サービススタンダードの達成状況")])
def test_what_is_there_stays(tmp_path: Path, kind: str, text: str) -> None:
    def edit(book: Any) -> None:
        book[ITEM]["B10"], book[ITEM]["C10"], book[ITEM]["D10"] = None, kind, text

    lines, lacking = read(planted(tmp_path, edit))
    assert f"1 {kind} {text}" in lines
    assert lacking == (CellEdit(ITEM, "B10", "1"),)


def test_a_formula_of_staff_is_not_overwritten(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book[ITEM]["B10"] = '=""'

    assert read(planted(tmp_path, edit))[1] == ()


def test_an_empty_row_gets_nothing(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        for column in "ABCD":
            book[ITEM][f"{column}11"] = None

    assert read(planted(tmp_path, edit))[1] == ()


def test_a_plan_text_whose_kind_was_cleared_is_no_line(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book[ITEM]["C12"] = None

    lines, lacking = read(planted(tmp_path, edit))
    assert lines == read(BOOK)[0]
    assert lacking == ()


def test_a_plan_text_that_was_copied_and_typed_over_is_a_line(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        for column in "AB":
            book[ITEM][f"{column}11"] = book[ITEM][f"{column}8"].value
        book[ITEM]["C11"], book[ITEM]["D11"] = "文", "・写した行に書いた。"

    assert "1 文 ・写した行に書いた。" in read(planted(tmp_path, edit))[0]
